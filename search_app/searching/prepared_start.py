"""What later processes find prepared beside the index, so that their first answer comes sooner.

In: an engine and its index folder, after a run has brought it up to date. Out: files there (``prepared_tables``): the
tables of the language once for the program and its sources, the speller once for each generation.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from search_app.engines.base import Engine
from search_app.labelling import rule_tables
from search_app.language import Speller
from search_app.language.analysis import tokenizer
from search_app.language.question import everyday, synonyms
from search_app.prepared_tables import LANGUAGE, SPELLING, is_kept, keep, pack_table, sources_key
from search_app.searching.catalogue import vocabulary_of
from search_app.searching.rewriting.correction import spelling_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def keep_prepared(engine: Engine, index: Path) -> None:
    """Keep what is not there yet. Raises IndexProblem and ConfigError, but not where the folder cannot be written."""
    if not is_kept(index, LANGUAGE, sources_key()):
        keep(index, LANGUAGE, sources_key(), *lay_out_language())
    key = spelling_key(engine)
    if not is_kept(index, SPELLING, key):
        keep(index, SPELLING, key, *Speller(vocabulary_of(engine)).lay_out())


def lay_out_language() -> "tuple[dict[str, Any], dict[str, NDArray[np.generic]]]":
    """Return the tables of the language as they are prepared: what is not an array, and the arrays."""
    dictionary, arrays = tokenizer.lay_out()
    tables = {**synonyms.lay_out(), **everyday.lay_out(), rule_tables.TOPIC_WORDS: rule_tables.topic_words()}
    return {tokenizer.DICTIONARY: dictionary}, arrays | {name: pack_table(table) for name, table in tables.items()}
