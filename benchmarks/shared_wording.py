"""Say how long a run of shared characters must be: chance between strangers against small edits of one text.

``python -m benchmarks.shared_wording FOLDER`` reads the reports in a folder, of different towns each, and prints for
several lengths how much of a report stands in another, and how much of its own wording is found again after one
character in sixty, or in thirty, was changed. Nothing is written.
"""

import random
import sys
from itertools import permutations
from pathlib import Path
from statistics import mean
from unittest import mock

from search_app.language.similarity import shared_wording
from search_app.language.similarity.shared_wording import Overlap, Wording, measure_overlap
from search_app.parsing import parse
from search_app.readers import read

_LENGTHS = (8, 10, 12, 13, 14, 16, 18, 20, 24)
_EDITED = (60, 30)


def main() -> None:
    """Measure and print."""
    texts = [_texts(path) for path in sorted(Path(sys.argv[1]).glob("*")) if path.is_file()]
    sys.stdout.write(
        "| run | strangers, mean | strangers, most | one in 60 changed | one in 30 changed |\n|" + "---|" * 5
    )
    for run in _LENGTHS:
        with mock.patch.object(shared_wording, "RUN", run):
            strangers = [_share(one, other) for one, other in permutations(texts, 2)]
            edited = [mean(_share(_edit(text, every), text) for text in texts) for every in _EDITED]
        row = (mean(strangers), max(strangers), *edited)
        sys.stdout.write(f"\n| {run} | {' | '.join(f'{value:.1%}' for value in row)} |")
    sys.stdout.write("\n")


def _texts(path: Path) -> tuple[str, ...]:
    return tuple(passage.text for passage in parse(read(path), path=path.name)[1])


def _share(texts: tuple[str, ...], others: tuple[str, ...]) -> float:
    wording = Wording(others)
    return sum((measure_overlap(text, wording) for text in texts), Overlap()).share


def _edit(texts: tuple[str, ...], every: int) -> tuple[str, ...]:
    draw = random.Random(every)

    def edited(text: str) -> str:
        at = draw.randrange(every)
        return "".join("囍" if place % every == at else char for place, char in enumerate(text))

    return tuple(map(edited, texts))


if __name__ == "__main__":
    main()
