"""How far two judges agree, and so what a ranking can reach: ``python -m tests.relevance.agreement``.

A second judge, who knew nothing of the first one's grades, graded for some needs of the fifth set what the search lists
first and whatever had been graded (second_judge.toml). Printed are Cohen's kappa (J. Cohen, "A Coefficient of Agreement
for Nominal Scales", 1960) over "answers or not", and nDCG@10 and recall@20 of the first query of each need: of the
search by either judge's grades, and by the first one's grades of the same 30 passages in the order of the second.
"""

import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence

from tests.relevance.judging import ANSWERS, HERE, Need, digest_of, gains, needs_of, unit_of
from tests.relevance.scoring import Figures, Library, figures, graded, library, list_passages, mean

#: So many passages of a list are put into the order of the second judge.
ORDERED = 30


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Return how far two judges agree beyond chance: 1 where they always do, 0 where they agree as chance would."""
    counted = list(pairs)
    agreed = sum(one == other for one, other in counted) / len(counted)
    first, second = (sum(each) / len(counted) for each in zip(*counted, strict=True))
    chance = first * second + (1 - first) * (1 - second)
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def second_grades(held: Library) -> Mapping[str, Mapping[str, int]]:
    """Return the second judge's grades: wish -> passage id -> grade. Raises KeyError where a passage is not there."""
    short = tomllib.loads((HERE / "fifth.toml").read_text("utf-8"))["reports"]
    known = {(path, digest_of(passage.text)): passage.id for (path, _), passage in held.shelf.passages.items()}
    made: dict[str, dict[str, int]] = {}
    for table in tomllib.loads((HERE / "second_judge.toml").read_text("utf-8"))["need"]:
        its = made[table["wish"]] = {}
        for grade in range(4):
            for report, _, digest in (each.partition(".") for each in table[f"grade{grade}"]):
                its[known[short[report], digest]] = grade
    return made


def main() -> None:
    """Print the table."""
    with library("tones") as held:
        grades = second_grades(held)
        needs = [need for need in needs_of("fifth") if need.wish in grades]
        pairs = [pair for need in needs for pair in _pairs(need, grades[need.wish], held)]
        rows = [_rows(need, grades[need.wish], held) for need in needs]
    sys.stdout.write(f"{len(needs)} needs, {len(pairs)} passages graded twice; kappa {kappa(pairs):.2f}\n")
    for name, each in zip(
        ("the search, by the first judge", "the search, by the second", "in the second's order, by the first"),
        zip(*rows, strict=True),
        strict=True,
    ):
        sys.stdout.write(f"{name:38} nDCG@10 {mean(each, 'ndcg'):.3f}  recall@20 {mean(each, 'recall'):.3f}\n")


def _pairs(need: Need, second: Mapping[str, int], held: Library) -> list[tuple[bool, bool]]:
    first = gains(need, held.shelf)
    return [
        (first.get(unit_of(need, held.shelf, passage), 0) >= ANSWERS, grade >= ANSWERS)
        for passage, grade in second.items()
    ]


def _rows(need: Need, second: Mapping[str, int], held: Library) -> tuple[Figures, Figures, Figures]:
    first = gains(need, held.shelf)
    by_second: dict[str, int] = {}
    for passage, grade in second.items():
        unit = unit_of(need, held.shelf, passage)
        by_second[unit] = max(grade, by_second.get(unit, 0))
    listed = list(dict.fromkeys(list_passages(held.engine, need.queries[0].text)))
    ordered = sorted(listed[:ORDERED], key=lambda passage: -second.get(passage, 0))

    def reached(passages: Sequence[str], wanted: Mapping[str, int]) -> Figures:
        return figures(graded(passages, need, held.shelf, wanted), wanted.values())

    return reached(listed, first), reached(listed, by_second), reached(ordered, first)


if __name__ == "__main__":
    main()
