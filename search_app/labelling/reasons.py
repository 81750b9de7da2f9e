"""Reasons: explains afterwards why a heading or passage has its section and topics, in words a clerk can check.

In go a labelled report and its passages, out come one reason per heading and per passage. The surprise: nothing is
recorded while labelling, which has to be fast; the labels are explained afterwards from the same tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from search_app.labelling import Why, explain
from search_app.labelling.parts import DONE, OPENING, OTHER
from search_app.labelling.rule_tables import section_rules
from search_app.labelling.sections import adapt_to_kind
from search_app.labelling.topics.classify import evidence
from search_app.language import simplify
from search_app.language.analysis.han_numbers import is_number_alone
from search_app.model import OutlineEntry, Passage, Report

_MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: a sentence for the section, and the words for each topic held, of the text itself and of the heading above.

    ``weak`` are topics of which something is said, but not enough.
    """

    section: str
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The reasons of a report's headings and passages, in their order."""

    headings: tuple[Reason, ...]
    passages: tuple[Reason, ...]


def give_reasons(report: Report, passages: tuple[Passage, ...]) -> Reasons:
    """Explain the labels of a report that :func:`search_app.labelling.label` returned."""
    outline = tuple(replace(entry, heading=simplify(entry.heading)) for entry in report.outline)
    owners = {each: at for at, entry in enumerate(outline) for each in entry.passages}
    whys = explain(report, passages)
    return Reasons(
        headings=tuple(_of_heading(outline, at, report) for at in range(len(outline))),
        passages=tuple(
            _of_passage(passage, why, outline, owners.get(passage.id), report)
            for passage, why in zip(passages, whys, strict=True)
        ),
    )


def _of_heading(outline: tuple[OutlineEntry, ...], at: int, report: Report) -> Reason:
    entry = outline[at]
    words = evidence(entry.heading)
    held = _shown({topic: words.get(topic, ()) for topic in entry.topics}, entry.heading)
    if is_number_alone(entry.heading) and not any(_above(outline, at)):
        return Reason(section="标题只有序号，按下面的文字判断", topics=held)
    if said := _matched(entry.section, entry.heading, "headings", "inner"):
        return Reason(section=f"标题里有“{said}”", topics=held)
    if _by_kind(entry.section, report):
        return Reason(section=f"文件类型是“{report.kind}”", topics=held)
    above = next((each for each in _above(outline, at) if each.section == entry.section), None)
    if above is not None:
        return Reason(section=f"沿用上级标题“{above.heading}”", topics=held)
    where = "在下年度安排之后" if entry.section == OTHER else "在问题和安排之前"
    return Reason(section=f"标题没有点明类型，按位置推定（{where}）", topics=held)


def _of_passage(
    passage: Passage, why: Why, outline: tuple[OutlineEntry, ...], owner: int | None, report: Report
) -> Reason:
    over = () if owner is None else (outline[owner], *_above(outline, owner))
    text = simplify(passage.text)
    return Reason(
        section=f"文件类型是“{report.kind}”" if _by_kind(passage.section, report) else _why_section(passage, over),
        topics=_shown(why.topics, text),
        headings=_shown(why.headings, "".join(entry.heading for entry in over)),
        weak={topic: words for topic, words in _shown(why.not_enough, text).items() if words},
    )


def _shown(found: Mapping[str, Iterable[str]], text: str) -> dict[str, tuple[str, ...]]:
    """Return a few words for each topic; what is not in the text as it stands was found with a part crossed out."""
    return {topic: tuple(word for word in words if word in text)[:_MOST_WORDS] for topic, words in found.items()}


def _why_section(passage: Passage, over: tuple[OutlineEntry, ...]) -> str:
    text = simplify(passage.text)
    said = _matched(passage.section, text[:60], "openings")
    named = next((entry for entry in over if not is_number_alone(entry.heading)), None)
    if named is not None and named.section == passage.section:
        return f"所在标题“{named.heading}”"
    if said:
        return f"开头是“{said}”"
    if passage.section == OPENING:
        return "在第一个标题之前"
    rule = section_rules().get(passage.section)
    found = tuple(dict.fromkeys(match.group() for match in rule.evidence.finditer(text))) if rule else ()
    if found:
        return f"文中有“{'、'.join(found[:_MOST_WORDS])}”"
    return "没有点明类型，按前后文推定"


def _by_kind(section: str, report: Report) -> bool:
    """Say whether the kind of document alone gives all that it did this section."""
    return section != OPENING and adapt_to_kind(DONE, report) == section != DONE


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
