"""Hold what the program understands of a labelled set against its labels.

In goes the name of a set (one of tests/judged or one of training/topics; the format is described at the head of
``training/topics/first.toml``), out come counts per field and a readable list of every miss:
``python -m tests.judged.scoring third``. The surprise: where a label is absent, any stated value is wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from search_app.errors import ReadError
from search_app.labelling import label
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.model import SECTIONS, TOPICS, Passage, Report
from search_app.parsing import parse
from search_app.readers import read
from training import learn_topics
from training.labelled_sets import LabelledSet, Labels, names, normalised, sets_in, tables
from training.measures import Overlap, auc

#: The sets that nothing is learnt from.
JUDGED: Mapping[str, LabelledSet] = {each.name: each for each in sets_in(Path(__file__).parent)}
#: Those that the shipped topic weights are learnt from: their figures say that what was taught is understood, no more.
TAUGHT: Mapping[str, LabelledSet] = {each.name: each for each in learn_topics.SETS}
FIELDS = ("title", "town", "county", "city", "province", "year", "issued", "kind")


@dataclass(slots=True, kw_only=True)
class Stated:
    """How often a field was right, left unknown though labelled, or stated wrongly (also: where none is labelled)."""

    labelled: int = 0
    right: int = 0
    null: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


@dataclass(slots=True, kw_only=True)
class Score:
    """All counts of one set; ``misses`` are lines for a human, each beginning with what was missed and the file."""

    documents: int = 0
    fields: dict[str, Stated] = field(default_factory=lambda: {name: Stated() for name in FIELDS})
    headings: Overlap = field(default_factory=Overlap)
    sections: Overlap = field(default_factory=Overlap)
    topics: Overlap = field(default_factory=Overlap)
    practice: Overlap = field(default_factory=Overlap)
    practice_scores: dict[str, list[int]] = field(default_factory=lambda: {"yes": [], "no": []})
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return what floors are pinned on, in percent; wrong values of a field as a count that must not grow."""
        made: dict[str, float] = {}
        for name, stated in self.fields.items():
            made[f"{name} recall"] = 100 * stated.recall
            made[f"{name} wrong"] = stated.wrong
        made["headings precision"] = 100 * self.headings.precision
        made["headings recall"] = 100 * self.headings.recall
        made["section accuracy"] = 100 * self.sections.recall
        made["topics F1"] = 100 * self.topics.f1
        if all(self.practice_scores.values()):
            made["exemplary AUC"] = 100 * auc(self.practice_scores["yes"], self.practice_scores["no"])
            made["exemplary precision"] = 100 * self.practice.precision
            made["exemplary recall"] = 100 * self.practice.recall
        return made


def understood(labelled: LabelledSet, labels: Labels) -> tuple[Report, tuple[Passage, ...]]:
    """Return what the program makes of a labelled document, as if it lay at its path in a corpus."""
    try:
        document = read(labelled.document(labels))
    except ReadError as error:  # everything about it is missed, and the list of misses shows it
        return Report(id="", path=str(labels["path"]), warnings=(error.reason,)), ()
    report, passages = parse(document, path=str(labels["path"]))
    return label(report, passages)


def score(labelled: LabelledSet) -> Score:
    """Judge every document of a set."""
    made = Score()
    for labels in labelled.labels():
        report, passages = understood(labelled, labels)
        made.documents += 1
        _judge_fields(made, labels, report)
        _judge_headings(made, labels, report)
        _judge_parts(made, labels, passages)
    return made


def problems(labelled: LabelledSet) -> Iterator[str]:
    """Yield what is wrong with the labels themselves: names that do not exist, quotes that stand not exactly once."""
    for labels in labelled.labels():
        file = str(labels["file"])
        raw = labelled.document(labels)
        text = normalised(raw.read_text("utf-8")) if raw.suffix in (".txt", ".md") else None
        yield from (f"{file}: unknown field {key}" for key in names(labels, "either") if key not in FIELDS)
        for part in tables(labels, "parts"):
            quote = normalised(str(part["quote"]))
            if part.get("section", SECTIONS[0]) not in SECTIONS:
                yield f"{file}: unknown section {part['section']}"
            topics = (*names(part, "topics"), *names(part, "either"))
            yield from (f"{file}: unknown topic {topic}" for topic in topics if topic not in (*TOPICS, "section"))
            if text is not None and text.count(quote) != 1:
                yield f"{file}: stands {text.count(quote)} times: {part['quote']}"
        for heading in tables(labels, "headings"):
            if text is not None and normalised(str(heading["text"])) not in text:
                yield f"{file}: no such heading: {heading['text']}"


def _judge_fields(made: Score, labels: Labels, report: Report) -> None:
    for name in FIELDS:
        if name in names(labels, "either"):
            continue
        wanted, given = labels.get(name), getattr(report, name)
        stated = made.fields[name]
        stated.labelled += wanted is not None
        same = normalised(str(wanted)) == normalised(str(given))
        if wanted is not None and given is None:
            stated.null += 1
        elif wanted is not None and same:
            stated.right += 1
        elif given is not None:
            stated.wrong += 1
        if not same:
            made.misses.append(f"{name:8} {labels['file']}: wanted {wanted}, given {given}")


def _judge_headings(made: Score, labels: Labels, report: Report) -> None:
    """Compare headings as a multiset of text and level; those that may be listed or not are left out of both."""
    stated = tables(labels, "headings")
    free = {normalised(str(heading["text"])) for heading in stated if heading.get("either")}
    wanted = Counter((normalised(str(h["text"])), cast(int, h["level"])) for h in stated if not h.get("either"))
    printed = {normalised(str(heading["text"])): str(heading["text"]) for heading in stated}
    printed |= {normalised(entry.heading): entry.heading for entry in report.outline}
    given = Counter((text, e.level) for e in report.outline if (text := normalised(e.heading)) not in free)
    made.headings.wanted += wanted.total()
    made.headings.given += given.total()
    made.headings.both += (wanted & given).total()
    for verb, extra in (("not found", wanted - given), ("not wanted", given - wanted)):
        made.misses += [f"heading  {labels['file']}: {verb}: {level} {printed[text]}" for text, level in extra]


def _judge_parts(made: Score, labels: Labels, passages: tuple[Passage, ...]) -> None:
    texts = [(normalised(passage.text), passage) for passage in passages]
    parts = tables(labels, "parts")
    held = [next((p for text, p in texts if normalised(str(part["quote"])) in text), None) for part in parts]
    for part, passage in zip(parts, held, strict=True):
        where = f"{labels['file']}: {part['quote']}"
        if passage is None:
            made.misses.append(f"passage  {where}: in no passage")
        _judge_section(made, part, passage, where)
        # A passage may hold several short items: what is said of one of them is not wrong for the passage.
        beside = (other for other, its in zip(parts, held, strict=True) if its is passage and other is not part)
        _judge_topics(made, part, passage, where, shared=_topics(*beside))

    _judge_practice(made, labels, parts, held)


def _judge_practice(made: Score, labels: Labels, parts: Sequence[Labels], held: Sequence[Passage | None]) -> None:
    """Compare scores with what is labelled: a passage of several labelled parts is practice where one of them is."""
    said: dict[str, tuple[Passage, set[str]]] = {}
    for part, passage in zip(parts, held, strict=True):
        if passage is not None and "exemplary" in part:
            said.setdefault(passage.id, (passage, set()))[1].add(str(part["exemplary"]))
    for passage, verdicts in said.values():
        if "yes" not in verdicts and "arguable" in verdicts:
            continue
        verdict, shown = "yes" if "yes" in verdicts else "no", passage.exemplary.score >= EXEMPLARY_FLOOR
        made.practice_scores[verdict].append(passage.exemplary.score)
        made.practice.wanted += verdict == "yes"
        made.practice.given += shown
        made.practice.both += shown and verdict == "yes"
        if shown != (verdict == "yes"):
            where = f"{labels['file']}: {passage.text[:60]}"
            made.misses.append(f"practice {where}: {verdict}, but {passage.exemplary.score}")


def _judge_section(made: Score, part: Labels, passage: Passage | None, where: str) -> None:
    wanted = part.get("section")
    if wanted is None or "section" in names(part, "either"):
        return
    given = passage.section if passage else None
    made.sections.wanted += 1
    made.sections.given += given is not None
    made.sections.both += given == wanted
    if given != wanted and passage:
        made.misses.append(f"section  {where}: wanted {wanted}, given {given} (below {_under(passage)})")


def _judge_topics(made: Score, part: Labels, passage: Passage | None, where: str, *, shared: set[str]) -> None:
    if "topics" not in part:
        return
    wanted = set(names(part, "topics"))
    free = (shared | set(names(part, "either"))) - wanted
    given = set(passage.topics) - free if passage else set()
    made.topics.wanted += len(wanted)
    made.topics.given += len(given)
    made.topics.both += len(wanted & given)
    if wanted != given and passage:
        lost, extra = " ".join(sorted(wanted - given)) or "-", " ".join(sorted(given - wanted)) or "-"
        made.misses.append(f"topics   {where}: lost {lost}, extra {extra} (below {_under(passage)})")


def _topics(*parts: Labels) -> set[str]:
    return {name for part in parts for name in (*names(part, "topics"), *names(part, "either"))}


def _under(passage: Passage) -> str:
    return passage.headings[-1][:20] if passage.headings else "no heading"


def table(made: Score) -> str:
    """Return the counts as lines for a terminal."""
    lines = [f"{made.documents} documents", "field     labelled  right   null  wrong  recall"]
    for name, stated in made.fields.items():
        counts = f"{stated.labelled:8} {stated.right:6} {stated.null:6} {stated.wrong:6}"
        lines.append(f"{name:9} {counts}  {stated.recall:6.1%}")
    for name, overlap in (("headings", made.headings), ("topics", made.topics)):
        shares = f"precision {overlap.precision:.1%}, recall {overlap.recall:.1%}, F1 {overlap.f1:.1%}"
        lines.append(f"{name}: {shares} ({overlap.both} of {overlap.wanted} wanted, {overlap.given} given)")
    if scores := {name: value for name, value in made.figures().items() if name.startswith("exemplary")}:
        lines.append(", ".join(f"{name} {value:.1f}" for name, value in scores.items()))
    lines.append(f"sections: {made.sections.recall:.1%} ({made.sections.both} of {made.sections.wanted} quotes)")
    return "\n".join(lines)


def main() -> int:
    """Print the table and the misses of a set."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("name", choices=(*TAUGHT, *JUDGED))
    arguments.add_argument("--pins", action="store_true", help="print the digest and the floors that a test pins")
    chosen = arguments.parse_args()
    labelled = {**TAUGHT, **JUDGED}[chosen.name]
    made = score(labelled)
    print(table(made))
    print("\n".join(("", *sorted(made.misses))))
    if chosen.pins:
        floors = {name: (value if "wrong" in name else int(value)) for name, value in made.figures().items()}
        print(f"\ndigest {labelled.digest()}\n{floors}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
