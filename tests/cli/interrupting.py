"""Presses Ctrl-C at random moments of commands: ``python -m tests.cli.interrupting 300`` tries so many and counts.

Counted from the moment on in which our code stands; ``--from-birth`` begins with the interpreter's own start, of which
nothing that is written in Python can answer for the first part.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAID = "已中断。"
#: Says that it stands, then goes on as the installed ``search-app`` does.
STANDING = "import search_app.__main__ as way_in, os; os.write(1, b'.'); way_in.main()"
COMMANDS = (
    ("status",),
    ("search", "调解"),
    ("index", "--jobs", "2", "--rebuild"),
    ("serve", "--port", "8931"),
    ("--help",),
)


def furnish(folder: Path) -> None:
    """Put a few reports into a folder, so that commands have something to do."""
    (folder / "corpus").mkdir()
    for number in range(6):
        text = f"望杉镇{2018 + number}年法治政府建设年度报告\n一、主要举措\n调解矛盾纠纷{number + 30}件。"
        (folder / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")


def press(folder: Path, command: tuple[str, ...], after: float, *, standing: bool = True) -> tuple[int, str]:
    """Run a command, press Ctrl-C so many seconds after it stands, and return its code and what it said."""
    way = ["-c", STANDING] if standing else ["-m", "search_app"]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell has it in the background, and would be inherited
        signal.signal(signal.SIGINT, signal.default_int_handler)
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", *way, *command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        if standing:
            process.stdout.read(1)
        time.sleep(after)
        # the whole group, as a terminal does it: processes that read files are pressed too
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=120)
    return process.returncode, said.decode("utf-8", "replace")


def verdict(code: int, said: str) -> str:
    """Return in a word how a command took it; ``done`` means that it had ended before."""
    lines = [line for line in said.splitlines() if line.strip()]
    if "Traceback" in said or "KeyboardInterrupt" in said:
        return "traceback"
    if code == 130:
        return "said so" if lines.count(SAID) == 1 else "130 without the line, or with it twice"
    return "done" if code in (0, 1, 2, 3) and SAID not in said else f"ended with {code}"


def main() -> None:
    """Try, and print how often what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    parser.add_argument("--within", type=float, default=1.2, help="seconds in which the moments lie")
    parser.add_argument("--from-birth", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    counted: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        furnish(folder)
        for _ in range(asked.times):
            command, after = chance.choice(COMMANDS), chance.uniform(0, asked.within)
            code, said = press(folder, command, after, standing=not asked.from_birth)
            found = verdict(code, said)
            counted[command[0], found] += 1
            if found not in ("said so", "done"):
                print(f"{' '.join(command)} after {after:.3f} s: {found}\n{said[-1500:]}", file=sys.stderr)
    for (name, found), count in sorted(counted.items()):
        print(f"{name:10} {found:40} {count}")


if __name__ == "__main__":
    main()
