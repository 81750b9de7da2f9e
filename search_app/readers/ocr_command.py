"""The OCR command: a picture -> what a program that is installed recognises in it, within bounds.

Any program will do that takes the name of a picture and writes text to its output; of Tesseract's table (``tsv``) the
places and the confidence of the words are used as well. The surprise: the program is a stranger, run on hostile
pictures; it gets so much processor time and memory and no more, and what it prints beyond any page is not read.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from search_app.errors import ConfigError

#: What stands for the name of the picture; a command without it gets the name as its last argument.
IMAGE = "{image}"
#: What is run where no command is set, if it is installed.
TESSERACT = ("tesseract", IMAGE, "stdout", "-l", "chi_sim", "tsv")
#: For one page: seconds on the processor, seconds on the wall (a server that does not answer), memory, bytes of output.
MAX_SECONDS, MAX_WAIT, MAX_MEMORY, MAX_OUTPUT = 120, 600.0, 4 * 2**30, 4 * 2**20
_LOOK = 0.05
#: The exit codes of a program that the system ended for what it took; Windows knows neither signal.
_TOOK_TOO_MUCH = {-number for name in ("SIGXCPU", "SIGKILL") if (number := getattr(signal, name, None)) is not None}


class OcrFailed(Exception):
    """The program did not recognise a page; the message says why, in Chinese."""


def find_command(command: tuple[str, ...]) -> tuple[str, ...]:
    """Return the command to run, its program found. Raises ConfigError where it is not installed."""
    chosen = command or TESSERACT
    program = shutil.which(chosen[0])
    if program is None:
        what = f"找不到识别程序 {chosen[0]}" if command else "没有装识别程序（tesseract）"
        raise ConfigError(
            what,
            hint="请安装 tesseract 和它的简体中文数据（chi_sim），或在设置里用 ocr_command 写明用哪个程序。",
        )
    return (program, *chosen[1:])


def run(command: tuple[str, ...], picture: bytes, suffix: str) -> str:
    """Return what a command prints of a picture. Raises OcrFailed."""
    # On Windows a program that was just ended may hold its output a moment longer: that file stays, nothing else.
    with tempfile.TemporaryDirectory(prefix="search-app-ocr-", ignore_cleanup_errors=True) as folder:
        image, output = Path(folder) / f"page{suffix}", Path(folder) / "output"
        image.write_bytes(picture)
        words = [word.replace(IMAGE, str(image)) for word in command]
        if not any(IMAGE in word for word in command):
            words.append(str(image))
        with output.open("wb") as into:
            _run(words, into.fileno(), folder)
        with output.open("rb") as found:
            text = found.read(MAX_OUTPUT + 1)
    if len(text) > MAX_OUTPUT:
        raise OcrFailed("识别程序给出的内容多得不像一页")
    return text.decode("utf-8", "replace")


def _run(words: list[str], output: int, folder: str) -> None:
    try:
        process = subprocess.Popen(  # noqa: S603  the program is the administrator's choice
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # one page at a time in as many processes as read files
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise OcrFailed("识别程序启动不了") from error
    try:
        _bound(process.pid)
        _wait(process, output)
    finally:
        _end(process)
    if process.returncode in _TOOK_TOO_MUCH:
        raise OcrFailed(f"识别一页用的处理器时间超过 {MAX_SECONDS} 秒，或内存不足")
    if process.returncode:
        raise OcrFailed(f"识别程序中途出错（退出码 {process.returncode}）")


def _bound(pid: int) -> None:
    """Bound processor time and memory of a process, where the system can."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(pid, resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 5))  # type: ignore[attr-defined,unused-ignore]
        resource.prlimit(pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))  # type: ignore[attr-defined,unused-ignore]


def _wait(process: "subprocess.Popen[bytes]", output: int) -> None:
    """Wait for a process. Raises OcrFailed where it takes or prints too much."""
    deadline = time.monotonic() + MAX_WAIT
    while True:
        try:
            process.wait(_LOOK)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                raise OcrFailed(f"识别程序 {MAX_WAIT:.0f} 秒没有回音") from None
            if os.fstat(output).st_size > MAX_OUTPUT:
                raise OcrFailed("识别程序给出的内容多得不像一页") from None
        else:
            return


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it started."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
