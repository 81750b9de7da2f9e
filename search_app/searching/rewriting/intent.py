"""Query intent: what a question wants beside its words: which part of the reports, where, when, in what order.

In: a parsed query and the catalogue of the index. Out: a :class:`QueryIntent`: the query with the words that only ask
taken out (怎么写, 案例) and the places and years that the index holds taken as such. Quoted phrases, named fields and
exclusions stay as they are. The surprise: the plans for a year stand in the report on the year before (2024年计划).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from search_app.language import FAINT, IntentWords, find_intent_words, simplify, tokenize
from search_app.language.analysis.han_numbers import year_of
from search_app.language.analysis.signed_words import find_longest
from search_app.language.analysis.years import DIGIT_YEAR, HAN_YEAR
from search_app.language.question.exclusions import find_exclusions
from search_app.language.question.faint_words import WHOLE_SUBJECT
from search_app.lazy_patterns import lazy_pattern
from search_app.model import Facet
from search_app.query import (
    RANKING,
    AnyOf,
    BestOf,
    In,
    Node,
    Note,
    NoteKind,
    Ranking,
    Weighted,
    Words,
    Years,
)
from search_app.query.trees import all_of, any_of, parts, plain_words, walk
from search_app.searching.catalogue import Catalogue
from search_app.searching.rewriting.left_out import find_left_out, say_left_out
from search_app.searching.rewriting.named_places import NamedPlaces

#: Parts that a question names to read them, not only to have them first.
_NAMED_PARTS = frozenset({"导语", "不足和原因", "下年度安排"})
_WRITTEN = f"({DIGIT_YEAR}|{HAN_YEAR}(?=年))(?:年度?|(?![0-9.．·]))"
#: A year of this century as people write it, at the beginning or behind a place: no span of time (20年老案, 15年来).
_SHORT_YEAR = lazy_pattern(r"(?:^|(?<=[镇乡县区市道]))([12]\d)年(?:度|底|末|初)?(?![来多余以前后内老陈积旧期间长级])")
#: What joins words of which any will do; a longer text is a sentence.
_OR, _LONGEST_EITHER = lazy_pattern("或者|或是|或(?!许)"), 20
#: Of so many characters what stands beside it is one matter (扶贫资金或者补贴).
_ONE_MATTER = 6
#: One year, a span of years, or the years since one.
_YEAR = lazy_pattern(f"(?<![0-9]){_WRITTEN}(?:[-－—–~～至到]+{_WRITTEN}|(?P<since>以来|至今))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryIntent:
    """The intended query, its places and years among ``placed``, and how to rank what it finds.

    ``practice`` and ``how``: what is wished for is told as done. ``leaning``: sections to list first; ``sections``:
    those of them that the question names, ``surely`` by words that mean nothing else. ``causes``: it asks what lacks
    come from. ``topics`` and ``about`` (its words): what it is about.
    """

    query: Node | None
    placed: tuple[Node, ...] = ()
    leaning: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    surely: tuple[str, ...] = ()
    causes: bool = False
    practice: bool = False
    how: bool = False
    topics: tuple[str, ...] = ()
    about: str = ""
    notes: tuple[Note, ...] = ()

    def in_its_parts(self) -> "QueryIntent | None":
        """Return the intent kept to the parts that it names, which answer it: what is planned is not what was done.

        None where it names none, leans to others as well, or asks for all that stands in them already.
        """
        asked = [part for part in parts(self.query) if part not in self.placed]
        if (
            not self.sections
            or not self.leaning == self.sections == self.surely
            or any(isinstance(part, BestOf) for part in asked)
        ):
            return None
        there = any_of([In(facet=Facet.SECTION, value=section) for section in self.sections])
        told = Note(kind=NoteKind.LEANING, message=f"只列{_quoted(self.sections)}里的段落。")
        notes = (told if note.kind is NoteKind.LEANING else note for note in self.notes)
        return replace(self, query=all_of([*parts(self.query), there]), notes=tuple(notes))

    def anywhere(self) -> "QueryIntent | None":
        """Return the intent without its places and years; None where nothing else is asked or none were."""
        left = [part for part in parts(self.query) if part not in self.placed]
        return replace(self, query=all_of(left), placed=()) if self.placed and left else None


def detect_intent(
    query: Node | None, catalogue: Catalogue, count: Callable[[Node], int], ranking: Ranking = RANKING
) -> QueryIntent:
    """Return what a parsed query wants beside its words; ``count`` tells how many passages a query finds."""
    from search_app.labelling import find_named_topics  # numpy

    plain = [part for part in plain_words(query) if not part.whole]
    if not plain:
        return QueryIntent(query=query)
    typed = simplify(" ".join(part.text for part in plain))
    exclusions = find_exclusions(typed, lambda text: bool(count(Words(text=text, whole=True))))
    asks = find_intent_words(exclusions.text)
    named_places = NamedPlaces(catalogue, count)
    pieces = [piece for text in asks.text.split() for piece in _Named(catalogue, named_places, ranking).of(text)]
    placed = _joined([piece for piece in pieces if isinstance(piece, BestOf)])
    if placed:
        pieces = [piece for piece in pieces if not isinstance(piece, Words) or _says_something(piece.text)]
    planned = _planned(asks, catalogue)
    placed += [planned] if isinstance(planned, Years) else []
    said = _said([piece for piece in pieces if isinstance(piece, Words)], count)
    said += [planned] if isinstance(planned, Words) else []
    left_out = [find_left_out(term, count) for term in exclusions.terms]
    others = [*(part for part in parts(query) if part not in plain), *(each.node for each in left_out)]
    named = tuple(section for section in asks.sections if section in _NAMED_PARTS)
    said = _or_its_parts(said, named, bare=asks.bare)
    changed = asks.dropped or asks.bare or placed or exclusions.terms or any(isinstance(each, AnyOf) for each in said)
    intended = all_of([*said, *placed, *others]) if changed else query
    return QueryIntent(
        query=intended,
        placed=tuple(placed),
        leaning=asks.sections,
        sections=named,
        surely=asks.surely,
        causes=asks.causes,
        practice=asks.practice,
        how=asks.how,
        topics=find_named_topics(exclusions.text),
        about=" ".join(piece.text for piece in pieces if isinstance(piece, Words)),
        notes=(*say_left_out(exclusions, left_out), *named_places.notes(intended), *_notes(asks, planned)),
    )


def _joined(named: Sequence[BestOf]) -> list[Node]:
    """Return places and years as they are asked for: one of two towns or of two years, but a town and a year."""
    kinds: dict[str, list[Node]] = {}
    for each in named:
        place = next((node for node in walk(each.children[-1].node) if isinstance(node, In)), None)
        kinds.setdefault(place.facet if place is not None else Facet.YEAR, []).append(each)
    return [any_of(nodes) for nodes in kinds.values()]


def _or_its_parts(said: list[Node], sections: tuple[str, ...], *, bare: bool) -> list[Node]:
    """Return what was said, or any passage of the parts of the reports that are all that was asked for.

    ``bare``: the words that name the parts are what was said. What every report is about says no more.
    """
    whole = all(isinstance(node, Words) and node.text in WHOLE_SUBJECT for node in said)
    if not sections or not (bare or whole):
        return said
    own = tuple(Weighted(node=In(facet=Facet.SECTION, value=section)) for section in sections)
    return [BestOf(children=(*((Weighted(node=all_of(said)),) if bare and said else ()), *own))]


def _said(words: Sequence[Words], count: Callable[[Node], int]) -> list[Node]:
    """Return what is asked for: of two words either, where anything holds that with what is said beside it."""
    said = list(chain.from_iterable(map(_either, words)))
    if len(said) > 1 and any(isinstance(node, AnyOf) for node in said) and not count(all_of(said)):
        return list(words)  # most of the words will do
    return said


def _either(words: Words) -> list[Node]:
    """Return words as typed, or those of which any will do (残疾人或者老年人) as such, with what is said of all."""
    pieces = _OR.split(words.text) if words.text.isalnum() and len(words.text) <= _LONGEST_EITHER else []
    if len(pieces) < 2 or min(map(len, pieces)) < 2:
        return [words]
    before, first = _parted_at(pieces[0], at_end=True)
    behind, last = _parted_at(pieces[-1], at_end=False)
    either = any_of([replace(words, text=text) for text in (first, *pieces[1:-1], last)])
    return [either, *(replace(words, text=text) for text in (before, behind) if text and _says_something(text))]


def _parted_at(text: str, *, at_end: bool) -> tuple[str, str]:
    """Return what is said beside the word at the end or the beginning of a text, and that word.

    的 parts them (宅基地或者林地的纠纷); what is short is one matter.
    """
    cut = [token for token in find_longest(text) if len(token.text) > 1]
    before, sign, behind = text.rpartition("的") if at_end else text.partition("的")
    if before and sign and behind:
        return (before, behind) if at_end else (behind, before)
    if len(text) <= _ONE_MATTER or not cut:
        return "", text
    word = cut[-1] if at_end else cut[0]
    return (text[: word.start], text[word.start :]) if at_end else (text[word.end :], text[: word.end])


def _says_something(text: str) -> bool:
    """Tell whether what stands between places and years is more than a joining word or sign (2021年和2022年)."""
    return not {token.text for token in tokenize(text)} <= FAINT


def _planned(asks: IntentWords, catalogue: Catalogue) -> Node | None:
    """Return the reports in which the plans for a year stand, the year as typed where they are not held."""
    if asks.planned is None:
        return None
    year = asks.planned - 1
    return Years(first=year, last=year) if year in catalogue.years else Words(text=str(asks.planned))


def _notes(asks: IntentWords, planned: Node | None) -> Iterator[Note]:
    if isinstance(planned, Years):
        told = f"{asks.planned} 年的打算写在 {planned.first} 年度的报告里，已这样查找。"
        yield Note(kind=NoteKind.PLANNED, message=told)
    if asks.sections:
        only = asks.text in WHOLE_SUBJECT and _NAMED_PARTS.issuperset(asks.sections)
        how = "只列" if only else "优先列出"
        yield Note(kind=NoteKind.LEANING, message=f"{how}{_quoted(asks.sections)}里的段落。")


def _quoted(texts: Sequence[str]) -> str:
    return "".join(f"“{text}”" for text in texts)


@dataclass(frozen=True, slots=True)
class _Named:
    """Finds the places and years of an index in a text."""

    catalogue: Catalogue
    places: NamedPlaces
    ranking: Ranking

    def of(self, text: str) -> Iterator[Node]:
        """Yield the places and years in a text, each as such or as typed, and what lies between them as words."""
        at = 0
        named_there = chain(self._places(text), self._years(text))
        for start, end, named in sorted(named_there, key=lambda found: found[:2]):
            if start < at:
                continue
            if text[at:start]:
                yield Words(text=text[at:start])
            yield BestOf(children=(Weighted(node=Words(text=text[start:end], whole=True)), named))
            at = end
        if text[at:]:
            yield Words(text=text[at:])

    def _places(self, text: str) -> Iterator[tuple[int, int, Weighted]]:
        for start, end, place in self.places.find(text):
            yield start, end, Weighted(node=place, weight=self.ranking.place)

    def _years(self, text: str) -> Iterator[tuple[int, int, Weighted]]:
        for found in _YEAR.finditer(text):
            first, last = sorted(year_of(year or found[1]) for year in found.group(1, 2))
            until = None if found["since"] else last
            if any(first <= year <= (until or year) for year in self.catalogue.years):
                yield *found.span(), Weighted(node=Years(first=first, last=until), weight=self.ranking.year)
        for found in _SHORT_YEAR.finditer(text):
            if (year := 2000 + int(found[1])) in self.catalogue.years:
                yield *found.span(), Weighted(node=Years(first=year, last=year), weight=self.ranking.year)
