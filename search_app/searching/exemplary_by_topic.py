"""Exemplary practice by topic: an entrance for those who come without a word to search for.

In: an engine and what is ticked. Out: :class:`Practices`, the topics in the model's order, each with its counts and its
first few passages, of different reports and as far as possible of different towns. One search per topic, and one for
the counts. The surprise: a fragment shows the words that the reasons quote, because nothing else was asked for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.model import TOPICS, Collapse, Exemplary, Facet, Found, Match, Snippet, Sort
from search_app.query import AnyOf, Deadline, Node, Phrase, Search, Selection
from search_app.searching import snippets
from search_app.searching.report_scope import scoped
from search_app.searching.results import Hit

#: How many passages of a topic are shown, and out of how many they are chosen.
SHOWN, LOOKED_AT = 3, 12
#: What of a passage a reason quotes follows its label: 有数据：38件、98%.
_QUOTED = re.compile(r"[^、；]+")
_LABEL = re.compile(r"^[^：]*：")
#: Longer quotations, such as steps of a procedure, would leave little of a fragment unmarked.
_LONGEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One topic: how many exemplary passages it has in how many reports, and the first few."""

    topic: str
    total: int
    reports: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Practices:
    """All topics that have exemplary passages; ``found`` counts them all, each once, and has the facets.

    ``partial``: time was up before every topic had its shelf.
    """

    selection: Selection
    found: Found
    shelves: tuple[Shelf, ...]
    partial: bool = False


def find_practices(
    engine: Engine, selection: Selection, *, deadline: Deadline | None = None, all_genres: bool = False
) -> Practices:
    """Return the best exemplary passages by topic of what is ticked, of the ticked topics where any are.

    Of an index of several genres those of the annual reports, unless a genre is ticked or ``all_genres`` are asked for.
    Once the deadline has come, further topics are left out.
    """
    engine = scoped(engine, selection, all_genres=all_genres)
    asked = Search(selection=selection, exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.SIMILAR, size=LOOKED_AT)
    found = engine.search(replace(asked, size=1))
    held = {value.value: value for value in found.facets[Facet.TOPIC] if value.count and not value.excluded}
    ticked = selection.of(Facet.TOPIC) or TOPICS
    shelves: list[Shelf] = []
    wanted = [topic for topic in TOPICS if topic in ticked and topic in held]
    for topic in wanted:
        if not (shelves and deadline is not None and deadline.is_over()):
            of_topic = engine.search(replace(asked, selection=selection.with_values(Facet.TOPIC, (topic,))))
            hits = tuple(Hit(match=match, snippet=_why(match)) for match in _varied(of_topic.matches))
            shelves.append(Shelf(topic=topic, total=of_topic.total, reports=of_topic.reports, hits=hits))
    return Practices(selection=selection, found=found, shelves=tuple(shelves), partial=len(shelves) < len(wanted))


def quote_reasons(exemplary: Exemplary) -> Node:
    """Return a tree that finds the short words of the passage that its reasons quote."""
    said = (_LABEL.sub("", reason) for reason in exemplary.reasons if _LABEL.match(reason))
    words = dict.fromkeys(word.strip("“”") for each in said for word in _QUOTED.findall(each))
    return AnyOf(children=tuple(Phrase(text=word) for word in words if 1 < len(word) <= _LONGEST))


def _varied(ranked: Iterable[Match]) -> tuple[Match, ...]:
    """Return the first few, no two of one report, and of one town only where no others are left."""
    of_reports: dict[str, Match] = {}
    for match in ranked:
        of_reports.setdefault(match.report.id, match)
    first: list[Match] = []
    further: list[Match] = []
    towns: set[tuple[str | None, str | None]] = set()
    for match in of_reports.values():
        town = (match.report.county, match.report.town)
        (further if town in towns and match.report.town else first).append(match)
        towns.add(town)
    return tuple((*first, *further)[:SHOWN])


def _why(match: Match) -> Snippet:
    return snippets.cut(match.passage, quote_reasons(match.passage.exemplary))
