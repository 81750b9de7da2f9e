"""The subject of a question: its meaning, told in words of reports too, and what raises passages that are about it.

In: an intent and a rewritten tree. Out: the tree raised by topic and meaning. Pure.
"""

from search_app.language import find_wordings
from search_app.model import Facet
from search_app.query import About, AllOf, AnyOf, BestOf, In, Node, Raised, Ranking, Weighted
from search_app.searching.rewriting.intent import QueryIntent

#: So many of an everyday wording's other wordings tell its meaning.
MEANT = 3


def tell_meaning(about: str) -> str:
    """Return what is asked about with what reports write for its everyday wordings, which say more of its meaning."""
    said = [entry for entry in find_wordings(about) if entry.spoken]
    return " ".join((about, *(other.text for entry in said for other in entry.others[:MEANT])))


def raise_tree(intent: QueryIntent, tree: Node, ranking: Ranking, about: str) -> Node:
    """Return a tree raised where a passage is about the topics that the question names, and near to it in meaning.

    Where it names a part of the reports too, what stands there on the topic answers it, whatever its words.
    """
    topics = tuple(In(facet=Facet.TOPIC, value=topic) for topic in intent.topics)
    if topics and intent.sections and ranking.part:
        parts = tuple(In(facet=Facet.SECTION, value=section) for section in intent.sections)
        there = AllOf(children=(AnyOf(children=topics), AnyOf(children=parts), *intent.placed))
        tree = BestOf(children=(Weighted(node=tree), Weighted(node=there, weight=ranking.part)))
    by = [Weighted(node=topic, weight=ranking.topic) for topic in topics if ranking.topic]
    by += [Weighted(node=About(text=about), weight=ranking.meaning)] if about and ranking.meaning else []
    return Raised(child=tree, by=tuple(by)) if by else tree
