"""Measure the engines side by side and write ``benchmarks/results/<date>-engines-<passages>.md``."""

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.engines import corpus
from benchmarks.engines.agreeing import SCANNED_AT_MOST
from benchmarks.engines.contending import CONTENDERS
from benchmarks.engines.measuring import ask, build, say
from benchmarks.engines.questions import draw
from benchmarks.engines.tables import page

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "benchmarks" / "results"
#: Stock Whoosh is left out above this size: it would take hours.
WHOOSH_AT_MOST = 100_000


def main() -> None:
    """Do it."""
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        text = _measured(options, options.folder or Path(temporary))
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{date.today().isoformat()}-engines-{options.passages}.md"
    if not options.dry:
        target.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text}\n{'' if options.dry else target.relative_to(ROOT)}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description="Put the engines side by side.")
    parser.add_argument("--passages", type=int, default=100_000, help="size of the corpus (default 100000)")
    parser.add_argument("--engines", default=",".join(CONTENDERS), help="which, with commas between (default all)")
    parser.add_argument("--queries", type=int, default=30, help="questions of each kind (default 30)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is asked (default 5)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes that prepare (default all cores)")
    parser.add_argument("--folder", type=Path, help="keep corpus and indexes there, and use those that it holds")
    parser.add_argument("--dry", action="store_true", help="print only, keep no result")
    return parser.parse_args()


def _measured(options: argparse.Namespace, folder: Path) -> str:
    folder = folder / str(options.passages)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "corpus.pickle"
    say("corpus")
    survey = corpus.survey_of(path) if path.with_suffix(".survey").exists() else corpus.write(path, options.passages)
    names = [n for n in options.engines.split(",") if n != "whoosh" or options.passages <= WHOOSH_AT_MOST]
    folders = {name: folder / name for name in names}
    measured = []
    for name in names:
        say(f"indexing: {name}")
        measured.append(build(name, folders[name], path, jobs=0 if name == "whoosh" else options.jobs))
    say("questions")
    scan = options.passages <= SCANNED_AT_MOST
    questions = draw(survey, options.queries)
    agreements = ask(measured, folders, path, questions, rounds=options.rounds, scan=scan)
    return page(survey, measured, agreements, jobs=options.jobs, scanned=scan)


if __name__ == "__main__":
    main()
