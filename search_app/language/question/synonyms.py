"""Synonyms: what else to search for beside the words that were typed, from a table that a clerk may edit.

In goes a typed text, out come the entries of data/synonyms.txt that stand in it, each with its place and its other
wordings. The surprise: an entry counts only where it is a word of its own there. 工单 in 施工单位 is not, 信访 in
信访局 is; the words of the analyser decide, and longer entries are believed as they stand.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from search_app.errors import ConfigError
from search_app.language.analysis.folding import squeeze, squeeze_with_offsets
from search_app.language.analysis.tokenizer import Token, tokenize
from search_app.prepared_tables import Decoded, language_table

#: How much another wording counts beside the typed word's 1.0, by the sign between them in the table.
SAME, NEAR, NARROWER = 0.8, 0.5, 0.5
#: So many other wordings at most for one query, as Elasticsearch's users are advised for synonym expansion.
MOST = 64

_TABLE = "synonyms.txt"
#: The names of this table, of all its words, and of how long its entries are, among the prepared ones.
SYNONYMS, SYNONYM_WORDS, ENTRY_LENGTHS = "synonyms", "synonym words", "synonym lengths"
_HINT = "请用记事本打开改正，保存为 UTF-8，或换回原来的文件。"
#: An input method writes these; in the table they mean the same.
_SIGNS = str.maketrans("＝～∼〜＞＃", "=~~~>#")
_PARTS = re.compile(r"[=~]")
#: From this length on, an entry does not arise by chance where two other words meet.
_SURE = 4
#: One character before or behind an entry, in one word with it, that leaves what it is about: 信访局, 调解员, 大接访.
_BEFORE = frozenset("省市县区镇乡村大")
BEHIND = frozenset("局办所室站点员者人队证栏箱岗组科处会长率件权费法书")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Another way to say a word, as the table writes it; ``weight`` is below 1."""

    text: str
    weight: float


def heaviest_first(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    """Return each wording once with its greatest weight, heaviest first."""
    weights: dict[str, float] = {}
    for each in wordings:
        weights[each.text] = max(each.weight, weights.get(each.text, 0))
    return tuple(Wording(text=text, weight=weight) for text, weight in sorted(weights.items(), key=lambda it: -it[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymEntry:
    """An entry found in a text: ``text[start:end]`` is what was typed, ``others`` the rest, heaviest first."""

    start: int
    end: int
    others: tuple[Wording, ...]


def find_synonyms(text: str) -> tuple[SynonymEntry, ...]:
    """Return the entries that stand in a text, the longest ones from left to right, with their other wordings.

    Raises ConfigError where the table is wrong.
    """
    table = _table()
    whole, places = squeeze_with_offsets(text)
    found: list[SynonymEntry] = []
    for start, end in _entries(whole, table):
        typed = whole[start:end]
        others = tuple(other for other in table[typed] if typed not in squeeze(other.text))
        if others:
            found.append(SynonymEntry(start=places[start], end=places[end - 1] + 1, others=others))
    return _at_most(MOST, found)


@cache
def synonym_words() -> frozenset[str]:
    """Return every word of the table, folded."""
    if prepared := language_table(SYNONYM_WORDS):
        return frozenset(prepared)
    return frozenset(chain(_table(), (squeeze(other.text) for others in _table().values() for other in others)))


def read_table(text: str) -> dict[str, tuple[Wording, ...]]:
    """Return folded word -> its other wordings, heaviest first. Raises ConfigError, which names the line."""
    made: dict[str, dict[str, Wording]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for word, other, weight in _pairs(line.translate(_SIGNS).split("#", 1)[0].strip(), number):
            known, key = made.setdefault(squeeze(word), {}), squeeze(other)
            if key not in known or known[key].weight < weight:
                known[key] = Wording(text=other, weight=weight)
    return {word: tuple(sorted(others.values(), key=lambda other: -other.weight)) for word, others in made.items()}


@cache
def _table() -> Mapping[str, tuple[Wording, ...]]:
    if prepared := language_table(SYNONYMS):
        return Decoded(prepared, _decode)
    try:
        return read_table(files("search_app.data").joinpath(_TABLE).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"同义词表 {_TABLE} 的编码不是 UTF-8。", hint="请用记事本打开，另存为 UTF-8。") from error


def lay_out() -> dict[str, Mapping[str, Any]]:
    """Return the tables that are prepared, by name."""
    others = {word: [[each.text, each.weight] for each in others] for word, others in _table().items()}
    return {SYNONYMS: others, SYNONYM_WORDS: dict.fromkeys(sorted(synonym_words())), ENTRY_LENGTHS: _lengths()}


def _decode(others: list[tuple[str, float]]) -> tuple[Wording, ...]:
    return tuple(Wording(text=text, weight=weight) for text, weight in others)


def _pairs(line: str, number: int) -> Iterator[tuple[str, str, float]]:
    """Yield what a line says: (typed word, other wording, weight)."""
    if not line:
        return
    left, sign, right = line.partition(">")
    clusters = [[_checked(word, number) for word in cluster.split("=")] for cluster in left.split("~")]
    here = [(word, at) for at, cluster in enumerate(clusters) for word in cluster]
    narrower = [_checked(word, number) for word in re.split("[、=~]", right)] if sign else []
    _check_line([word for word, _ in here] + narrower, number)
    for word, at in here:
        yield from ((word, other, SAME if at == place else NEAR) for other, place in here if other != word)
        yield from ((word, other, NARROWER) for other in narrower)


def _checked(word: str, number: int) -> str:
    """Return a word of the table without the blanks around it. Raises ConfigError where it cannot be one."""
    word = word.strip()
    if not word:
        raise _wrong(number, "有两个符号连在一起，或符号旁边没有词")
    if ">" in word:
        raise _wrong(number, "一行里只能有一个 >")
    if len(word.split()) > 1:
        raise _wrong(number, f"“{word}”中间有空格，词与词之间应写 = 或 ~")
    if len(word) < 2:
        raise _wrong(number, f"“{word}”只有一个字，会搜出太多不相干的内容")
    return word


def _check_line(all_of_them: list[str], number: int) -> None:
    if len(all_of_them) < 2:
        raise _wrong(number, f"只有“{all_of_them[0]}”一个词，至少要两个，用 = ~ 或 > 连接")
    folded = [squeeze(word) for word in all_of_them]
    twice = [word for at, word in enumerate(all_of_them) if folded[at] in folded[:at]]
    if twice:
        raise _wrong(number, f"“{twice[0]}”写了两遍")


def _wrong(number: int, what: str) -> ConfigError:
    return ConfigError(f"同义词表 {_TABLE} 第 {number} 行写法有误：{what}。", hint=_HINT)


def _entries(whole: str, table: Mapping[str, tuple[Wording, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where entries stand in a squeezed text, the longest at each place, none inside another."""
    tokens: tuple[Token, ...] | None = None
    start = 0
    while start < len(whole):
        for length in _lengths_from(whole[start]):
            end = start + length
            if end <= len(whole) and whole[start:end] in table:
                tokens = tokenize(whole) if tokens is None else tokens
                if _is_word(start, end, tokens):
                    yield start, end
                    start = end - 1
                    break
        start += 1


@lru_cache(maxsize=1 << 13)
def _lengths_from(first: str) -> Sequence[int]:
    """Return how long the entries are that begin with a character; a prepared table is decoded anew each time."""
    return _lengths().get(first, ())


@cache
def _lengths() -> Mapping[str, Sequence[int]]:
    """Return first character -> how long the entries are that begin with it, longest first."""
    if prepared := language_table(ENTRY_LENGTHS):
        return prepared
    made: dict[str, set[int]] = {}
    for word in _table():
        made.setdefault(word[0], set()).add(len(word))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in made.items()}


def _is_word(start: int, end: int, tokens: Collection[Token]) -> bool:
    """Tell whether the characters between two places are a word there, not the meeting of two others."""
    if end - start >= _SURE:
        return True
    held = {(token.start, token.end) for token in tokens}
    return all(_leaves(token, start, end, held) for token in tokens if token.start < end and start < token.end)


def _leaves(token: Token, start: int, end: int, held: set[tuple[int, int]]) -> bool:
    """Tell whether a word of the text that shares characters with an entry leaves it a word of its own."""
    if start <= token.start and token.end <= end:
        return True
    if start < token.start or token.end < end:
        return False
    before, behind = token.text[: start - token.start], token.text[end - token.start :]
    return (not before or before in _BEFORE or (token.start, start) in held) and (
        not behind or behind in BEHIND or (end, token.end) in held
    )


def _at_most(most: int, found: list[SynonymEntry]) -> tuple[SynonymEntry, ...]:
    """Return as many other wordings as a query may have, the same share for each entry."""
    if sum(len(each.others) for each in found) <= most:
        return tuple(found)
    share = max(most // len(found), 1)
    return tuple(SynonymEntry(start=each.start, end=each.end, others=each.others[:share]) for each in found[:most])
