"""Removals: what may leave the index because it was taken away, and what seems only out of reach just now.

In go a plan and what a run has read, out come a plan that removes less, or a ConfigError that asks first. The surprise:
a share that is not connected looks like a folder that somebody has emptied, so a whole folder that is gone at once is
kept until its removal is accepted; one that was only renamed is known by the same files elsewhere.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from pathlib import Path

from search_app.errors import ConfigError
from search_app.indexing.plan import Plan, marks_of
from search_app.indexing.sources import Source, Sources, Warned, report_id
from search_app.indexing.zip_bundles import is_bundle
from search_app.model import Report

_ACCEPT = "确实不要它们了，请运行：search-app index --accept-removals"
_CONNECT = "请确认文件夹没有指错、网络盘已连接。"


def hold_back(plan: Plan) -> tuple[Plan, tuple[Warned, ...]]:
    """Return the plan without the removals of top folders that are gone as a whole, and a warning for each of these."""
    marks = {report_id(path): mark for path, mark in marks_of(plan.held)}
    elsewhere = {mark for each, mark in marks.items() if each not in plan.removed}
    elsewhere.update(mark for _, mark in plan.work)
    here = {_top(source.path) for source in plan.sources.found}
    gone: dict[str, list[str]] = defaultdict(list)
    for each, path in plan.removed.items():
        if "/" in path and _top(path) not in here and not is_bundle(_top(path)) and marks[each] not in elsewhere:
            gone[_top(path)].append(each)
    held_back = {each for ids in gone.values() for each in ids}
    removed = {each: path for each, path in plan.removed.items() if each not in held_back}
    warnings = (
        f"这个文件夹里原有 {len(ids)} 份报告，这次一份也没有找到（可能是网络盘没有连接），索引里仍保留。{_ACCEPT}"
        for ids in gone.values()
    )
    said = (Warned(path=folder, warning=warning) for folder, warning in zip(gone, warnings, strict=True))
    return replace(plan, removed=removed), tuple(sorted(said, key=lambda warned: warned.path))


def refuse_emptying(sources: Sources, held: Sequence[Report] | None, corpus: Path) -> None:
    """Guard against a folder that is empty because a drive is not connected; ``held`` is None where nobody knows."""
    if sources.found or sources.failed or (held is not None and not held):
        return
    what = "而索引读不出来" if held is None else f"而索引里有 {len(held)} 份报告"
    raise ConfigError(
        f"资料文件夹 {corpus} 里没有文件，{what}，索引没有改动。",
        hint=f"{_CONNECT}确实要清空时，请运行：search-app index --accept-removals",
    )


def refuse_losing(plan: Plan, fresh: Set[str] | None = None) -> None:
    """Ask first where building anew would lose most reports of the index; ``fresh`` are the paths that were read.

    Before anything was read, what has to be read counts as if it could be.
    """
    read = {source.path for source, _ in plan.work} if fresh is None else fresh
    again = {mark for source, mark in plan.work if source.path in read}
    known = list(marks_of(plan.held))
    lost = [path for path, mark in known if path not in read and mark not in again]
    if 2 * len(lost) > len(known):
        raise ConfigError(
            f"从头重建会丢掉大部分报告：索引里有 {len(known)} 份，这次读不到其中 {len(lost)} 份，索引没有改动。",
            hint=f"{_CONNECT}确实要这样重建时，请运行：search-app index --rebuild --accept-removals",
        )


def refuse_vanished(plan: Plan, failed: Iterable[str], corpus: Path) -> None:
    """Guard against a corpus that went away while it was read: a new index would lack what nobody took out."""
    lost = set(failed)
    gone = [source for source in plan.sources.found if source.path in lost and not _is_there(source)]
    if gone and (2 * len(gone) > len(plan.sources.found) or not _can_be_listed(corpus)):
        raise ConfigError(
            f"读到一半，资料文件夹 {corpus} 里的文件不见了（{len(gone)} 个），索引没有改动。",
            hint="请确认网络盘或移动硬盘已连接，再运行一次：search-app index",
        )


def _top(path: str) -> str:
    return path.partition("/")[0]


def _is_there(source: Source) -> bool:
    try:
        source.file.stat()
    except (OSError, ValueError):  # whatever keeps it from us now, it was listed when the run began
        return False
    return True


def _can_be_listed(corpus: Path) -> bool:
    try:
        with os.scandir(corpus) as entries:
            return next(entries, None) is not None
    except OSError:  # the folder itself is gone, or its share does not answer
        return False
