"""How often a mistyped query is understood, and how often a right one is doubted.

``python -m tests.language.question.spelling_scoring`` prints it. The judged queries are in the folder ``judged``, the
vocabulary is that of the sample corpus. The second set was written after the rules were made, and these were not
changed for it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search_app.language import Speller, cut_terms, squeeze

JUDGED = Path(__file__).parent / "judged"
CORPUS = Path(__file__).parents[3] / "corpus"
SETS = ("misspelt.tsv", "misspelt_second.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One mistyped query and what was offered for it."""

    kind: str
    typed: str
    meant: str
    offered: tuple[str, ...]

    @property
    def understood(self) -> bool:
        """Tell whether the first offer is what was meant."""
        return squeeze("".join(self.offered[:1])) == squeeze(self.meant)


@cache
def words_of_the_corpus() -> Counter[str]:
    """Return the words of the sample corpus with how many paragraphs hold each."""
    held: Counter[str] = Counter()
    for path in sorted(CORPUS.rglob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            held.update(set(cut_terms(line)))
    return held


@cache
def speller() -> Speller:
    """Return a speller that knows the words of the sample corpus."""
    return Speller(words_of_the_corpus())


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a judged file that are no remarks."""
    rows = (JUDGED / name).read_text(encoding="utf-8").splitlines()
    return (row for row in rows if row and not row.startswith("#"))


def misspelt(name: str) -> list[Scored]:
    """Return every mistyped query of a set with what is offered for it."""
    made: list[Scored] = []
    for kind, typed, meant in (row.split("\t") for row in lines(name)):
        offered = tuple(correction.text for correction in speller().corrections(typed))
        made.append(Scored(kind=kind, typed=typed, meant=meant, offered=offered))
    return made


def doubted() -> list[tuple[str, str]]:
    """Return the right queries for which another one is offered, with it."""
    found = ((typed, speller().corrections(typed)) for typed in lines("wellspelt.txt"))
    return [(typed, corrections[0].text) for typed, corrections in found if corrections]


def recall(scored: list[Scored]) -> float:
    """Return the share of mistyped queries whose first offer is what was meant."""
    return sum(each.understood for each in scored) / max(len(scored), 1)


def precision(scored: list[Scored]) -> float:
    """Return the share of first offers that are what was meant."""
    return recall([each for each in scored if each.offered])


def main() -> None:
    """Print the figures of each set, kind by kind, and every query that was not understood."""
    for name in SETS:
        every = misspelt(name)
        print(name)
        for kind in [*dict.fromkeys(each.kind for each in every), "all"]:
            some = [each for each in every if kind in (each.kind, "all")]
            print(f"  {kind:10}{len(some):5}  recall {recall(some):.2f}  precision {precision(some):.2f}")
        for each in every:
            if not each.understood:
                print("   ", each.typed, "meant", each.meant, "offered", *each.offered)
    print(f"doubted {len(doubted())} of {len(list(lines('wellspelt.txt')))}:", *doubted())


if __name__ == "__main__":
    main()
