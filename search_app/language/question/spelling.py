"""Spelling correction: what was probably meant by a mistyped question: 调节 for 调解, 工开 for 公开, tiaojie, tj.

In goes the vocabulary of an index once (word -> number of passages), then typed texts; out come whole texts as they
were probably meant, likeliest first. It is the noisy channel (M. Kernighan, K. Church, W. Gale, "A spelling correction
program based on a noisy channel model", 1990) over a lattice of words: a text costs what its words cost, rarer ones
more, and each slip has its price; another text is offered where it is cheaper than what was typed. The surprise: for a
word that the index holds another is offered too, but only one of this genre that sounds the same and is far more
frequent.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING, Any, TypeAlias

from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import ANY_NUMERAL, NUMERALS, ZEROS
from search_app.language.analysis.tokenizer import find_listed_words, own_words, tokenize
from search_app.language.question.confusions import LONGEST, Confusions, Slip
from search_app.language.question.faint_words import FAINT
from search_app.language.question.lattice import Arc, changes, find_cheapest, walk_back
from search_app.language.question.synonyms import synonym_words
from search_app.language.question.typed_letters import join_letters
from search_app.language.question.wordings import Entry, find_wordings
from search_app.lazy_patterns import lazy_pattern
from search_app.prepared_tables import pack_text, read_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search_app.array_file import ArrayFile

#: What a slip costs, in natural logarithms of likelihood: an input method offers words that sound the same, a pen those
#: that look the same; the others are rarer. Letters are meant as pinyin unless the index holds them as they are.
PRICES: Mapping[Slip, float] = {
    Slip.SOUND: 3.0,
    Slip.SHAPE: 4.5,
    Slip.SWAPPED: 4.5,
    Slip.DIALECT: 5.0,
    Slip.MISSING: 6.0,
    Slip.EXTRA: 6.0,
    Slip.WRONG: 7.5,
    Slip.PINYIN: 1.0,
    Slip.INITIALS: 3.0,
}
#: A word of this genre is that much likelier to be asked for than its frequency says.
_DOMAIN = 1.0
#: How many passages a word of the dictionary that the index does not hold counts as, a stray character, a stray letter.
_LISTED, _STRAY, _LETTERS = 0.5, 0.3, 0.001
#: So much dearer than what was typed may a text be that is offered all the same.
_MARGIN = 0.5
#: Of two words that sound the same, the one with fewer other characters.
_CHANGED = 0.2
#: Words of asking cost little, whether the index holds them or not.
_FAINT = 4.0
#: What costs more is too rare to be meant, unless it is a word of the genre.
_COMMON = 9.0
#: A word so long does not come about by chance where a character is put into words that make sense.
_LONG = 5
#: Shorter words have many neighbours that differ in one character: only one that is asked for often is meant.
_SURE = 4
#: … and so much dearer than the likeliest one.
_BEHIND = 4.0
#: So many words may be meant, those of this genre and the most frequent ones: nobody means a rarity by a slip.
_MEANT = 9_000
#: Longer texts are not looked at: nobody mistypes what is pasted.
MAX_LENGTH = 40
MOST = 3
#: So many texts are looked at for it.
_LOOKED_AT = 12

_HAN = lazy_pattern("[一-鿿]")
#: Numerals, and what is counted in figures: they are right as they are.
_COUNTING = lazy_pattern(f"[{ANY_NUMERAL}]|(?<=[0-9{ZEROS}{NUMERALS}])[年月日号个件次起场名]")
_LETTER_RUN = lazy_pattern("[a-zü]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A text that was probably meant: ``meant`` in the place of ``typed``.

    ``sure``: what was typed makes less sense than this and is no word that the index holds.
    """

    text: str
    typed: str
    meant: str
    slip: Slip
    sure: bool


#: What a way to read a text costs beside the text as typed, and its words that are not as typed.
_Way: TypeAlias = tuple[float, tuple[Arc, ...]]


class Speller:
    """Proposes corrections from one vocabulary; made once for a generation of an index, it never changes."""

    def __init__(self, vocabulary: Mapping[str, int], *, known: Collection[str] = ()) -> None:
        """Take word -> number of passages, and names that are right as they are (of places)."""
        self._weigh(vocabulary)
        ordered = sorted(self._costs, key=lambda word: (word not in self._domain, self._costs[word], word))
        self._confusions = Confusions(ordered[:_MEANT])
        self._name(known)

    def _weigh(self, vocabulary: Mapping[str, int]) -> None:
        counts = {fold(word): count for word, count in vocabulary.items() if count > 0}
        self._total = max(sum(counts.values()), 2)
        self._domain = synonym_words() | own_words()
        self._held = frozenset(counts)
        held = {word: self._cost(count, word) for word, count in counts.items()}
        self._costs = {word: self._cost(_LISTED, word) for word in self._domain} | held | dict(self._phrases(held))

    def _name(self, known: Collection[str]) -> None:
        names = fold("\n".join(known)).split("\n")  # at once: there are thousands
        usual = self._cost(_LISTED, "")
        self._names = {name: usual - _DOMAIN * (name in self._domain) for name in names}

    def lay_out(self) -> "tuple[dict[str, Any], dict[str, NDArray[np.generic]]]":
        """Return what was made of the vocabulary, as it is prepared: a little JSON, and arrays; without the names."""
        import numpy as np

        arrays: dict[str, NDArray[np.generic]] = {
            "domain": pack_text("\n".join(self._domain)),
            "held": pack_text("\n".join(self._held)),
            "words": pack_text("\n".join(self._costs)),
            "costs": np.array(list(self._costs.values())),
        }
        return {"total": self._total}, arrays | self._confusions.lay_out()

    @classmethod
    def prepared(cls, file: "ArrayFile", *, known: Collection[str] = ()) -> "Speller":
        """Return the speller that was laid out, with names that are right as they are."""
        made = cls.__new__(cls)
        made._total = file.meta["total"]
        made._domain = frozenset(read_text(file, "domain").split("\n"))
        made._held = frozenset(read_text(file, "held").split("\n"))
        made._costs = dict(zip(read_text(file, "words").split("\n"), file["costs"].tolist(), strict=True))
        made._confusions = Confusions.prepared(file)
        made._name(known)
        return made

    def corrections(self, text: str, is_held: Callable[[str], bool] = lambda _: True) -> tuple[Correction, ...]:
        """Return what was probably meant by a text, likeliest first, at most :data:`MOST`; empty where it is fine.

        ``is_held`` tells whether there is any use in a text; nothing else is proposed. What is said so in everyday
        speech is no slip, nor is any character of it; what stands in its gaps may be one (陪训 of 执法人员陪训).
        """
        folded, runs, gaps = join_letters(text)
        if not folded or len(folded) > MAX_LENGTH:
            return ()
        spoken = [entry for entry in find_wordings(folded) if entry.spoken]
        said = frozenset(at for entry in spoken for at in entry.own)
        typed = [*self._typed_arcs(folded), *(arc for entry in spoken for arc in _said_arcs(folded, entry))]
        before, after = find_cheapest(len(folded), typed), find_cheapest(len(folded), typed, backwards=True)
        plain = walk_back(before, len(folded))
        meant = [
            arc
            for arc in self._meant_arcs(folded, runs, plain)
            if self._may_be_meant(arc, plain) and not changes(arc, folded, said)
        ]
        cost = before[-1][0]
        ways: list[_Way] = [(before[arc.start][0] + arc.cost + after[arc.end][0] - cost, (arc,)) for arc in meant]
        best = walk_back(find_cheapest(len(folded), typed + meant), len(folded))
        ways.append((sum(arc.cost for arc in best) - cost, tuple(arc for arc in best if arc.slip)))
        found = _chosen([way for way in ways if way[1] and way[0] < _MARGIN], folded, gaps, is_held)
        return tuple(replace(each, sure=each.sure and each.typed not in self._held) for each in found)

    def _cost(self, count: float, word: str) -> float:
        return log(self._total / count) - _DOMAIN * (word in self._domain)

    def _phrases(self, held: Mapping[str, float]) -> Iterator[tuple[str, float]]:
        """Yield the words of the genre that the analyser cuts in pieces, where the index holds all pieces."""
        for word in self._domain - held.keys():
            parts = [token.text for token in tokenize(word)]
            if parts and all(part in held for part in parts):
                yield word, max(held[part] for part in parts) + _DOMAIN

    def _typed_arcs(self, folded: str) -> Iterator[Arc]:
        """Yield the words of a text as they stand there; whatever is no word costs much, signs and figures nothing."""
        for at, char in enumerate(folded):
            if _HAN.match(char) and not _COUNTING.match(folded, at):
                yield Arc(at, at + 1, char, self._costs.get(char, self._cost(_STRAY, char)))
            else:
                yield Arc(at, at + 1, char, self._cost(_LETTERS, char) if char.isascii() and char.isalpha() else 0)
        for token in find_listed_words(folded):
            yield Arc(token.start, token.end, token.text, self._cost(_LISTED, token.text))
        for token in tokenize(folded):
            if token.text in FAINT:
                yield Arc(token.start, token.end, token.text, _FAINT)
        for start, end in _windows(folded):
            stretch = folded[start:end]
            cost = self._costs.get(stretch, self._names.get(stretch))
            if end - start > 1 and cost is not None:
                yield Arc(start, end, stretch, cost)

    def _meant_arcs(self, folded: str, runs: Collection[tuple[int, int]], plain: list[Arc]) -> Iterator[Arc]:
        """Yield the words that stretches of a text may have been meant as."""
        odd = [arc for arc in plain if _is_stray(arc) or arc.word not in self._held]
        for start, end in _windows(folded):
            stretch = folded[start:end]
            if _LETTER_RUN.fullmatch(stretch):
                found = self._confusions.of_letters(stretch, whole=(start, end) in runs)
            elif end - start > 1 and stretch not in self._domain:
                sense = not any(arc.start < end and start < arc.end for arc in odd)
                found = self._confusions.of_characters(stretch, sense=sense)
            else:
                continue
            for word, slip in found:
                if slip is not Slip.INITIALS or word in self._domain:
                    changed = sum(one != other for one, other in zip(word, stretch, strict=False))
                    yield Arc(start, end, word, self._costs[word] + PRICES[slip] + _CHANGED * changed, slip)

    def _may_be_meant(self, arc: Arc, plain: list[Arc]) -> bool:
        """Tell whether a slip is to be believed beside the words that were typed there.

        Where these make sense, only what sounds or looks the same and is a word of the genre.
        """
        there = [each for each in plain if each.start < arc.end and arc.start < each.end]
        stray = [each.word for each in there if _is_stray(each)]
        genre = arc.word in self._domain
        match arc.slip:
            case Slip.SOUND | Slip.SHAPE:
                return genre or (len(stray) == len(there) and self._costs[arc.word] < _COMMON)
            case Slip.DIALECT:
                return genre
            case Slip.WRONG if len(arc.word) < _SURE:
                return bool(stray) and (genre or self._costs[arc.word] < _COMMON)
            case Slip.WRONG:
                return bool(stray)
            case Slip.SWAPPED:  # 查审 of 合法性查审 is a word, but none that reports use
                return bool(stray) or not all(each.word in self._held for each in there)
            case Slip.MISSING if len(arc.word) < _LONG:
                return bool(stray) or not all(each.word in self._held for each in there)
            case Slip.MISSING | Slip.EXTRA:
                return True
            case _:
                return not all(each.word in self._held for each in there)


def _said_arcs(folded: str, entry: Entry) -> Iterator[Arc]:
    """Yield the runs of a text that make an everyday wording, which together cost little."""
    own = sorted(entry.own)
    begins = [at for at in own if at - 1 not in entry.own]
    ends = [at + 1 for at in own if at + 1 not in entry.own]
    for start, end in zip(begins, ends, strict=True):
        yield Arc(start, end, folded[start:end], _FAINT / len(begins))


def _is_stray(arc: Arc) -> bool:
    """Tell whether a lone character was typed that is no word of asking."""
    return arc.end - arc.start == 1 and arc.cost > _FAINT


def _windows(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of one kind of character that may be a word: Chinese ones, or letters."""
    for run in re.finditer("[一-鿿]+|[a-zü]+", folded):
        longest = LONGEST if _HAN.match(run.group()) else MAX_LENGTH
        for start in range(run.start(), run.end()):
            yield from ((start, end) for end in range(start + 1, min(start + longest, run.end()) + 1))


def _chosen(
    ways: list[_Way], folded: str, gaps: Collection[int], is_held: Callable[[str], bool]
) -> tuple[Correction, ...]:
    """Return how a text may have been meant, likeliest first, each text once, and none that leaves more letters."""
    made: dict[str, Correction] = {}
    least, looked_at = float("inf"), set[str]()
    for cost, slips in sorted(ways, key=lambda way: way[0]):
        text = _written(folded, slips, gaps)
        if cost > least + _BEHIND or len(made) == MOST or len(looked_at) == _LOOKED_AT:
            break
        if text in looked_at or (made and _letters(text) > _letters(next(iter(made)))):
            continue
        looked_at.add(text)
        if not is_held(text):
            continue
        least = min(least, cost)
        start, end = slips[0].start, slips[-1].end
        meant = _written(folded[:end], slips, gaps)[start:]
        slip = slips[0].slip or Slip.SOUND
        made[text] = Correction(text=text, typed=folded[start:end], meant=meant, slip=slip, sure=cost < 0)
    return tuple(made.values())


def _written(folded: str, slips: tuple[Arc, ...], gaps: Collection[int]) -> str:
    """Return a text with words put in their places, and the blanks between letters that stand between words."""
    made, at = "", 0
    for arc in slips:
        made += folded[at : arc.start] + (" " if arc.start in gaps else "") + arc.word
        at = arc.end
    return made + (" " if at in gaps else "") + folded[at:]


def _letters(text: str) -> int:
    return sum(char.isascii() and char.isalpha() for char in text)
