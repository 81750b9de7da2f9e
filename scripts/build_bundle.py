"""Build a bundle for an office without internet: one zip that holds all but Python itself, and starts with one file.

``python -m scripts.build_bundle --platform win_amd64 --python 3.11`` (or ``make bundle PLATFORM=… PYTHON_VERSION=…``)
writes ``dist/search-app-<version>-<platform>-py311.zip``: a wheelhouse for that machine, filled from the hash-checked
pins, requirements.txt with the hash of each wheel in it, start.bat or start.sh, and README.zh-CN.txt. It can be built
for Windows on Linux and the other way round. The surprise: pip evaluates markers for the machine that it runs on, so
they are evaluated here, for the machine that is asked for.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.utils import canonicalize_name, parse_wheel_filename

from search_app import __version__

ROOT = Path(__file__).parent.parent
PINS = ROOT / "requirements" / "run.txt"
#: Published as source only, and pure Python: its wheel is built here, for every machine.
FROM_SOURCE = "jieba"
#: A pin: name, version, marker, and its hashes, line by line.
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? ?\\\n((?:    --hash=.*\n?)+)", re.MULTILINE)


class Machine(NamedTuple):
    """A kind of machine: its name in wheels, which further names its pip takes, and what markers say of it."""

    tags: tuple[str, ...]
    markers: dict[str, str]


def _linux(processor: str) -> Machine:
    # Kylin V10 has glibc 2.28; numpy has no wheels for older ones.
    tags = ("manylinux2014", "manylinux_2_17", "manylinux_2_24", "manylinux_2_26", "manylinux_2_27", "manylinux_2_28")
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": processor}
    return Machine(tuple(f"{tag}_{processor}" for tag in tags), markers)


MACHINES = {
    "win_amd64": Machine(
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
    "manylinux2014_x86_64": _linux("x86_64"),
    "manylinux2014_aarch64": _linux("aarch64"),
}


class Pin(NamedTuple):
    """One line of the pins."""

    name: str
    version: str
    hashes: tuple[str, ...]

    def line(self) -> str:
        """Return the pin as pip reads it, for any machine."""
        return f"{self.name}=={self.version} {' '.join(f'--hash={each}' for each in self.hashes)}"


def read_pins(text: str, machine: Machine, python: str) -> Iterator[Pin]:
    """Yield the pins that hold for a machine and a version of Python (3.11)."""
    known = {
        **machine.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for name, version, marker, hashes in ENTRY.findall(text):
        if not marker or Marker(marker).evaluate(known):
            yield Pin(name, version, tuple(re.findall(r"--hash=(\S+)", hashes)))


def fill_wheelhouse(folder: Path, platform: str, python: str) -> None:
    """Download and build every wheel that the machine needs; whatever has none is an error of pip's."""
    pins = list(read_pins(PINS.read_text(encoding="utf-8"), MACHINES[platform], python))
    download_wheels([pin for pin in pins if pin.name != FROM_SOURCE], folder, platform, python)
    fixed = ["--no-deps", "--require-hashes", "--no-build-isolation"]
    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "source.txt"
        source.write_text("".join(f"{pin.line()}\n" for pin in pins if pin.name == FROM_SOURCE), encoding="utf-8")
        run_pip("wheel", *fixed, "--wheel-dir", folder, "--requirement", source)
    run_pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)


def download_wheels(pins: Iterable[Pin], folder: Path, platform: str, python: str) -> None:
    """Download the wheels of these pins for a machine and a version of Python, each checked by its hashes."""
    digits = python.replace(".", "")
    target = ["--python-version", digits, "--implementation", "cp"]
    target += [part for abi in (f"cp{digits}", "abi3", "none") for part in ("--abi", abi)]
    target += [part for tag in MACHINES[platform].tags for part in ("--platform", tag)]
    with tempfile.TemporaryDirectory() as made:
        wheels = Path(made) / "wheels.txt"
        wheels.write_text("".join(f"{pin.line()}\n" for pin in pins), encoding="utf-8")
        fixed = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
        run_pip("download", *fixed, *target, "--dest", folder, "--requirement", wheels)


def run_pip(*arguments: str | Path) -> None:
    """Run this Python's pip. Raises CalledProcessError where pip fails."""
    subprocess.run([sys.executable, "-m", "pip", *map(str, arguments), "--quiet"], check=True)  # noqa: S603 - ours


def requirements_of(wheelhouse: Path) -> str:
    """Return requirements that take exactly these wheels, each with its hash."""
    lines = []
    for wheel in sorted(wheelhouse.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{canonicalize_name(name)}=={version} --hash=sha256:{digest}\n")
    return "".join(lines)


def starter_files(platform: str, python: str) -> dict[str, bytes]:
    """Return the files that start the program, and what tells of them, by name.

    start.bat is ASCII, which every code page reads alike; what it says in Chinese stands in files of UTF-16 with a mark
    of byte order, which ``type`` shows right in GBK and UTF-8 consoles.
    """
    said = {name: text.format(python=python) for name, text in _SAID.items()}
    read_me = _READ_ME.format(version=__version__, platform=platform, python=python, start=_starter(platform))
    files = {"README.zh-CN.txt": read_me.replace("\n", "\r\n").encode("utf-8-sig")}
    if platform.startswith("win"):
        files["start.bat"] = _BAT.replace("{python}", python).replace("\n", "\r\n").encode("ascii")
        for name, text in said.items():
            files[f"messages/{name}.txt"] = text.replace("\n", "\r\n").encode("utf-16")
    else:
        script = _SH.replace("{python}", python)
        for name, text in said.items():
            script = script.replace(f"{{{name}}}", text.strip())
        files["start.sh"] = script.encode("utf-8")
    return files


def _starter(platform: str) -> str:
    return "双击 start.bat" if platform.startswith("win") else "在终端里运行 ./start.sh"


_SAID = {
    "no_python": "没有找到 Python {python}。请先安装 64 位的 Python {python}，再运行一次。\n",
    "failed": "没有成功，原因见上面几行。请把它们抄下来告诉管理员。\n",
}
_READ_ME = """乡镇法治政府建设年度报告检索 {version}（{platform}，Python {python}）

一、这台电脑要先装好 Python {python}（64 位）。不需要上网，也不需要编译工具。
二、把这个压缩包解开，放在不再移动的文件夹里。
三、把报告放进其中的 corpus 文件夹（没有就新建一个）。
四、{start}。第一次会安装，约一两分钟；然后建立索引，打开 http://127.0.0.1:8000 的网页服务。
五、要停止，按 Ctrl+C 或关掉窗口。报告有增减，停止后再启动一次即可。

文件夹移动过以后，删掉里面的 venv 文件夹，再启动一次。
"""
#: Each exit code is compared as it is: a crash is a negative number, of which ``if errorlevel 1`` is not true.
_BAT = """@echo off
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1
if exist venv\\Scripts\\search-app.exe goto run
set PY=py -{python}
%PY% -c "" >nul 2>nul
if "%errorlevel%"=="0" goto install
set PY=python
%PY% -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '{python}')" >nul 2>nul
if not "%errorlevel%"=="0" goto nopython
:install
%PY% -m venv venv
if not "%errorlevel%"=="0" goto failed
set PIP=venv\\Scripts\\python -m pip --quiet --disable-pip-version-check
%PIP% install --no-index --find-links wheelhouse --require-hashes -r requirements.txt
if not "%errorlevel%"=="0" goto failed
:run
if not exist corpus mkdir corpus
venv\\Scripts\\search-app index
if "%errorlevel%"=="1" goto serve
if not "%errorlevel%"=="0" goto failed
:serve
venv\\Scripts\\search-app serve %*
if not "%errorlevel%"=="0" goto failed
exit /b 0
:nopython
type messages\\no_python.txt
pause
exit /b 1
:failed
type messages\\failed.txt
pause
exit /b 1
"""
_SH = """#!/bin/sh
cd "$(dirname "$0")" || exit 1
fail() { echo "$1" >&2; exit 1; }
if ! [ -x venv/bin/search-app ]; then
  python=
  for name in python{python} python3 python; do
    if "$name" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "{python}")' >/dev/null 2>&1; then
      python=$name; break
    fi
  done
  [ -n "$python" ] || fail "{no_python}"
  "$python" -m venv venv || fail "{failed}"
  venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheelhouse \\
    --require-hashes -r requirements.txt || fail "{failed}"
fi
mkdir -p corpus
venv/bin/search-app index || [ $? -eq 1 ] || fail "{failed}"
exec venv/bin/search-app serve "$@"
"""


def build(platform: str, python: str, to: Path) -> Path:
    """Build the bundle and return the zip."""
    name = f"search-app-{__version__}-{platform}-py{python.replace('.', '')}"
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        wheelhouse = Path(made)
        fill_wheelhouse(wheelhouse, platform, python)
        files = starter_files(platform, python)
        files["requirements.txt"] = requirements_of(wheelhouse).encode("ascii")
        with zipfile.ZipFile(to / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
            for each, content in files.items():
                entry = zipfile.ZipInfo(f"{name}/{each}", (2020, 1, 1, 0, 0, 0))
                entry.external_attr = (0o755 if each.endswith(".sh") else 0o644) << 16
                bundle.writestr(entry, content, zipfile.ZIP_DEFLATED)
            for wheel in sorted(wheelhouse.glob("*.whl")):
                bundle.write(wheel, f"{name}/wheelhouse/{wheel.name}")
    return to / f"{name}.zip"


def main() -> None:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", choices=MACHINES, default="win_amd64")
    parser.add_argument("--python", default="3.11", help="3.11, 3.12, 3.13 or 3.14")
    parser.add_argument("--to", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    print(build(asked.platform, asked.python, asked.to))


if __name__ == "__main__":
    main()
