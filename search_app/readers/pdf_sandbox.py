"""The PDF sandbox: PDFs are read in a process of their own, so that a hostile file cannot end the run.

In go the bytes of a PDF, out comes what ``pdf_reader`` makes of them. One helper process is kept for all files, with as
much memory and time as any report needs; where it dies or does not come back, only that one file is lost. The
surprise: answers come as JSON and not pickled, since whoever takes over the helper could otherwise reach us.
"""

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from typing import IO, Any

from search_app import errors
from search_app.errors import DamagedFile, ReadError
from search_app.model import Block, Document
from search_app.readers import pdf_reader
from search_app.readers.limits import MAX_MEMORY, MAX_SECONDS, too_large

#: Beyond what the reader allows itself, so that its own, better worded error comes first.
_PATIENCE = MAX_SECONDS + 15
_SIZE = struct.Struct(">Q")
_DIED = "读这个 PDF 时读取程序中途退出（文件已损坏，或内容多得不像一份报告），没有读取。"
_HINT = "请用 PDF 阅读器打开确认文件完好，重新导出为 .pdf 或 .docx 后再放回资料文件夹。"


def read(data: bytes, path: str) -> Document:
    """Read a PDF in the helper process; in this one where none can be started. Raises ReadError."""
    try:
        answer = _helper(os.getpid()).ask(data)
    except _NoHelper:
        return pdf_reader.read(data, path)
    except TimeoutError as error:
        raise too_large(path, f"读了 {_PATIENCE:.0f} 秒还没读完") from error
    except (EOFError, OSError) as error:
        raise DamagedFile(path, _DIED, hint=_HINT) from error
    return _document(json.loads(answer), path)


class _NoHelper(Exception):
    """No process could be started."""


@cache
def _helper(process: int) -> "_Helper":  # noqa: ARG001 - the key: a forked process must not use its parent's helper
    """Return this process's helper."""
    return _Helper()


class _Helper:
    """The helper process: started when first needed, and again after it died. One question at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def ask(self, data: bytes) -> bytes:
        """Return the answer on a file. Raises _NoHelper, TimeoutError, EOFError or OSError where the process died."""
        with self._lock:
            process = self._running()
            late = threading.Event()

            def end() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(_PATIENCE, end)
            timer.start()
            try:
                return _exchanged(process, data)
            except (OSError, EOFError):
                self.stop()
                if late.is_set():
                    raise TimeoutError from None
                raise
            finally:
                timer.cancel()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.stop()
            try:
                self._process = _started()
            except OSError as error:
                raise _NoHelper from error
        return self._process

    def stop(self) -> None:
        """End the process, if there is one, and free what it holds."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
            process.wait()


def _started() -> "subprocess.Popen[bytes]":
    """Start a process that answers. Raises OSError."""
    if not sys.executable:
        raise OSError("no interpreter to start")
    places = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": places},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _exchanged(process: "subprocess.Popen[bytes]", data: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    _send(process.stdin, data)
    return _receive(process.stdout)


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """Return one message. Raises EOFError where the other side is gone."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _document(answer: dict[str, Any], path: str) -> Document:
    """Return the document of an answer, or raise its error under the name of the file here."""
    if "error" in answer:
        kind: type[ReadError] = getattr(errors, answer["error"], DamagedFile)
        raise kind(path, answer["reason"], hint=answer["hint"])
    found = (Block(**{**block, "rows": tuple(map(tuple, block["rows"]))}) for block in answer["blocks"])
    return Document(
        format="pdf", blocks=tuple(found), hard_wrapped=answer["hard_wrapped"], warnings=tuple(answer["warnings"])
    )


def _answer(data: bytes) -> dict[str, Any]:
    """Return what is read of a PDF, or why it cannot be."""
    try:
        document = pdf_reader.read(data, "")
    except ReadError as error:
        return {"error": type(error).__name__, "reason": error.reason, "hint": error.hint}
    except RecursionError:
        return {"error": "DamagedFile", "reason": "文件里层层嵌套太深，不像一份报告，没有读取。", "hint": _HINT}
    except Exception as error:  # noqa: BLE001 - as in readers.read: parsers of foreign bytes fail in any way
        reason = f"文件已损坏，按 .pdf 格式读不出来（{type(error).__name__}）。"
        return {"error": "DamagedFile", "reason": reason, "hint": ""}
    return {
        "blocks": [asdict(block) for block in document.blocks],
        "hard_wrapped": document.hard_wrapped,
        "warnings": document.warnings,
    }


def _limit() -> None:
    """Bound this process's memory, where the system can; what asks for more ends here and not in the run."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer on one file after the other until there are no more."""
    import signal

    _limit()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, whose end is ours
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may speak there
    with suppress(EOFError, OSError):
        while True:
            data = _receive(questions)
            if hasattr(signal, "alarm"):
                signal.alarm(int(_PATIENCE) + 5)  # should the other side be gone by then
            _send(answers, json.dumps(_answer(data)).encode("ascii"))
            if hasattr(signal, "alarm"):
                signal.alarm(0)


if __name__ == "__main__":
    main()
