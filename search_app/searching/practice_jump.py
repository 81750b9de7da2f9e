"""The practice jump: who types 典型做法, perhaps with a topic, a place or a year, wants the page of exemplary practice.

In: a parsed query and the catalogue. Out: a :class:`PracticeJump`, the filters that the other words are and the words
that are none; None where 典型做法 was not typed. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search_app.language import squeeze
from search_app.model import TOPICS, Facet, Value
from search_app.query import Node, Selection, Words
from search_app.query.trees import parts
from search_app.searching.catalogue import Catalogue

#: What is typed, and how it is named to the clerk.
PRACTICE = "典型做法"
_YEAR_LENGTH = len("2023")
#: What joins a topic, a place or a year to the word.
_JOINING = ("年度", "年", "的", "在", "、", "，")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeJump:
    """Where to: the values named, and the other words typed beside them."""

    selection: Selection
    words: str = ""


def find_practice_jump(catalogue: Catalogue, query: Node | None) -> PracticeJump | None:
    """Return where a query that says 典型做法 leads to; None for one that does not, or asks for more than words."""
    together = parts(query)
    words = [part.text for part in together if isinstance(part, Words) and part.field == "any" and not part.whole]
    if len(words) < len(together) or not any(PRACTICE in squeeze(word) for word in words):
        return None
    values: dict[Facet, dict[Value, None]] = {}
    others: list[str] = []
    for word in words:
        for piece in squeeze(word).split(PRACTICE):
            named = list(_named(catalogue, piece))
            if any(value is None for value in named):
                others.append(piece)
                continue
            for value in named:
                if value is not None:
                    values.setdefault(value[0], {})[value[1]] = None
    chosen = {facet.value: tuple(held) for facet, held in values.items()}
    return PracticeJump(selection=Selection(**chosen), words=" ".join(others))


def _named(catalogue: Catalogue, text: str) -> Iterator[tuple[Facet, Value] | None]:
    """Yield the topics, places and years that a text is made of, and None where it has something else."""
    at = 0
    while at < len(text):
        joining = next((sign for sign in _JOINING if text.startswith(sign, at)), "")
        if joining:
            at += len(joining)
            continue
        found = next(_longest(catalogue, text, at), None)
        if found is None:
            yield None
            return
        length, value = found
        yield value
        at += length


def _longest(catalogue: Catalogue, text: str, at: int) -> Iterator[tuple[int, tuple[Facet, Value]]]:
    """Yield the names that begin at a place of a text, the longest first."""
    longest = max(catalogue.longest_place, *map(len, TOPICS))
    for length in range(min(longest, len(text) - at), 1, -1):
        name = text[at : at + length]
        if name in TOPICS:
            yield length, (Facet.TOPIC, name)
        elif place := catalogue.place(name):
            yield length, (place, name)
        elif called := catalogue.places_called(name):
            yield length, (called[0].facet, called[0].name)
        elif length == _YEAR_LENGTH and name.isascii() and name.isdigit() and int(name) in catalogue.years:
            yield length, (Facet.YEAR, int(name))
