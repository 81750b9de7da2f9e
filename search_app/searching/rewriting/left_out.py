"""What is left out: the terms that a question excludes in words (普法 不要学校), as nodes, and how that is said.

In: a term, and whoever counts. Out: what passages must not hold. Pure but for the counts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search_app.language import find_synonyms
from search_app.language.analysis.signed_words import find_longest
from search_app.language.question.exclusions import Exclusions
from search_app.language.question.synonyms import SAME
from search_app.query import AllOf, Node, Not, Note, NoteKind, Words
from search_app.query.trees import any_of

#: What stands between words that reports name as equals.
_BETWEEN_EQUALS = ("", "、", "和", "与", "及")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What one excluded term leaves out: passages that hold one of ``texts``, or all of the words ``together``."""

    texts: tuple[str, ...]
    together: tuple[str, ...] = ()

    @property
    def node(self) -> Not:
        nodes: list[Node] = [Words(text=text, whole=True) for text in self.texts]
        if self.together:
            nodes.append(AllOf(children=tuple(Words(text=text, whole=True) for text in self.together)))
        return Not(child=any_of(nodes))


def find_left_out(term: str, count: Callable[[Node], int]) -> LeftOut:
    """Return what a term leaves out: itself, and what the table has as the same.

    A compound that stands nowhere as typed leaves out its parts: each where reports name them as equals, in the other
    order or with a sign between (土地山林: 山林土地, 土地、山林), else what holds both (热线工单).
    """
    texts = (term, *_same_as(term))
    words = [word.text for word in find_longest(term)]
    compound = len(words) == 2 and "".join(words) == term and all(len(word) > 1 for word in words)
    if not compound or count(Words(text=term, whole=True)):
        return LeftOut(texts=texts)
    first, second = words
    equals = (sign.join(pair) for pair in ((second, first), (first, second)) for sign in _BETWEEN_EQUALS)
    if any(count(Words(text=text, whole=True)) for text in equals if text != term):
        return LeftOut(texts=(*texts, first, second))
    return LeftOut(texts=texts, together=(first, second))


def _same_as(term: str) -> tuple[str, ...]:
    return tuple(
        other.text
        for entry in find_synonyms(term)
        if term[entry.start : entry.end] == term
        for other in entry.others
        if other.weight >= SAME
    )


def say_left_out(exclusions: Exclusions, left_out: Sequence[LeftOut]) -> Iterator[Note]:
    if exclusions.terms:
        others = dict.fromkeys(f"“{text}”" for each in left_out for text in each.texts if text not in exclusions.terms)
        others |= dict.fromkeys(f"同时有“{'”“'.join(each.together)}”" for each in left_out if each.together)
        said, terms = ("、".join(f"“{text}”" for text in texts) for texts in (exclusions.said[::-1], exclusions.terms))
        more = f"（和{'、'.join(others)}）" if others else ""
        yield Note(kind=NoteKind.EXCLUDED, message=f"按{said}的意思，不列含有{terms}{more}的段落。")
