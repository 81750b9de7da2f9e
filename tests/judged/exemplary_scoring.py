"""Hold the exemplary scores and their reasons against passages judged by hand.

``python -m tests.judged.exemplary_scoring first`` prints how well yes is told from no (AUC, F1 and precision at the
floor of the filter 典型做法), which reasons are wrong, and which passages are ranked wrongly; ``--reasons`` lists the
reasons that nobody has judged yet. The surprise: reasons are recorded by digest alone, because they quote reports that
are not ours to copy.
"""

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from search_app.labelling import label
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.labelling.exemplary.score import rate
from search_app.model import Exemplary
from search_app.parsing import parse
from search_app.readers import read
from tests.parsing.reading import REAL

EXEMPLARY = Path(__file__).parent / "exemplary"
ROOTS: Mapping[str, Path] = {
    "corpus": Path(__file__).parents[2] / "corpus",
    "real": REAL,
    "third": Path(__file__).parent / "documents" / "third",
    "fourth": Path(__file__).parent / "documents" / "fourth",
}
#: The judged documents of tests/judged, by set.
DOCUMENTS = ("third", "fourth")
SETS = ("first", "second", "third")
LABELS = ("yes", "no", "arguable")
DONE = "主要举措和成效"
#: Told apart without reading, by their section; a second figure leaves them out.
EASY = ("导语", "不足和原因", "下年度安排", "其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One judged passage with what the program says of it; ``name`` is where it stands."""

    name: str
    text: str
    section: str
    label: str
    said: Exemplary
    shipped: bool

    @property
    def key(self) -> str:
        return text_digest(self.text)


def text_digest(text: str) -> str:
    """Name a text without repeating it; blanks do not count."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:10]


def digest() -> str:
    """Return 16 hex digits over labels and verdicts, so that a changed set is noticed."""
    made = hashlib.sha256()
    for name in (*SETS, "reasons"):
        made.update((EXEMPLARY / f"{name}.toml").read_bytes())
    return made.hexdigest()[:16]


@cache
def judged(name: str) -> tuple[Judged, ...]:
    """Return the judged passages of a set that are on this machine. Raises KeyError where a labelled one is gone."""
    table = tomllib.loads((EXEMPLARY / f"{name}.toml").read_text("utf-8"))
    files = (one for each in table["reports"] for one in _of_report(each))
    written = (_written(name, at, each) for at, each in enumerate(table.get("passages", ()), 1))
    return (*files, *written)


def _of_report(table: Mapping[str, Any]) -> Iterator[Judged]:
    path = ROOTS[table["root"]] / table["file"]
    if table["root"] == "real" and not path.is_file():
        return
    where = str(Path(table["root"], table["file"])) if table["root"] in DOCUMENTS else table["file"]
    _, passages = label(*parse(read(path), path=where))
    held = {text_digest(passage.text): passage for passage in passages}
    for number, key, verdict in table["passages"]:
        passage = held[key]
        yield Judged(
            name=f"{path.stem} {number}",
            text=passage.text,
            section=passage.section,
            label=verdict,
            said=passage.exemplary,
            shipped=table["root"] != "real",
        )


def _written(name: str, at: int, table: Mapping[str, str]) -> Judged:
    section = table.get("section", DONE)
    return Judged(
        name=f"{name} {at}",
        text=table["text"],
        section=section,
        label=table["label"],
        said=rate(table["text"], section),
        shipped=True,
    )


def auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return how often a good one stands above a bad one, a draw counting half."""
    return sum((one > other) + (one == other) / 2 for one, other in product(good, bad)) / (len(good) * len(bad))


def figures(passages: Iterable[Judged]) -> dict[str, float]:
    """Return the figures that floors are pinned on, in percent."""
    kept = tuple(passages)
    scores = {each: [one.said.score for one in kept if one.label == each] for each in LABELS}
    arguable = scores["arguable"]
    hard = [one.said.score for one in kept if one.label == "no" and one.section not in EASY]
    hits = sum(score >= EXEMPLARY_FLOOR for score in scores["yes"])
    wrong = sum(score >= EXEMPLARY_FLOOR for score in scores["no"])
    verdicts = [verdict for one in kept for verdict in verdicts_of(one)]
    return {
        "AUC": 100 * auc(scores["yes"], scores["no"]),
        "AUC of what was done": 100 * auc(scores["yes"], hard),
        "F1 at the floor": 200 * hits / (hits + wrong + len(scores["yes"])),
        "precision at the floor": 100 * hits / max(hits + wrong, 1),
        "recall at the floor": 100 * hits / len(scores["yes"]),
        "arguable above the floor": 100 * sum(score >= EXEMPLARY_FLOOR for score in arguable) / max(len(arguable), 1),
        "true reasons": 100 * sum(verdict is True for verdict in verdicts) / max(len(verdicts), 1),
    }


def best_floor(passages: Iterable[Judged]) -> tuple[float, int]:
    """Return the best F1 of any floor, and that floor."""
    kept = tuple(passages)
    yes = [one.said.score for one in kept if one.label == "yes"]
    no = [one.said.score for one in kept if one.label == "no"]
    return max(
        (200 * hits / (hits + sum(score >= floor for score in no) + len(yes)), floor)
        for floor in range(1, 101)
        for hits in [sum(score >= floor for score in yes)]
    )


@cache
def _verdicts() -> Mapping[str, Mapping[str, bool]]:
    table: dict[str, dict[str, bool]] = tomllib.loads((EXEMPLARY / "reasons.toml").read_text("utf-8"))
    return table


def verdicts_of(passage: Judged) -> tuple[bool | None, ...]:
    """Return for each reason of a passage whether it was judged true; None where nobody has judged it."""
    known = _verdicts().get(passage.key, {})
    return tuple(known.get(text_digest(reason)) for reason in passage.said.reasons)


def reasons_to_judge(passages: Iterable[Judged]) -> Iterator[tuple[Judged, str]]:
    """Yield the reasons of which nobody has said whether they are true."""
    for one in passages:
        for reason, verdict in zip(one.said.reasons, verdicts_of(one), strict=True):
            if verdict is None:
                yield one, reason


def misses(passages: Iterable[Judged]) -> Iterator[str]:
    """Yield the passages on the wrong side of the floor, the worst first, and the reasons judged wrong."""
    kept = tuple(passages)
    for one in sorted(kept, key=lambda one: one.said.score):
        if one.label == "yes" and one.said.score < EXEMPLARY_FLOOR:
            yield f"yes, but {one.said.score:3} {one.name}: {one.text[:60]}"
    for one in sorted(kept, key=lambda one: -one.said.score):
        if one.label == "no" and one.said.score >= EXEMPLARY_FLOOR:
            yield f"no, but  {one.said.score:3} {one.name}: {one.text[:60]}"
    for one in kept:
        for reason, verdict in zip(one.said.reasons, verdicts_of(one), strict=True):
            if verdict is False:
                yield f"not true     {one.name}: {reason}"


def pairs(passages: Iterable[Judged]) -> Iterator[str]:
    """Yield a yes and a no passage ranked the wrong way round or alike, the widest apart first."""
    kept = tuple(passages)
    wrong = [
        (other.said.score - one.said.score, one, other)
        for one in kept
        if one.label == "yes"
        for other in kept
        if other.label == "no" and other.said.score >= one.said.score
    ]
    for by, one, other in sorted(wrong, key=lambda each: -each[0]):
        yield f"by {by:3}: {one.name} ({one.said.score}) below {other.name} ({other.said.score})"


def main() -> int:
    """Print figures, misses and wrongly ranked pairs of a set."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("name", choices=SETS)
    arguments.add_argument("--reasons", action="store_true", help="list the reasons that nobody has judged")
    chosen = arguments.parse_args()
    passages = judged(chosen.name)
    if chosen.reasons:
        for one, reason in reasons_to_judge(passages):
            print(f"{one.key} {text_digest(reason)} {reason}\n    {one.name} ({one.section}): {one.text}")
        return 0
    counts = ", ".join(f"{sum(one.label == each for one in passages)} {each}" for each in LABELS)
    print(f"{len(passages)} passages: {counts}; digest {digest()}")
    for which, some in (("all", passages), ("shipped", [one for one in passages if one.shipped])):
        print(f"{which:8}", "  ".join(f"{name} {value:.1f}" for name, value in figures(some).items()))
    print("best F1 {:.1f} with a floor of {}".format(*best_floor(passages)))
    print("\n".join(("", *misses(passages), "", *list(pairs(passages))[:40])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
