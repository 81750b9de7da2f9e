"""Say from how much likeness on a paragraph is another one reworded: chance between strangers against rewriting.

``python -m benchmarks.likeness FOLDER`` reads the reports in a folder, of different towns each. For each passage it
takes the most likeness that any passage of another report has by chance, in the same part of the report and in others;
then that of a passage of which some clauses were replaced by those of a stranger. Printed are the shares of passages
below each threshold. Nothing is written.
"""

import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

from search_app.comparing.alignment import CONTAINED, ELSEWHERE, NEAR
from search_app.comparing.likeness import FULL, measure_contained, measure_pair, read_wording
from search_app.model import Passage
from search_app.parsing import parse
from search_app.readers import read

_FLOORS = (200, 250, 300, NEAR, 400, 450, 500, ELSEWHERE, CONTAINED)
_CLAUSE = re.compile(r"[^，。；！？\n]+[，。；！？\n]*")
_REPLACED = (0.25, 0.5, 0.67, 0.75)
#: Shorter paragraphs are headings and openings, which are no practice.
_SHORTEST = 30


def main() -> None:
    """Measure and print."""
    reports = [
        [each for each in parse(read(path), path=path.name)[1] if len(each.text) >= _SHORTEST]
        for path in sorted(Path(sys.argv[1]).rglob("*"))
        if path.is_file() and not path.name.endswith(".toml")
    ]
    sys.stdout.write(f"| reached by | {' | '.join(map(str, _FLOORS))} |\n|{'---|' * (len(_FLOORS) + 1)}\n")
    _print("a stranger, same part", list(_strangers(reports, same=True)))
    _print("a stranger, other parts", list(_strangers(reports, same=False)))
    _print("a stranger that holds it", list(_holders(reports)))
    for share in _REPLACED:
        _print(f"itself, {share:.0%} of clauses replaced", list(_rewritten(reports, share)))


def _print(name: str, measured: Sequence[int]) -> None:
    shares = (sum(each >= floor for each in measured) / len(measured) for floor in _FLOORS)
    sys.stdout.write(f"| {name} | {' | '.join(f'{share:.1%}' for share in shares)} |\n")


def _strangers(reports: Sequence[Sequence[Passage]], *, same: bool) -> Iterator[int]:
    """Yield for each passage the most likeness that a passage of another report has."""
    for one, other in permutations(reports, 2):
        theirs = [(each.section, read_wording(each.text)) for each in other]
        for passage in one:
            mine = read_wording(passage.text)
            yield max((measure_pair(mine, its) for at, its in theirs if (at == passage.section) is same), default=0)


def _holders(reports: Sequence[Sequence[Passage]]) -> Iterator[int]:
    """Yield for each passage how much of it stands in one passage of another report at most."""
    for one, other in permutations(reports, 2):
        theirs = [read_wording(each.text) for each in other]
        for passage in one:
            mine = read_wording(passage.text)
            yield max((measure_contained(mine, its) for its in theirs), default=0)


def _rewritten(reports: Sequence[Sequence[Passage]], share: float) -> Iterator[int]:
    """Yield how alike a passage is to itself with a share of its clauses replaced by those of a stranger."""
    draw = random.Random(round(share * FULL))
    for one, other in permutations(reports, 2):
        clauses = [clause for each in other for clause in _CLAUSE.findall(each.text)]
        for passage in one:
            mine = _CLAUSE.findall(passage.text)
            if len(mine) < 4 or not clauses:
                continue
            for at in draw.sample(range(len(mine)), round(share * len(mine))):
                mine[at] = draw.choice(clauses)
            yield measure_pair(read_wording(passage.text), read_wording("".join(mine)))


if __name__ == "__main__":
    main()
