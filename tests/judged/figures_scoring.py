"""Hold the figures read from passages against those labelled by hand.

``python -m tests.judged.figures_scoring first`` (or ``second``) prints how many of those found are right (precision),
how many of those labelled are found (recall), how many are marked rightly (余, 部分, 累计), and every miss.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from search_app.indexing.sources import Source
from search_app.indexing.workers import Understood, understand
from search_app.labelling.figures.things import thing_named
from search_app.model import Figure

FOLDER = Path(__file__).parent / "figures"
ROOT = Path(__file__).parents[2]
#: Where the real reports lie, which never enter this repository.
REPORTS = ROOT.parent / "shared" / "reports"
SETS = ("first", "second")
_SAID = re.compile(r"(?P<maybe>\??)(?P<what>\S+) (?P<number>[\d.]+)(?P<unit>[^\d.\s]+)(?P<marks>(?: \S+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One figure as labelled; ``maybe``: one may count it or not."""

    what: str
    number: float
    unit: str
    marks: frozenset[str]
    maybe: bool

    @property
    def key(self) -> tuple[str, float, str]:
        """Return what has to be found."""
        return self.what, self.number, self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One passage: what is labelled in it and what was found."""

    name: str
    text: str
    labelled: tuple[Labelled, ...]
    found: tuple[Figure, ...]


def read_set(name: str) -> dict[str, dict[int, tuple[Labelled, ...]]]:
    """Return file -> passage number -> its figures."""
    rows = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["report"]
    return {
        row["file"]: {int(key): tuple(_labelled(said)) for key, said in row.items() if key != "file"} for row in rows
    }


def _labelled(said: str) -> Iterator[Labelled]:
    for one in said.split("; "):
        found = _SAID.fullmatch(one)
        if found is None or thing_named(found["what"]) is None:
            raise ValueError(f"not a figure: {one}")
        yield Labelled(
            what=found["what"],
            number=float(found["number"]),
            unit=found["unit"],
            marks=frozenset(found["marks"].split()),
            maybe=bool(found["maybe"]),
        )


def digest(name: str) -> str:
    """Return a digest of the labels, beside which floors are pinned."""
    return sha256((FOLDER / f"{name}.toml").read_bytes()).hexdigest()[:12]


def judge(name: str, reports: Path = REPORTS) -> list[Judged]:
    """Return the passages of the reports that are there, with what was found in each."""
    made: list[Judged] = []
    for file, labels in read_set(name).items():
        path = ROOT / file if file.startswith("corpus/") else reports / file.removeprefix("reports/")
        if not path.exists():
            continue
        understood = understand(Source(path=file.partition("/")[2], file=path))
        if not isinstance(understood, Understood):
            raise TypeError(f"{file}: {understood}")
        made += [
            Judged(
                name=f"{path.stem[:14]} {passage.number}",
                text=passage.text,
                labelled=labels.get(passage.number, ()),
                found=passage.figures,
            )
            for passage in understood.passages
        ]
    return made


def key_of(figure: Figure) -> tuple[str, float, str]:
    """Return what has to be right of a figure."""
    return figure.what, float(figure.number), figure.unit


def marks_of(figure: Figure) -> frozenset[str]:
    """Return the marks of a figure."""
    return frozenset(
        mark
        for mark, has in ((figure.qualifier, figure.qualifier), ("部分", figure.part), ("累计", figure.cumulative))
        if has
    )


def right_and_wrong(passage: Judged) -> tuple[list[Figure], list[Figure], list[Labelled]]:
    """Return the figures that are right, those that are wrong, and the labels that were not found."""
    open_labels = Counter(one.key for one in passage.labelled)
    right, wrong = [], []
    for figure in passage.found:
        if open_labels[key_of(figure)] > 0:
            open_labels[key_of(figure)] -= 1
            right.append(figure)
        else:
            wrong.append(figure)
    missed = [one for one in passage.labelled if not one.maybe and open_labels[one.key] > 0]
    return right, wrong, missed


def figures(name: str, reports: Path = REPORTS) -> dict[str, float]:
    """Return the figures that floors are pinned on, in percent, and how many labels there are."""
    right = wrong = missed = marked = sure = 0
    for passage in judge(name, reports):
        good, bad, lost = right_and_wrong(passage)
        labels = {one.key: one for one in passage.labelled}
        certain = [figure for figure in good if not labels[key_of(figure)].maybe]
        right, wrong, missed, sure = right + len(good), wrong + len(bad), missed + len(lost), sure + len(certain)
        marked += sum(
            any(one.key == key_of(figure) and one.marks == marks_of(figure) for one in passage.labelled)
            for figure in certain
        )
    return {
        "labelled": sure + missed,
        "found": right + wrong,
        "precision": 100 * right / max(right + wrong, 1),
        "recall": 100 * sure / max(sure + missed, 1),
        "marks": 100 * marked / max(sure, 1),
    }


def main() -> int:
    """Print the figures of a set, and what was found wrongly or not at all."""
    parser = argparse.ArgumentParser(prog="python -m tests.judged.figures_scoring")
    parser.add_argument("name", choices=SETS)
    parser.add_argument("--reports", type=Path, default=REPORTS, help="where the real reports lie")
    options = parser.parse_args()
    name, reports = options.name, options.reports
    print("  ".join(f"{key} {value:.1f}" for key, value in figures(name, reports).items()), " digest", digest(name))
    for passage in judge(name, reports):
        right, wrong, missed = right_and_wrong(passage)
        for figure in wrong:
            said = passage.text[figure.clause_start : figure.clause_end]
            print(f"wrong  {passage.name}: {figure.what} {figure.number:g}{figure.unit} | {said[-60:]}")
        for one in missed:
            print(f"missed {passage.name}: {one.what} {one.number:g}{one.unit}")
        for figure in right:
            if not any(one.key == key_of(figure) and one.marks == marks_of(figure) for one in passage.labelled):
                print(f"marks  {passage.name}: {figure.what} {figure.number:g}{figure.unit} {sorted(marks_of(figure))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
