"""Old documents -> .docx through an office suite (LibreOffice), where the machine has one.

In go bytes, out come bytes; the file is converted as a copy in a private folder, under a plain name, with a private
profile (a second soffice would else hand its work to one that the clerk has open), and never longer than the limit,
which counts processor time where the system can: a busy machine must not change the answer.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from search_app.readers.limits import MAX_LONG_SECONDS, MAX_PART_BYTES, MAX_WAIT_SECONDS

_WINDOWS = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)

#: Whether a file may be written to the disk to be converted.
_allowed: ContextVar[bool] = ContextVar("conversion is allowed", default=True)


@contextmanager
def in_memory_alone() -> Iterator[None]:
    """Convert nothing inside the block: whatever is read there is written to no disk."""
    before = _allowed.set(False)
    try:
        yield
    finally:
        _allowed.reset(before)


@cache
def soffice() -> str | None:
    """Return the path of the office suite, None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in _WINDOWS if Path(path).is_file()), None)


@cache
def _profile(process: int) -> Path:
    """Return this process's private profile folder; starting with a used profile takes half the time."""
    folder = Path(tempfile.mkdtemp(prefix=f"search-app-office-{process}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def to_docx(data: bytes, *, suffix: str = ".doc") -> bytes | None:
    """Convert a document to .docx; None where that is not allowed, or there is no office suite that can do it."""
    program = soffice() if _allowed.get() else None
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="search-app-convert-") as name:
        folder = Path(name)
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        profile = _profile(os.getpid()).as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]
        if not _ran(command):
            return None
        result = folder / "document.docx"
        if not result.is_file() or result.stat().st_size > MAX_PART_BYTES:
            return None
        return result.read_bytes()


def _ran(command: list[str]) -> bool:
    """Run the converter and tell whether it did well; when it takes too long, end it with the processes it started."""
    nowhere = subprocess.DEVNULL
    try:
        with _without_limit_of_memory():
            process = subprocess.Popen(  # noqa: S603  the program comes from the PATH, the arguments from here
                command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
            )
    except OSError:  # what lies there is no program of this system: the document is read without it
        return False
    with process:
        _limit_time(process)
        try:
            return process.wait(MAX_WAIT_SECONDS) == 0
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            return False


@contextmanager
def _without_limit_of_memory() -> Iterator[None]:
    """Let a process that is started here have more memory than the sandbox around us: an office suite needs it."""
    try:
        import resource
    except ImportError:  # Windows bounds no memory
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (before[1], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _limit_time(process: "subprocess.Popen[bytes]") -> None:
    """Bound the processor time of a process and of each that it starts, where the system can do so from outside."""
    with suppress(ImportError, AttributeError, OSError):  # not Linux, or it has ended already
        import resource

        seconds = int(MAX_LONG_SECONDS)
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds))
