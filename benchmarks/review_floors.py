"""Say how long the parts of reports are and how much of each stands elsewhere: what the county wall's floors rest on.

``python -m benchmarks.review_floors FOLDER…`` indexes the folders, each by itself, and reads all their reports. The
first table has, for each part that the national rule prescribes, how many reports have it and how many letters it has
there (figures and punctuation left out): the least, at a tenth, at a fifth, in the middle; half and a quarter of the
middle, and how many reports are below half. The second has how much of each part stands in the same town's report
before, and at most in one report of another town. Nothing is written.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from search_app import indexing
from search_app.engines import open_engine
from search_app.language.similarity.shared_wording import Overlap, Wording, letters, measure_overlap
from search_app.model import Passage, Report
from search_app.reviewing.part_floors import PARTS

Read = tuple[Report, tuple[Passage, ...]]


def main() -> None:
    """Measure and print."""
    held = list(_read(map(Path, sys.argv[1:])))
    _print_lengths(held)
    _print_shares(held)


def _print_lengths(held: list[Read]) -> None:
    columns = ("part", "reports", "least", "10%", "20%", "median", "half", "quarter", "below half")
    sys.stdout.write(f"{len(held)} reports\n\n| {' | '.join(columns)} |\n|---|{'---:|' * 8}\n")
    for part in PARTS:
        sizes = sorted(filter(None, (len(letters(_text(passages, part))) for _, passages in held)))
        tenths, middle = quantiles(sizes, n=10), median(sizes)
        below = sum(size < middle / 2 for size in sizes)
        row = (len(sizes), sizes[0], tenths[0], tenths[1], middle, middle / 2, middle / 4, below)
        sys.stdout.write(f"| {part} | {' | '.join(f'{value:.0f}' for value in row)} |\n")


def _print_shares(held: list[Read]) -> None:
    columns = ("part", "held against", "pairs", "median", "90%", "95%", "most", "from a half on")
    sys.stdout.write(f"\n| {' | '.join(columns)} |\n|---|---|{'---:|' * 6}")
    wordings = {report.path: Wording(each.text for each in passages) for report, passages in held}
    for name, pairs in (("the town's report before", _before(held)), ("another town's report", _others(held))):
        for part in PARTS:
            shares = [_most(passages, part, [wordings[path] for path in paths]) for passages, paths in pairs]
            found = sorted(share for share in shares if share is not None)
            cuts = quantiles(found, n=20)
            row = (median(found), cuts[17], cuts[18], found[-1])
            above = sum(share >= 0.5 for share in found)
            sys.stdout.write(f"\n| {part} | {name} | {len(found)} | {' | '.join(f'{v:.1%}' for v in row)} | {above} |")
    sys.stdout.write("\n")


def _read(folders: Iterable[Path]) -> Iterator[Read]:
    for folder in folders:
        with TemporaryDirectory() as index, closing(open_engine(Path(index) / "index")) as engine:
            indexing.update(engine, folder)
            yield from [engine.report(report.id) for report in engine.reports()]


def _text(passages: Iterable[Passage], part: str) -> str:
    return "".join(passage.text for passage in passages if passage.section == part)


def _before(held: list[Read]) -> list[tuple[tuple[Passage, ...], list[str]]]:
    """Return the passages of each report that has a predecessor, with the path of that."""
    towns: dict[object, list[Read]] = defaultdict(list)
    for each in held:
        if each[0].town and each[0].year:
            towns[each[0].county, each[0].town].append(each)
    made = []
    for reports in towns.values():
        for report, passages in reports:
            earlier = [other for other, _ in reports if (other.year or 0) < (report.year or 0)]
            if earlier:
                made.append((passages, [max(earlier, key=lambda other: other.year or 0).path]))
    return made


def _others(held: list[Read]) -> list[tuple[tuple[Passage, ...], list[str]]]:
    return [
        (passages, [other.path for other, _ in held if (other.county, other.town) != (report.county, report.town)])
        for report, passages in held
    ]


def _most(passages: Iterable[Passage], part: str, wordings: list[Wording]) -> float | None:
    """Return the largest share of a part that stands in one of the reports; None where the part is missing."""
    texts = [passage.text for passage in passages if passage.section == part]
    if not any(map(letters, texts)) or not wordings:
        return None
    return max(sum((measure_overlap(text, held) for text in texts), Overlap()).share for held in wordings)


if __name__ == "__main__":
    main()
