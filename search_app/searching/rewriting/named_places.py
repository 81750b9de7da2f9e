"""Named places: which towns and counties of the index a typed text names, in full or without 镇 and 县.

In: a piece of typed text. Out: where places stand in it, each as what is to be asked for, and the notes that say which
place a bare name was taken for. The surprise: many bare names are words too (平安, 城关), so one counts only where the
reports of other places hardly use it; else the place is offered.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search_app.language import FAINT, synonym_words, tokenize
from search_app.language.analysis.tokenizer import own_words
from search_app.query import AnyOf, BestOf, In, Node, Not, Note, NoteKind, Words, to_text
from search_app.query.trees import all_of, any_of, parts, walk
from search_app.searching.catalogue import Catalogue, PlaceName

#: A bare name is a word where the reports of other places hold it more often than a quarter of its own passages.
_OWN = 4
#: So many places that a name may mean are told.
MOST_TOLD = 4


class NamedPlaces:
    """Finds places in pieces of text, and gathers what is to be said of them."""

    def __init__(self, catalogue: Catalogue, count: Callable[[Node], int]) -> None:
        self._catalogue, self._count = catalogue, count
        self._taken: dict[str, tuple[PlaceName, ...]] = {}
        self._words: dict[str, tuple[PlaceName, ...]] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, Node]]:
        """Yield where a text names places, the longest names first, and what each asks for."""
        edges: set[int] | None = None
        at = 0
        while at < len(text):
            for length in range(min(self._catalogue.longest_place, len(text) - at), 1, -1):
                name = text[at : at + length]
                called = self._catalogue.places_called(name)
                if not called:
                    continue
                if facet := self._catalogue.place(name):
                    self._tell_namesakes(name, called)
                    yield at, at + length, In(facet=facet, value=name)
                elif (edges := edges or _edges(text)) >= {at, at + length} and self._is_meant(name, called):
                    yield at, at + length, self._asked_for(name, called)
                else:
                    continue
                at += length - 1
                break
            at += 1

    def notes(self, query: Node | None) -> Iterator[Note]:
        """Yield what names were taken for, and which of those taken for words are places as well.

        Where a name means several places, or might mean one, a click asks for one of them in the query.
        """
        for name, called in self._taken.items():
            yield Note(kind=NoteKind.PLACED, message=f"“{name}”按地名理解，指{_say(called)}。")
            if len(called) > 1:
                for place in called[:MOST_TOLD]:
                    yield _narrowed(query, name, place, f"只看{place.in_full}的报告，请用限定。")
        for name, called in self._words.items():
            message = f"“{name}”按普通文字检索；它也是地名（{_say(called)}），要看那里的报告请用限定。"
            for place in called[:MOST_TOLD]:
                yield _narrowed(query, name, place, message)

    def _tell_namesakes(self, name: str, called: tuple[PlaceName, ...]) -> None:
        if len(called) > 1:
            self._taken[name] = called

    def _is_meant(self, name: str, called: tuple[PlaceName, ...]) -> bool:
        """Tell whether a bare name means a place, and remember what it was taken for."""
        if name in self._taken:
            return True
        if name in self._words or name in FAINT or name in synonym_words() or name in own_words():
            return False
        asked = self._asked_for(name, called)
        elsewhere = self._count(all_of([Words(text=name, whole=True), Not(child=asked)]))
        meant = elsewhere * _OWN < self._count(asked) if elsewhere else True
        (self._taken if meant else self._words)[name] = called
        return meant

    @staticmethod
    def _asked_for(name: str, called: tuple[PlaceName, ...]) -> Node:
        full = [place for place in called if place.above and name.startswith(place.above)]
        named = dict.fromkeys((place.facet, place.in_full) for place in full)
        named = named or dict.fromkeys((place.facet, place.name) for place in called)
        return any_of([In(facet=facet, value=value) for facet, value in named])


def _narrowed(query: Node | None, name: str, place: PlaceName, message: str) -> Note:
    """Return the note that offers a query with a place in the stead of its name."""
    wanted = In(facet=place.facet, value=place.in_full)
    left = [part for part in parts(query) if not any(_is_called(node, name) for node in walk(part))]
    others = [part for part in parts(query) if part not in left and not isinstance(part, BestOf | AnyOf)]
    left += [replace(part, text=part.text.replace(name, "")) for part in others if isinstance(part, Words)]
    left = [part for part in left if not isinstance(part, Words) or part.text]
    return Note(kind=NoteKind.NARROW, message=message, query=to_text(all_of([*left, wanted])))


def _is_called(node: Node, name: str) -> bool:
    return isinstance(node, Words) and name in node.text


def _edges(text: str) -> set[int]:
    """Return where words of a text begin and end."""
    tokens = tokenize(text)
    inside = {at for token in tokens for at in range(token.start + 1, token.end)}
    return {edge for token in tokens for edge in (token.start, token.end)} - inside


def _say(called: tuple[PlaceName, ...]) -> str:
    told = "、".join(place.in_full for place in called[:MOST_TOLD])
    return f"{told} 等 {len(called)} 处" if len(called) > MOST_TOLD else told
