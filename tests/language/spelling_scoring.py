"""How often a mistyped query is understood, and how often a right one is doubted.

``python -m tests.language.spelling_scoring`` prints it. The judged queries are in tests/language/judged; the vocabulary
is that of the sample corpus. Every second query of a kind was kept aside while the prices were set.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from search_app.language import squeezed, terms
from search_app.language.spelling import Speller

JUDGED = Path(__file__).parent / "judged"
CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One mistyped query and what was offered for it."""

    kind: str
    aside: bool
    typed: str
    meant: str
    offered: tuple[str, ...]

    @property
    def first(self) -> bool:
        return [squeezed(text) for text in self.offered[:1]] == [self.meant]


@cache
def speller() -> Speller:
    """Return a speller that knows the words of the sample corpus."""
    held: Counter[str] = Counter()
    for path in sorted(CORPUS.rglob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            held.update(set(terms(line)))
    return Speller(held)


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a judged file that are no remarks."""
    rows = (JUDGED / name).read_text(encoding="utf-8").splitlines()
    return (row for row in rows if row and not row.startswith("#"))


def misspelt() -> list[Scored]:
    """Return every mistyped query with what is offered for it."""
    rows = [row.split("\t") for row in lines("misspelt.tsv")]
    made: list[Scored] = []
    for kind, group in groupby(rows, key=lambda row: row[0]):
        for at, (_, typed, meant) in enumerate(group):
            offered = tuple(correction.text for correction in speller().corrections(typed))
            made.append(Scored(kind=kind, aside=at % 2 == 1, typed=typed, meant=meant, offered=offered))
    return made


def doubted() -> list[tuple[str, str]]:
    """Return the right queries for which another one is offered, with it."""
    found = ((typed, speller().corrections(typed)) for typed in lines("wellspelt.txt"))
    return [(typed, corrections[0].text) for typed, corrections in found if corrections]


def recall(scored: list[Scored]) -> float:
    """Return the share of mistyped queries whose first offer is what was meant."""
    return sum(each.first for each in scored) / max(len(scored), 1)


def precision(scored: list[Scored]) -> float:
    """Return the share of first offers that are what was meant."""
    return recall([each for each in scored if each.offered])


def main() -> None:
    every = misspelt()
    for kind in [*dict.fromkeys(each.kind for each in every), "all", "aside"]:
        some = [each for each in every if kind in (each.kind, "all") or (kind == "aside" and each.aside)]
        print(f"{kind:10}{len(some):5}  recall {recall(some):.2f}  precision {precision(some):.2f}")
    for each in every:
        if not each.first:
            print(each.kind, each.typed, "meant", each.meant, "offered", *each.offered)
    right = list(lines("wellspelt.txt"))
    print(f"doubted {len(doubted())} of {len(right)}:", *doubted())


if __name__ == "__main__":
    main()
