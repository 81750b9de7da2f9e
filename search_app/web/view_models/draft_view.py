"""The draft page: a check -> the draft with its findings marked, and the findings with their sources and examples."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from search_app.exporting import citation
from search_app.exporting.draft_table import percent
from search_app.language.similarity.shared_wording import Wording, find_shared
from search_app.model import SECTIONS, Facet, Match
from search_app.query import Selection
from search_app.reviewing.copied_wording import Origin
from search_app.reviewing.draft import Part
from search_app.reviewing.draft_check import DraftCheck
from search_app.reviewing.draft_findings import Finding, FindingKind, list_findings, list_remarks
from search_app.reviewing.required_parts import State
from search_app.searching import Hit, Request, snippets
from search_app.searching.exemplary_by_topic import quote_reasons
from search_app.web import urls
from search_app.web.view_models import cards, safe_html
from search_app.web.view_models.cards import Card
from search_app.web.view_models.links import Link, passage_url

#: What place and year of a draft rest on, as a page says it of the sources that parsing names.
SOURCES = {
    "title": "标题里写的", "intro": "开头写的", "heading": "小标题里写的", "body": "正文里写的", "issued": "落款或署名",
    "filename": "文件名", "gazetteer": "按地名表补的", "inferred": "推定的", "sidecar": "你填写的", "none": "",
}  # fmt: skip
#: What stands before and behind shared words and belongs to them.
_OPENING, _CLOSING = re.compile(r"[“‘（《〈【\d.%]+$"), re.compile(r"[”’）》〉】]?[。；！？]?")
_STATES = {State.PRESENT: "有", State.THIN: "偏薄", State.MISSING: "缺"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShown:
    """A passage that shares wording with the draft, its shared wording marked."""

    id: str
    code: str
    url: str
    name: str
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingShown:
    """One finding as the page lists it; ``place`` leads to the draft, ``where`` says which part of it that is."""

    number: int
    kind: str
    label: str
    message: str
    advice: str
    place: str
    where: str
    words: str
    sources: tuple[SourceShown, ...]
    examples: tuple[Card, ...]
    more: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one kind; ``advice`` is what is advised for most of them, "" where there is no such thing."""

    kind: str
    label: str
    advice: str
    findings: tuple[FindingShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartShown:
    """A piece of the draft with its findings marked; ``numbers`` are those that are about the whole of it."""

    id: str
    kind: str
    number: int | None
    html: Markup
    numbers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the summary."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShown:
    """A whole check as the page shows it."""

    title: str
    known: tuple[tuple[str, str, str], ...]
    figures: tuple[Figure, ...]
    required: tuple[tuple[str, str, str, int], ...]
    faults: tuple[Group, ...]
    others: tuple[Group, ...]
    count: int
    remarks: tuple[str, ...]
    parts: tuple[PartShown, ...]
    reports: int


def view(check: DraftCheck) -> DraftShown:
    """Return a check as the page shows it."""
    findings = list_findings(check)
    parts = tuple(check.draft.parts())
    groups = tuple(_group(kind, findings, {part.id: part for part in parts}) for kind in FindingKind)
    faults = tuple(group for group in groups if group.findings and FindingKind(group.kind).is_fault)
    return DraftShown(
        title=check.draft.report.title or "（没有标题）",
        known=_known(check),
        figures=_figures(check),
        required=tuple((part.name, part.state.value, _STATES[part.state], part.letters) for part in check.parts),
        faults=faults,
        others=tuple(group for group in groups if group.findings and not FindingKind(group.kind).is_fault),
        count=sum(len(group.findings) for group in faults),
        remarks=list_remarks(check),
        parts=tuple(_part(part, findings) for part in parts),
        reports=check.reports,
    )


def _known(check: DraftCheck) -> tuple[tuple[str, str, str], ...]:
    head = check.head
    values = (
        ("乡镇", head.town, head.town_from),
        ("县", head.county, head.county_from),
        ("年度", str(head.year) if head.year else None, head.year_from),
    )
    return tuple((label, value or "未识别", SOURCES.get(source, source)) for label, value, source in values)


def _figures(check: DraftCheck) -> tuple[Figure, ...]:
    copies = check.copies
    made = []
    if copies.last_year is not None:
        label = f"与本镇 {copies.last_year.year} 年相同"
        made.append(Figure(label=label, value=percent(check, Origin.LAST_YEAR), note="数字不算"))
    made.append(Figure(label="与别处相同", value=percent(check, Origin.ELSEWHERE), note="别的镇的报告，数字不算"))
    made.append(Figure(label="常见表述", value=percent(check, Origin.COMMON), note="许多镇都这样写，不算照抄"))
    return tuple(made)


def _group(kind: FindingKind, findings: Sequence[Finding], parts: dict[str, Part]) -> Group:
    of_kind = tuple(_finding(each, parts.get(each.place)) for each in findings if each.kind is kind)
    advised = Counter(each.advice for each in of_kind if not each.more).most_common(1)
    advice = advised[0][0] if advised and advised[0][1] > 1 else ""
    return Group(kind=kind.value, label=kind.label, advice=advice, findings=of_kind)


def _finding(finding: Finding, part: Part | None) -> FindingShown:
    return FindingShown(
        number=finding.number,
        kind=finding.kind.value,
        label=finding.kind.label,
        message=finding.message,
        advice=finding.advice,
        place=finding.place,
        where=_where(part),
        words=finding.words,
        sources=tuple(_source(source.match, part) for source in finding.sources),
        examples=tuple(_example(match, rank) for rank, match in enumerate(finding.examples, start=1)),
        more=_others_wording(finding),
    )


def _where(part: Part | None) -> str:
    if part is None:
        return ""
    if part.passage is None:
        return {"title": "标题", "heading": "小标题", "signature": "落款"}[part.kind.value]
    return f"第 {part.passage.number} 段 · {part.section}"


def _source(match: Match, part: Part | None) -> SourceShown:
    text = match.passage.text
    marks = find_shared(text, Wording((part.text,))) if part is not None else ()
    return SourceShown(
        id=match.passage.id,
        code=citation.code(match.passage, match.report),
        url=passage_url(match.passage),
        name=citation.source(match.passage, match.report),
        html=safe_html.passage(text, marks=marks),
    )


def _example(match: Match, rank: int) -> Card:
    hit = Hit(match=match, snippet=snippets.cut(match.passage, quote_reasons(match.passage.exemplary)))
    return cards.lone_card(hit, rank=rank, request=Request())


def _others_wording(finding: Finding) -> Link | None:
    """Return the way to how other towns write a part that is missing or thin."""
    if finding.kind not in (FindingKind.MISSING, FindingKind.THIN) or finding.section not in SECTIONS:
        return None
    asked = Request(selection=Selection(**{Facet.SECTION.value: (finding.section,)}))
    return Link(text=f"看别的镇怎么写“{finding.section}”", url=urls.build(asked))


def _part(part: Part, findings: Iterable[Finding]) -> PartShown:
    own = [each for each in findings if each.place == part.id]
    return PartShown(
        id=part.id,
        kind=part.kind.value,
        number=part.passage.number if part.passage is not None else None,
        html=_marked(part.text, [each for each in own if each.spans]),
        numbers=tuple((each.number, each.kind.label) for each in own if not each.spans),
    )


def _marked(text: str, findings: Sequence[Finding]) -> Markup:
    """Return a text with each finding's words marked by its kind; of two in one place, the more important one."""
    owner: list[Finding | None] = [None] * len(text)
    for finding in sorted(findings, key=lambda each: -each.number):
        for span in finding.spans:
            start, end = _with_edges(text, *span) if finding.share is not None else span
            owner[start:end] = [finding] * (end - start)
    made, at = Markup(), 0
    told: set[int] = set()
    while at < len(text):
        end = at
        while end < len(text) and owner[end] is owner[at]:
            end += 1
        made += _run(text[at:end], owner[at], told)
        at = end
    return made


def _with_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the figure or opening mark that it begins after, and the mark that it ends before.

    Shared wording is measured without them, but 2025 must not stand apart from its 年.
    """
    opening = _OPENING.search(text[:start])
    closing = _CLOSING.match(text, end)
    return opening.start() if opening else start, closing.end() if closing else end


def _run(text: str, finding: Finding | None, told: set[int]) -> Markup:
    shown = Markup("<br>").join(text.split("\n"))
    if finding is None:
        return shown
    sign = Markup()
    if finding.number not in told:
        told.add(finding.number)
        sign = Markup(
            '<a class="flag" href="#f-{0}" id="m-{0}" title="{1}">{0}<span class="visually-hidden">：{1}</span></a>'
        ).format(finding.number, finding.kind.label)
    return Markup('{}<mark class="m-{}">{}</mark>').format(sign, finding.kind.value, shown)
