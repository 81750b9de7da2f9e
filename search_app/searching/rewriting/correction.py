"""Spelling correction: the query that was probably meant, where what was typed looks like a slip.

In: a parsed tree and the vocabulary of the index. Out: the same tree with its plain words as they were probably meant.
Quoted phrases, named fields and exclusions are taken as they stand. The surprise: making the speller takes some tenths
of a second, so it is made once per generation and kept.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from search_app.engines.base import Engine, Generation
from search_app.language import Slip, Speller
from search_app.query import AllOf, Node, Words
from search_app.searching.catalogue import catalogue_of, vocabulary_of

#: Slips that leave too much open to be mended without asking.
_GUESSES = frozenset({Slip.MISSING, Slip.EXTRA, Slip.WRONG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The tree that was probably meant, its plain words as a text, and what was typed for them.

    ``sure``: the index does not hold what was typed, and it sounds or looks like this.
    """

    query: Node
    text: str
    typed: str
    sure: bool


def corrected(engine: Engine, query: Node | None) -> Corrected | None:
    """Return what was probably meant by a parsed query; None where it looks right."""
    parts = query.children if isinstance(query, AllOf) else (query,)
    plain = [part for part in parts if isinstance(part, Words) and part.field == "any"]
    typed = " ".join(part.text for part in plain)
    meant = _speller_of(engine).corrections(typed) if plain else ()
    if not meant:
        return None
    words: list[Node] = [Words(text=text) for text in meant[0].text.split()]
    words += (part for part in parts if part is not None and part not in plain)
    tree = words[0] if len(words) == 1 else AllOf(children=tuple(words))
    return Corrected(query=tree, text=meant[0].text, typed=typed, sure=meant[0].sure and meant[0].slip not in _GUESSES)


def _speller_of(engine: Engine) -> Speller:
    """Return the speller for the engine's generation in use, made once."""
    held = catalogue_of(engine)
    with _lock:
        known = _spellers.get(engine)
        if known is None or known[0] != held.generation:
            known = _spellers[engine] = held.generation, Speller(vocabulary_of(engine), known=held.places)
    return known[1]


_spellers: WeakKeyDictionary[Engine, tuple[Generation, Speller]] = WeakKeyDictionary()
_lock = threading.Lock()
