"""The beside view: reports side by side as their page shows them, row by row, on leaves of some hundred passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from search_app.comparing.reports_beside import Beside, BesideReport
from search_app.comparing.side_by_side import OPENING, Cell, Part, Row
from search_app.exporting import citation
from search_app.exporting.compared import name_row, say_share, tell_empty
from search_app.language.similarity.shared_wording import find_shared
from search_app.model import Passage
from search_app.web.comparisons import Wanted
from search_app.web.view_models import compare_view, safe_html
from search_app.web.view_models.links import Link, passage_url
from search_app.web.view_models.pager import shorten

#: So many passages stand on a leaf, and in one cell; a report of a township has some fifty.
LEAF, MOST_IN_CELL = 400, 25
#: Longer passages are folded behind their beginning.
FOLDED, LEAD = 170, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """One report as the head of a column."""

    where: str
    title: str
    url: str
    passages: int
    is_base: bool
    share: str
    base: str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """One passage in a cell; ``lead`` is its beginning where it is long, and folded."""

    id: str
    code: str
    number: int
    url: str
    html: Markup
    lead: str
    letters: int
    score: int
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """What one report says in a row; an empty cell says why, and where else its report speaks of it."""

    passages: tuple[ShownPassage, ...]
    empty: str
    elsewhere: tuple[Link, ...]
    beyond: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row; ``closer`` compares the first passage of each of its cells word by word."""

    anchor: str
    name: str
    is_heading: bool
    cells: tuple[ShownCell, ...]
    closer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """One section on this leaf; ``absent`` are the reports that have nothing of it."""

    anchor: str
    section: str
    rows: tuple[ShownRow, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpList:
    """One section of the outline: where it begins, and its rows on this leaf; ``beyond`` stand on others."""

    section: str
    url: str
    rows: tuple[Link, ...]
    beyond: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBeside:
    """Reports side by side, as far as this leaf goes."""

    reports: tuple[ShownReport, ...]
    parts: tuple[ShownPart, ...]
    outline: tuple[JumpList, ...]
    leaf: int
    leaves: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    part: int
    row: int
    leaf: int


def show_beside(found: Beside, wanted: Wanted, leaf: int) -> ShownBeside:
    """Return reports side by side on one leaf; a leaf after the last is shown empty, and refused by whoever asks."""
    places = list(_places(found.parts))
    here = {(each.part, each.row) for each in places if each.leaf == leaf}
    return ShownBeside(
        reports=tuple(_report(each, wanted) for each in found.reports),
        parts=tuple(
            _part(at, part, [row for row in range(len(part.rows)) if (at, row) in here], found)
            for at, part in enumerate(found.parts)
            if any(place == at for place, _ in here) or (not part.rows and leaf == 1)
        ),
        outline=tuple(_outline(found.parts, places, wanted, leaf)),
        leaf=leaf,
        leaves=max((each.leaf for each in places), default=1),
    )


def _places(parts: Sequence[Part]) -> Iterator[_Place]:
    """Yield every row with the leaf on which it stands: a leaf ends before it would hold too many passages."""
    leaf, held = 1, 0
    for at, part in enumerate(parts):
        for number, row in enumerate(part.rows):
            shown = sum(min(len(cell.passages), MOST_IN_CELL) for cell in row.cells)
            if held and held + shown > LEAF:
                leaf, held = leaf + 1, 0
            held += shown
            yield _Place(part=at, row=number, leaf=leaf)


def _outline(parts: Sequence[Part], places: Sequence[_Place], wanted: Wanted, leaf: int) -> Iterator[JumpList]:
    for at, part in enumerate(parts):
        own = [each for each in places if each.part == at]
        first = own[0].leaf if own else 1
        yield JumpList(
            section=part.section,
            url=_turn(wanted, first, leaf, f"s-{at + 1}"),
            rows=tuple(
                Link(text=name_row(part.rows[each.row]), url=_turn(wanted, each.leaf, leaf, _anchor(at, each.row)))
                for each in own
                if each.leaf == leaf
            ),
            beyond=sum(each.leaf != leaf for each in own),
        )


def turn(wanted: Wanted, to: int) -> str:
    """Return the address of a leaf."""
    base = wanted.base if wanted.base != wanted.ids[0] else None
    return compare_view.address(wanted.kind, wanted.ids, base=base, leaf=str(to) if to > 1 else None)


def _turn(wanted: Wanted, to: int, here: int, anchor: str) -> str:
    return f"#{anchor}" if to == here else f"{turn(wanted, to)}#{anchor}"


def _anchor(part: int, row: int) -> str:
    return f"s-{part + 1}-{row + 1}"


def _report(each: BesideReport, wanted: Wanted) -> ShownReport:
    return ShownReport(
        where=citation.where(each.report),
        title=citation.title(each.report),
        url=f"/reports/{each.report.id}",
        passages=len(each.passages),
        is_base=each.is_base,
        share=say_share(each.overlap),
        base=compare_view.with_base(wanted, each.report.id),
        without=compare_view.without(wanted, each.report.id),
    )


def _part(at: int, part: Part, rows: Sequence[int], found: Beside) -> ShownPart:
    names = [citation.where(each.report) for each in found.reports]
    return ShownPart(
        anchor=f"s-{at + 1}",
        section=part.section,
        rows=tuple(_row(_anchor(at, row), part.rows[row], found) for row in rows),
        absent=tuple(name for name, there in zip(names, part.present, strict=True) if not there),
    )


def _row(anchor: str, row: Row, found: Beside) -> ShownRow:
    firsts = [cell.passages[0].id for cell in row.cells if cell.passages]
    return ShownRow(
        anchor=anchor,
        name=name_row(row),
        is_heading=row.heading not in ("", OPENING),
        cells=tuple(_cell(cell, row, each) for cell, each in zip(row.cells, found.reports, strict=True)),
        closer=compare_view.address("p", firsts) if len(firsts) > 1 else None,
    )


def _cell(cell: Cell, row: Row, each: BesideReport) -> ShownCell:
    shown, beyond = cell.passages[:MOST_IN_CELL], len(cell.passages) - MOST_IN_CELL
    further = f"还有 {beyond:,} 段，到报告里看"
    return ShownCell(
        passages=tuple(_passage(passage, each) for passage in shown),
        empty="" if cell.passages else _elsewhere(row) if cell.elsewhere else tell_empty(cell, row),
        elsewhere=tuple(
            Link(text=f"第 {passage.number} 段", url=passage_url(passage)) for passage in cell.elsewhere[:MOST_IN_CELL]
        ),
        beyond=Link(text=further, url=passage_url(cell.passages[MOST_IN_CELL])) if beyond > 0 else None,
    )


def _elsewhere(row: Row) -> str:
    return f"这一格没有；{'讲这个主题的' if row.topic else '这个小标题下的'}见"


def _passage(passage: Passage, each: BesideReport) -> ShownPassage:
    return ShownPassage(
        id=passage.id,
        code=citation.code(passage, each.report),
        number=passage.number,
        url=passage_url(passage),
        html=safe_html.passage(passage.text, marks=find_shared(passage.text, each.wording)),
        lead=shorten(passage.text, most=LEAD) if len(passage.text) > FOLDED else "",
        letters=len(passage.text),
        score=passage.exemplary.score if passage.exemplary.stamped else 0,
        heading=passage.headings[-1] if passage.headings else "",
    )
