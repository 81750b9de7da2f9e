"""Related passages: those of other towns on the same thing, best first, one per near-duplicate cluster.

In: a passage's id, and filters. Out: one page of them, its own cluster left out; none where no passage is near enough.
The surprise: this is an ordinary search, so that counts and facets are those of the list; its floor ("of these, what is
worth so much") is kept out of the score by two negations.
"""

from dataclasses import dataclass, replace
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

#: What it is worth that a passage is of the same part, that it is on one of the topics, and that it shares all of the
#: telling terms; and each of these steps of nearness in meaning (a cosine). It is listed from ENOUGH on. The worths are
#: about those of a logistic regression on which passages answer the same judged need, with less for the topic, which
#: alone makes no subject.
SAME_PART, SAME_TOPIC, ALL_TERMS, ENOUGH = 100, 50, 300, 330
STEPS, STEP = (0.55, 0.65, 0.75), 60
#: How much more a passage scores that is of the same part, that is on one of the topics, and whose meaning is the same.
PART, TOPIC, MEANING = 25.0, 20.0, 160.0
#: How much less one scores that words all as the passage does; squared, because a third is much already.
ALIKE = 500.0
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

    The share of wording is that which near-duplicates are told by.
    """
    own = minhash(passage.text)

    def worth(match: Match) -> float:
        alike: float = sum(map(eq, own, minhash(match.passage.text))) / SIGNATURE_BYTES
        return match.score - ALIKE * alike * alike

    return tuple(sorted(matches, key=worth, reverse=True))


def build_related_query(engine: Engine, subject: Subject, *, enough: int = ENOUGH) -> Node:
    """Return what finds passages of other towns that are near enough to a passage's subject.

    Words alone may stand side by side by chance, topics are only read into a passage, and meanings are near where two
    passages are written alike; so each of these adds to what is asked for, which has to be ``enough``.
    """
    passage, report = subject.passage, subject.report
    size = engine.status().current.passages
    terms = pick_telling_terms(passage, report, vocabulary_of(engine), size, _part_of(engine, passage))
    same_part = In(facet=Facet.SECTION, value=passage.section)
    topics = tuple(Weighted(node=In(facet=Facet.TOPIC, value=topic), weight=1.0) for topic in passage.topics)
    same_topic = BestOf(children=topics) if topics else AnyOf(children=())  # several topics in common are worth no more
    any_wording = tuple(map(_any_wording, terms))
    known = ((same_part, SAME_PART), (same_topic, SAME_TOPIC))
    raisers = ((same_part, PART), (same_topic, TOPIC), (About(text=passage.text), MEANING))
    parts: list[Node] = [
        Raised(
            child=AnyOf(children=any_wording), by=tuple(Weighted(node=node, weight=weight) for node, weight in raisers)
        ),
        _unscored(_near_enough(passage, enough, known, terms, any_wording)),
    ]
    if report.town:  # of two towns that are not known nobody can tell whether they are the same
        parts.append(Not(child=In(facet=Facet.TOWN, value=f"{report.county or ''}{report.town}")))
    return AllOf(children=tuple(parts))


def _near_enough(
    passage: Passage, enough: int, known: tuple[tuple[Node, int], ...], terms: tuple[Term, ...], nodes: tuple[Node, ...]
) -> Node:
    """Return what matches where what is known, meaning and terms together are worth enough."""
    levels = sum(term.level for term in terms)
    signs = [*known, *((About(text=passage.text, least=least), STEP) for least in STEPS)]
    signs += [(node, round(ALL_TERMS * term.level / levels)) for node, term in zip(nodes, terms, strict=True)]
    children, weights = zip(*signs, strict=True)
    return SomeOf(children=children, least=enough, weights=weights)


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


def _unscored(node: Node) -> Node:
    return Not(child=Not(child=node))
