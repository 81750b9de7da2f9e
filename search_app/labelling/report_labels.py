"""Report labels: all passages of a report and its outline, labelled together, and why each label was given.

A passage's section and topics depend on the headings above it and on what stands around it, so reports are labelled
whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_app.labelling.exemplary.score import rate
from search_app.labelling.figures.extraction import find_counts
from search_app.labelling.parts import OTHER
from search_app.labelling.sections import Role, adapt_to_kind, find_heading_roles, find_sections
from search_app.labelling.topics.classify import (
    Situation,
    evidence,
    find_heading_topics,
    find_learnt_evidence,
    find_topics,
    without_means,
)
from search_app.language import simplify
from search_app.model import OutlineEntry, Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a passage has its labels.

    ``section_from`` is the heading whose role decided ("" = the passage's place and words did). ``topics`` holds, for
    each topic it has, the words of the passage; ``headings`` the words of the heading above that speak for the same
    topic; ``not_enough`` the words that spoke for other topics in vain.
    """

    passage: str
    section: str
    section_from: str
    topics: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, tuple[str, ...]]
    not_enough: Mapping[str, tuple[str, ...]]


def label(report: Report, passages: tuple[Passage, ...]) -> tuple[Report, tuple[Passage, ...]]:
    """Label a report's outline and passages; pure, the same input gives the same labels."""
    whole = _understood(report, passages)
    labelled = tuple(
        _labelled(passage, seen, topics, report.year)
        for passage, seen, topics in zip(passages, whole.passages, find_topics(whole.passages), strict=True)
    )
    below = {passage.id: passage.section for passage in labelled}
    outline = tuple(
        OutlineEntry(
            heading=entry.heading,
            level=entry.level,
            section=_section(entry, role, below, report),
            topics=topics,
            passages=entry.passages,
        )
        for entry, role, topics in zip(report.outline, whole.roles, whole.own, strict=True)
    )
    return replace(report, outline=outline), labelled


def _section(entry: OutlineEntry, role: Role, below: Mapping[str, str], report: Report) -> str:
    """Return the section of a heading; a number alone, or a name that may be that of any part, takes it from below."""
    first = below[entry.passages[0]] if entry.passages else None
    if first is not None and (role.bare or (first == OTHER and not role.stated)):
        return first
    return adapt_to_kind(role.section, report)


def _labelled(passage: Passage, seen: Situation, topics: tuple[str, ...], year: int | None) -> Passage:
    text = simplify(passage.text)  # of the same length: what is found in it stands in the passage
    return Passage(  # dataclasses.replace takes three times as long
        id=passage.id,
        report=passage.report,
        number=passage.number,
        headings=passage.headings,
        section=seen.section,
        topics=topics,
        text=passage.text,
        exemplary=rate(text, seen.section),
        similar=passage.similar,
        figures=find_counts(text, seen.section, year),
    )


def explain(report: Report, passages: tuple[Passage, ...]) -> tuple[Why, ...]:
    """Return for each passage why it has its section and its topics; labelled or not, the answer is the same."""
    whole = _understood(report, passages)
    topics = find_topics(whole.passages)
    return tuple(_why(whole, at, passages[at].id, topics[at]) for at in range(len(passages)))


def situations(report: Report, passages: tuple[Passage, ...]) -> tuple[Situation, ...]:
    """Return what the topics of each passage are judged by; the weights are learnt from the same."""
    return _understood(report, passages).passages


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """All of a report in simplified characters: headings, their roles and topics, whose they inherit; passages.

    ``owners`` are the indices of the passages' headings, ``givers`` those of the headings whose topics hold; -1 = none.
    """

    headings: tuple[str, ...]
    roles: tuple[Role, ...]
    own: tuple[tuple[str, ...], ...]
    givers: tuple[int, ...]
    owners: tuple[int, ...]
    passages: tuple[Situation, ...]


def _understood(report: Report, passages: tuple[Passage, ...]) -> _Whole:
    outline = tuple(
        entry if (heading := simplify(entry.heading)) == entry.heading else replace(entry, heading=heading)
        for entry in report.outline
    )
    simple = tuple(_in_simplified(passage) for passage in passages)
    roles = find_heading_roles(outline, report.year, {passage.id: passage.text for passage in simple})
    own = tuple(find_heading_topics(entry.heading) for entry in outline)
    owners = _owners(outline, passages)
    givers = _givers(outline, own)
    seen = tuple(
        Situation(
            text=without_means(_body(passage)),
            section=adapt_to_kind(section, report),
            heading=outline[owner].heading if owner >= 0 else "",
            above=own[givers[owner]] if owner >= 0 and givers[owner] >= 0 else (),
        )
        for passage, section, owner in zip(
            simple, find_sections(simple, owners, roles, report.year), owners, strict=True
        )
    )
    return _Whole(
        headings=tuple(entry.heading for entry in outline),
        roles=roles,
        own=own,
        givers=givers,
        owners=owners,
        passages=seen,
    )


def _why(whole: _Whole, at: int, passage: str, topics: tuple[str, ...]) -> Why:
    """Put together the words of a passage and of the headings above it that decided."""
    seen, owner = whole.passages[at], whole.owners[at]
    giver = whole.givers[owner] if owner >= 0 else -1
    above = evidence(whole.headings[giver]) if giver >= 0 else {}
    words = evidence(seen.text)
    own = {name: words.get(name) or find_learnt_evidence(seen.text, name) for name in topics}
    named = {name: above[name] for name in topics if name in above and name in whole.own[giver]}
    alone = (name for name in topics if not own[name] and name not in named)  # then the heading itself decided
    return Why(
        passage=passage,
        section=seen.section,
        section_from=seen.heading,
        topics=own,
        headings=named | {name: find_learnt_evidence(seen.heading, name) for name in alone},
        not_enough={name: found for name, found in words.items() if name not in topics},
    )


def _in_simplified(passage: Passage) -> Passage:
    text, headings = simplify(passage.text), tuple(map(simplify, passage.headings))
    if text == passage.text and headings == passage.headings:
        return passage
    return replace(passage, text=text, headings=headings)


def _body(passage: Passage) -> str:
    """Return a passage's text without the run-in heading that opens it."""
    heading = passage.headings[-1] if passage.headings else ""
    return passage.text.removeprefix(heading) if heading else passage.text


def _owners(outline: tuple[OutlineEntry, ...], passages: tuple[Passage, ...]) -> tuple[int, ...]:
    below = {passage_id: at for at, entry in enumerate(outline) for passage_id in entry.passages}
    return tuple(below.get(passage.id, -1) for passage in passages)


def _givers(outline: tuple[OutlineEntry, ...], own: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """Return for each heading whose topics hold: its own, else the nearest above with some (-1 = none)."""
    made: list[int] = []
    above: list[tuple[int, int]] = []
    for at, (entry, topics) in enumerate(zip(outline, own, strict=True)):
        while above and above[-1][0] >= entry.level:
            above.pop()
        made.append(at if topics else above[-1][1] if above else -1)
        above.append((entry.level, made[-1]))
    return tuple(made)
