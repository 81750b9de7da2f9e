"""Literal first: what holds the very characters typed stands before what says the same in another way.

In: the query that is asked for, without other wordings, and the text as it was typed. Out: the tiers of the list, the
strictest first: the whole line as typed, most of its clauses, each run of characters as typed, the words one by one.
What matches by synonyms alone is in none of them. The surprise: a tier decides before any score, so that no weight has
to be large enough; places and years that were named count as held, whether the text or the report has them.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from search_app.language import find_whole_words, shorten_name, squeeze, synonym_words, vary_name, vary_numbers
from search_app.model import Facet
from search_app.query import BestOf, In, Node, Phrase, SomeOf, Words
from search_app.query.trees import all_of, any_of, map_children, walk

#: So many characters are a line from a report rather than the name of something.
LINE = 12
#: A clause of a line of so many characters is the wording of somebody; so many of a line are looked for.
CLAUSE, MOST_CLAUSES = 6, 6
#: A sentence of so many characters says something; a shorter one may be a row of names.
STATEMENT = 18
#: What has no more words is a term.
_TERM = 2
_CLAUSE_ENDS = re.compile("[，。；：、！？…,;:!?\n]+")
_SENTENCE_SIGN = re.compile("[，。；：,;:]")
_ASKS = re.compile("[？?吗呢]|多少|怎|如何|什么|啥|哪|谁|几[个次场件起]|有没有|能不能|要不要|是不是|是否")
#: Signs at the ends of what was typed that say nothing of what is looked for; of 100% and 500㎡ the signs do.
_EDGES = " \t\r\n　，。；：、！？…,.;:!?“”\"'‘’《》〈〉<>（）()【】[]—-–~～·"


def read_line(text: str) -> Words | None:
    """Return what was typed as one line that may be held as a whole; None where it is too short to be one."""
    line = text.strip(_EDGES)
    return Words(text=line, whole=True) if len(squeeze(line)) >= LINE else None


def read_clauses(text: str) -> tuple[Words, ...]:
    """Return the clauses of a line, longest first, each to be held as it stands; none of what is short, or a term.

    A term (重大行政决策) stands in passages that have nothing else of the line, and is wanted in other wordings too.
    """
    if len(squeeze(text)) < LINE:
        return ()
    clauses = dict.fromkeys(clause.strip(_EDGES) for clause in _CLAUSE_ENDS.split(text))
    long = [clause for clause in clauses if len(squeeze(clause)) >= CLAUSE and not _is_term(clause)]
    return tuple(Words(text=clause, whole=True) for clause in sorted(long, key=len, reverse=True)[:MOST_CLAUSES])


def is_statement(text: str) -> bool:
    """Tell whether a text states something in a sentence, as reports do, rather than asks or names it.

    Who pastes one, with a word changed, looks for who else wrote so, not for what is done best.
    """
    line = text.strip(_EDGES)
    return (
        len(line) >= STATEMENT
        and len(line.split()) == 1
        and _SENTENCE_SIGN.search(line) is not None
        and _ASKS.search(line) is None
    )


def _is_term(clause: str) -> bool:
    return clause in synonym_words() or len(find_whole_words(clause)) <= _TERM


def tiers(
    query: Node | None,
    line: Words | None,
    clauses: tuple[Words, ...],
    spell: Callable[[Node], Node],
    *,
    leaning: tuple[str, ...],
    practice: bool,
) -> tuple[Node, ...]:
    """Return whose matches stand first, in turn; ``spell`` gives a query the other spellings of its figures.

    Of a pasted line what holds most of its ``clauses`` does. Of ways to what is near, none does. Where the question
    leans to parts of the reports, those decide first; who asks for ``practice`` wants what is told concretely, however
    it is worded.
    """
    whole: tuple[Node, ...] = () if line is None else (line,)
    whole += tuple(SomeOf(children=clauses, least=many) for many in range(len(clauses), 0, -1))
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
    names = dict.fromkeys((as_runs(query), as_runs(query, short=True)))
    return (*whole, *names, spell(query))


def respell_quoted(query: Node) -> Node:
    """Return a query that takes its quoted phrases also as the names they may be, in any spelling; the same if none."""
    if not isinstance(query, Phrase):
        return map_children(query, respell_quoted)
    return any_of([replace(query, text=text) for text in dict.fromkeys((query.text, *vary_name(query.text)))])


def as_runs(query: Node, *, short: bool = False) -> Node:
    """Return a query with its words to be found side by side as typed, in whatever spelling of figures and names.

    ``short``: names without the word at their end for what they name (四步调解 of 四步调解法).
    """
    if not isinstance(query, Words) or query.whole:
        return map_children(query, partial(as_runs, short=short))
    text = query.text.strip(_EDGES) or query.text
    text = (short and shorten_name(text)) or text
    spelt = dict.fromkeys((text, *vary_numbers(text), *vary_name(text)))
    return any_of([replace(query, text=way, whole=True) for way in spelt])
