"""Confusions: which known words may have been meant by what was typed, and by which kind of slip.

In goes a dictionary of known words once, then stretches of typed text; out come known words, each with the kind of the
slip that makes one from the other. Nothing is weighed here. The surprise: a slip is looked up, never searched for. The
words are filed under their sound, their dulled sound, their spelling in pinyin, their initials, and (W. Garbe, "1000x
faster spelling correction", 2012) under what is left of them when one character is taken out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from search_app.language.analysis.pinyin import blur, loosen, to_syllables
from search_app.prepared_tables import pack_text, read_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search_app.array_file import ArrayFile

#: No longer words are looked for; what is longer is put together from several.
LONGEST = 8
#: Shorter words have too many neighbours for a character too few or too many to mean anything.
_LONG = 3
_MOST_ALIKE = 8
_PARTICLES = "的了地得"
_FILES = ("sound", "dialect", "spelling", "initials", "rest")
#: The name of all words together among what is prepared.
_MEANT = "meant"


class Slip(StrEnum):
    """How another word came to be typed; the values are part of nothing that is kept."""

    SOUND = "sound"  # 调节 for 调解
    SHAPE = "shape"  # 未端 for 末端
    DIALECT = "dialect"  # 资源 for 志愿
    SWAPPED = "swapped"  # 访信 for 信访
    MISSING = "missing"  # 法律明人 for 法律明白人
    EXTRA = "extra"  # 法律明白白人; only what stands twice close by, or a particle
    WRONG = "wrong"  # one character of a longer word is another one
    PINYIN = "pinyin"  # tiaojie
    INITIALS = "initials"  # tj


class Confusions:
    """Known words, likeliest first, filed so that whatever may be mistyped as one of them finds it."""

    #: By the name of a file: key -> its words, with blanks between them.
    _file: Callable[[str], Mapping[str, str]]

    def __init__(self, words: Sequence[str]) -> None:
        filed: dict[str, dict[str, list[str]]] = {name: {} for name in _FILES}
        for word in words:
            if 2 <= len(word) <= LONGEST and all("一" <= char <= "鿿" for char in word):
                for name, key in _keys(word):
                    filed[name].setdefault(key, []).append(word)
        self._words = frozenset(words)
        joined = {name: {key: " ".join(each) for key, each in table.items()} for name, table in filed.items()}
        self._file = joined.__getitem__

    def lay_out(self) -> "dict[str, NDArray[np.generic]]":
        """Return the words as they are prepared: for each file its keys, then the words of each, line by line."""
        arrays: dict[str, NDArray[np.generic]] = {_MEANT: pack_text("\n".join(self._words))}
        for name in _FILES:
            table = self._file(name)
            arrays[name] = pack_text("\n".join(table) + "\0" + "\n".join(table.values()))
        return arrays

    @classmethod
    def prepared(cls, file: "ArrayFile") -> "Confusions":
        """Return what was laid out; of its files only those are read that are asked for."""

        def read(name: str) -> Mapping[str, str]:
            keys, _, words = read_text(file, name).partition("\0")
            return dict(zip(keys.split("\n"), words.split("\n"), strict=True))

        made = cls.__new__(cls)
        made._words = frozenset(read_text(file, _MEANT).split("\n"))
        made._file = cache(read)
        return made

    def _find(self, name: str, key: str) -> list[str]:
        return self._file(name).get(key, "").split()

    def of_characters(self, typed: str, *, sense: bool = False) -> Iterator[tuple[str, Slip]]:
        """Yield the words that a stretch of Chinese characters may have been meant as.

        What makes ``sense`` as it stands is no slip of the kinds that leave something senseless: these are not looked
        for.
        """
        sound = " ".join(to_syllables(typed))
        yield from self._named(self._find("sound", sound), typed, Slip.SOUND)
        yield from self._named(self._find("dialect", blur(sound)), typed, Slip.DIALECT)
        yield from ((word, Slip.SHAPE) for word in _alike(typed) if word in self._words)
        if not sense:
            yield from ((word, Slip.SWAPPED) for word in _swapped(typed) if word in self._words)
        if len(typed) + 1 > _LONG:
            inside = (word for word in self._find("rest", typed) if word[0] == typed[0] and word[-1] == typed[-1])
            yield from self._named(inside, typed, Slip.MISSING)
        if len(typed) > _LONG:
            yield from ((rest, Slip.EXTRA) for rest in dict.fromkeys(_without_extra(typed)) if rest in self._words)
        if len(typed) >= _LONG and not sense:
            for rest in dict.fromkeys(_rests(typed)):
                near = (word for word in self._find("rest", rest) if _one_other(word, typed))
                yield from self._named(near, typed, Slip.WRONG)

    def of_letters(self, typed: str, *, whole: bool) -> Iterator[tuple[str, Slip]]:
        """Yield the words that typed letters may spell; only a ``whole`` run of letters is taken for initials."""
        letters = loosen(typed)
        yield from self._named(self._find("spelling", letters), typed, Slip.PINYIN)
        if whole and len(letters) > 1:
            yield from self._named(self._find("initials", letters), typed, Slip.INITIALS)

    @staticmethod
    def _named(words: Iterable[str], typed: str, slip: Slip) -> Iterator[tuple[str, Slip]]:
        return islice(((word, slip) for word in words if word != typed), _MOST_ALIKE)


def _keys(word: str) -> Iterator[tuple[str, str]]:
    """Yield under which keys of which files a word is found."""
    syllables = to_syllables(word)
    said = " ".join(syllables)
    yield "sound", said
    yield "dialect", blur(said)
    yield "spelling", loosen("".join(syllables))
    yield "initials", "".join(syllable[0] for syllable in syllables)
    if len(word) >= _LONG:
        yield from (("rest", rest) for rest in _rests(word))


def _rests(word: str) -> Iterator[str]:
    """Yield a word without each of its characters."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _without_extra(typed: str) -> Iterator[str]:
    """Yield a stretch without one character that stands twice, side by side or one apart, or without a particle."""
    for at, char in enumerate(typed):
        if char in _PARTICLES or char in typed[max(at - 2, 0) : at] + typed[at + 1 : at + 3]:
            yield typed[:at] + typed[at + 1 :]


def _swapped(typed: str) -> Iterator[str]:
    """Yield a stretch with two neighbours changed places."""
    for at in range(len(typed) - 1):
        if typed[at] != typed[at + 1]:
            yield typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]


def _alike(typed: str) -> Iterator[str]:
    """Yield a stretch with each of its characters replaced by one that looks like it."""
    table = _look_alikes()
    return (typed[:at] + other + typed[at + 1 :] for at, char in enumerate(typed) for other in table.get(char, ""))


def _one_other(word: str, typed: str) -> bool:
    """Tell whether two stretches differ in one character, at the same place."""
    return len(word) == len(typed) and sum(one != other for one, other in zip(word, typed, strict=True)) == 1


@cache
def _look_alikes() -> Mapping[str, str]:
    rows = files("search_app.data").joinpath("lookalikes.txt").read_text(encoding="utf-8-sig").splitlines()
    made: dict[str, str] = {}
    for row in rows:
        group = row.split("#", 1)[0].strip()
        for char in group:
            made[char] = made.get(char, "") + group.replace(char, "")
    return made
