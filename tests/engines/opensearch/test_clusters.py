"""Clusters brought up to date by looking at what is near are those that clustering all anew gives."""

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines.opensearch import clusters
from search_app.engines.opensearch.clusters import HeldRow, regroup
from search_app.engines.opensearch.documents import bands
from search_app.language import SIGNATURE_BYTES, find_clusters

#: Signatures of few kinds, with some bytes of each changed: some are near each other, some in a chain.
_SIGNATURES = st.builds(
    lambda kind, changed, other: bytes(other if at in changed else kind for at in range(SIGNATURE_BYTES)),
    st.integers(0, 2),
    st.sets(st.integers(0, SIGNATURE_BYTES - 1), max_size=30),
    st.integers(3, 5),
)


class Rows:
    """The rows that are held, in memory."""

    def __init__(self, rows: list[HeldRow]) -> None:
        self._rows = rows

    def all(self) -> Iterator[HeldRow]:
        return iter(self._rows)

    def of_clusters(self, clusters: Collection[int]) -> Iterator[HeldRow]:
        return (each for each in self._rows if each.cluster in clusters)

    def with_bands(self, bands_: Collection[str]) -> Iterator[HeldRow]:
        return (each for each in self._rows if set(bands(each.signature)) & set(bands_))


def clustered(signatures: dict[int, bytes]) -> list[HeldRow]:
    """Return rows as clustering all of them anew has them."""
    rows = list(signatures)
    raw = np.frombuffer(b"".join(signatures.values()), dtype=np.uint8).reshape(-1, SIGNATURE_BYTES)
    leaders = [rows[at] for at in find_clusters(raw).tolist()]
    sizes = Counter(leaders)
    return [HeldRow(row, leader, sizes[leader] - 1, signatures[row]) for row, leader in zip(rows, leaders, strict=True)]


@pytest.mark.parametrize("few", [0, 1_000])
@given(
    before=st.lists(_SIGNATURES, max_size=20),
    after=st.lists(_SIGNATURES, max_size=8),
    data=st.data(),
)
def test_what_changes_in_the_clusters_is_what_clustering_all_anew_changes(
    few: int, before: list[bytes], after: list[bytes], data: st.DataObject
) -> None:
    held = clustered(dict(enumerate(before)))
    gone_rows = data.draw(st.sets(st.sampled_from(range(len(before))))) if before else set()
    gone = {each.row: each.cluster for each in held if each.row in gone_rows}
    kept = [each for each in held if each.row not in gone_rows]
    new = dict(enumerate(after, 100))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clusters, "FEW", few)
        changed = regroup(Rows(kept), gone, new)

    whole = clustered({each.row: each.signature for each in kept} | new)
    now = {each.row: (each.cluster, each.similar) for each in kept} | {row: tuple(one) for row, one in changed.items()}
    assert _groups(now) == _groups({each.row: (each.cluster, each.similar) for each in whole})
    assert set(changed) >= set(new)
    assert all(
        similar == Counter(cluster for cluster, _ in now.values())[cluster] - 1 for cluster, similar in now.values()
    )


def _groups(belonging: dict[int, tuple[int, ...]]) -> set[frozenset[int]]:
    """Return the clusters as sets of rows: which of equal signatures leads is all one."""
    return {
        frozenset(row for row, (cluster, _) in belonging.items() if cluster == leader)
        for leader, _ in belonging.values()
    }
