"""The compare view: passages side by side as their page shows them, each with the links that change the comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from search_app.comparing.passages_beside import MOST, Column
from search_app.exporting import citation
from search_app.exporting.compared import say_share
from search_app.exporting.file_formats import FileFormat
from search_app.searching import diff_wording
from search_app.web.compare_offers import Offer
from search_app.web.comparisons import LookedUp, Wanted
from search_app.web.view_models import safe_html
from search_app.web.view_models.export_links import Exports
from search_app.web.view_models.links import Link, passage_url, related
from search_app.web.view_models.pager import shorten

PATH, FILES = "/compare", "/compare/export"
#: From so much shared wording on it is worth seeing what differs, word by word.
ALIKE = 0.3
#: So much of a passage is shown where one may be chosen.
_TASTE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One passage as a column; ``share`` says how much of it stands in the base, ``differs`` how it departs from it.

    ``alone`` is what only it has, by kind; ``base`` makes it the one that the others are held against, ``without``
    takes it out.
    """

    id: str
    code: str
    url: str
    where: str
    report_title: str
    heading: str
    above: tuple[str, ...]
    section: str
    topics: tuple[str, ...]
    html: Markup
    letters: int
    score: int
    exemplary: bool
    reasons: tuple[str, ...]
    figures: tuple[str, ...]
    alone: tuple[tuple[str, tuple[str, ...]], ...]
    is_base: bool
    share: str
    same: bool
    differs: Markup | None
    base: str
    without: str
    related: Link
    quotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage or report that may be put beside what is chosen."""

    url: str
    read: str
    where: str
    heading: str
    taste: str
    score: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Candidates of one kind."""

    title: str
    candidates: tuple[Candidate, ...]
    beyond: int


def address(kind: str, ids: Sequence[str], *, path: str = PATH, **extra: str | None) -> str:
    """Return the address that compares these."""
    pairs = [(kind, each) for each in ids] + [(name, value) for name, value in extra.items() if value]
    return path + (f"?{urlencode(pairs)}" if pairs else "")


def exports(wanted: Wanted) -> Exports:
    """Return the files of a comparison."""
    base = wanted.base if wanted.ids and wanted.base != wanted.ids[0] else None
    return Exports(
        links=tuple(
            Link(
                text=form.label,
                url=address(wanted.kind, wanted.ids, path=FILES, base=base, format=form.value),
            )
            for form in FileFormat
        )
    )


def without(wanted: Wanted, name: str) -> str:
    """Return the address that compares all but one."""
    left = [each for each in wanted.ids if each != name]
    return address(wanted.kind, left, base=wanted.base if wanted.base in left[1:] else None)


def with_base(wanted: Wanted, name: str) -> str:
    """Return the address that holds the others against one of them."""
    return address(wanted.kind, wanted.ids, base=name if name != wanted.ids[0] else None)


def show_columns(columns: Sequence[Column], wanted: Wanted) -> tuple[Shown, ...]:
    """Return passages side by side as their page shows them."""
    base = next(each for each in columns if each.is_base)
    return tuple(_show(each, base, wanted) for each in columns)


def _show(column: Column, base: Column, wanted: Wanted) -> Shown:
    passage, report = column.subject.passage, column.subject.report
    alike = not column.is_base and column.overlap.share >= ALIKE
    parts = diff_wording(passage.text, base.subject.passage.text) if alike else ()
    return Shown(
        id=passage.id,
        code=citation.code(passage, report),
        url=passage_url(passage),
        where=citation.where(report),
        report_title=citation.title(report),
        heading=passage.headings[-1] if passage.headings else f"第 {passage.number} 段",
        above=passage.headings[:-1],
        section=passage.section,
        topics=passage.topics,
        html=safe_html.passage(passage.text, marks=column.shared),
        letters=len(passage.text),
        score=passage.exemplary.score,
        exemplary=passage.exemplary.stamped,
        reasons=passage.exemplary.reasons,
        figures=column.figures,
        alone=tuple(
            (said, values)
            for said, values in (
                ("主题", column.only_topics),
                ("理由", column.only_reasons),
                ("数据", column.only_figures),
            )
            if values
        ),
        is_base=column.is_base,
        share=say_share(column.overlap),
        same=alike and all(part.instead is None for part in parts),
        differs=safe_html.changes(parts) if any(part.instead is not None for part in parts) else None,
        base=with_base(wanted, passage.id),
        without=without(wanted, passage.id),
        related=related(passage),
        quotation=citation.quotation(passage, report),
    )


def show_offers(offers: Sequence[Offer], wanted: Wanted) -> tuple[Offered, ...]:
    """Return what may be put beside what is chosen, each with the address that does so."""
    return tuple(_offered(offer, wanted) for offer in offers if offer.matches or offer.reports or offer.beyond)


def _offered(offer: Offer, wanted: Wanted) -> Offered:
    base = wanted.base if wanted.ids and wanted.base != wanted.ids[0] else None
    found = [
        Candidate(
            url=address("p", (*wanted.ids, match.passage.id), base=base),
            read=passage_url(match.passage),
            where=citation.where(match.report),
            heading=match.passage.headings[-1] if match.passage.headings else f"第 {match.passage.number} 段",
            taste=shorten(match.passage.text, most=_TASTE),
            score=match.passage.exemplary.score if match.passage.exemplary.stamped else 0,
        )
        for match in offer.matches
    ]
    found += [
        Candidate(
            url=address("r", (*wanted.ids, report.id), base=base),
            read=f"/reports/{report.id}",
            where=citation.where(report),
            heading=citation.title(report),
            taste="",
        )
        for report in offer.reports
    ]
    return Offered(title=offer.title, candidates=tuple(found), beyond=offer.beyond)


def show_chosen(found: LookedUp) -> tuple[Candidate, ...]:
    """Return what is chosen and held, each with the address that takes it out."""
    wanted = found.wanted
    chosen = [
        Candidate(
            url=without(wanted, each.passage.id),
            read=passage_url(each.passage),
            where=citation.where(each.report),
            heading=each.passage.headings[-1] if each.passage.headings else f"第 {each.passage.number} 段",
            taste=shorten(each.passage.text, most=2 * _TASTE),
        )
        for each in found.subjects
    ]
    chosen += [
        Candidate(
            url=without(wanted, each.id),
            read=f"/reports/{each.id}",
            where=citation.where(each),
            heading=citation.title(each),
            taste="",
        )
        for each in found.reports
    ]
    return tuple(chosen)


def has_room(wanted: Wanted) -> bool:
    """Tell whether one more can be compared."""
    return len(wanted.ids) < MOST
