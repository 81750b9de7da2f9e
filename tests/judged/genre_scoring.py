"""How well genres are told, and whether other genres state anything as fact: ``python -m tests.judged.genre_scoring``.

In go the sets of tests/judged, out come counts over their documents and a line for every miss. The surprise: a wrong
value that is marked as concluded (``low``) is counted apart from one that is stated as a fact.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from search_app import genres
from search_app.labelling.parts import DONE, DUTY
from search_app.model import Passage, Report
from tests.judged.scoring import JUDGED, understood
from training.labelled_sets import LabelledSet, Labels, names

#: Fields that a document states of itself, each with what says how far it can be relied on.
_FACTS = {"town": "place_confidence", "county": "place_confidence", "year": "year_confidence"}


@dataclass(slots=True, kw_only=True)
class GenreScore:
    """Counts over the documents of some sets; ``told`` and ``of`` are by genre."""

    told: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    doubted: int = 0
    facts_wrong: int = 0
    concluded_wrong: int = 0
    practice_elsewhere: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return what floors are pinned on: the share of genres told in percent, and counts that may not grow."""
        return {
            "genres told": 100 * self.told.total() / max(self.of.total(), 1),
            "wrong as fact": self.facts_wrong,
            "wrong as concluded": self.concluded_wrong,
            "举措 in other genres": self.practice_elsewhere,
        }


def score_genres(sets: Iterable[LabelledSet]) -> GenreScore:
    """Judge the genre, the facts and the 举措 of every document."""
    made = GenreScore()
    for labelled in sets:
        for labels in labelled.labels():
            if "kind" in names(labels, "either") or "kind" not in labels:
                continue
            report, passages = understood(labelled, labels)
            _judge_genre(made, labels, report)
            _judge_facts(made, labels, report)
            _judge_practice(made, labels, passages)
    return made


def _judge_genre(made: GenreScore, labels: Labels, report: Report) -> None:
    wanted, given = genres.find_genre(str(labels["kind"])), genres.find_genre(report.kind)
    doubt = any("文种" in warning for warning in report.warnings)
    made.of[wanted] += 1
    made.told[wanted] += wanted == given
    made.doubted += doubt
    if wanted != given:
        made.misses.append(f"genre {labels['file']}: wanted {wanted}, given {given}{' (doubted)' if doubt else ''}")


def _judge_facts(made: GenreScore, labels: Labels, report: Report) -> None:
    for name, told_by in _FACTS.items():
        given = getattr(report, name)
        if name in names(labels, "either") or given is None or str(given) == str(labels.get(name)):
            continue
        concluded = getattr(report, told_by) == "low"
        made.concluded_wrong += concluded
        made.facts_wrong += not concluded
        how = "concluded" if concluded else "fact"
        made.misses.append(f"{how} {labels['file']}: {name}: wanted {labels.get(name)}, given {given}")


def _judge_practice(made: GenreScore, labels: Labels, passages: tuple[Passage, ...]) -> None:
    """Count passages that would be shown as what was done though the document is no account of that."""
    if genres.is_account(str(labels["kind"])):
        return
    shown = [passage for passage in passages if passage.section in (DONE, DUTY)]
    made.practice_elsewhere += len(shown)
    made.misses += [f"举措 {labels['file']}: {passage.text[:40]}" for passage in shown]


def main() -> int:
    """Print counts by genre and the misses of one set, or of all."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("name", nargs="?", choices=tuple(JUDGED), help="one set (default: all)")
    chosen = arguments.parse_args().name
    made = score_genres([JUDGED[chosen]] if chosen else JUDGED.values())
    lines = [f"{genre}  {made.told[genre]} of {count}" for genre, count in sorted(made.of.items())]
    lines += [f"{name}: {value:g}" for name, value in made.figures().items()]
    lines.append(f"marked as doubtful: {made.doubted}")
    sys.stdout.write("\n".join((*lines, "", *made.misses)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
