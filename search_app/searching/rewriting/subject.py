"""The subject of a question: its meaning, told in words of reports too, and what raises passages that are about it.

In: an intent and a rewritten tree. Out: the tree raised by topic and meaning. Pure.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

from search_app.language import Entry, cut_terms, find_figure_conditions, find_wordings, is_known
from search_app.language.question.lack_words import CAUSES
from search_app.model import Facet
from search_app.query import About, AllOf, AnyOf, BestOf, In, Node, Raised, Ranking, Weighted, Words
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.relaxation import find_longest_words

_CAUSES = BestOf(children=tuple(Weighted(node=Words(text=text, whole=True)) for text in CAUSES))
#: So many of an everyday wording's other wordings tell its meaning.
MEANT = 2


def tell_meaning(about: str) -> str:
    """Return what is asked about with what reports write for its everyday wordings, which say more of its meaning.

    Of other entries a word that is asked for among others, or whose own meaning was never learnt, is told by what means
    the same as well.
    """
    others = [other.text for entry in find_wordings(about) for other in entry.others[: _count_told(about, entry)]]
    return " ".join((about, *others))


def _count_told(about: str, entry: Entry) -> int:
    """Return how many of an entry's other wordings tell its meaning."""
    if entry.spoken:
        return MEANT
    typed = about[entry.start : entry.end]
    return 0 if typed == about and is_known(cut_terms(typed)) else 1


def raise_tree(intent: QueryIntent, tree: Node, ranking: Ranking, about: str) -> Node:
    """Return a tree raised where a passage is about the topics that the question names, and near to it in meaning.

    Where it names a part of the reports too, what stands there on the topic answers it, whatever its words; but the
    more of them, the better.
    """
    topics = tuple(In(facet=Facet.TOPIC, value=topic) for topic in intent.topics)
    words = words_of(intent.about)
    if topics and intent.sections and ranking.part:
        parts = tuple(In(facet=Facet.SECTION, value=section) for section in intent.sections)
        there: Node = AllOf(children=(AnyOf(children=topics), AnyOf(children=parts), *intent.placed))
        if len(words) > 1:  # what holds all of them is found anyway
            said = tuple(Weighted(node=word, weight=1 / ranking.part) for word in words)
            there = Raised(child=there, by=said)
        tree = BestOf(children=(Weighted(node=tree), Weighted(node=there, weight=ranking.part)))
    by = [Weighted(node=topic, weight=ranking.topic) for topic in topics if ranking.topic]
    if intent.causes and ranking.cause:
        by.append(Weighted(node=_CAUSES, weight=ranking.cause))
    if about and ranking.meaning:
        count = _count_meant(words) if ranking.meaning > ranking.pasted else 1  # a pasted line is looked for as it is
        by.append(Weighted(node=About(text=about), weight=ranking.meaning * sqrt(count)))
    return Raised(child=tree, by=tuple(by)) if by else tree


@lru_cache(maxsize=64)
def words_of(about: str) -> tuple[Words, ...]:
    """Return the longest words of what is asked about: asked for once for each of the trees of one question."""
    return tuple(find_longest_words([Words(text=about)]))


def _count_meant(words: Sequence[Words]) -> int:
    """Return how many words have a meaning, at least one; beside a bound (98%以上) it is one: the figure decides."""
    if any(True for word in words for _ in find_figure_conditions(word.text)):
        return 1
    return max(sum(is_known(cut_terms(word.text)) for word in words), 1)
