"""Spelling correction: the query that was probably meant, where what was typed looks like a slip.

In: a parsed query and the vocabulary of the index. Out: the same query with its plain words as they were probably
meant. Quoted phrases, named fields and exclusions are taken as they stand. The surprise: making the speller takes some
tenths of a second, so it is made once per generation and kept.
"""

from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.language import Slip, Speller
from search_app.query import Node, Words
from search_app.query.trees import all_of, parts, plain_words
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.per_generation import PerGeneration

#: Slips that leave too much open to be mended without asking.
_GUESSES = frozenset({Slip.MISSING, Slip.EXTRA, Slip.WRONG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The query that was probably meant, its plain words as a text, and what was typed for them.

    ``sure``: the index does not hold what was typed, and it sounds or looks like this.
    """

    query: Node
    text: str
    typed: str
    sure: bool


def correct(engine: Engine, query: Node | None) -> Correction | None:
    """Return what was probably meant by a parsed query; None where it looks right."""
    plain = plain_words(query)
    typed = " ".join(part.text for part in plain)
    meant = _speller_of(engine).corrections(typed) if plain else ()
    if not meant:
        return None
    likeliest = meant[0]
    words: list[Node] = [Words(text=text) for text in likeliest.text.split()]
    words += (part for part in parts(query) if part not in plain)
    sure = likeliest.sure and likeliest.slip not in _GUESSES
    return Correction(query=all_of(words), text=likeliest.text, typed=typed, sure=sure)


_speller_of = PerGeneration(lambda engine: Speller(vocabulary_of(engine), known=catalogue_of(engine).places))
