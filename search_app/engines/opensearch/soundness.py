"""Soundness: every row of a generation is read and held against what the generation says of itself."""

from collections import Counter

from search_app.engines.opensearch.asking import columns_of
from search_app.engines.opensearch.schema import PASSAGE, REPORT
from search_app.engines.opensearch.snapshot import Snapshot
from search_app.errors import IndexDamaged


def problems(snapshot: Snapshot) -> tuple[str, ...]:
    """Return what is wrong with the generation in use, in Chinese; the bytes of its files the cluster checks itself."""
    found: list[str] = []
    held: Counter[str] = Counter()
    for role, read in ((PASSAGE, snapshot.passage), (REPORT, snapshot.head)):
        for hit in snapshot.scan({"term": {"role": role}}, columns=("record", "similar", "path"), rows=1_000):
            held[role] += 1
            try:
                read(hit)
            except (IndexDamaged, ValueError, KeyError, TypeError):
                found.append(f"集群里的一条内容已损坏，来自：{columns_of(hit).get('path')}")
    manifest = snapshot.manifest
    for role, meant, unit in ((REPORT, manifest.reports, "份报告"), (PASSAGE, manifest.passages, "段")):
        if held[role] != meant:
            found.append(f"集群里的 {manifest.name} 有 {held[role]:,} {unit}，应为 {meant:,} {unit}")
    return tuple(found)
