"""Sampled answers: do two engines that hold the same reports answer alike?

In: two engines. Out: the questions that they answer differently. Questions are made of what the first one holds, of
every kind that an engine answers: characters of a passage, its words, both with filters, folded, and orders of their
own. The same index gives the same questions, so that a difference can be looked into.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.model import Collapse, Facet, Found, Passage, Report, Sort
from search_app.query import AnyOf, Phrase, Search, Selection, Words, describe

#: So many questions are asked.
ASKED = 50
#: Scores are computed in other orders by each engine: of two passages closer than this, either may stand first.
_CLOSE = 1e-4
#: What is counted by places grows with the index; what is compared of facets is what every engine gives whole.
_COUNTED = (Facet.YEAR, Facet.SECTION, Facet.GENRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A question that is answered differently, and what differs, both in Chinese."""

    question: str
    what: str


def differences(one: Engine, other: Engine, *, asked: int = ASKED) -> Iterator[Difference | None]:
    """Ask both so many questions; yield for each what differs, or None. Raises IndexProblem."""
    for said, search in _questions(one, asked):
        what = _differs(one.search(search), other.search(search), exact=search.sort is not Sort.RELEVANCE)
        yield None if what is None else Difference(question=said, what=what)


def _questions(engine: Engine, asked: int) -> Iterator[tuple[str, Search]]:
    """Yield so many questions, each in words and as it is asked; of an index without passages only the empty one."""
    drawn = random.Random(engine.status().current.id)  # noqa: S311 - a sample, the same for the same index
    reports = engine.reports()
    chosen = drawn.choices(reports, k=asked) if reports else []
    held = [found for report in chosen if (found := engine.report(report.id))[1]]
    if not held:
        yield "全部段落", Search()
        return
    for number in range(asked):
        report, passages = held[number % len(held)]
        search = _question(number, report, drawn.choice(passages), drawn)
        yield "全部段落" if search.query is None else describe(search.query), search


def _question(number: int, report: Report, passage: Passage, drawn: random.Random) -> Search:
    start = drawn.randrange(max(1, len(passage.text) - 8))
    said = passage.text[start : start + drawn.randint(2, 8)].strip() or passage.text
    place = Selection(year=(report.year,), town=(report.town,))
    match number % 6:
        case 0:
            return Search(query=Phrase(text=said))
        case 1:
            return Search(query=Words(text=said), collapse=Collapse.SIMILAR)
        case 2:
            return Search(query=Words(text=said), selection=Selection({Facet.TOWN: (report.town,)}))
        case 3:
            return Search(
                query=AnyOf(children=(Phrase(text=said), Words(text=passage.text[:4]))), collapse=Collapse.REPORT
            )
        case 4:
            return Search(selection=place, sort=Sort.EXEMPLARY)
        case _:
            return Search(query=Words(text=said), sort=Sort.NEWEST, exemplary=passage.exemplary.score > 0)


def _differs(one: Found, other: Found, *, exact: bool) -> str | None:
    """Return in what two answers differ; ``exact`` where no order of near scores passes."""
    if (one.total, one.reports) != (other.total, other.reports):
        return f"找到 {one.total} 段、{one.reports} 份报告，另一边是 {other.total} 段、{other.reports} 份"
    for facet in _COUNTED:
        counts = [{each.value: each.count for each in found.facets.get(facet, ())} for found in (one, other)]
        if counts[0] != counts[1]:
            return f"筛选里的数目不同（{facet.value}）"
    if len(one.matches) != len(other.matches):
        return f"列出 {len(one.matches)} 段，另一边是 {len(other.matches)} 段"
    return _listed_differs(one, other, exact=exact)


def _listed_differs(one: Found, other: Found, *, exact: bool) -> str | None:
    if len(one.matches) != len(other.matches):
        return f"列出 {len(one.matches)} 段，另一边是 {len(other.matches)} 段"
    for place, (match, twin) in enumerate(zip(one.matches, other.matches, strict=True), start=1):
        close = abs(match.score - twin.score) <= _CLOSE * max(abs(match.score), 1.0)
        if match.passage.id == twin.passage.id:
            if not close:
                return f"第 {place} 条的得分不同"
            if match.passage != twin.passage:
                return f"第 {place} 条的内容不同"
        elif exact or not close:
            return f"第 {place} 条不是同一段"
    return None
