"""Prepared passages: tokenised, folded, serialised, with their signatures and meanings, ready for a segment.

This is nearly all of the work of writing and depends on nothing but the passages, so it is done in any process; what
comes out is plain strings, bytes and arrays, cheap to hand over. A word stands in it once, however often it is said.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.records import pack_passage
from search_app.language import cut_terms, minhash_all, pack_embedding, squeeze
from search_app.language.analysis.text_digest import digest_text
from search_app.model import Passage

#: Parts one heading of a path from the next, so that no phrase runs over the end of one; no query holds it.
SEPARATOR = "\x02"


class Said(NamedTuple):
    """The words of several texts: each once, joined by blanks, which no word holds, and which ones each text says."""

    vocabulary: str
    numbers: NDArray[np.uint32]  # of all texts, one behind the other
    lengths: tuple[int, ...]  # of each text


class PreparedPassage(NamedTuple):
    """One passage, without its words."""

    text: str
    path: str
    section: str
    topics: tuple[str, ...]
    exemplary: int
    digest: int
    signature: bytes
    meaning: bytes
    data: bytes


class PreparedReport(NamedTuple):
    """The passages of a report in reading order, and the words of their texts and of the headings above each."""

    passages: tuple[PreparedPassage, ...]
    words: Said
    headings: Said


def prepare(passages: tuple[Passage, ...]) -> PreparedReport:
    """Return passages as a segment wants them."""
    cut = [cut_terms(passage.text) for passage in passages]
    above = {headings: _above(headings) for headings in dict.fromkeys(passage.headings for passage in passages)}
    return PreparedReport(
        passages=tuple(
            PreparedPassage(
                text=squeeze(passage.text),
                path=above[passage.headings][0],
                section=passage.section,
                topics=passage.topics,
                exemplary=passage.exemplary.score,
                digest=digest_text(passage.text),
                signature=signature,
                meaning=pack_embedding(chain(own, above[passage.headings][2])),
                data=pack_passage(passage),
            )
            for passage, own, signature in zip(
                passages, cut, minhash_all([each.text for each in passages]), strict=True
            )
        ),
        words=said(cut),
        headings=said(above[passage.headings][1] for passage in passages),
    )


def said(texts: Iterable[Sequence[str]]) -> Said:
    """Return what several texts say, each given as its words."""
    held = list(texts)
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    lengths = tuple(map(len, held))
    numbers = np.fromiter(map(number.__getitem__, chain.from_iterable(held)), dtype=np.uint32, count=sum(lengths))
    return Said(" ".join(number), numbers, lengths)


def _above(headings: tuple[str, ...]) -> tuple[str, list[str], list[str]]:
    """Return a heading path as it is searched for characters, its words, and those of its last heading."""
    cut = [cut_terms(heading) for heading in headings]
    return squeeze(SEPARATOR.join(headings)), list(chain.from_iterable(cut)), cut[-1] if cut else []
