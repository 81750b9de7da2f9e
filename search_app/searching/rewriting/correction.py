"""Spelling correction: the query that was probably meant, where what was typed looks like a slip.

In: a parsed query and the vocabulary of the index. Out: the same query with its plain words as they were probably
meant. Quoted phrases, named fields and exclusions are taken as they stand. The surprise: making the speller takes some
tenths of a second, so it is made once per generation and kept.
"""

from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.language import Slip, Speller, find_whole_words, synonym_words
from search_app.language.analysis.tokenizer import own_words, tokenize
from search_app.prepared_tables import SPELLING, derived_key, find
from search_app.query import Node, Search, Words
from search_app.query.trees import all_of, parts, plain_words
from search_app.searching.catalogue import catalogue_of, vocabulary_of
from search_app.searching.per_generation import PerGeneration

#: Slips that leave too much open to be mended without asking, unless only one frequent word can be meant.
_GUESSES = frozenset({Slip.MISSING, Slip.EXTRA, Slip.WRONG})
_FREQUENT = 3
#: What so many passages hold may be meant whatever it is put beside.
_SETTLED = 10
#: ... and as many as one in so many reports, in words that stand nowhere together (备案 of 规范性文件备案).
_COMMON = 20
#: An input method or a pen leaves these: what was typed is no word, whatever a part of it finds.
_ALIKE = frozenset({Slip.SOUND, Slip.DIALECT, Slip.SHAPE})
#: Letters are no words that could be meant as they are.
_OF_LETTERS = frozenset({Slip.PINYIN, Slip.INITIALS})
#: Slips by which a word is easily made of the end of one and the beginning of another (开不 of 证明开不出来).
_LOOSE = _GUESSES | {Slip.SWAPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The query that was probably meant, its plain words as a text, and what was typed for them.

    ``sure``: the index does not hold what was typed, and it sounds or looks like this, or like nothing else; ``alike``:
    it sounds or looks so.
    """

    query: Node
    text: str
    typed: str
    sure: bool
    alike: bool


def correct(engine: Engine, query: Node | None) -> Correction | None:
    """Return what was probably meant by a parsed query; None where it looks right.

    Whatever is put in the place of typed words stands in the index so, or is said otherwise there.
    """
    plain = plain_words(query)
    typed = " ".join(part.text for part in plain)
    held = _Held(engine, typed)
    meant = _speller_of(engine).corrections(typed, held.holds_new_words_of) if plain else ()
    meant = tuple(each for each in meant if each.slip not in _LOOSE or held.holds_beside(each.meant, each.text))
    if not meant:
        return None
    likeliest = meant[0]
    words: list[Node] = [Words(text=text) for text in likeliest.text.split()]
    words += (part for part in parts(query) if part not in plain)
    guessed = likeliest.slip in _GUESSES and (len(meant) > 1 or held.count(likeliest.meant) < _FREQUENT)
    known = likeliest.slip in _OF_LETTERS or likeliest.meant in synonym_words() | own_words()
    sure = likeliest.sure and known and not guessed and not held.count(likeliest.typed)
    alike = likeliest.slip in _ALIKE
    return Correction(query=all_of(words), text=likeliest.text, typed=typed, sure=sure, alike=alike)


class _Held:
    """Tells how many passages hold characters side by side."""

    def __init__(self, engine: Engine, typed: str) -> None:
        self._engine = engine
        self._text, self._typed = typed, self._words(typed)
        self._frequent = max(_SETTLED, len(catalogue_of(engine).reports) // _COMMON)
        self._counts: dict[str, int] = {}

    def holds_new_words_of(self, text: str) -> bool:
        """Tell whether all words of a text that are not as typed stand in the index, or are of the table of wordings.

        Those of the table are found in their other wordings; what is no word of this genre has to stand in the index
        as it stands here, between the same words, or be held often by itself: else two that make no sense together
        would be offered.
        """
        return all(self._makes_sense(word, text) for word in self._words(text) - self._typed)

    def _makes_sense(self, word: str, text: str) -> bool:
        if word in synonym_words():
            return True
        stands = [word] if word in own_words() else [run for run in text.split() if word in run]
        if all(map(self.count, stands)):
            return True
        new = [token.text for token in tokenize(word) if len(token.text) > 1 and token.text not in self._text]
        return bool(new) and all(self.count(part) >= self._frequent for part in new)

    def holds_beside(self, meant: str, text: str) -> bool:
        """Tell whether what was put into a text stands in the index often, or beside the word before it or behind it.

        公开栏 is a word of this genre, but nobody means 不公开栏 by 村支书不公开账.
        """
        for run in text.split() if self.count(meant) < _SETTLED else ():
            if meant in run:
                before, after = (find_whole_words(part) for part in run.split(meant, 1))
                beside = [f"{word.text}{meant}" for word in before[-1:]] + [f"{meant}{word.text}" for word in after[:1]]
                if not any(self.count(pair) for pair in beside or [meant]):
                    return False
        return True

    def count(self, text: str) -> int:
        """Return how many passages hold a text."""
        if text not in self._counts:
            self._counts[text] = self._engine.count(Search(query=Words(text=text, whole=True)))
        return self._counts[text]

    @staticmethod
    def _words(text: str) -> set[str]:
        return {token.text for token in find_whole_words(text)}


def spelling_key(engine: Engine) -> str:
    """Return the key of what is prepared for spelling from the words of the generation in use. Raises IndexProblem."""
    return derived_key(engine.status().current.id)


def _make_speller(engine: Engine) -> Speller:
    places = catalogue_of(engine).places
    prepared = find(SPELLING, spelling_key(engine))
    return Speller.prepared(prepared, known=places) if prepared else Speller(vocabulary_of(engine), known=places)


_speller_of = PerGeneration(_make_speller)
