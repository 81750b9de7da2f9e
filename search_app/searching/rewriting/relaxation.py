"""Query relaxation: what to search for instead when no passage answers the whole question, and how to say so.

In: whoever counts and a query that finds nothing. Out: the milder query, what it finds and the notes; exclusions,
fields and explicit structure stay as they were. At most some thirty small queries are counted, and only where nothing
was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from search_app.language import FAINT, Token, cut_signed, find_longest, find_wordings, tokenize
from search_app.query import Node, Note, NoteKind, Phrase, Words, to_text
from search_app.query.trees import all_of, parts, some_of
from search_app.searching.rewriting.literal import respell_quoted

#: How many words are looked at one by one, the longest.
MAX_UNITS = 16


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
    """Search for the passages that hold most of the words."""
    plain = [part for part in parts(query) if isinstance(part, Words)]
    fixed = tuple(part for part in parts(query) if not isinstance(part, Words))
    typed = [unit for unit in dict.fromkeys(plain) if not _only_faint(unit)]
    answer = _most_of(counter, query, fixed, typed) if len(typed) > 1 or len(typed) < len(set(plain)) else None
    return answer or _most_of(counter, query, fixed, find_longest_words(plain))


def _most_of(counter: QueryCounter, asked: Node | None, fixed: tuple[Node, ...], units: list[Words]) -> Relaxed | None:
    if not units:
        return None
    counted = _Counted(counter, fixed, units)
    alive = sorted(counted.alive, key=counted.alive.__getitem__)
    if not alive:
        return None
    new = len(alive) < len(units) or bool(counted.broken) or asked != all_of((*fixed, *units))
    for query, together in _milder(fixed, alive, all_of_them=new):
        if total := counter.count(query):
            note = _note(len(alive) + len(counted.gone), together, counted)
            return Relaxed(query=query, total=total, notes=(note,))
    return None


class _Counted:
    """Asks for each unit alone; one that is not held gives way to its smaller words.

    ``alive`` maps what is held to its count, ``broken`` a unit to the smaller words of it that are held; ``gone`` are
    those that are held in no form.
    """

    def __init__(self, counter: QueryCounter, fixed: tuple[Node, ...], units: list[Words]) -> None:
        self.alive: dict[Words, int] = {}
        self.broken: dict[Words, list[Words]] = {}
        self.gone: list[Words] = []
        self._left = MAX_UNITS
        looked_at = sorted(units, key=lambda unit: -len(unit.text))[:MAX_UNITS]
        for unit in [unit for unit in looked_at if not self._count(counter, fixed, unit)]:
            held = [part for part in _smaller(unit) if self._count(counter, fixed, part)]
            if held:
                self.broken[unit] = held
            else:
                self.gone.append(unit)
        self.gone.sort(key=units.index)

    def _count(self, counter: QueryCounter, fixed: tuple[Node, ...], unit: Words) -> int:
        if unit not in self.alive and self._left:
            self._left -= 1
            if total := _total(counter, (*fixed, unit)):
                self.alive[unit] = total
        return self.alive.get(unit, 0)


def _milder(fixed: tuple[Node, ...], alive: list[Words], *, all_of_them: bool) -> list[tuple[Node, int]]:
    """Return the questions to try in turn with how many words each asks for together, down to any one of them."""
    most = len(alive) if all_of_them else len(alive) - 1  # all of them together is what found too little
    return [(all_of((*fixed, some_of(tuple(alive), least))), least) for least in range(most, 0, -1)]


def _note(asked_for: int, together: int, counted: _Counted) -> Note:
    how = "以下包含其中大部分词" if together * 2 > asked_for else "以下包含其中部分词"
    if counted.broken:
        said = "；".join(
            f"没有“{unit.text}”，改按其中的{'、'.join(f'“{part.text}”' for part in parts)}检索"
            for unit, parts in counted.broken.items()
        )
        message = f"{said}。" + (f"没有同时包含全部词的段落，{how}。" if together < asked_for else "")
    elif asked_for == 1:
        message = f"没有一字不差的段落，改按“{next(iter(counted.alive)).text}”检索。"
    elif together == asked_for:
        message = "没有一字不差的段落，以下包含其中的关键词。"
    else:
        message = f"没有同时包含全部词的段落，{how}。"
    if counted.gone:
        message += f"库里找不到：{'、'.join(unit.text for unit in counted.gone)}。"
    return Note(kind=NoteKind.RELAXED, message=message)


def find_longest_words(plain: Sequence[Words]) -> list[Words]:
    """Return the longest words of what was typed, and everyday wordings, each once, faint words left out."""
    units: list[Words] = []
    for node in plain:
        spoken = [(entry.start, entry.end) for entry in find_wordings(node.text) if entry.spoken]
        telling = (token for token in find_longest(node.text) if not _is_crumb(token, spoken))
        units += (Words(text=token.text, field=node.field) for token in telling if token.text not in FAINT)
        units += (Words(text=node.text[start:end], field=node.field) for start, end in spoken)
    return list(dict.fromkeys(units))


def _is_crumb(token: Token, spoken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a token is one character of an everyday wording, or reaches over its edge: it says nothing."""
    return any(
        token.start < end and start < token.end and (len(token.text) < 2 or token.start < start or end < token.end)
        for start, end in spoken
    )


def _smaller(unit: Words) -> list[Words]:
    """Return the words that a unit is put together from, side by side, faint ones left out."""
    if any(entry.spoken for entry in find_wordings(unit.text)):
        return []  # 坐过牢的人 is not about 人
    parts: list[Words] = []
    end = 0
    tokens = sorted(cut_signed(unit.text), key=lambda token: (token.start, -token.end))
    for token in tokens:
        whole = token.start == 0 and token.end == len(unit.text)
        if not whole and token.start >= end:
            end = token.end
            parts.append(Words(text=token.text, field=unit.field))
    return [part for part in dict.fromkeys(parts) if part != unit and part.text not in FAINT]


def _only_faint(unit: Words) -> bool:
    """Tell whether nothing in a unit says what is looked for."""
    tokens = {token.text for token in tokenize(unit.text)}
    return bool(tokens) and tokens <= FAINT


def _total(counter: QueryCounter, together: tuple[Node, ...]) -> int:
    return counter.count(all_of(together))
