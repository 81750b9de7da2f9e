"""Empty passages: those of a draft that tell of things done without any figure, procedure or result, and better ones.

In: an engine and a draft. Out: for each such passage the strongest examples of other towns on the same topics. A
passage is empty where nothing in it speaks for a practice that others could copy (``labelling.exemplary.evidence``):
the same reading that finds exemplary practice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.labelling.exemplary.evidence import Evidence, evidence
from search_app.labelling.rule_tables import exemplary_rule
from search_app.language import simplify
from search_app.language.similarity.shared_wording import letters
from search_app.model import Collapse, Match, Passage, Report
from search_app.query import Deadline, Search
from search_app.searching.reference_passage import Subject
from search_app.searching.related_passages import build_related_query
from search_app.searching.report_scope import reports_in

#: The parts in which a report tells what was done; plans and shortcomings need no figures.
TOLD = ("第一责任人履职", "主要举措和成效")
#: A passage of fewer letters leads over to others, or is a heading.
SHORT = 40
#: So many examples are shown, chosen from so many that are nearest.
EXAMPLES, NEAREST = 3, 16
#: A passage that says nothing concrete has few words in common with one that does: less has to be shared with it.
ENOUGH = 300
_SIGNS = ("figures", "results", "names", "steps", "rules", "posts", "honours", "followers")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyPassage:
    """A passage without anything concrete; ``examples`` of other towns, ``looked``: there was time to look for some."""

    passage: Passage
    examples: tuple[Match, ...] = ()
    looked: bool = True


def find_empty(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the passages that tell of things done with nothing that can be counted, checked or copied."""
    for passage in passages:
        if passage.section in TOLD and len(letters(passage.text)) >= SHORT and is_empty(passage.text):
            yield passage


def is_empty(text: str) -> bool:
    """Tell whether nothing in a text is concrete; of a text of plans and shortcomings alone nothing is told."""
    found: Evidence = evidence(simplify(text), exemplary_rule())
    return found.done and not any(getattr(found, sign) for sign in _SIGNS)


def find_examples(
    engine: Engine, empty: Sequence[Passage], report: Report, deadline: Deadline | None = None
) -> tuple[EmptyPassage, ...]:
    """Return them with the strongest examples of other towns, as long as there is time. Raises IndexProblem."""
    found: list[EmptyPassage] = []
    shown: set[str] = set()
    for passage in empty:
        if deadline is not None and deadline.is_over():
            found.append(EmptyPassage(passage=passage, looked=False))
            continue
        examples = _examples(engine, passage, report, shown)
        shown |= {match.passage.id for match in examples}
        found.append(EmptyPassage(passage=passage, examples=examples))
    return tuple(found)


def _examples(engine: Engine, passage: Passage, report: Report, shown: set[str]) -> tuple[Match, ...]:
    """Return the best of the nearest exemplary passages, one of each town, none in nearly the words of another.

    Those that were shown for another passage of the draft come last.
    """
    query = build_related_query(engine, Subject(passage=passage, report=report), enough=ENOUGH)
    asked = Search(query=query, exemplary=True, collapse=Collapse.SIMILAR, size=NEAREST)
    nearest = reports_in(engine).search(asked).matches
    ranked = sorted(nearest, key=lambda match: (match.passage.id in shown, -match.passage.exemplary.score))
    chosen: dict[tuple[str | None, str | None], Match] = {}
    for match in ranked:
        if not _is_own(match.report, report):
            chosen.setdefault((match.report.county, match.report.town), match)
    return tuple(chosen.values())[:EXAMPLES]


def _is_own(other: Report, report: Report) -> bool:
    return report.town is not None and (other.town, other.county) == (report.town, report.county or other.county)
