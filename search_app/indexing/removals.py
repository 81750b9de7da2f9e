"""Removals: what may leave the index because it was taken away, and what seems only out of reach just now.

In go a plan and what a run has read, out come a plan that removes less, or a ConfigError that asks first. The surprise:
a share that is not connected looks like a folder that somebody has emptied, so a whole folder that is gone at once is
kept until its removal is accepted, however deep it lies; one that was only renamed is known by the same files
elsewhere. A bundle is a file: deleted it goes as files do, emptied it stays as a folder does.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from search_app.errors import ConfigError
from search_app.indexing.plan import Plan, marks_of
from search_app.indexing.sources import Source, Sources, report_id
from search_app.indexing.zip_bundles import is_bundle
from search_app.model import Report

_ACCEPT = "确实不要它们了，请运行：search-app index --accept-removals"
_CONNECT = "请确认文件夹没有指错、网络盘已连接。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfReach:
    """A folder whose reports stay in the index though none was found; ``shut`` where it cannot be looked into."""

    folder: str
    reports: int
    shut: bool = False

    @property
    def warning(self) -> str:
        """What whoever runs the index should know and do."""
        if self.shut:
            return f"打不开这个文件夹，其中 {self.reports} 份报告仍保留上次读到的内容。请检查网络盘和读取权限。"
        return (
            f"这个文件夹里原有 {self.reports} 份报告，这次一份也没有找到（可能是网络盘没有连接），"
            f"索引里仍保留。{_ACCEPT}"
        )

    @property
    def remark(self) -> str:
        """What whoever reads one of the reports should know."""
        return f"所在的文件夹“{self.folder}”现在读不到（可能是网络盘没有连接），这里是上次读到的内容。"

    def holds(self, path: str) -> bool:
        """Tell whether a report of this path lies in the folder."""
        return path.startswith(f"{self.folder}/")


def hold_back(plan: Plan, *, at_least: int = 1) -> tuple[Plan, tuple[OutOfReach, ...]]:
    """Return the plan without the removals of folders that are gone as a whole, and all that is out of reach.

    A folder counts from ``at_least`` reports on; 0 holds nothing back.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    if at_least and plan.removed:
        here, moved = _folders_here(plan.sources), _moved(plan)
        for each, path in plan.removed.items():
            folder = _vanished_folder(path, here, plan.sources.bundles)
            if folder is not None and each not in moved:
                gone[folder].append(each)
    gone = {folder: ids for folder, ids in gone.items() if len(ids) >= at_least}
    held_back = {each for ids in gone.values() for each in ids}
    removed = {each: path for each, path in plan.removed.items() if each not in held_back}
    found = [OutOfReach(folder=folder, reports=len(ids)) for folder, ids in gone.items()]
    return replace(plan, removed=removed), tuple(sorted([*found, *_shut(plan)], key=lambda each: each.folder))


def refuse_forgetting(sources: Sources, known: Set[str]) -> None:
    """Ask first where an index that cannot be read is to be built anew and folders that held reports are gone."""
    here = _folders_here(sources)
    gone = sorted(known - here)
    if gone:
        named = "、".join(gone[:5]) + (" 等" if len(gone) > 5 else "")
        raise ConfigError(
            f"索引要从头重建，可是原来有报告的 {len(gone)} 个文件夹现在是空的或不见了：{named}。索引没有改动。",
            hint=f"{_CONNECT}确实不要它们了，请运行：search-app index --rebuild --accept-removals",
        )


def folders_of(reports: Iterable[Report]) -> Set[str]:
    """Return the folders that files of the index lie in."""
    return {path.rpartition("/")[0] for path, _ in marks_of(reports)} - {""}


def _folders_here(sources: Sources) -> Set[str]:
    """Return the folders that hold anything to be read, or of which nobody can tell."""
    paths = (*(source.path for source in sources.found), *sources.closed)
    return {folder for path in paths for folder in _folders_above(path)} | set(sources.closed)


def _vanished_folder(path: str, here: Set[str], bundles: Sequence[str]) -> str | None:
    """Return the outermost folder of a path that holds nothing any more; None where its file alone went."""
    for folder in _folders_above(path):
        if folder not in here:
            return None if is_bundle(folder) and folder not in bundles else folder
    return None


def _folders_above(path: str) -> Iterator[str]:
    """Yield the folders and bundles that a path leads through, from the outermost on."""
    return (str(folder) for folder in reversed(PurePosixPath(path).parents[:-1]))


def _moved(plan: Plan) -> Set[str]:
    """Return which removed files stand elsewhere: by their fingerprint, or their bytes where the program is another."""
    marks = {report_id(path): mark for path, mark in marks_of(plan.held)}
    bytes_of = {report.id: report.checksum for report in plan.held if report.checksum}
    elsewhere = {mark for each, mark in marks.items() if each not in plan.removed}
    elsewhere.update(mark for _, mark in plan.work)
    copied = {checksum for each, checksum in bytes_of.items() if each not in plan.removed}
    copied.update(source.checksum for source, _ in plan.work)
    return {each for each in plan.removed if marks[each] in elsewhere or bytes_of.get(each) in copied}


def _shut(plan: Plan) -> list[OutOfReach]:
    """Return the folders that cannot be looked into and hold reports; bundles among them are listed as failed."""
    failed = {error.path for error in plan.sources.failed}
    found = {source.path for source in plan.sources.found}
    counts: Counter[str] = Counter()
    for path, _ in marks_of(plan.held):
        if path not in found:
            counts.update(folder for folder in _folders_above(path) if folder in plan.sources.closed)
    return [
        OutOfReach(folder=folder, reports=count, shut=True)
        for folder, count in counts.items()
        if folder not in failed and folder not in found
    ]


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
