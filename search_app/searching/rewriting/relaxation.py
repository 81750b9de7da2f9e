"""Query relaxation: what to search for instead when no passage answers the whole question, and how to say so.

In: whoever counts and a query that finds nothing. Out: the milder query, what it finds and the notes; exclusions,
fields and explicit structure stay as they were. At most some thirty small queries are counted, and only where nothing
was found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, log
from typing import Protocol

from search_app.language import (
    FAINT,
    Token,
    find_figure_conditions,
    find_whole_words,
    find_wordings,
    fold,
    tokenize,
)
from search_app.query import Node, Note, NoteKind, Phrase, SomeOf, Words, to_text
from search_app.query.trees import all_of, any_of, parts
from search_app.searching.rewriting.literal import respell_quoted
from search_app.searching.rewriting.word_edges import find_telling_spans

#: How many words are looked at one by one, and how often is counted for it.
MAX_UNITS, MAX_COUNTS = 16, 32
#: What is longer and not held is no name that might be looked for in vain, but a sentence.
_LONGEST_NAME = 8
#: Shares of all that the words tell which passages have to hold, tried in turn.
_SHARES = (0.95, 0.8, 0.65, 0.5, 0.35, 0.25, 0.18)
#: Inverse document frequencies are reckoned with in whole numbers, so many to one.
_FINE = 10


class QueryCounter(Protocol):
    """Whoever counts what queries find."""

    def count(self, query: Node | None) -> int:
        """Return how many passages a query finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """The milder question, how many passages it finds (none where only advice is left) and what to tell the clerk."""

    query: Node | None
    total: int
    notes: tuple[Note, ...]


def relax(counter: QueryCounter, query: Node | None) -> Relaxed | None:
    """Return a milder question that finds something, or advice; None where there is nothing to relax."""
    return _into_headings(counter, parts(query)) or _fewer_words(counter, query)


def _into_headings(counter: QueryCounter, together: tuple[Node, ...]) -> Relaxed | None:
    """Look for phrases that stand nowhere in other spellings, then in titles, else say what is without quotes."""
    phrases = [part for part in together if isinstance(part, Phrase) and part.field == "any"]
    absent = [phrase for phrase in phrases if not _total(counter, (phrase,))]
    if not absent:
        return None
    said = "、".join(f"“{phrase.text}”" for phrase in absent)
    respelt = respell_quoted(all_of(together))
    if total := counter.count(respelt) if respelt != all_of(together) else 0:
        message = f"没有哪一段一字不差地含有{said}，以下是同一名称的其他写法。"
        return Relaxed(query=respelt, total=total, notes=(Note(kind=NoteKind.RELAXED, message=message),))
    moved = tuple(replace(part, field="heading") if part in absent else part for part in together)
    query = all_of(moved)
    if total := counter.count(query):
        message = f"正文和标题里没有{said}这几个字，以下段落所在报告的题目里有。"
        return Relaxed(query=query, total=total, notes=(Note(kind=NoteKind.PHRASE_IN_HEADING, message=message),))
    loose = tuple(Words(text=part.text) if isinstance(part, Phrase) and part in absent else part for part in together)
    total = _total(counter, loose)
    if not total:
        return None
    message = f"没有哪一段一字不差地含有{said}。去掉引号可找到 {total} 段。"
    return Relaxed(
        query=None,
        total=0,
        notes=(Note(kind=NoteKind.UNQUOTE, message=message, query=to_text(all_of(loose))),),
    )


def _fewer_words(counter: QueryCounter, query: Node | None) -> Relaxed | None:
    """Search for the passages that hold most of what the words tell: the least telling are let go first."""
    plain = [part for part in parts(query) if isinstance(part, Words) and not _only_faint(part)]
    fixed = tuple(part for part in parts(query) if not isinstance(part, Words))
    counted = _Counted(counter, fixed, _without_lone(plain)[:MAX_UNITS])
    if not counted.alive and all(len(unit.text) == 1 or fold(unit.text).isascii() for unit in plain):  # 屏 of VR 屏
        counted = _Counted(counter, fixed, plain[:MAX_UNITS])
    alive = counted.by_weight()
    if not alive:
        return None
    new = query != all_of((*fixed, *alive))  # else all of them together are what found too little
    for milder, together in _milder(fixed, alive, all_of_them=new):
        if total := counter.count(milder):
            note = _note(len(alive) + len(counted.gone), together, counted)
            return Relaxed(query=milder, total=total, notes=(note,))
    return None


class _Counted:
    """Asks for each unit alone; one that is not held gives way to its words.

    ``alive`` maps what is held to its count, ``broken`` a unit to those of its words that are held; ``gone`` are those
    that stand nowhere in any form.
    """

    def __init__(self, counter: QueryCounter, fixed: tuple[Node, ...], units: Sequence[Words]) -> None:
        self.alive: dict[Words, int] = {}
        self.broken: dict[Words, list[Words]] = {}
        self.gone: list[Words] = []
        self._counter, self._fixed, self._left = counter, fixed, MAX_COUNTS
        self._size: int | None = None
        for unit in units:
            if not self._count(unit):
                self._break(unit)

    def by_weight(self) -> dict[Words, int]:
        """Return what is held with how much it tells, the most telling first.

        That is its inverse document frequency. (More for words that the tables know was tried, and changed nothing.)
        """
        size = max(self._counter.count(None), 1) if self.alive else 1
        weights = {
            unit: max(round(_FINE * log(1 + (size + 0.5) / (count + 0.5))), 1) for unit, count in self.alive.items()
        }
        return dict(sorted(weights.items(), key=lambda each: -each[1]))

    def _break(self, unit: Words) -> None:
        """Ask for the words of a unit, and of those that are not held for the words within that say something."""
        held: list[Words] = []
        missing: list[Words] = []
        for word in find_longest_words([unit]):
            if word != unit and self._count(word):
                held.append(word)
                continue
            inside = [part for part in _words_within(word) if self._count(part)]
            held += inside
            missing += [] if inside else [word]
        if held:
            self.broken[unit] = list(dict.fromkeys(held))
        self.gone += [word for word in missing if not self._held_anywhere(word)]

    def _held_anywhere(self, word: Words) -> bool:
        return bool(self._fixed) and bool(_total(self._counter, (word,)))

    def _count(self, unit: Words) -> int:
        if unit not in self.alive and self._left:
            self._left -= 1
            if total := _total(self._counter, (*self._fixed, unit)):
                self.alive[unit] = total
        return self.alive.get(unit, 0)


def _milder(fixed: tuple[Node, ...], alive: Mapping[Words, int], *, all_of_them: bool) -> Iterator[tuple[Node, int]]:
    """Yield the questions to try in turn with how many words each asks for together at least, down to any of them."""
    units, weights = tuple(alive), tuple(alive.values())
    whole = sum(weights)
    if all_of_them:
        yield all_of((*fixed, *units)), len(units)
    if len(units) < 2:
        return
    for share in _SHARES if len(units) > 2 else ():
        least = min(ceil(whole * share), whole - min(weights))
        together = next(many for many in range(1, len(units) + 1) if sum(weights[:many]) >= least)
        if together > 1:  # a single word against the others is no company
            yield all_of((*fixed, SomeOf(children=units, least=least, weights=weights))), together
    yield all_of((*fixed, any_of(units))), 1


def _note(asked_for: int, together: int, counted: _Counted) -> Note:
    names = {unit: words for unit, words in counted.broken.items() if len(unit.text) <= _LONGEST_NAME}
    if together < asked_for or len(names) < len(counted.broken):
        how = "以下包含其中大部分词" if together * 2 > asked_for else "以下包含其中部分词"
        message = f"没有同时包含全部词的段落，{how}，或意思相近。"
    elif names:
        message = "没有一字不差的段落，以下包含其中的词，或意思相近。"
    else:
        message = f"没有一字不差的段落，改按{'、'.join(f'“{unit.text}”' for unit in counted.alive)}检索。"
    for unit, words in names.items():
        message += f"没有“{unit.text}”的原词，改按其中的{'、'.join(f'“{word.text}”' for word in words)}检索。"
    if counted.gone:
        message += f"库里没有{'、'.join(f'“{unit.text}”' for unit in counted.gone)}的原词。"
    return Note(kind=NoteKind.RELAXED, message=message)


def find_longest_words(plain: Sequence[Words]) -> list[Words]:
    """Return the longest words of what was typed, and everyday wordings, each once.

    Faint words are left out, and lone characters beside words.
    """
    units: list[Words] = []
    alone: list[Words] = []
    for node in plain:
        spoken = [(entry.start, entry.end) for entry in find_wordings(node.text) if entry.spoken]
        spoken += [(each.start, each.end) for each in find_figure_conditions(node.text)]
        for start, end in find_telling_spans(node.text):
            for token in _shifted(find_whole_words(node.text[start:end]), start):
                unit = replace(node, text=node.text[token.start : token.end])
                if _is_crumb(token, spoken):
                    continue
                if len(unit.text) > 1 or fold(node.text[token.start - 1 : token.start]).isascii():  # 屏 of LED屏
                    units.append(unit)
                elif token.end - token.start == end - start:
                    alone.append(unit)
        units += (replace(node, text=node.text[start:end]) for start, end in spoken)
    return list(dict.fromkeys(units or alone))


def _without_lone(units: Iterable[Words]) -> list[Words]:
    """Return units, each once: beside words, a lone character (管 of 坐过牢的人怎么管) says nothing."""
    known = list(dict.fromkeys(units))
    return [unit for unit in known if len(unit.text.strip()) > 1] or known


def _is_crumb(token: Token, spoken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a token is one character of an everyday wording, or reaches over its edge: it says nothing."""
    return any(
        token.start < end and start < token.end and (len(token.text) < 2 or token.start < start or end < token.end)
        for start, end in spoken
    )


def _shifted(tokens: Iterable[Token], by: int) -> Iterator[Token]:
    return (Token(token.text, token.start + by, token.end + by) for token in tokens)


def _words_within(word: Words) -> list[Words]:
    """Return the words within one that is not held: of two characters or more, and words by themselves too.

    铁路 of 修铁路 is one; 报到 of 吹哨报到 is known only as a piece of it, and stands by chance where it stands. An
    everyday wording has none: 坐过牢的人 is not about 人.
    """
    if any(entry.spoken for entry in find_wordings(word.text)):
        return []
    tokens = sorted(tokenize(word.text), key=lambda token: (token.start, -token.end))
    parts = [token.text for token in tokens if token.text not in FAINT and 1 < len(token.text) < len(word.text)]
    alone = (part for part in parts if any(len(token.text) == len(part) for token in tokenize(part)))
    return [replace(word, text=text) for text in dict.fromkeys(alone)]


def _only_faint(unit: Words) -> bool:
    """Tell whether nothing in a unit says what is looked for."""
    tokens = {token.text for token in tokenize(unit.text)}
    return bool(tokens) and tokens <= FAINT


def _total(counter: QueryCounter, together: tuple[Node, ...]) -> int:
    return counter.count(all_of(together))
