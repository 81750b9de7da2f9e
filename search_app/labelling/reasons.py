"""Reasons: why a heading or passage has its section and topics, in words that a clerk can check.

In go a labelled report and its passages, out come one reason per heading and per passage. The surprise: nothing is
recorded while labelling, which has to be fast; the labels are explained afterwards from the same tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from search_app.labelling.sections import OPENING, OTHER
from search_app.labelling.tables import section_rules
from search_app.labelling.topics import evidence, heading_topics
from search_app.model import OutlineEntry, Passage, Report

_MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: a sentence for the section; for each topic held the words that speak for it, or the heading it is from.

    ``weak`` are topics of which something is said, but not enough.
    """

    section: str
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inherited: Mapping[str, str] = field(default_factory=dict)
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The reasons of a report's headings and passages, in their order."""

    headings: tuple[Reason, ...]
    passages: tuple[Reason, ...]


def reasons(report: Report, passages: tuple[Passage, ...]) -> Reasons:
    """Explain the labels of a report that :func:`search_app.labelling.label` returned."""
    outline = report.outline
    owners = {each: at for at, entry in enumerate(outline) for each in entry.passages}
    return Reasons(
        headings=tuple(_of_heading(outline, at) for at in range(len(outline))),
        passages=tuple(_of_passage(passage, outline, owners.get(passage.id)) for passage in passages),
    )


def _of_heading(outline: tuple[OutlineEntry, ...], at: int) -> Reason:
    entry = outline[at]
    words = _words(entry.heading)
    held = {topic: words.get(topic, ())[:_MOST_WORDS] for topic in entry.topics}
    if said := _matched(entry.section, entry.heading, "headings", "inner"):
        return Reason(section=f"标题里有“{said}”", topics=held)
    above = next((each for each in _above(outline, at) if each.section == entry.section), None)
    if above is not None:
        return Reason(section=f"沿用上级标题“{above.heading}”", topics=held)
    where = "在下年度安排之后" if entry.section == OTHER else "在问题和安排之前"
    return Reason(section=f"标题没有点明类型，按位置推定（{where}）", topics=held)


def _of_passage(passage: Passage, outline: tuple[OutlineEntry, ...], owner: int | None) -> Reason:
    words = _words(passage.text)
    over = () if owner is None else (outline[owner], *_above(outline, owner))
    held = {topic: words[topic][:_MOST_WORDS] for topic in passage.topics if topic in words}
    inherited = {
        topic: next((entry.heading for entry in over if topic in heading_topics(entry.heading)), "")
        for topic in passage.topics
        if topic not in words
    }
    weak = {topic: found[:_MOST_WORDS] for topic, found in words.items() if topic not in passage.topics}
    return Reason(section=_why_section(passage, over), topics=held, inherited=inherited, weak=weak)


def _words(text: str) -> dict[str, tuple[str, ...]]:
    """Return the words for each topic as they stand in the text, as far as no crossed-out part is among them."""
    found = {topic: tuple(word for word in words if word in text) for topic, words in evidence(text).items()}
    return {topic: words for topic, words in found.items() if words}


def _why_section(passage: Passage, over: tuple[OutlineEntry, ...]) -> str:
    said = _matched(passage.section, passage.text[:60], "openings")
    if over and over[0].section == passage.section:
        return f"所在标题“{over[0].heading}”"
    if said:
        return f"开头是“{said}”"
    if passage.section == OPENING:
        return "在第一个标题之前"
    rule = section_rules().get(passage.section)
    found = tuple(dict.fromkeys(match.group() for match in rule.evidence.finditer(passage.text))) if rule else ()
    if found:
        return f"文中有“{'、'.join(found[:_MOST_WORDS])}”"
    return "没有点明类型，按前后文推定"


def _matched(section: str, text: str, *rows: str) -> str:
    """Return the words of a text that a section's table holds in one of these rows, "" for none."""
    rule = section_rules().get(section)
    for row in rows if rule is not None else ():
        if found := getattr(rule, row).search(text):
            return str(found.group()).strip()
    return ""


def _above(outline: tuple[OutlineEntry, ...], at: int) -> Iterator[OutlineEntry]:
    """Yield the headings above one, the nearest first."""
    level = outline[at].level
    for entry in reversed(outline[:at]):
        if entry.level < level:
            level = entry.level
            yield entry
