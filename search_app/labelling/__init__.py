"""Labelling: Passage -> Passage with section, topics, exemplary score and reasons; the outline likewise.

The rules are tables in search_app/data that a non-programmer may edit; ``explain`` shows which words decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_app.labelling.exemplary import rate
from search_app.labelling.sections import OPENING, Role, heading_roles, passage_sections
from search_app.labelling.topics import evidence, heading_topics, passage_topics
from search_app.language import simplified
from search_app.model import OutlineEntry, Passage, Report

__all__ = ["Why", "explain", "label"]


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
    made = _reasoned(report, passages)
    labelled = tuple(
        replace(passage, section=one.section, topics=one.topics, exemplary=rate(one.text, one.section))
        for passage, one in zip(passages, made.passages, strict=True)
    )
    outline = tuple(
        replace(entry, section=role.section, topics=topics)
        for entry, role, topics in zip(report.outline, made.roles, made.own, strict=True)
    )
    return replace(report, outline=outline), labelled


def explain(report: Report, passages: tuple[Passage, ...]) -> tuple[Why, ...]:
    """Return for each passage why it has its section and its topics; labelled or not, the answer is the same."""
    made = _reasoned(report, passages)
    return tuple(_why(passage, one, made) for passage, one in zip(passages, made.passages, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reasoned:
    """A passage in simplified characters with its labels, and the index of its heading (-1 = none)."""

    text: str
    section: str
    topics: tuple[str, ...]
    owner: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """All of a report: headings in simplified characters, their roles, topics of their own, and whose they inherit."""

    headings: tuple[str, ...]
    roles: tuple[Role, ...]
    own: tuple[tuple[str, ...], ...]
    givers: tuple[int, ...]
    passages: tuple[_Reasoned, ...]


def _reasoned(report: Report, passages: tuple[Passage, ...]) -> _Whole:
    outline = tuple(
        entry if (heading := simplified(entry.heading)) == entry.heading else replace(entry, heading=heading)
        for entry in report.outline
    )
    simple = tuple(_in_simplified(passage) for passage in passages)
    roles = heading_roles(outline, report.year)
    own = tuple(heading_topics(entry.heading) for entry in outline)
    owners = _owners(outline, passages)
    givers = _givers(outline, own)
    made = []
    for passage, section, owner in zip(simple, passage_sections(simple, owners, roles), owners, strict=True):
        giver = givers[owner] if owner >= 0 else -1
        topics = passage_topics(
            _body(passage),
            own[giver] if giver >= 0 else (),
            certain=own[owner] if owner >= 0 and _is_whole(outline[owner], passage) else (),
            opening=section == OPENING,
        )
        made.append(_Reasoned(text=passage.text, section=section, topics=topics, owner=owner))
    return _Whole(
        headings=tuple(entry.heading for entry in outline), roles=roles, own=own, givers=givers, passages=tuple(made)
    )


def _why(passage: Passage, one: _Reasoned, whole: _Whole) -> Why:
    """Put together the words of a passage and of the headings above it that decided."""
    giver = whole.givers[one.owner] if one.owner >= 0 else -1
    above = evidence(whole.headings[giver]) if giver >= 0 else {}
    words = evidence(one.text)
    return Why(
        passage=passage.id,
        section=one.section,
        section_from=whole.headings[one.owner] if one.owner >= 0 else "",
        topics={name: words.get(name, ()) for name in one.topics},
        headings={name: above[name] for name in one.topics if name in above and name in whole.own[giver]},
        not_enough={name: found for name, found in words.items() if name not in one.topics},
    )


def _in_simplified(passage: Passage) -> Passage:
    text, headings = simplified(passage.text), tuple(map(simplified, passage.headings))
    if text == passage.text and headings == passage.headings:
        return passage
    return replace(passage, text=text, headings=headings)


def _body(passage: Passage) -> str:
    """Return a passage's text without the run-in heading that opens it."""
    heading = passage.headings[-1] if passage.headings else ""
    return passage.text.removeprefix(heading) if heading else passage.text


def _is_whole(entry: OutlineEntry, passage: Passage) -> bool:
    """Say whether a passage is all that a run-in heading heads, so that the heading is a sentence of it."""
    return entry.passages == (passage.id,) and passage.text.startswith(entry.heading)


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
