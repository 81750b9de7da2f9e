"""Run the benchmark and write ``benchmarks/results/<date>-<reports>.md``."""

import argparse
import os
import platform
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.measuring import Measured, measure
from benchmarks.reports import Item, grown
from search_app.engines import open_engine
from search_app.indexing import Tally, update
from tests.engines.scanning import ScanningEngine

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def main() -> None:
    """Index the sample corpus, grow it, and put the engines side by side."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        tally, sample = _sample(Path(folder) / "sample")
        items = list(grown(sample, options.reports))
        ours = open_engine(Path(folder) / "grown")
        measured = [measure("whoosh", ours, items, rounds=options.rounds)]
        ours.close()
    if options.reports <= options.scan_at_most:
        measured.append(measure("scanning", ScanningEngine(), items, rounds=1))
    text = _page(options.reports, tally, measured)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{date.today().isoformat()}-{options.reports}.md"
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text}\n{target.relative_to(ROOT)}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Put the engines side by side.")
    parser.add_argument("--reports", type=int, default=120, help="size of the grown corpus (default 120)")
    parser.add_argument("--rounds", type=int, default=20, help="repetitions of each question (default 20)")
    parser.add_argument("--scan-at-most", type=int, default=200, help="leave the scanning engine out above this size")
    return parser.parse_args()


def _sample(index: Path) -> tuple[Tally, list[Item]]:
    """Index the sample corpus the way the command line does and read it back whole."""
    engine = open_engine(index)
    tally = update(engine, ROOT / "corpus")
    items = [engine.report(report.id) for report in engine.reports()]
    engine.close()
    return tally, items


def _page(reports: int, tally: Tally, measured: list[Measured]) -> str:
    first = measured[0]
    speed = " · ".join(
        f"{one.engine} {one.write_seconds:.1f} s ({one.passages / one.write_seconds:.0f} passages/s)"
        for one in measured
    )
    lines = [
        f"# {reports} reports, {first.passages} passages",
        "",
        f"{date.today().isoformat()} · Python {platform.python_version()} · {platform.system()} {platform.machine()} · "
        f"{os.cpu_count()} cores · search-app {version('search-app')} · whoosh {version('whoosh')} · "
        f"jieba {version('jieba')} · numpy {version('numpy')}",
        "",
        f"Sample corpus, files to index: {tally.reports} reports, {tally.passages} passages in {tally.seconds:.1f} s. "
        "The grown corpus repeats it with other towns and figures: times compare engines, they do not foretell.",
        "",
        f"Writing: {speed}.",
        "",
        "Whole answers (first ten, similar ones folded, all facets), median / slowest in ms:",
        "",
        "| question | found | " + " | ".join(one.engine for one in measured) + " |",
        "|---|---|" + "---|" * len(measured),
    ]
    for row in zip(*(one.timed for one in measured), strict=True):
        times = " | ".join(f"{timed.median_ms:.1f} / {timed.slowest_ms:.1f}" for timed in row)
        agreed = "" if len({timed.total for timed in row}) == 1 else " (engines disagree)"
        lines.append(f"| {row[0].question} | {row[0].total}{agreed} | {times} |")
    return "\n".join([*lines, ""])


def _writing(one: Measured) -> str:
    if one.write_seconds < 0.05:
        return f"{one.engine} keeps them as they are"
    return f"{one.engine} {one.write_seconds:.1f} s ({one.passages / one.write_seconds:.0f} passages/s)"


if __name__ == "__main__":
    main()
