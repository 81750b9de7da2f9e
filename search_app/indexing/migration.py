"""Migration: all that one engine holds, into another, and the proof that it arrived.

In: the engine over an index and an empty one over a cluster. Out: what was copied, and in what the two differ after.
Nothing is visible in the cluster before all is there. The surprise: which generation a passage first appeared in is not
carried over: what is new since a generation can be asked for from the migration on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from search_app.engines.base import Engine, Status
from search_app.errors import ConfigError, IndexMissing, IndexProblem
from search_app.indexing.sampled_answers import ASKED, Difference, differences

#: done, of how many, of what
Progress: TypeAlias = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What was copied from which generation into which, and whether it arrived.

    ``problems`` are differences in what is held, in Chinese, ``different`` those in ``asked`` sampled answers.
    """

    source: str
    generation: str
    reports: int
    passages: int
    seconds: float
    asked: int
    problems: tuple[str, ...] = ()
    different: tuple[Difference, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing differs."""
        return not self.problems and not self.different


def _tell_nobody(done: int, total: int, what: str) -> None:
    """Tell nobody how far it is."""


def migrate(
    source: Engine,
    target: Engine,
    *,
    force: bool = False,
    copying: Progress = _tell_nobody,
    comparing: Progress = _tell_nobody,
) -> Migrated:
    """Copy all reports and hold both engines against each other.

    Raises ConfigError where the target holds reports already and ``force`` is not given, IndexProblem where either
    cannot be used or the source was updated meanwhile; then the target is as it was.
    """
    started = time.perf_counter()
    before = source.status()
    if not force:
        _refuse_overwriting(target)
    _copy(source, target, before, copying)
    problems = tuple(_missing(source, target))
    different: list[Difference] = []
    asked = 0
    for found in differences(source, target):
        asked += 1
        comparing(asked, ASKED, "")
        if found is not None:
            different.append(found)
    after = target.status().current
    return Migrated(
        source=before.current.name,
        generation=after.name,
        reports=after.reports,
        passages=after.passages,
        seconds=time.perf_counter() - started,
        asked=asked,
        problems=problems,
        different=tuple(different),
    )


def _refuse_overwriting(target: Engine) -> None:
    try:
        held = target.status().current
    except IndexMissing:
        return
    if held.reports:
        raise ConfigError(
            f"集群里已有索引 {held.name}：{held.reports} 份报告，没有动它",
            hint="确实要用本机的索引换掉它，请加 --force；要另存一份，请换一个 opensearch_prefix。",
        )


def _copy(source: Engine, target: Engine, before: Status, copying: Progress) -> None:
    """Write all reports of the source in one block."""
    reports = source.reports()
    with target.writing(rebuild=True) as writer:
        prepare = target.preparing()
        for done, head in enumerate(reports, start=1):
            report, passages = source.report(head.id)
            writer.put(report, prepare(passages))
            copying(done, len(reports), report.path)
        if source.status().current.id != before.current.id:
            raise IndexProblem("本机的索引在搬的时候更新了，集群里没有改动", hint="请停下自动更新，再运行一次。")


def _missing(source: Engine, target: Engine) -> list[str]:
    """Return in what the reports and passages that are held differ."""
    one, other = source.status().current, target.status().current
    problems = []
    if (one.reports, one.passages) != (other.reports, other.passages):
        problems.append(
            f"本机有 {one.reports} 份报告、{one.passages} 个段落，集群里是 {other.reports} 份、{other.passages} 个"
        )
    ours, theirs = source.fingerprints(), target.fingerprints()
    lost = [report for report, fingerprint in ours.items() if theirs.get(report) != fingerprint]
    extra = set(theirs) - set(ours)
    if lost or extra:
        problems.append(f"{len(lost)} 份报告没有到，或内容不同；{len(extra)} 份是多出来的")
    return problems
