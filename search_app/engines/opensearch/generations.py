"""Generations: a writing block -> the next generation, written aside and switched to by one change of the alias.

A new generation stands in the same index as the one before: what is new is written as rows that are born in it, and
what is replaced or removed is marked as gone in it, which no reader of the older ones sees. Only an index that is built
anew is another one. Then counts are held against what is meant, and the alias is turned to the new number: one action,
which the cluster does or does not do. What a failed run wrote is taken back at once, or, if it died, by the next one.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from search_app.engines.lineage import number_of
from search_app.engines.opensearch.asking import Asking, Question
from search_app.engines.opensearch.draft import Draft
from search_app.engines.opensearch.lock import Lock, locked
from search_app.engines.opensearch.manifest import Manifest
from search_app.engines.opensearch.row_writer import RowWriter
from search_app.engines.opensearch.schema import GENERATION, MAPPINGS, STILL, Fields, all_of, held_in, settings
from search_app.engines.opensearch.scripts import SET_GONE, script
from search_app.engines.opensearch.sending import Sending
from search_app.engines.opensearch.snapshot import Snapshot, open_snapshot
from search_app.engines.opensearch.transport import own_errors
from search_app.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexProblem

#: So many generations are kept behind the one in use.
OLDER = 2

_log = logging.getLogger(__name__)


@contextmanager
def building(asking: Asking, *, rebuild: bool) -> Iterator[Draft]:
    """Take the lock, give the writer of a block, and build the next generation when it ends well."""
    with locked(asking) as lock:
        with own_errors(writing=True):
            base = _base(asking, rebuild=rebuild)
        with closing(Draft()) as draft:
            yield draft
            with own_errors(writing=True):
                _Build(asking, lock, base, rebuild=rebuild).run(draft)


def _base(asking: Asking, *, rebuild: bool) -> Snapshot | None:
    """Return the generation in use, which the next one grows out of; None where none can be used."""
    try:
        return open_snapshot(asking)
    except IndexMissing:
        return None
    except (IndexOutdated, IndexDamaged):
        if not rebuild:
            raise
        return None


class _Build:
    """One generation under way, of an index of its own where it is ``fresh``."""

    def __init__(self, asking: Asking, lock: Lock, base: Snapshot | None, *, rebuild: bool) -> None:
        self._asking, self._lock, self._base = asking, lock, base
        self._fresh = rebuild or base is None
        self._used = _aliased(asking)
        self._number = 1 + (base.manifest.number if base else _last_number(asking))
        self._index = base.index if base and not self._fresh else f"{asking.cluster.prefix}-{self._number:06d}"
        self._sending = Sending(asking, self._index, lock)

    def run(self, draft: Draft) -> None:
        """Write, verify and switch; whatever goes wrong before the switch leaves nothing behind.

        A switch whose answer is lost may come true later: then nothing is taken back, and the next run does so.
        """
        self._lock.check()
        self._clear_strays()
        try:
            if self._fresh:
                self._sending.create({"settings": settings(self._asking.cluster.shards), "mappings": MAPPINGS})
            manifest = self._write(draft)
            if self._fresh:
                self._sending.replicate(self._asking.cluster.replicas)
            self._lock.check()
        except BaseException:
            self._take_back()
            raise
        try:
            self._switch()
        except Exception:
            if not self._is_in_use():
                raise
        self._tidy(manifest)

    def _write(self, draft: Draft) -> Manifest:
        """Write all rows of the generation, and the one that describes it."""
        rows = RowWriter(self._asking, self._sending, self._index, self._number, self._base, fresh=self._fresh)
        manifest = rows.write(draft)
        base = self._base
        if base is not None:
            older = {base.manifest.name: base.index, **base.manifest.older}
            manifest = replace(manifest, older=dict(list(older.items())[:OLDER]))
        row = {
            "role": GENERATION,
            "born": self._number,
            "gone": self._number + 1,
            "path": manifest.name,
            "manifest": manifest.pack(),
        }
        self._sending.send([(manifest.name, GENERATION, row)])
        self._sending.refresh()
        return manifest

    def _switch(self) -> None:
        """Turn the alias to this generation."""
        alias = self._asking.cluster.prefix
        add = {"add": {"index": self._index, "alias": alias, "filter": all_of(*held_in(self._number))}}
        removed = [{"remove": {"index": each, "alias": alias}} for each in self._used if each != self._index]
        self._asking.client.indices.update_aliases(body={"actions": [*removed, add]})

    def _is_in_use(self) -> bool:
        """Return whether the alias names this generation, whatever was answered. Raises IndexProblem."""
        try:
            now = open_snapshot(self._asking)
        except IndexMissing:
            return False
        return (now.index, now.manifest.number) == (self._index, self._number)

    def _clear_strays(self) -> None:
        """Take back what a run that died has left behind."""
        kept = {*self._used, *(self._base.manifest.older.values() if self._base else ())}
        for index in _own_indices(self._asking):
            if index not in kept:
                Sending(self._asking, index, self._lock).delete()
        if not self._fresh:
            self._take_back_rows()

    def _take_back(self) -> None:
        try:
            with own_errors(writing=True):
                if not self._lock.is_held():
                    return  # another writer has taken it back, and writes now
                if self._fresh:
                    self._sending.delete()
                else:
                    self._take_back_rows()
        except IndexProblem:
            _log.warning("what the failed run wrote could not be taken back; the next run does so", exc_info=True)

    def _take_back_rows(self) -> None:
        later = {"range": {"born": {"gte": self._number}}}
        gone = {"range": {"gone": {"gte": self._number, "lt": STILL}}}
        described = {"term": {"role": GENERATION}}
        self._sending.change_matches(all_of(later))
        self._sending.change_matches(all_of(gone, must_not=[described]), script(SET_GONE, gone=STILL))

    def _tidy(self, manifest: Manifest) -> None:
        """Drop what no kept generation holds; what cannot be dropped now is dropped by a later run."""
        kept = {self._index, *manifest.older.values()}
        older = [number_of(name) for name, index in manifest.older.items() if index == self._index]
        oldest = min([self._number, *older])
        try:
            with own_errors(writing=True):
                for index in set(_own_indices(self._asking)) - kept:
                    Sending(self._asking, index, self._lock).delete()
                self._sending.change_matches(all_of({"range": {"gone": {"lte": oldest}}}))
        except IndexProblem:
            _log.warning("older generations could not be dropped", exc_info=True)


def _aliased(asking: Asking) -> set[str]:
    """Return the indices that the alias names: one, or none where nothing was built yet."""
    held: Fields = asking.client.indices.get_alias(name=asking.cluster.prefix, ignore=404)
    return set() if "error" in held else set(held)


def _own_indices(asking: Asking) -> list[str]:
    """Return the indices of generations."""
    prefix = re.escape(asking.cluster.prefix)
    named: Fields = asking.client.indices.get_alias(index=f"{asking.cluster.prefix}-*", ignore=404)
    return sorted(name for name in named if re.fullmatch(rf"{prefix}-[0-9]{{6,}}", name))


def _last_number(asking: Asking) -> int:
    """Return the number of the generation in use, which cannot be used to build upon; 0 where there is none."""
    try:
        (answer,) = asking.ask(
            [Question(asking.cluster.prefix, {"size": 0, "aggs": {"last": {"max": {"field": "born"}}}})]
        )
    except IndexMissing:
        return 0
    return int(answer["aggregations"]["last"]["value"] or 0)
