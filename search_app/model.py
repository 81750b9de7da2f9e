"""The data classes that travel between packages: Document, Report, Passage, Facet values, Match, Found, Snippet.

All are frozen, slotted, keyword-only dataclasses holding tuples. Unknown is ``None``, never a guess.
The surprise: a *passage*, not a report, is the unit of retrieval and of every count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from search_app.provenance import Confidence, PlaceSource, YearSource, confidence

REPORT_KIND = "法治政府建设年度报告"

#: The parts that the national rule on these reports prescribes, plus the opening and the rest.
SECTIONS = ("导语", "第一责任人履职", "主要举措和成效", "不足和原因", "下年度安排", "其他")

#: What a passage may be about; several may hold.
TOPICS = (
    "组织领导", "学法培训", "依法决策", "规范性文件", "行政执法", "矛盾化解", "信访", "普法宣传",
    "政务公开", "法律顾问", "政务服务", "权力监督", "应急管理", "基层治理", "队伍建设", "数字法治",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading line or table of a file, in reading order, as the reader saw it.

    ``text`` has no line breaks except in ``.txt``-like sources, where one block is one line (hard wraps are joined by
    parsing). ``level`` is the heading level (1 = outermost) that the file's own styles state, else ``None``. A table
    keeps its cells in ``rows``; its ``text`` is the rows joined by newlines, the cells by `` | ``.
    """

    kind: Literal["paragraph", "heading", "table"] = "paragraph"
    text: str
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader makes of one file: its blocks, and what the file says about itself.

    ``properties`` holds front matter or page metadata under its original keys (``发布日期``, ``title`` …).
    ``hard_wrapped`` is true where line breaks may not be paragraph ends (.txt, .pdf). ``recognised``: its text was read
    from pictures, with a mean ``confidence`` of 0 to 100 where that is told.
    """

    format: str
    blocks: tuple[Block, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    hard_wrapped: bool = False
    recognised: bool = False
    confidence: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """One heading in reading order; ``passages`` are the ids directly below it, not below its sub-headings.

    A run-in heading (``（一）加强组织领导。一是…``) is an entry too; its words also open its first passage's text.
    """

    heading: str
    level: int
    section: str = "其他"
    topics: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text of the file that is no passage and no heading, with the reason (标题 主送 落款 页码 残留 …)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another file of the corpus with the same text as a report; it is not indexed itself."""

    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One source file: one town, one reporting year.

    ``id`` is 12 hex digits of the SHA-256 of ``path`` (POSIX, relative to the corpus), so it survives edits.
    ``fingerprint`` is a SHA-256 over the file, its sidecar, and the program and tables that understood it: where
    it differs, the file is read again. ``content`` is a SHA-256 of its text, "" where that is too short to compare;
    ``copies`` are the other files that say the same. ``document_number`` (发文字号), ``issuer`` and ``published`` are
    only what the file states; ``checksum`` is the SHA-256 of its bytes, "" where it was not read from a file, and
    ``indexed_at`` when a file of these bytes was first taken in at this path. ``recognised``: its text was read from
    pictures by a program, with a mean ``recognition_confidence`` of 0 to 100 where that is told.
    """

    id: str
    path: str
    title: str | None = None
    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    year: int | None = None
    year_source: YearSource = "none"
    place_source: PlaceSource = "none"
    issued: date | None = None
    published: date | None = None
    document_number: str | None = None
    issuer: str | None = None
    indexed_at: datetime | None = None
    checksum: str = ""
    kind: str = REPORT_KIND
    recognised: bool = False
    recognition_confidence: int | None = None
    warnings: tuple[str, ...] = ()
    fingerprint: str = ""
    content: str = ""
    copies: tuple[Copy, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def year_confidence(self) -> Confidence:
        """Return how far the year can be relied on."""
        return confidence(self.year_source, of_year=True) if self.year is not None else "none"

    @property
    def place_confidence(self) -> Confidence:
        """Return how far town and county can be relied on."""
        return confidence(self.place_source) if self.town or self.county else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemplary:
    """How concrete and replicable a passage's practice is: 0 to 100, with the reasons a clerk reads.

    ``stamped``: it is shown as 典型做法, because it is concrete and among the best of the index that it was read from.
    """

    score: int = 0
    reasons: tuple[str, ...] = ()
    stamped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a report counts: ``what`` is a name of ``data/figures.toml``; ``start`` to ``end`` is number and unit.

    ``qualifier`` is how exact the text claims to be (余 近 约 以上 超 不足, "" = exact). ``part``: not the whole is
    counted, but one kind, one event, some months (其中). ``cumulative``: since years, or as of a day (截至目前).
    ``clause_start`` to ``clause_end`` is what one reads to understand it; all four are offsets of the passage's text.
    """

    what: str
    number: float
    unit: str
    qualifier: str = ""
    part: bool = False
    cumulative: bool = False
    start: int
    end: int
    clause_start: int
    clause_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit of retrieval: one numbered paragraph or one item of 一是…二是…, inside one heading.

    ``id`` is ``<report id>-<number>``, number counting from 1 in reading order. ``headings`` is the path above it,
    outermost first. ``similar`` is how many other passages of the index say nearly the same (0 before indexing).
    ``figures`` are what it counts, in reading order.
    """

    id: str
    report: str
    number: int
    headings: tuple[str, ...] = ()
    section: str = "其他"
    topics: tuple[str, ...] = ()
    text: str
    exemplary: Exemplary = Exemplary()
    similar: int = 0
    figures: tuple[Figure, ...] = ()


class Facet(StrEnum):
    """What answers can be narrowed by; the value is the name used in URLs, JSON and on the command line."""

    YEAR = "year"
    COUNTY = "county"
    TOWN = "town"
    SECTION = "section"
    TOPIC = "topic"
    GENRE = "genre"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    EXEMPLARY = "exemplary"
    TOWN = "town"
    ADDED = "added"


class Collapse(StrEnum):
    """What is folded into one listed match: near-duplicates, one report's passages, or nothing."""

    SIMILAR = "similar"
    REPORT = "report"
    NONE = "none"


#: A facet's value; ``None`` stands for reports where it is not known (written 未识别 in URLs and on the command line).
Value: TypeAlias = str | int | None
UNKNOWN = "未识别"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet: passages and distinct reports it holds, its own facet's selection left out.

    A town's value is its bare name where only one county of the index has it, else county + town (``甲县石桥镇``). The
    counts of an ``excluded`` value tell what there would be if nothing of its facet were excluded.
    """

    value: Value
    count: int
    reports: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One listed passage; ``stands_for`` counts the matching passages folded behind it (0 = none).

    ``added`` is the name of the generation in which its text first stood in a report of its place and year.
    """

    passage: Passage
    report: Report
    score: float
    stands_for: int = 0
    added: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An engine's answer: ``total`` passages in ``reports`` distinct reports match, ``listed`` remain folded.

    All of it, the facets' counts too, tells of the passages that were ``looked_at``, of those ``held``.
    """

    total: int
    reports: int
    listed: int
    matches: tuple[Match, ...]
    facets: Mapping[Facet, Sequence[FacetValue]]
    generation: str
    looked_at: int = 0
    held: int = 0

    @property
    def partial(self) -> bool:
        """Tell whether time was up before everything was looked at."""
        return self.looked_at < self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a snippet's text that is or is not a match."""

    text: str
    match: bool = False


Fragment: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Some 160 characters of a passage, whole sentences where they fit; ``before``, ``after``: there is more."""

    fragments: tuple[Fragment, ...] = ()
    before: bool = False
    after: bool = False
