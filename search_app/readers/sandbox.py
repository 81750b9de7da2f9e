"""The sandbox: files are read in a process of their own, so that a hostile one can neither end nor hold up the run.

In go the bytes of a file, out comes what ``reading`` makes of them. One helper process (``sandboxed``) is kept for all
files, with as much memory and processor time as any report needs; where it dies or is ended, only that one file is
lost. The surprise: time is counted on the processor and not on the wall, so the same file gets the same answer however
busy the machine is; and answers come as JSON and not pickled, since whoever takes over the helper could otherwise
reach us.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from base64 import b64decode
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import PurePath
from typing import Any

from search_app import errors
from search_app.errors import DamagedFile, PassingFault, ReadError, UnsupportedFile
from search_app.model import Block, Document
from search_app.readers import page_pictures, reading
from search_app.readers.doc_conversion import in_memory_alone
from search_app.readers.limits import seconds_for
from search_app.readers.messages import DRAW, OUT_OF_TIME, receive, send
from search_app.readers.page_pictures import Picture

#: Seconds on the wall after which a helper is given up that is not even working: only a fault of ours, or of an office
#: suite, can bring it there. What a file may take is counted in processor time, on every system.
_PATIENCE = 1_800.0
#: An honest answer holds at most the characters of ``limits``, twice for tables, in six bytes each.
_MOST_ANSWER = 256 * 2**20
_DIED = "读这个文件时读取程序中途退出（文件已损坏，或内容多得不像一份报告），没有读取。"
_WAITED_HINT = "可能是机器太忙或磁盘太慢，请空闲时再试；仍读不了的，请只留正文另存为 .docx 后再放回资料文件夹。"
_HINT = "请打开文件确认内容完好，重新导出或只留正文另存为 .docx 后再放回资料文件夹。"


def read(data: bytes, path: str, *, in_memory: bool = False) -> Document:
    """Read a file in the helper process; in this one where none can be started. Raises ReadError.

    ``in_memory``: nothing of it may be written to a disk, not even for a moment, so no office suite converts it.
    """
    try:
        return _document(_asked(PurePath(path).suffix, data, path, in_memory=in_memory), path)
    except _NoHelper:
        with in_memory_alone() if in_memory else nullcontext():
            return reading.read_bytes(data, path)


def draw(data: bytes, path: str, number: int) -> Picture:
    """Draw a page of a PDF in the helper process. Raises ReadError."""
    try:
        answer = _asked(f"{DRAW}{number}", data, path)
    except _NoHelper:
        return page_pictures.draw(data, number, path)
    _raise_error(answer, path)
    return Picture(png=b64decode(answer["png"]), height=answer["height"], dpi=answer["dpi"], pages=answer["pages"])


def _asked(what: str, data: bytes, path: str, *, in_memory: bool = False) -> dict[str, Any]:
    """Return the helper's answer. Raises ReadError, _NoHelper."""
    try:
        found = json.loads(_helper(os.getpid()).ask(what, data, in_memory=in_memory).decode("utf-8", "surrogatepass"))
        return dict(found)
    except _TooMuchWork as error:
        what = f"用了 {seconds_for(data):.0f} 秒处理器时间还没读完，不像一份报告，没有读取。"
        raise UnsupportedFile(path, what, hint=_HINT) from error
    except TimeoutError as error:
        raise PassingFault(path, f"读取程序 {_PATIENCE:.0f} 秒没有回音，没有读完。", hint=_WAITED_HINT) from error
    except (EOFError, OSError, ValueError) as error:
        raise PassingFault(path, _DIED, hint=_HINT) from error


class _NoHelper(Exception):
    """No process could be started."""


class _TooMuchWork(Exception):
    """The processor time that one file may take was up."""


@cache
def _helper(process: int) -> "_Helper":  # noqa: ARG001 - the key: a forked process must not use its parent's helper
    """Return this process's helper."""
    return _Helper()


class _Helper:
    """The helper process: started when first needed, and again after it died. One question at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deadline = 0.0  # by the clock, for the question being answered; 0 while there is none
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()  # set at the end of this process, which nothing has to wait for then
        atexit.register(self._stopped.set)
        atexit.register(self.stop)

    def ask(self, suffix: str, data: bytes, *, in_memory: bool = False) -> bytes:
        """Return the answer on a file.

        Raises _NoHelper, _TooMuchWork, TimeoutError, EOFError or OSError where the process died.
        """
        with self._lock:
            process = self._running()
            self._deadline = deadline = time.monotonic() + _PATIENCE
            try:
                return _exchanged(process, suffix, data, in_memory=in_memory)
            except (OSError, EOFError):
                ended_by = self.stop()
                if time.monotonic() > deadline:
                    raise TimeoutError from None
                if ended_by == OUT_OF_TIME or (hasattr(signal, "SIGPROF") and ended_by == -signal.SIGPROF):
                    raise _TooMuchWork from None
                raise
            except BaseException:  # Ctrl-C: an answer that is still to come must not be taken for the next file's
                self.stop()
                raise
            finally:
                self._deadline = 0.0

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        """End a process that is over the deadline; one thread for all files, as starting one takes a while."""
        while process.returncode is None:
            self._stopped.wait(min(1.0, _PATIENCE / 4))
            if self._process is process and self._deadline and time.monotonic() > self._deadline:
                process.kill()
                return

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.stop()
            try:
                self._process = _started()
            except OSError as error:
                raise _NoHelper from error
            threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()
        return self._process

    def stop(self) -> int | None:
        """End the process, if there is one, and free what it holds; return what it ended with."""
        process, self._process = self._process, None
        if process is None:
            return None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was still to be written concerns nobody any more
                    stream.close()
        try:
            return process.wait(0.5)  # it ends by itself when nothing more is asked, or is ending just now
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _started() -> "subprocess.Popen[bytes]":
    """Start a process that answers. Raises OSError."""
    if not sys.executable:
        raise OSError("no interpreter to start")
    places = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "search_app.readers.sandboxed"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": places},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _exchanged(process: "subprocess.Popen[bytes]", suffix: str, data: bytes, *, in_memory: bool) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    send(process.stdin, suffix.encode("utf-8", "surrogatepass"), b"1" if in_memory else b"", data)
    return receive(process.stdout, _MOST_ANSWER)


def _raise_error(answer: dict[str, Any], path: str) -> None:
    if "error" in answer:
        kind: type[ReadError] = getattr(errors, answer["error"], DamagedFile)
        raise kind(path, answer["reason"], hint=answer["hint"])


def _document(answer: dict[str, Any], path: str) -> Document:
    """Return the document of an answer, or raise its error under the name of the file here."""
    _raise_error(answer, path)
    found = (
        Block(text=part)
        if isinstance(part, str)
        else Block(kind=part[0], text=part[1], level=part[2], rows=tuple(map(tuple, part[3])))
        for part in answer["blocks"]
    )
    return Document(
        format=answer["format"],
        blocks=tuple(found),
        properties=answer["properties"],
        hard_wrapped=answer["hard_wrapped"],
        warnings=tuple(answer["warnings"]),
    )
