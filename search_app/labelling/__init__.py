"""Labelling: Passage -> Passage with section, topics, exemplary score and reasons; the outline likewise.

The rules are tables in search_app/data that a non-programmer may edit; ``explain`` shows which words decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_app.labelling.exemplary import rate
from search_app.labelling.sections import OPENING, heading_roles, passage_sections
from search_app.labelling.topics import evidence, heading_topics, passage_topics
from search_app.model import OutlineEntry, Passage, Report

__all__ = ["Why", "explain", "label"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The words of a passage that speak for each topic, whether or not they were enough."""

    passage: str
    section: str
    topics: Mapping[str, tuple[str, ...]]


def label(report: Report, passages: tuple[Passage, ...]) -> tuple[Report, tuple[Passage, ...]]:
    """Label a report's outline and passages; pure, the same input gives the same labels."""
    roles = heading_roles(report.outline, report.year)
    own = tuple(heading_topics(entry.heading) for entry in report.outline)
    owners = _owners(report.outline, passages)
    inherited = _inherited(report.outline, own)
    sections = passage_sections(passages, owners, roles)
    labelled = tuple(
        replace(
            passage,
            section=section,
            topics=passage_topics(
                _body(passage),
                inherited[owner] if owner >= 0 else (),
                certain=own[owner] if owner >= 0 and _is_whole(report.outline[owner], passage) else (),
                opening=section == OPENING,
            ),
            exemplary=rate(passage.text, section),
        )
        for passage, section, owner in zip(passages, sections, owners, strict=True)
    )
    outline = tuple(
        replace(entry, section=role.section, topics=topics)
        for entry, role, topics in zip(report.outline, roles, own, strict=True)
    )
    return replace(report, outline=outline), labelled


def explain(passages: tuple[Passage, ...]) -> tuple[Why, ...]:
    """Return for each labelled passage the words that speak for its topics."""
    return tuple(
        Why(passage=passage.id, section=passage.section, topics=evidence(passage.text)) for passage in passages
    )


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


def _inherited(outline: tuple[OutlineEntry, ...], own: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return for each heading its own topics, or those of the nearest heading above that has some."""
    made: list[tuple[str, ...]] = []
    above: list[tuple[int, tuple[str, ...]]] = []
    for entry, topics in zip(outline, own, strict=True):
        while above and above[-1][0] >= entry.level:
            above.pop()
        taken = topics or (above[-1][1] if above else ())
        made.append(taken)
        above.append((entry.level, taken))
    return tuple(made)
