"""Literal first: what holds the very characters typed stands before what says the same in another way.

In: the query that is asked for, without other wordings, and the text as it was typed. Out: the tiers of the list, the
strictest first: the whole line as typed, each run of characters as typed, the words one by one. What matches by
synonyms alone is in none of them. The surprise: a tier decides before any score, so that no weight has to be large
enough; places and years that were named count as held, whether the text or the report has them.
"""

from collections.abc import Callable
from dataclasses import replace

from search_app.language import squeeze, vary_name, vary_numbers
from search_app.model import Facet
from search_app.query import BestOf, In, Node, Phrase, Words
from search_app.query.trees import all_of, any_of, map_children, walk

#: So many characters are a line from a report rather than the name of something.
LINE = 12
#: Signs at the ends of what was typed that say nothing of what is looked for; of 100% and 500㎡ the signs do.
_EDGES = " \t\r\n　，。；：、！？…,.;:!?“”\"'‘’《》〈〉<>（）()【】[]—-–~～·"


def read_line(text: str) -> Words | None:
    """Return what was typed as one line that may be held as a whole; None where it is too short to be one."""
    line = text.strip(_EDGES)
    return Words(text=line, whole=True) if len(squeeze(line)) >= LINE else None


def tiers(
    query: Node | None, line: Words | None, spell: Callable[[Node], Node], *, leaning: tuple[str, ...], practice: bool
) -> tuple[Node, ...]:
    """Return whose matches stand first, in turn; ``spell`` gives a query the other spellings of its figures.

    Of ways to what is near, none does. Where the question leans to parts of the reports, those decide first; who asks
    for ``practice`` wants what is told concretely, however it is worded.
    """
    whole = () if line is None else (line,)
    if (
        query is None
        or practice
        or isinstance(query, BestOf)
        or not any(isinstance(node, Words) and not node.whole for node in walk(query))
    ):
        return whole
    if leaning:
        parts = any_of([In(facet=Facet.SECTION, value=section) for section in leaning])
        return (*whole, all_of([as_runs(query), parts]))
    return (*whole, as_runs(query), spell(query))


def respell_quoted(query: Node) -> Node:
    """Return a query that takes its quoted phrases also as the names they may be, in any spelling; the same if none."""
    if not isinstance(query, Phrase):
        return map_children(query, respell_quoted)
    return any_of([replace(query, text=text) for text in dict.fromkeys((query.text, *vary_name(query.text)))])


def as_runs(query: Node) -> Node:
    """Return a query with its words to be found side by side as typed, in whatever spelling of figures and names."""
    if not isinstance(query, Words) or query.whole:
        return map_children(query, as_runs)
    text = query.text.strip(_EDGES) or query.text
    spelt = dict.fromkeys((text, *vary_numbers(text), *vary_name(text)))
    return any_of([replace(query, text=way, whole=True) for way in spelt])
