"""Learn how much each term speaks for each topic: ``python -m training.learn_topics`` (or ``make topics``).

In go the labelled passages of training/passages and training/topics (*.txt) and those of the sets there, out comes
search_app/data/topic_weights.tsv.gz. ``--judge`` instead learns from all files but one and judges that one, in turn:
the honest figure, because whoever wrote a file has habits of their own. Sets named behind it are judged by what all
files teach.
"""

import argparse
import ast
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt

from search_app.labelling.topics import weights
from search_app.labelling.topics.classify import decide
from search_app.model import TOPICS
from training import topic_examples, topic_fitting
from training.labelled_sets import LabelledSet, sets_in
from training.measures import Overlap
from training.topic_examples import Example, of_set, of_written
from training.topic_fitting import learnt
from training.written_passages import passages_of, topic_passage_files

ROOT = Path(__file__).parents[1]
SETS = sets_in(ROOT / "training" / "topics")
TABLES = ROOT / "search_app" / "data"


def sources() -> dict[str, list[Example]]:
    """Return all examples by the file they come from."""
    made = {path.stem: of_written(passages_of(path)) for path in topic_passage_files()}
    return made | {each.name: of_set(each) for each in SETS}


def digest() -> str:
    """Return 16 hex digits over all that the weights are learnt from, and how; where it lies does not count."""
    made = sha256("".join(map(method, (topic_examples, topic_fitting))).encode())
    for path in (TABLES / "topics.toml", *topic_passage_files()):
        made.update(path.read_bytes())
    made.update("".join(each.digest() for each in SETS).encode())
    return made.hexdigest()[:16]


def method(module: ModuleType) -> str:
    """Return the code of a module without its docstring and imports, which change when files move."""
    source = Path(str(module.__file__)).read_text("utf-8")
    kept = (each for each in ast.parse(source).body[1:] if not isinstance(each, ast.Import | ast.ImportFrom))
    return "\n".join(ast.get_source_segment(source, each) or "" for each in kept)


def judge(examples: Sequence[Example], rows: Mapping[str, weights.Scores]) -> npt.NDArray[np.int64]:
    """Return for each topic how many labels were right, given and wanted, under these weights."""
    made = weights.Weights(rows)
    given = decide([each.seen for each in examples], made)
    counts = np.zeros((len(TOPICS), 3), dtype=np.int64)
    for each, row in zip(examples, given, strict=True):
        for at, topic in enumerate(TOPICS):
            if topic not in each.free - each.topics:
                counts[at] += (row[at] and topic in each.topics, row[at], topic in each.topics)
    return counts


def _figures(counts: npt.NDArray[np.int64]) -> str:
    right, given, wanted = (int(count) for count in counts)
    overlap = Overlap(wanted=wanted, given=given, both=right)
    return f"P {overlap.precision:5.1%}  R {overlap.recall:5.1%}  F1 {overlap.f1:5.1%}"


def cross_judged(held: Mapping[str, list[Example]], others: Mapping[str, list[Example]]) -> Iterable[str]:
    """Yield lines: each file judged by what the others teach, ``others`` by what all teach; then topic by topic."""
    total = np.zeros((len(TOPICS), 3), dtype=np.int64)
    for name, examples in (*held.items(), *others.items()):
        rows = learnt([each for other, some in held.items() if other != name for each in some])
        counts = judge(examples, rows)
        total += counts
        yield f"{name:8} {_figures(counts.sum(axis=0))}  ({len(examples)} passages)"
    yield f"{'all':8} {_figures(total.sum(axis=0))}"
    for topic, row in zip(TOPICS, total, strict=True):
        yield f"{topic}\t{_figures(row)}  ({row[2]})"


def main() -> int:
    """Write the weights, or judge how well they would do on files that they are not learnt from."""
    parser = argparse.ArgumentParser(prog="python -m training.learn_topics", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--judge", action="store_true", help="judge each file by what the others teach")
    parser.add_argument(
        "also", nargs="*", type=Path, metavar="SET.toml", help="with --judge: sets that nothing is learnt from"
    )
    chosen = parser.parse_args()
    held = sources()
    if chosen.judge:
        for line in cross_judged(held, {path.stem: of_set(LabelledSet(path)) for path in chosen.also}):
            sys.stdout.write(line + "\n")
        return 0
    rows = learnt([each for some in held.values() for each in some])
    made = weights.written(rows, f"made by training/learn_topics.py from {digest()}\n" + " ".join(TOPICS))
    (TABLES / weights.FILE).write_bytes(made)
    sys.stdout.write(f"{len(rows)} rows, {len(made)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
