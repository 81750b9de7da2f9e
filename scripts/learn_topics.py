"""Learn how much each term speaks for each topic: ``python -m scripts.learn_topics`` (or ``make topics``).

In go the labelled passages of scripts/topics/*.txt and those of the judged sets, out comes
search_app/data/topic_weights.tsv.gz. ``--judge`` instead learns from all files but one and judges that one, in turn:
the honest figure, because whoever wrote a file has habits of their own. Sets named behind it are judged by what all
files teach.

The method is logistic regression with an L2 penalty, one topic against the rest, fitted by Nesterov's accelerated
gradient in the space that the passages span (Nesterov 1983; Bishop 2006, 4.3 and 6.1), where it is exact and
quick. What a label calls arguable counts for neither side. Weights too small to matter are dropped.
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search_app.labelling import situations
from search_app.labelling.rule_tables import WORD_WEIGHTS, topic_words
from search_app.labelling.topics import weights
from search_app.labelling.topics.classify import HEADING_PART, Situation, around, scores
from search_app.labelling.topics.weights import ABOVE_ALONE, ABOVE_OTHER, ABOVE_SAME, BIAS, TABLE, all_runs
from search_app.model import SECTIONS, TOPICS, OutlineEntry, Passage, Report
from search_app.parsing import parse
from search_app.readers import read
from tests.judged import scoring

ROOT = Path(__file__).parents[1]
PASSAGES = ROOT / "scripts" / "topics"
JUDGED = ("first", "second")
OUT = ROOT / "search_app" / "data" / weights.FILE
_PENALTY = 4.0
_ROUNDS = 250
_FEWEST = 2  # passages that a term must stand in
_LEAST = 0.03  # the weight that a term must reach for some topic
_ABOVE_PART = 2.0  # what a topic of the headings above counts beside a term
_ABOVE = (ABOVE_SAME, ABOVE_OTHER, ABOVE_ALONE)
_THRESHOLD = -0.85  # the sum from which on a topic holds; it becomes part of the bias

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage with the topics that hold and those one may argue about."""

    seen: Situation
    topics: frozenset[str]
    free: frozenset[str]


def written(path: Path) -> list[Example]:
    """Return the passages of one file; its first lines tell the format."""
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    made = []
    for block in filter(str.strip, text.split("\n\n")):
        place, passage, labels = block.strip().splitlines()
        section, _, above = place.partition("|")
        headings = tuple(each for each in map(str.strip, above.split(" > ")) if each not in ("", "-"))
        holds, _, free = labels.partition("~")
        (seen,) = situations(*_alone(headings, passage.strip()))
        if section.strip() not in SECTIONS or not {*holds.split(), *free.split()} <= {*TOPICS, "-"}:
            raise SystemExit(f"{path}: no such label: {place} / {labels}")
        made.append(Example(seen=seen, topics=frozenset(holds.split()) - {"-"}, free=frozenset(free.split())))
    return made


def _alone(headings: tuple[str, ...], text: str) -> tuple[Report, tuple[Passage]]:
    """Return a report of one passage."""
    last = len(headings) - 1
    outline = tuple(
        OutlineEntry(heading=heading, level=at + 1, passages=("1",) if at == last else ())
        for at, heading in enumerate(headings)
    )
    passage = Passage(id="1", report="", number=1, headings=headings, text=text)
    return Report(id="", path="", outline=outline), (passage,)


def judged(name: str) -> list[Example]:
    """Return the labelled passages of a judged set, as the program cuts them."""
    made = []
    for labels in scoring.labels_of(name):
        made += document(scoring.file_of(name, labels), labels)
    return made


def elsewhere(path: Path) -> list[Example]:
    """Return the labelled passages of a judged set anywhere; its documents lie in the folder of its name beside it."""
    tables = [table for value in tomllib.loads(path.read_text("utf-8")).values() for table in value]
    return [each for labels in tables for each in document(path.with_suffix("") / labels["file"], labels)]


def document(file: Path, labels: Mapping[str, Any]) -> list[Example]:
    """Return the labelled passages of one document; several quotes in one passage are labels of one."""
    report, passages = parse(read(file), path=str(labels["path"]))
    texts = [scoring.normalised(passage.text) for passage in passages]
    held: dict[int, list[Mapping[str, Any]]] = {}
    for part in labels.get("parts", ()):
        quote = scoring.normalised(part["quote"])
        at = next((at for at, text in enumerate(texts) if quote in text), -1)
        if at >= 0 and "topics" in part:
            held.setdefault(at, []).append(part)
    seen = situations(report, passages)
    return [
        Example(
            seen=seen[at],
            topics=frozenset(topic for part in parts for topic in part["topics"]),
            free=frozenset(topic for part in parts for topic in part.get("either", ()) if topic in TOPICS),
        )
        for at, parts in sorted(held.items())
    ]


@cache
def _table() -> weights.Weights:
    """Return the words of the table alone, to be looked for."""
    return weights.Weights({})


@cache
def features(seen: Situation) -> dict[str, float]:
    """Return the features of a passage by name: its terms, the words of the table by topic, what is around it."""
    words = topic_words()
    made = dict.fromkeys(all_runs(seen.text), 1.0)
    for term in all_runs(seen.heading):
        made[term] = made.get(term, 0.0) + HEADING_PART
    for text, part in ((seen.text, 1.0), (seen.heading, HEADING_PART)):
        for word in words.keys() & _table().vocabulary.of(text):
            for topic, kind in words[word]:
                made[TABLE + topic] = made.get(TABLE + topic, 0.0) + part * WORD_WEIGHTS[kind]
    for name in around(seen, _table().named(_table().vocabulary.found([seen.text]))[0]):
        made[name] = _ABOVE_PART if name.startswith(_ABOVE) else 1.0
    return made


def learnt(examples: Sequence[Example]) -> dict[str, weights.Scores]:
    """Return the rows of weights that these examples teach."""
    found = [features(each.seen) for each in examples]
    often = Counter(name for each in found for name in each)
    names = sorted(name for name, count in often.items() if count >= _FEWEST or name.startswith("#"))
    place = {name: at for at, name in enumerate(names)}
    inputs = np.zeros((len(found), len(names)))
    for row, each in zip(inputs, found, strict=True):
        for name, value in each.items():
            if name in place:
                row[place[name]] = value
    wanted = np.array([[topic in each.topics for topic in TOPICS] for each in examples], dtype=np.float64)
    counts = np.array([[topic not in each.free - each.topics for topic in TOPICS] for each in examples])
    fitted = _fitted(inputs, wanted, counts.astype(np.float64))
    rows = dict(zip(names, fitted.astype(np.float32), strict=True))
    rows[BIAS] = rows[BIAS] - np.float32(_THRESHOLD)
    rows |= {name: row * np.float32(_ABOVE_PART) for name, row in rows.items() if name.startswith(_ABOVE)}
    return {name: row for name, row in rows.items() if name.startswith("#") or np.abs(row).max() >= _LEAST}


def _fitted(inputs: Matrix, wanted: Matrix, counts: Matrix) -> Matrix:
    """Return the weights (features x topics) with the least penalised loss over what counts."""
    values, vectors = np.linalg.eigh(inputs @ inputs.T)
    kept = values > 1e-6 * values[-1]
    values, vectors = values[kept], vectors[:, kept]
    spanned = vectors * np.sqrt(values)
    step = 1 / (values / 4 + _PENALTY)[:, None]
    current = ahead = np.zeros((len(values), wanted.shape[1]))
    pace = 1.0
    for _ in range(_ROUNDS):
        given = 1 / (1 + np.exp(-(spanned @ ahead)))
        slope = spanned.T @ ((given - wanted) * counts) + _PENALTY * ahead
        following, faster = ahead - step * slope, (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = following + (pace - 1) / faster * (following - current)
        current, pace = following, faster
    fitted: Matrix = inputs.T @ ((vectors / np.sqrt(values)) @ current)
    return fitted


def sources() -> dict[str, list[Example]]:
    """Return all examples by the file they come from."""
    made = {path.stem: written(path) for path in sorted(PASSAGES.glob("*.txt"))}
    return made | {name: judged(name) for name in JUDGED}


def digest() -> str:
    """Return 16 hex digits over all that the weights are learnt from, and how."""
    made = sha256()
    for path in (Path(__file__), ROOT / "search_app" / "data" / "topics.toml", *sorted(PASSAGES.glob("*.txt"))):
        made.update(path.read_bytes())
    made.update("".join(map(scoring.digest, JUDGED)).encode())
    return made.hexdigest()[:16]


def judge(examples: Sequence[Example], rows: Mapping[str, weights.Scores]) -> npt.NDArray[np.int64]:
    """Return for each topic how many labels were right, given and wanted, under these weights."""
    made = weights.Weights(rows)
    held = scores([each.seen for each in examples], made) > 0
    counts = np.zeros((len(TOPICS), 3), dtype=np.int64)
    for each, row in zip(examples, held, strict=True):
        for at, topic in enumerate(TOPICS):
            if topic not in each.free - each.topics:
                counts[at] += (row[at] and topic in each.topics, row[at], topic in each.topics)
    return counts


def _figures(counts: npt.NDArray[np.int64]) -> str:
    right, given, wanted = (int(count) for count in counts)
    overlap = scoring.Overlap(wanted=wanted, given=given, both=right)
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
    parser = argparse.ArgumentParser(prog="python -m scripts.learn_topics", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--judge", action="store_true", help="judge each file by what the others teach")
    parser.add_argument(
        "also", nargs="*", type=Path, metavar="SET.toml", help="with --judge: sets that nothing is learnt from"
    )
    chosen = parser.parse_args()
    held = sources()
    if chosen.judge:
        for line in cross_judged(held, {path.stem: elsewhere(path) for path in chosen.also}):
            sys.stdout.write(line + "\n")
        return 0
    rows = learnt([each for some in held.values() for each in some])
    OUT.write_bytes(weights.written(rows, f"made by scripts/learn_topics.py from {digest()}\n" + " ".join(TOPICS)))
    sys.stdout.write(f"{len(rows)} rows, {OUT.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
