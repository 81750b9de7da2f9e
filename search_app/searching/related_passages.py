"""Related passages: those of other towns on the same thing, best first, one per near-duplicate cluster.

In: a passage's id, and filters. Out: one page of them, its own cluster left out. The surprise: this is an ordinary
search for any of the words that tell most of the passage; how rare they are, the engine knows.
"""

from collections import Counter
from dataclasses import dataclass, replace
from operator import eq

from search_app.engines.base import Engine
from search_app.language import FAINT, SIGNATURE_BYTES, Token, minhash, tokenize
from search_app.model import Collapse, Facet, Found, Match, Passage, Report, Sort
from search_app.query import AllOf, AnyOf, In, Node, Not, Search, Words
from search_app.searching import snippets
from search_app.searching.paging import count_pages
from search_app.searching.reference_passage import Subject, find_subject
from search_app.searching.report_scope import scoped
from search_app.searching.results import Hit

#: How many words a passage is sought by; twice as many find the same topics half a percent more often, and take twice
#: the time.
TELLING = 16
#: So many of the related passages, or the first page, are put in order by how much they word otherwise.
REORDERED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One page of passages of other towns on the same thing, best first; ``query`` finds them."""

    subject: Subject
    query: Node
    found: Found
    hits: tuple[Hit, ...]
    pages: int


def find_related(engine: Engine, passage_id: str, within: Search | None = None, *, all_genres: bool = False) -> Related:
    """Return the page that ``within`` asks for of those of other towns on the same thing, where it selects.

    Of an index of several genres those of the annual reports, unless a genre is ticked or ``all_genres`` are asked for.
    Raises NoSuchPassage, NoSuchPage.
    """
    subject, within = find_subject(engine, passage_id), within or Search()
    engine = scoped(engine, within.selection, all_genres=all_genres)
    query, ahead = build_related_query(subject), max(1, REORDERED // within.size) * within.size
    asked = replace(
        within, query=query, unlike=passage_id, collapse=Collapse.SIMILAR, leaning=(subject.passage.section,)
    )
    if within.sort is Sort.RELEVANCE and (end := within.page * within.size) <= ahead:
        found = engine.search(replace(asked, page=1, size=ahead))
        matches = _worded_otherwise_first(found.matches, subject.passage)[end - within.size : end]
    else:
        found = engine.search(asked)
        matches = found.matches
    hits = tuple(Hit(match=match, snippet=snippets.cut(match.passage, query)) for match in matches)
    return Related(
        subject=subject,
        query=query,
        found=found,
        hits=hits,
        pages=count_pages(found, page=within.page, size=within.size),
    )


def _worded_otherwise_first(matches: tuple[Match, ...], passage: Passage) -> tuple[Match, ...]:
    """Return the matches by their score less what they word as the passage does, of which a clerk has no use.

    The share of wording is that which near-duplicates are told by; squared, because a third is much already.
    """
    own = minhash(passage.text)

    def worth(match: Match) -> float:
        alike: float = sum(map(eq, own, minhash(match.passage.text))) / SIGNATURE_BYTES
        return match.score * (1 - alike) * (1 - alike)

    return tuple(sorted(matches, key=worth, reverse=True))


def build_related_query(subject: Subject) -> Node:
    """Return what finds passages of other towns on a passage's topics by the words that tell most of it."""
    passage, report = subject.passage, subject.report
    any_word = AnyOf(children=tuple(Words(text=word) for word in pick_telling_words(passage, report)))
    town = f"{report.county or ''}{report.town}" if report.town else None
    parts: list[Node] = [any_word, Not(child=In(facet=Facet.TOWN, value=town))]
    if passage.topics:
        parts.append(AnyOf(children=tuple(In(facet=Facet.TOPIC, value=topic) for topic in passage.topics)))
    return AllOf(children=tuple(parts))


def pick_telling_words(passage: Passage, report: Report) -> tuple[str, ...]:
    """Return at most 16 words that say what a passage is about, those of its own heading and the longest first.

    Figures, single characters and the names of the report's own places tell nothing of what others do.
    """
    places = "".join(name for name in (report.town, report.county, report.city, report.province) if name)
    heading = passage.headings[-1] if passage.headings else ""
    above = {token.text for token in tokenize(heading)}
    often = Counter(token.text for token in (*tokenize(heading), *tokenize(passage.text)) if _tells(token, places))
    ranked = sorted(often, key=lambda word: (word not in above, -len(word), -often[word]))
    return tuple(ranked[:TELLING])


def _tells(token: Token, places: str) -> bool:
    return len(token.text) > 1 and token.text not in FAINT and not token.text[0].isdigit() and token.text not in places
