"""Other wordings in a passage: which synonyms it has where it lacks the words that were typed.

In: a passage and the rewritten query. Out: the wordings as the table has them, in the order of the query. Pure.
"""

from search_app.language import squeeze
from search_app.model import Passage
from search_app.query import BestOf, Node, Raised, Words
from search_app.query.trees import walk
from search_app.searching.snippets import holds

#: So many are named.
MOST = 4


def find_other_wordings(passage: Passage, rewritten: Node | None) -> tuple[str, ...]:
    """Return the other wordings that a passage has, of what was typed and it does not have."""
    texts: list[str] = []
    found: dict[str, None] = {}
    for node in walk(rewritten):
        if not isinstance(node, BestOf):
            continue
        typed, *ways = (_bare(way.node) for way in node.children)
        others = [way.text for way in ways if isinstance(way, Words) and way.whole]
        texts = texts or [squeeze(text) for text in (passage.text, *passage.headings)]
        words = [part for part in walk(typed) if isinstance(part, Words) and not part.whole]
        if not words or not others or any(all(holds(text, word) for word in words) for text in texts):
            continue
        found |= dict.fromkeys(other for other in others if any(squeeze(other) in text for text in texts))
    return tuple(found)[:MOST]


def _bare(node: Node) -> Node:
    """Return a way to say something without what raises it."""
    return node.child if isinstance(node, Raised) else node
