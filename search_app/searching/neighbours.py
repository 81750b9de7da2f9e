"""Neighbours of a passage: those that say nearly the same (similar), and other towns' on the same thing (related).

In: a passage's id. Out: for ``similar`` the other passages of its near-duplicate cluster, each in parts that say what
it words otherwise; for ``related`` passages of other towns on its topics, best first, one per cluster, its own left
out. What was being searched for may narrow both. The surprise: ``related`` is an ordinary search, for any of the words
that tell most of the passage; how rare they are, the engine knows.
"""

from collections import Counter
from dataclasses import dataclass, replace
from operator import eq

from search_app.engines.base import Engine
from search_app.errors import NoSuchPage, NoSuchPassage
from search_app.language import FAINT, SIGNATURE_BYTES, Token, signature, words
from search_app.model import Collapse, Facet, Found, Match, Passage, Report, Sort
from search_app.query import MAX_WINDOW, AllOf, AnyOf, In, Node, Not, Search, Words
from search_app.searching import snippets
from search_app.searching.answer import Hit
from search_app.searching.wording_diff import Part, difference

#: How many words a passage is sought by; twice as many find the same topics half a percent more often, and take twice
#: the time.
TELLING = 16
#: So many of the related passages, or the first page, are put in order by how much they word otherwise.
REORDERED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The passage that others are held against, with its report."""

    passage: Passage
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A passage that says nearly the same; ``parts`` are its text, held against the subject's."""

    match: Match
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """One page of the passages that say nearly the same as the subject, newest first; the counts leave it out."""

    subject: Subject
    found: Found
    variants: tuple[Variant, ...]
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One page of passages of other towns on the same thing, best first."""

    subject: Subject
    found: Found
    hits: tuple[Hit, ...]
    pages: int


def similar(engine: Engine, passage_id: str, within: Search | None = None) -> Similar:
    """Return the page that ``within`` asks for of those that say nearly the same and that it finds, newest first.

    Raises NoSuchPassage, NoSuchPage.
    """
    subject, within = subject_of(engine, passage_id), within or Search()
    found = engine.search(replace(within, like=passage_id, collapse=Collapse.NONE, sort=Sort.NEWEST))
    variants = (
        Variant(match=match, parts=difference(match.passage.text, subject.passage.text)) for match in found.matches
    )
    return Similar(subject=subject, found=found, variants=tuple(variants), pages=_pages(found, within))


def related(engine: Engine, passage_id: str, within: Search | None = None) -> Related:
    """Return the page that ``within`` asks for of those of other towns on the same thing, where it selects.

    Raises NoSuchPassage, NoSuchPage.
    """
    subject, within = subject_of(engine, passage_id), within or Search()
    query, ahead = sought(subject), max(1, REORDERED // within.size) * within.size
    asked = replace(
        within, query=query, unlike=passage_id, collapse=Collapse.SIMILAR, leaning=(subject.passage.section,)
    )
    if (end := within.page * within.size) <= ahead:
        found = engine.search(replace(asked, page=1, size=ahead))
        matches = _worded_otherwise_first(found.matches, subject.passage)[end - within.size : end]
    else:
        found = engine.search(asked)
        matches = found.matches
    hits = tuple(Hit(match=match, snippet=snippets.cut(match.passage, query)) for match in matches)
    return Related(subject=subject, found=found, hits=hits, pages=_pages(found, within))


def _worded_otherwise_first(matches: tuple[Match, ...], passage: Passage) -> tuple[Match, ...]:
    """Return the matches by their score less what they word as the passage does, of which a clerk has no use.

    The share of wording is that which near-duplicates are told by; squared, because a third is much already.
    """
    own = signature(passage.text)

    def worth(match: Match) -> float:
        alike: float = sum(map(eq, own, signature(match.passage.text))) / SIGNATURE_BYTES
        return match.score * (1 - alike) * (1 - alike)

    return tuple(sorted(matches, key=worth, reverse=True))


def sought(subject: Subject) -> Node:
    """Return what finds passages of other towns on a passage's topics by the words that tell most of it."""
    passage, report = subject.passage, subject.report
    any_word = AnyOf(children=tuple(Words(text=word) for word in telling_words(passage, report)))
    town = f"{report.county or ''}{report.town}" if report.town else None
    parts: list[Node] = [any_word, Not(child=In(facet=Facet.TOWN, value=town))]
    if passage.topics:
        parts.append(AnyOf(children=tuple(In(facet=Facet.TOPIC, value=topic) for topic in passage.topics)))
    return AllOf(children=tuple(parts))


def telling_words(passage: Passage, report: Report) -> tuple[str, ...]:
    """Return at most 16 words that say what a passage is about, those of its own heading and the longest first.

    Figures, single characters and the names of the report's own places tell nothing of what others do.
    """
    places = "".join(name for name in (report.town, report.county, report.city, report.province) if name)
    heading = passage.headings[-1] if passage.headings else ""
    above = {token.text for token in words(heading)}
    often = Counter(token.text for token in (*words(heading), *words(passage.text)) if _tells(token, places))
    ranked = sorted(often, key=lambda word: (word not in above, -len(word), -often[word]))
    return tuple(ranked[:TELLING])


def _tells(token: Token, places: str) -> bool:
    return len(token.text) > 1 and token.text not in FAINT and not token.text[0].isdigit() and token.text not in places


def subject_of(engine: Engine, passage_id: str) -> Subject:
    """Return a passage by its id. Raises NoSuchPassage, and NoSuchReport where even the report is not held."""
    report, passages = engine.report(passage_id.rpartition("-")[0])
    found = next((passage for passage in passages if passage.id == passage_id), None)
    if found is None:
        raise NoSuchPassage(f"这份报告里没有编号为 {passage_id} 的段落")
    return Subject(passage=found, report=report)


def _pages(found: Found, within: Search) -> int:
    """Return the number of the last page. Raises NoSuchPage where the one asked for comes after it."""
    pages = min(-(-found.listed // within.size), MAX_WINDOW // within.size)
    last = max(pages, 1)
    if within.page > last:
        message = f"没有第 {within.page} 页，最后一页是第 {last} 页。"
        raise NoSuchPage(message, last=last, hint="请回到最后一页或第一页。")
    return pages
