"""Workers: one file -> what is understood of it, or why it cannot be read; the step that may run in other processes.

In: a path, its sidecar, its fingerprint. Out: :class:`Understood`, :class:`Ready` or a ReadError, returned and not
raised: one bad file never stops a run, not even one that trips a fault of ours. Everything here can be pickled, and
the functions are at top level, so that processes can be spawned on Windows too.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, TypedDict, Unpack

from search_app.engines.base import Prepared, Preparing
from search_app.errors import DamagedFile, PassingFault, ReadError, SearchAppError, UnsupportedFile
from search_app.indexing import processor_time
from search_app.indexing.duplicates import content_key
from search_app.indexing.processor_time import OutOfTime, bounded
from search_app.indexing.sidecars import corrections
from search_app.indexing.sources import Source, as_read_error, content, with_checksum
from search_app.model import Document, Passage, Report

if TYPE_CHECKING:
    from search_app.labelling.reasons import Reasons
    from search_app.parsing import Evidence

#: How many files per process are under way at once; bounds the memory of a run.
_AHEAD = 4
#: So many files that kill their process are no accident of single files.
_MOST_DEATHS = 5


class Understanding(TypedDict, total=False):
    """With what files are understood: the text of an own list of places, the command that recognises scans."""

    own_places: str
    ocr: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A labelled report and its passages."""

    report: Report
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A labelled report, and its passages as the engine wants them."""

    report: Report
    passages: Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A labelled report; where asked, what year and place rest on, and the reasons of the labels."""

    report: Report
    passages: tuple[Passage, ...]
    evidence: "tuple[Evidence, ...]" = ()
    reasons: "Reasons | None" = None


def inspect(source: Source, *, explain: bool = False, own_places: str = "") -> Inspected | ReadError:
    """Read, parse and label one file, and say why where asked; return the error where it cannot be read."""
    from search_app import parsing
    from search_app.labelling.reasons import give_reasons

    understood = understand(with_checksum(source), own_places=own_places)
    if isinstance(understood, ReadError):
        return understood
    report, passages = understood.report, understood.passages
    if not explain:
        return Inspected(report=report, passages=passages)
    try:
        corrected = corrections(source)[0] or None
        document = _document(source)
        evidence = parsing.explain(document, path=source.path, corrections=corrected, own_places=own_places)
    except (ReadError, OSError) as error:
        return as_read_error(source, error)
    return Inspected(report=report, passages=passages, evidence=evidence, reasons=give_reasons(report, passages))


def understand(
    source: Source, fingerprint: str = "", *, own_places: str = "", ocr: tuple[str, ...] = ()
) -> Understood | ReadError:
    """Read, parse and label one file; return the error where it cannot be read.

    ``own_places`` is the text of an administrator's own list of places, as ``read_own_places`` gives it; ``ocr`` the
    command that recognises scans, where that is asked for.
    """
    from search_app import labelling, parsing  # a search never needs them

    corrected, warnings = corrections(source)
    try:
        document = _document(source, ocr)
        with bounded():
            report, passages = parsing.parse(
                document,
                path=source.path,
                fingerprint=fingerprint,
                corrections=corrected or None,
                own_places=own_places,
            )
            report, passages = labelling.label(report, passages)
    except (ReadError, OSError) as error:
        return as_read_error(source, error)
    except OutOfTime:
        return _too_slow(source)
    except Exception as error:  # noqa: BLE001 - a fault of ours on one file must not cost all others
        return DamagedFile(source.path, f"处理这个文件时程序出错：{type(error).__name__}: {error}")
    warned, content_digest = (*report.warnings, *warnings), content_key(passages) or source.checksum
    report = replace(
        report,
        content=content_digest,
        checksum=source.checksum,
        recognised=document.recognised,
        recognition_confidence=document.confidence,
        warnings=warned,
    )
    return Understood(report=report, passages=passages)


def _too_slow(source: Source) -> ReadError:
    what = f"用了 {processor_time.MAX_SECONDS:.0f} 秒处理器时间还没整理完，不像一份报告，没有收入。"
    return UnsupportedFile(source.path, what, hint="请打开文件确认内容，只留正文另存为 .docx 后再放回资料文件夹。")


def _document(source: Source, ocr: tuple[str, ...] = ()) -> Document:
    from search_app import readers

    if source.member is None:
        return readers.read(source.file, ocr=ocr) if ocr else readers.read(source.file)
    return readers.read_bytes(content(source), source.path, ocr=ocr)


def prepare(source: Source, fingerprint: str, preparing: Preparing, **how: Unpack[Understanding]) -> Ready | ReadError:
    """Understand one file and make it ready for the engine; return the error where it cannot be read."""
    understood = understand(source, fingerprint, **how)
    if isinstance(understood, ReadError):
        return understood
    try:
        with bounded():
            return Ready(report=understood.report, passages=preparing(understood.passages))
    except OutOfTime:
        return _too_slow(source)


def prepare_all(
    work: Iterable[tuple[Source, str]], preparing: Preparing, *, jobs: int, **how: Unpack[Understanding]
) -> Generator[tuple[Source, Ready | ReadError], None, None]:
    """Yield what is to be written of each file, in the order given; ``jobs`` > 1 does it in that many processes.

    Where such a process dies, what was under way is tried once more, each file in a process of its own: one that dies
    again is the fault of that file. Raises SearchAppError where they keep dying.
    """
    if jobs <= 1:
        for source, fingerprint in work:
            yield source, prepare(source, fingerprint, preparing, **how)
        return
    rest, waiting, deaths = iter(work), deque[_Waiting](), 0
    while True:
        try:
            with _pool(jobs, how) as pool:
                yield from _prepared(pool, rest, waiting, preparing, jobs * _AHEAD)
            return
        except BrokenProcessPool:
            again = list(waiting)
            waiting.clear()
        for each in again:
            result = _prepared_alone(each, preparing, how)
            deaths += result is None
            if deaths >= _MOST_DEATHS:
                raise _died(again)
            yield each.source, result or _killing(each.source)


@dataclass(slots=True)
class _Waiting:
    """A file under way in a worker process."""

    source: Source
    fingerprint: str
    future: "Future[Ready | ReadError] | None" = None


@contextmanager
def _pool(jobs: int, how: Understanding) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(how,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _prepared(
    pool: ProcessPoolExecutor,
    work: Iterator[tuple[Source, str]],
    waiting: deque[_Waiting],
    preparing: Preparing,
    ahead: int,
) -> Iterator[tuple[Source, Ready | ReadError]]:
    """Yield what a pool makes of the work; where it breaks, ``waiting`` holds what was not yielded."""

    def first() -> tuple[Source, Ready | ReadError]:
        future = waiting[0].future
        if future is None:
            raise BrokenProcessPool
        result = future.result()
        return waiting.popleft().source, result

    for source, fingerprint in work:
        each = _Waiting(source, fingerprint)
        waiting.append(each)  # before it is handed over, since a broken pool takes nothing
        with _left_to_parent():
            each.future = pool.submit(_prepare_in_worker, source, fingerprint, preparing)
        if len(waiting) >= ahead:
            yield first()
    while waiting:
        yield first()


def _prepared_alone(each: _Waiting, preparing: Preparing, how: Understanding) -> Ready | ReadError | None:
    """Return what a process of its own makes of a file; None where it dies."""
    try:
        with _pool(1, how) as pool:
            with _left_to_parent():
                future = pool.submit(_prepare_in_worker, each.source, each.fingerprint, preparing)
            return future.result()
    except BrokenProcessPool:
        return None


@contextmanager
def _left_to_parent() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started: from their first moment on, Ctrl-C is for their parent alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


#: How a worker process understands, given to it once: the own list of places may be some megabytes.
_how: Understanding = {}


def _begin(how: Understanding) -> None:
    """Make a new process one that understands as its parent does, and ends with it."""
    _follow_parent()
    _how.update(how)


def _prepare_in_worker(source: Source, fingerprint: str, preparing: Preparing) -> Ready | ReadError:
    return prepare(source, fingerprint, preparing, **_how)


def _follow_parent() -> None:
    """Leave Ctrl-C to the parent, and end with it even when it is killed outright: nothing else would tell."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _killing(source: Source) -> ReadError:
    what = "处理这个文件的子进程意外结束（可能是内存不足），没有收入。"
    return PassingFault(source.path, what, hint="请打开文件确认内容，只留正文另存为 .docx 后再放回资料文件夹。")


def _died(waiting: Sequence[_Waiting]) -> SearchAppError:
    near = "、".join(each.source.path for each in waiting[:3])
    return SearchAppError(
        f"读取文件的子进程一再意外结束（可能是内存不足），索引没有改动。当时在读：{near or '未知'}",
        hint="请改用 --jobs 1 再试，仍不行就把这些文件移出资料文件夹。",
    )
