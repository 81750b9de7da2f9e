"""Rarities: how many passages of a generation hold something; counted once, and then known."""

import math
from collections.abc import Iterable, Sequence

from search_app.engines.lookup_keys import LookupKey, Target
from search_app.engines.opensearch.masks import holding, term
from search_app.engines.opensearch.schema import PASSAGE, Fields, all_of, held_in
from search_app.engines.score_sentences import Rarity

#: So many are kept of one generation; then it starts anew.
_KEPT = 20_000


class Rarities:
    """What is known of one generation, which holds so many passages."""

    def __init__(self, generation: int, passages: int) -> None:
        self._generation, self._passages = generation, passages
        self._counts: dict[LookupKey, int] = {}

    def unknown(self, keys: Iterable[LookupKey]) -> list[LookupKey]:
        """Return what has to be counted, each once."""
        return [key for key in dict.fromkeys(keys) if key not in self._counts]

    def bodies(self, keys: Sequence[LookupKey]) -> list[Fields]:
        """Return a search that counts how many passages hold each of some; none where there are none."""
        if not keys:
            return []
        filters = {f"{at}.{field}": query for at, key in enumerate(keys) for field, query in _fields(key).items()}
        body = {
            "size": 0,
            "track_total_hits": False,
            "query": all_of({"term": {"role": PASSAGE}}, *held_in(self._generation)),
            "aggs": {"held": {"filters": {"filters": filters}}},
        }
        return [body]

    def learn(self, keys: Sequence[LookupKey], answers: Sequence[Fields]) -> None:
        """Take in the answer to :meth:`bodies`; a word is counted in the field in which it is less rare."""
        if len(self._counts) > _KEPT:
            self._counts = {}
        for answer in answers:
            counted: dict[int, int] = {}
            for name, bucket in answer["aggregations"]["held"]["buckets"].items():
                at = int(name.partition(".")[0])
                counted[at] = max(counted.get(at, 0), bucket["doc_count"])
            self._counts.update({keys[at]: count for at, count in counted.items()})

    def of(self, key: LookupKey) -> Rarity:
        """Return how rare something is: BM25's inverse document frequency."""
        holding_it = self._counts[key]
        value = math.log(1 + (self._passages - holding_it + 0.5) / (holding_it + 0.5))
        return Rarity(value, holding_it, self._passages)


def _fields(key: LookupKey) -> dict[str, Fields]:
    if key.target == Target.WORD:
        return {field: term(field, key.text) for field in ("words", "heading_words")}
    return {"all": holding(key)}
