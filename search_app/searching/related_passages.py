"""Related passages: those of other towns on the same thing, best first, one per near-duplicate cluster.

In: a passage's id, and filters. Out: one page of them, its own cluster left out; none where no passage shares enough of
its telling terms. The surprise: this is an ordinary search, so that counts and facets are those of the list; in its
floor ("at least so many of these") a term that tells more stands more often, and two negations keep that out of the
score.
"""

from dataclasses import dataclass, replace
from math import ceil
from operator import eq

from search_app.engines.base import Engine
from search_app.language import SIGNATURE_BYTES, minhash
from search_app.model import Collapse, Facet, Found, Match, Passage, Sort
from search_app.query import About, AllOf, AnyOf, BestOf, In, Node, Not, Raised, Search, SomeOf, Weighted, Words
from search_app.searching import snippets
from search_app.searching.catalogue import vocabulary_of
from search_app.searching.paging import count_pages
from search_app.searching.reference_passage import Subject, find_subject
from search_app.searching.report_scope import scoped
from search_app.searching.results import Hit
from search_app.searching.telling_terms import LEVELS, Part, Term, pick_telling_terms

#: A passage is related that shares so much of the weight of the telling terms, and of which so many of five things are
#: true: it is of the same part, on one of the topics, as near in meaning (a cosine), shares much more, and half of all.
ENOUGH, SIGNS, NEAR, PLENTY, HALF = 0.1, 3, 0.7, 0.3, 0.5
#: How much more a passage is worth whose meaning is that of the subject.
MEANING = 80.0
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
    query, ahead = build_related_query(engine, subject), max(1, REORDERED // within.size) * within.size
    engine = scoped(engine, within.selection, all_genres=all_genres)
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


def build_related_query(engine: Engine, subject: Subject) -> Node:
    """Return what finds passages of other towns that share enough of a passage's telling terms.

    The other signs are asked for because two words may stand side by side by chance, and topics are only read into a
    passage.
    """
    passage, report = subject.passage, subject.report
    size = engine.status().current.passages
    terms = pick_telling_terms(passage, report, vocabulary_of(engine), size, _part_of(engine, passage))
    any_term = AnyOf(children=tuple(map(_any_wording, terms)))
    signs: tuple[Node, ...] = (
        In(facet=Facet.SECTION, value=passage.section),
        AnyOf(children=tuple(In(facet=Facet.TOPIC, value=topic) for topic in passage.topics)),
        About(text=passage.text, least=NEAR),
        _sharing(PLENTY, any_term.children, terms),
        _sharing(HALF, any_term.children, terms),
    )
    parts: list[Node] = [
        Raised(child=any_term, by=(Weighted(node=About(text=passage.text), weight=MEANING),)),
        _sharing(ENOUGH, any_term.children, terms),
        _unscored(SomeOf(children=signs, least=SIGNS)),
    ]
    if report.town:  # of two towns that are not known nobody can tell whether they are the same
        parts.append(Not(child=In(facet=Facet.TOWN, value=f"{report.county or ''}{report.town}")))
    return AllOf(children=tuple(parts))


def _part_of(engine: Engine, passage: Passage) -> Part:
    """Return what is known of the passages of the same part of the reports."""
    same = In(facet=Facet.SECTION, value=passage.section)
    return Part(
        size=engine.count(Search(query=same)),
        count=lambda word: engine.count(Search(query=AllOf(children=(Words(text=word), same)))),
    )


def _any_wording(term: Term) -> Node:
    share = term.level / LEVELS
    others = (Weighted(node=Words(text=other.text), weight=other.weight * share) for other in term.others)
    return BestOf(children=(Weighted(node=Words(text=term.text), weight=share), *others))


def _sharing(share: float, nodes: tuple[Node, ...], terms: tuple[Term, ...]) -> Node:
    """Return what matches where terms are shared that have this share of the levels of all; it scores nothing."""
    counted = tuple(node for node, term in zip(nodes, terms, strict=True) for _ in range(term.level))
    return _unscored(SomeOf(children=counted, least=max(1, ceil(share * len(counted)))))


def _unscored(node: Node) -> Node:
    return Not(child=Not(child=node))
