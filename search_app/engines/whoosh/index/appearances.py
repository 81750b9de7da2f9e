"""Appearances: in which generation the text of a passage first stood in a report of its place and year.

What stood in the generation before appeared when it did there, everything else appears now. So a file that was moved,
renamed or read anew makes nothing new, a text that was removed and put back is new when it comes back, and all passages
of one text, place and year have appeared together. Segments carry the number of that generation (``since``); it never
changes, as segments do not. In an index that is built anew, what the one in use knows is carried over.

Cost: one sort of the keys of all passages, 8 ms for 100,000 of them; nothing is done passage by passage in Python.
"""

import logging
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.base import Ancestor
from search_app.engines.lineage import number_of
from search_app.engines.whoosh.index.current import Entry, read_manifest
from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.index.versions import SCHEMA_VERSION
from search_app.engines.whoosh.segments.segment import Keys, Segment
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry

Numbers: TypeAlias = NDArray[np.uint32]
#: So many of the newest ancestors are remembered in any case, and all in which something appeared that is still held.
REMEMBERED = 200

log = logging.getLogger(__name__)


class Known(NamedTuple):
    """Of passages that are held: their keys, ascending, and the number of the generation in which each appeared."""

    keys: Keys
    since: Numbers


NOTHING = Known(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint32))


class Appearances:
    """Says of the passages of a new generation in which one they appeared.

    ``before`` are the segments of the generation before; ``known`` is given where they are not those of the draft.
    """

    def __init__(self, now: int, before: Iterable[tuple[SegmentEntry, Segment]], known: Known | None = None) -> None:
        self._now = now
        self._before = tuple(before)
        self._given = known

    def __call__(self, keys: Keys) -> Numbers:
        """Return for each passage, named by its key, the number of the generation in which it appeared."""
        known, since = self._known
        made = np.full(len(keys), self._now, dtype=np.uint32)
        if len(known):
            places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            there = known[places] == keys
            made[there] = since[places[there]]
        return made

    def forget(self) -> None:
        """Hold no file any more: after this, nothing is asked."""
        self._before, self._given = (), NOTHING

    @cached_property
    def _known(self) -> Known:
        return know(self._before) if self._given is None else self._given


def know(held: Iterable[tuple[SegmentEntry, Segment]]) -> Known:
    """Return what is known of the passages of some segments that are not removed."""
    keys, since = [NOTHING.keys], [NOTHING.since]
    for entry, segment in held:
        kept = np.ones(len(segment), dtype=np.bool_)
        for gone in entry.removed:
            kept[gone.first : gone.beyond] = False
        keys.append(segment.keys[kept])
        since.append(segment.array("since")[kept])
    joined = np.concatenate(keys)
    order = np.argsort(joined)
    return Known(joined[order], np.concatenate(since)[order])


def remember(entry: Entry) -> tuple[Manifest | None, Known | None]:
    """Return the manifest of a generation and what it knows, for an index that is built anew without it.

    Neither where it has another schema, or cannot be read for any reason: such an index is what is built anew.
    """
    try:
        manifest = read_manifest(entry)
        if manifest.generation.versions.get("schema") != SCHEMA_VERSION:
            return None, None
        return manifest, know((one, Segment(entry.folder / one.name)) for one in manifest.segments)
    except Exception:  # nobody can foresee what is wrong with it
        log.warning("%s does not tell what appeared when: all is new in the next one", entry.folder, exc_info=True)
        return None, None


def descend(manifest: Manifest, still: Collection[int]) -> tuple[Ancestor, ...]:
    """Return the ancestors of what grows out of a generation; ``still`` are the numbers that passages still name."""
    generation = manifest.generation
    line = (
        Ancestor(name=generation.name, id=generation.id, built_at=generation.built_at),
        *manifest.ancestors,
    )
    return tuple(each for at, each in enumerate(line) if at < REMEMBERED or number_of(each.name) in still)
