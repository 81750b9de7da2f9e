"""Relaxing: what to search for instead when no passage answers the whole question, and how to say so.

In: an engine and a search that found nothing. Out: the milder tree, what it finds and the notes; exclusions, fields and
explicit structure stay as they were. At most some forty small questions are asked, and only after an empty answer; one
question holds at most 35 subsets of the words.
"""

from dataclasses import dataclass, replace
from itertools import combinations

from search_app.engines.base import Engine
from search_app.language import words
from search_app.model import Found
from search_app.query import AllOf, AnyOf, Node, Note, Phrase, Search, Words, to_text

#: How many words are looked at one by one (the longest), and how many of them (the rarest) are asked for together.
MAX_UNITS = 16
MAX_TOGETHER = 7
_FAINT = frozenset("的了和与及在对为以并是有等")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """The milder question, its answer (perhaps empty, where only advice is left) and what to tell the clerk."""

    query: Node | None
    found: Found
    notes: tuple[Note, ...]


def relax(engine: Engine, asked: Search) -> Relaxed | None:
    """Return a milder question that finds something, or advice; None where there is nothing to relax."""
    parts = asked.query.children if isinstance(asked.query, AllOf) else (asked.query,)
    present = tuple(part for part in parts if part is not None)
    return _into_headings(engine, asked, present) or _fewer_words(engine, asked, present)


def _into_headings(engine: Engine, asked: Search, parts: tuple[Node, ...]) -> Relaxed | None:
    """Look for phrases that stand in no text in the headings, else say what they would find without quotes."""
    phrases = [part for part in parts if isinstance(part, Phrase) and part.field == "any"]
    absent = [phrase for phrase in phrases if not _total(engine, asked, (phrase,))]
    if not absent:
        return None
    said = "、".join(f"“{phrase.text}”" for phrase in absent)
    moved = tuple(replace(part, field="heading") if part in absent else part for part in parts)
    query = _all_of(moved)
    found = engine.search(replace(asked, query=query))
    if found.total:
        message = f"正文里没有{said}这几个字，以下段落的标题里有。"
        return Relaxed(query=query, found=found, notes=(Note(kind="phrase_in_heading", message=message),))
    loose = tuple(Words(text=part.text) if isinstance(part, Phrase) and part in absent else part for part in parts)
    total = _total(engine, asked, loose)
    if not total:
        return None
    message = f"没有哪一段一字不差地含有{said}。去掉引号可找到 {total} 段。"
    return Relaxed(
        query=asked.query,
        found=found,
        notes=(Note(kind="unquote", message=message, query=to_text(_all_of(loose))),),
    )


def _fewer_words(engine: Engine, asked: Search, parts: tuple[Node, ...]) -> Relaxed | None:
    """Search for the passages that hold most of the words."""
    plain = [part for part in parts if isinstance(part, Words)]
    fixed = tuple(part for part in parts if not isinstance(part, Words))
    answer = _most_of(engine, asked, fixed, list(dict.fromkeys(plain))) if len(plain) > 1 else None
    return answer or _most_of(engine, asked, fixed, _split(plain))


def _most_of(engine: Engine, asked: Search, fixed: tuple[Node, ...], units: list[Words]) -> Relaxed | None:
    if len(units) < 2:
        return None
    looked_at = sorted(units, key=lambda unit: -len(unit.text))[:MAX_UNITS]
    totals = {unit: _total(engine, asked, (*fixed, unit)) for unit in looked_at}
    alive = sorted((unit for unit in looked_at if totals[unit]), key=totals.__getitem__)
    if not alive:
        return None
    for query, together in _milder(fixed, alive, all_of_them=len(alive) < len(units)):
        found = engine.search(replace(asked, query=query))
        if found.total:
            gone = [unit for unit in units if totals.get(unit) == 0]
            return Relaxed(query=query, found=found, notes=(_note(len(units), together, gone),))
    return None


def _milder(fixed: tuple[Node, ...], alive: list[Words], *, all_of_them: bool) -> list[tuple[Node, int]]:
    """Return the questions to try in turn with how many words each asks for together, down to any one of them."""
    tries: list[tuple[Node, int]] = []
    rarest = alive[:MAX_TOGETHER]
    whole = not all_of_them and len(rarest) == len(alive)  # all of them together is what found nothing
    for size in range(len(rarest) - whole, 1, -1):
        subsets = tuple(_all_of(subset) for subset in combinations(rarest, size))
        tries.append((_all_of((*fixed, _any_of(subsets))), size))
    tries.append((_all_of((*fixed, _any_of(tuple(alive)))), 1))
    return tries


def _note(asked_for: int, together: int, gone: list[Words]) -> Note:
    how = "以下包含其中大部分词" if together * 2 > asked_for else "以下包含其中部分词"
    message = f"没有同时包含全部词的段落，{how}。"
    if gone:
        message += f"库里找不到：{'、'.join(unit.text for unit in gone)}。"
    return Note(kind="relaxed", message=message)


def _split(plain: list[Words]) -> list[Words]:
    """Return the longest words of what was typed, each once, particles left out."""
    units: list[Words] = []
    for node in plain:
        tokens = words(node.text)
        for token in tokens:
            within = any(other != token and other.start <= token.start and token.end <= other.end for other in tokens)
            if not within and token.text not in _FAINT:
                units.append(Words(text=token.text, field=node.field))
    return list(dict.fromkeys(units))


def _total(engine: Engine, asked: Search, parts: tuple[Node, ...]) -> int:
    return engine.search(replace(asked, query=_all_of(parts), page=1, size=1)).total


def _all_of(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(children=nodes)


def _any_of(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else AnyOf(children=nodes)
