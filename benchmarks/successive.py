"""An index of many towns that report every year, some of them with last year's words: what comparing is measured on.

``python -m benchmarks.successive FOLDER --passages 100000`` builds ``FOLDER/index`` from the corpus of ``generating``:
five years of as many towns as that makes, thirty towns to a county. Of each town's report a share of last year's
passages is kept, the year and the figures changed, from none of them to all; one passage in thirty is a neighbour's.
"""

import argparse
import multiprocessing
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.generating import PASSAGES_PER_REPORT, Filed, generated_name, reports
from search_app.engines import open_engine
from search_app.engines.base import Prepared, Preparing
from search_app.labelling.figures.extraction import find_counts
from search_app.model import Passage, Report

YEARS = (2020, 2021, 2022, 2023, 2024)
TOWNS_PER_COUNTY = 30
#: Shares of last year's passages that towns keep.
_KEPT = (0.0, 0.1, 0.3, 0.6, 1.0)
_NEIGHBOURLY = 1 / 30
_FIGURE = re.compile(r"\d+")


def successive_reports(passages: int, *, seed: int = 1) -> Iterator[Filed]:
    """Yield the reports of one town after the other, year by year, until there are so many passages."""
    draw = random.Random(seed)
    last: tuple[Passage, ...] = ()
    neighbours: list[Passage] = []
    for number, (report, own) in enumerate(reports(passages, seed=seed)):
        town, year = number // len(YEARS), YEARS[number % len(YEARS)]
        kept = draw.choice(_KEPT) if year != YEARS[0] else 0.0
        made = list(own)
        for at, passage in enumerate(last):
            if at < len(made) and draw.random() < kept:
                made[at] = replace(passage, text=_refigured(draw, passage.text))
        for at in range(len(made)):
            if neighbours and draw.random() < _NEIGHBOURLY:
                made[at] = draw.choice(neighbours)
        last = _filed(report.id, sorted(made, key=lambda passage: _ORDER[passage.section]), year)
        neighbours = [*neighbours, *last][-TOWNS_PER_COUNTY * PASSAGES_PER_REPORT :]
        yield _placed(draw, report, town, year), last


_ORDER = {
    name: at for at, name in enumerate(("导语", "第一责任人履职", "主要举措和成效", "不足和原因", "下年度安排", "其他"))
}


def _filed(report: str, made: list[Passage], year: int) -> tuple[Passage, ...]:
    return tuple(
        replace(
            passage,
            id=f"{report}-{number}",
            report=report,
            number=number,
            figures=find_counts(passage.text, passage.section, year),
        )
        for number, passage in enumerate(made, 1)
    )


def _placed(draw: random.Random, report: Report, town: int, year: int) -> Report:
    """Return a report as of this town and year, signed somewhere between January and April of the next."""
    county = town // TOWNS_PER_COUNTY
    name, place = f"{generated_name(town)}{('镇', '乡', '街道')[town % 3]}", f"{generated_name(100_000 + county)}县"
    return replace(
        report,
        path=f"{place}/{name}{year}.txt",
        title=f"{name}{year}年法治政府建设年度报告",
        town=name,
        county=place,
        city=f"{generated_name(200_000 + county // 10)}市",
        year=year,
        year_source="title",
        place_source="title",
        issued=date(year + 1, 1, 5) + timedelta(days=draw.randrange(100)),
    )


def _refigured(draw: random.Random, text: str) -> str:
    return _FIGURE.sub(lambda found: str(draw.randrange(1, 10 ** len(found.group()))), text)


def build(folder: Path, passages: int, jobs: int) -> None:
    """Build the index of so many passages. Raises IndexLocked."""
    engine = open_engine(folder / "index")
    with engine.writing(rebuild=True) as writer, multiprocessing.Pool(jobs) as pool:
        ready = partial(_prepared, engine.preparing())
        for report, prepared in pool.imap(ready, successive_reports(passages), chunksize=4):
            writer.put(report, prepared)
    engine.close()


def _prepared(prepare: Preparing, filed: Filed) -> tuple[Report, Prepared]:
    report, passages = filed
    return report, prepare(passages)


def main() -> None:
    """Build and say what was built."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.successive")
    parser.add_argument("folder", type=Path, help="where the index goes")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    options = parser.parse_args()
    build(options.folder, options.passages, options.jobs)
    sys.stdout.write(f"{options.folder / 'index'}: {options.passages} passages\n")


if __name__ == "__main__":
    main()
