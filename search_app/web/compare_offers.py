"""Offers: what may be put beside a passage or a report, and samples for whoever has chosen nothing yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from search_app import searching
from search_app.comparing.preceding_reports import town_years_of
from search_app.exporting import citation
from search_app.model import Collapse, Match, Passage, Report, Sort
from search_app.query import Search, Selection
from search_app.searching import Request, Results, Subject
from search_app.searching.report_scope import reports_in
from search_app.web.comparisons import LookedUp, Wanted
from search_app.web.parameters import MAX_VALUE
from search_app.web.state import site

#: So many candidates of a kind are offered beside what is already chosen.
OFFERED, NEIGHBOURS = 5, 30
#: Topics that the page without anything chosen has samples of.
SAMPLED = ("普法宣传", "矛盾化解", "行政执法")
_SAMPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Passages, or reports, of one kind that may be put beside what is chosen; ``beyond`` are not listed."""

    title: str
    matches: tuple[Match, ...] = ()
    reports: tuple[Report, ...] = ()
    beyond: int = 0


def offer_more(found: LookedUp) -> tuple[Offer, ...]:
    """Return what may be put beside what is chosen: what is looked for, and the neighbours of the base."""
    with site().gate:
        offers = [_searched(found.wanted)] if found.wanted.text.strip() else []
        if found.subjects:
            offers += _beside_passage(found.subjects[0])
        elif found.reports:
            offers += _beside_report(found.reports[0])
    chosen = set(found.wanted.ids)
    return tuple(
        replace(
            offer,
            matches=tuple(each for each in offer.matches if each.passage.id not in chosen),
            reports=tuple(each for each in offer.reports if each.id not in chosen),
        )
        for offer in offers
    )


def _searched(wanted: Wanted) -> Offer:
    collapse = Collapse.REPORT if wanted.kind == "r" else None
    found = _ask(Request(text=wanted.text, collapse=collapse, size=2 * OFFERED))
    matches = tuple(hit.match for hit in found.hits)
    beyond = found.listed - len(matches)
    title = f"检索“{' '.join(wanted.text.split())[:MAX_VALUE]}”"
    if wanted.kind == "p":
        return Offer(title=title, matches=matches, beyond=beyond)
    reports = {each.id: each for each in (*found.direct, *(match.report for match in matches))}
    return Offer(title=title, reports=tuple(reports.values()), beyond=beyond)


def _ask(request: Request) -> Results:
    return searching.search(site().engine, request, deadline=site().give_time())


def _beside_passage(subject: Subject) -> list[Offer]:
    engine, passage = site().engine, subject.passage
    alike = engine.search(Search(like=passage.id, sort=Sort.NEWEST, size=OFFERED))
    within = Search(size=OFFERED, deadline=site().give_time())
    related = searching.find_related(engine, passage.id, within)
    return [
        Offer(title="本镇其他年度怎么写", matches=tuple(_in_other_years(subject))),
        Offer(
            title="其他乡镇讲同一件事的",
            matches=tuple(hit.match for hit in related.hits),
            beyond=related.found.listed - len(related.hits),
        ),
        Offer(title="表述相近的", matches=alike.matches, beyond=alike.total - len(alike.matches)),
    ]


def _in_other_years(subject: Subject) -> Iterable[Match]:
    """Yield of each other year of the town, newest first, the passage that is on the same thing in the same part."""
    engine, own = site().engine, subject.passage
    others = [each for each in town_years_of(engine).of_place(subject.report).values() if each.id != subject.report.id]
    for report in sorted(others, key=lambda each: each.year or 0, reverse=True)[:OFFERED]:
        held, passages = engine.report(report.id)
        fitting = [each for each in passages if each.section == own.section and {*each.topics} & {*own.topics}]
        if fitting:
            best = max(fitting, key=lambda each: (_nearness(each, own), -each.number))
            yield Match(passage=best, report=held, score=0.0)


def _nearness(passage: Passage, own: Passage) -> tuple[int, int]:
    shared = {*passage.topics} & {*own.topics}
    return len(shared), -len({*passage.topics} ^ {*own.topics})


def _beside_report(report: Report) -> list[Offer]:
    years = [each for each in site().shelf.same_town(report) if each.id != report.id]
    near = [
        each
        for each in site().shelf.reports
        if report.county and each.county == report.county and each.year == report.year and each.town != report.town
    ]
    return [
        Offer(title="本镇其他年度", reports=tuple(years[:NEIGHBOURS]), beyond=max(0, len(years) - NEIGHBOURS)),
        Offer(
            title=f"{report.county or ''}{citation.year(report)}的其他乡镇",
            reports=tuple(near[:NEIGHBOURS]),
            beyond=max(0, len(near) - NEIGHBOURS),
        ),
    ]


def sample_passages() -> tuple[tuple[str, tuple[Match, ...]], ...]:
    """Return for a few topics the strongest passages of three towns, where there are as many as two."""
    found = []
    with site().gate:
        for topic in SAMPLED:
            asked = Search(
                selection=Selection(topic=(topic,)),
                exemplary=True,
                sort=Sort.EXEMPLARY,
                collapse=Collapse.REPORT,
                size=4 * _SAMPLE,
            )
            towns: dict[tuple[str | None, str | None], Match] = {}
            for match in reports_in(site().engine).search(asked).matches:
                towns.setdefault((match.report.county, match.report.town), match)
            if len(towns) > 1:
                found.append((topic, tuple(towns.values())[:_SAMPLE]))
    return tuple(found)


def sample_reports() -> tuple[tuple[str, tuple[Report, ...]], ...]:
    """Return two years of one town, and two towns of one county in its latest year, where they are held."""
    with site().gate:
        held = [each for each in site().shelf.reports if each.town and each.county and each.year]
    towns: dict[tuple[object, ...], list[Report]] = {}
    counties: dict[tuple[object, ...], dict[str | None, Report]] = {}
    for each in sorted(held, key=lambda report: -(report.year or 0)):
        towns.setdefault((each.county, each.town), []).append(each)
        counties.setdefault((each.county, each.year), {}).setdefault(each.town, each)
    pairs: Mapping[str, Iterable[tuple[Report, ...]]] = {
        "同一个镇的两个年度": (
            tuple(each[:2]) for each in towns.values() if len({report.year for report in each[:2]}) == 2
        ),
        "同一个县的两个镇": (tuple(each.values())[:2] for each in counties.values() if len(each) > 1),
    }
    first = ((said, next(iter(several), ())) for said, several in pairs.items())
    return tuple((said, pair) for said, pair in first if pair)
