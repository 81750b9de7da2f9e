"""Build search_app/data/readings.txt.gz: how characters are read, and the words in which they are read otherwise.

Source: pypinyin 0.55.0 (MIT, https://github.com/mozillazg/python-pinyin), for the characters of GB 2312 and of the
names in gazetteer.txt.gz, and for the words of jieba's dictionary, synonyms.txt and userdict.txt. It is needed here
only; the program reads the table. Run with that package and jieba installed::

    python -m scripts.build_readings

One line per syllable without tones (ü is v): the syllable, a space, its characters. Then, after a blank line, one line
per word in which a character is read otherwise: the word, a tab, its syllables joined by spaces. Words whose other
readings follow from a shorter word in the table are left out.
"""

import gzip
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

DATA = Path(__file__).parent.parent / "search_app" / "data"
HEADER = "# 汉字的读音和多音词，用于拼音输入和同音字提示；由 scripts/build_readings.py 用 pypinyin 0.55.0（MIT）生成\n"
#: Words that are rarer than this in jieba's counts are not typed by anybody here.
RAREST = 20
#: What the package reads otherwise in names and in the words of this genre.
FIXED = {
    **{"佛": "fo", "仿佛": "fang fu", "调解": "tiao jie", "调处": "tiao chu", "调委": "tiao wei", "矛调": "mao tiao"},
    **{"诉调": "su tiao", "访调": "fang tiao", "警调": "jing tiao", "公调": "gong tiao", "三调联": "san tiao lian"},
    **{"联调": "lian tiao", "三重一大": "san zhong yi da"},
}


def build() -> bytes:
    """Return the compressed table; the same input gives the same bytes."""
    chars = sorted({char for row in _names() for char in row if "一" <= char <= "鿿"} | set(_gb2312()))
    usual = {char: _said(char)[0] for char in chars}
    usual = {char: said for char, said in usual.items() if said.isascii() and said.isalpha()}
    by_syllable: dict[str, str] = {}
    for char, syllable in usual.items():
        by_syllable[syllable] = by_syllable.get(syllable, "") + char
    other: dict[str, list[str]] = {}
    for word in sorted(set(_words()), key=lambda word: (len(word), word)):
        if all(char in usual for char in word):
            said = _said(word)
            if said != _read(word, usual, other):
                other[word] = said
    lines = [f"{syllable} {by_syllable[syllable]}\n" for syllable in sorted(by_syllable)]
    lines += ["\n", *(f"{word}\t{' '.join(said)}\n" for word, said in sorted(other.items()))]
    return gzip.compress((HEADER + "".join(lines)).encode("utf-8"), compresslevel=9, mtime=0)


def _said(word: str) -> list[str]:
    """Return the syllables of a word as the package reads it, mended."""
    from pypinyin import lazy_pinyin

    said = lazy_pinyin(word, v_to_u=False)
    for part, mended in FIXED.items():
        for found in re.finditer(part, word):
            said[found.start() : found.end()] = mended.split()
    return said


def _read(word: str, usual: dict[str, str], other: dict[str, list[str]]) -> list[str]:
    """Return how the program would read a word: the longest words of the table from left to right, else the usual."""
    said: list[str] = []
    while len(said) < len(word):
        at = len(said)
        longest = next((word[at:end] for end in range(len(word), at + 1, -1) if word[at:end] in other), word[at])
        said += other.get(longest, [usual[longest[0]]])
    return said


def _gb2312() -> Iterator[str]:
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", "ignore")


def _names() -> list[str]:
    rows = gzip.decompress((DATA / "gazetteer.txt.gz").read_bytes()).decode("utf-8").splitlines()
    return [row for row in rows if not row.startswith("#")]


def _words() -> Iterator[str]:
    yield from (word for word in FIXED if len(word) > 1)
    for row in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = row.split(" ")
        if len(word) > 1 and int(count) >= RAREST:
            yield word
    for table in ("synonyms.txt", "userdict.txt"):
        for row in (DATA / table).read_text(encoding="utf-8").splitlines():
            yield from re.findall("[一-鿿]{2,}", row.split("#", 1)[0])
    for row in _names():
        yield from (name for name in row.split() if re.fullmatch("[一-鿿]{2,}", name))


if __name__ == "__main__":
    (DATA / "readings.txt.gz").write_bytes(build())
