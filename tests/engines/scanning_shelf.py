"""What the oracle works out once for all questions to a generation: nothing of it rests on what is asked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from search_app.labelling.exemplary.policy import RANKED_SECTION, count_scores, find_stamp_floor, settle
from search_app.language import SIGNATURE_BYTES, find_clusters, minhash, pack_embedding, squeeze, tokenize
from search_app.model import Passage, Report
from tests.engines.scanning_names import Names

Held = Mapping[str, tuple[Report, tuple[Passage, ...]]]
#: Texts are asked of again and again, by every question: more of them than any shelf of the tests has.
_TEXTS = 1 << 13


@lru_cache(_TEXTS)
def squeezed(text: str) -> str:
    """Return a text without blanks and in one writing."""
    return squeeze(text)


@lru_cache(_TEXTS)
def signature(text: str) -> bytes:
    """Return the MinHash signature of a text."""
    return minhash(text)


@lru_cache(_TEXTS)
def embedding(*texts: str) -> NDArray[np.int8]:
    """Return what texts mean together."""
    words = [token.text for text in texts for token in tokenize(text)]
    return np.frombuffer(pack_embedding(words), dtype=np.int8)


class Shelf:
    """The reports of one generation, which never change: a writing block puts another shelf in its place."""

    def __init__(self, held: Held) -> None:
        self.held = held

    @cached_property
    def pairs(self) -> tuple[tuple[Report, Passage], ...]:
        """Every passage with its report, as they were put, ordered by path."""
        held = sorted(self.held.values(), key=lambda item: item[0].path)
        return tuple((report, passage) for report, passages in held for passage in passages)

    @cached_property
    def settled(self) -> tuple[tuple[Report, Passage], ...]:
        """Passages as an index shows them; who carries the stamp is known once all have lost their points."""
        sizes = Counter(self.leaders.values())
        alone = [
            (report, settle(each, similar=sizes[self.leaders[each.id]] - 1, stamp_floor=0))
            for report, each in self.pairs
        ]
        done = (each.exemplary.score for _, each in alone if each.section == RANKED_SECTION)
        floor = find_stamp_floor(count_scores(done))
        return tuple(
            (report, replace(each, exemplary=replace(each.exemplary, stamped=each.exemplary.score >= floor)))
            for report, each in alone
        )

    @cached_property
    def leaders(self) -> Mapping[str, int]:
        """The passage that stands for each one's near-duplicates, by its number."""
        raw = b"".join(signature(passage.text) for _, passage in self.pairs)
        found = find_clusters(np.frombuffer(raw, dtype=np.uint8).reshape(-1, SIGNATURE_BYTES)).tolist()
        return {passage.id: leader for (_, passage), leader in zip(self.pairs, found, strict=True)}

    @cached_property
    def names(self) -> Names:
        """The names of all places."""
        return Names([report for report, _ in self.held.values()])

    @cached_property
    def tokens(self) -> Mapping[str, tuple[list[str], list[str]]]:
        """The words of each passage: of its text, and of the headings above it."""
        return {
            passage.id: (
                [token.text for token in tokenize(passage.text)],
                [token.text for heading in passage.headings for token in tokenize(heading)],
            )
            for _, passage in self.pairs
        }

    @cached_property
    def average(self) -> tuple[float, ...]:
        """How many words a text has, and how many the headings above one have, on average."""
        count = max(len(self.pairs), 1)
        return tuple(sum(len(both[field]) for both in self.tokens.values()) / count or 1.0 for field in (0, 1))
