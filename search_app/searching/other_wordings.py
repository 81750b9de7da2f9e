"""Other wordings in a passage: which synonyms it has where it lacks the words that were typed.

In: a passage and the rewritten query. Out: the wordings as the table has them, in the order of the query. Pure.
"""

from typing import NamedTuple

from search_app.by_identity import ByIdentity
from search_app.language import squeeze
from search_app.model import Passage
from search_app.query import BestOf, Node, Raised, Words
from search_app.query.trees import walk
from search_app.searching.snippets import holds, squeezed_once

#: So many are named.
MOST = 4


def find_other_wordings(passage: Passage, rewritten: Node | None) -> tuple[str, ...]:
    """Return the other wordings that a passage has, of what was typed and it does not have."""
    asked = _asked(rewritten)
    if not asked:
        return ()
    texts = [squeezed_once(text)[0] for text in (passage.text, *passage.headings)]
    found: dict[str, None] = {}
    for words, others in asked:
        if any(all(holds(text, word) for word in words) for text in texts):
            continue
        found |= dict.fromkeys(other for other, bare in others if any(bare in text for text in texts))
    return tuple(found)[:MOST]


class _Asked(NamedTuple):
    """Words that were typed, and their other wordings, each as the table has it and without white space."""

    words: tuple[Words, ...]
    others: tuple[tuple[str, str], ...]


def _list_asked(rewritten: Node | None) -> tuple[_Asked, ...]:
    """Return what of a query has other wordings, in its order."""
    found = []
    for node in walk(rewritten):
        if not isinstance(node, BestOf):
            continue
        typed, *ways = (_bare(way.node) for way in node.children)
        others = tuple((way.text, squeeze(way.text)) for way in ways if isinstance(way, Words) and way.whole)
        words = tuple(part for part in walk(typed) if isinstance(part, Words) and not part.whole)
        if words and others:
            found.append(_Asked(words, others))
    return tuple(found)


_asked = ByIdentity(_list_asked)


def _bare(node: Node) -> Node:
    """Return a way to say something without what raises it."""
    return node.child if isinstance(node, Raised) else node
