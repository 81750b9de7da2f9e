"""Our own engine, asked the way the pages ask it, with the snippets that the pages show."""

from pathlib import Path
from typing import Any
from unittest import mock

import numpy

from benchmarks.engines.contending import SIZE, VALUES, Answer, Cut, Question
from benchmarks.generating import Filed
from search_app import __version__
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.segments import prepared
from search_app.language import cut_terms
from search_app.model import Collapse
from search_app.query import Search, parse
from search_app.searching import snippets


class OwnContender:
    version = f"search-app {__version__}, numpy {numpy.__version__}"

    def __init__(self, folder: Path) -> None:
        self._engine = self._held = WhooshEngine(folder)
        self._block: Any = None
        self._writer: Any = None

    def prepare(self, filed: Filed, cut: Cut) -> Any:
        report, passages = filed
        with mock.patch.object(prepared, "cut_terms", cut):
            return report, self._engine.preparing()(passages)

    def put(self, prepared: Any) -> None:
        if self._writer is None:
            self._block = self._engine.writing(rebuild=True)
            self._writer = self._block.__enter__()
        self._writer.put(*prepared)

    def commit(self) -> None:
        self._block.__exit__(None, None, None)

    def open(self) -> None:
        """Hold the generation, as a server does for its requests."""
        self._held = self._engine.hold()

    def answer(self, question: Question) -> Answer:
        query = parse(typed(question)).query
        found = self._held.search(Search(query=query, selection=question.selection, size=SIZE, collapse=Collapse.NONE))
        cut = [snippets.cut(match.passage, query) for match in found.matches]
        return Answer(
            total=found.total,
            reports=found.reports,
            ids=tuple(match.passage.id for match in found.matches),
            texts=tuple(match.passage.text for match in found.matches),
            snippets=tuple("".join(piece.text for part in each.fragments for piece in part) for each in cut),
            facets={
                facet: {value.value: value.count for value in values[:VALUES]} for facet, values in found.facets.items()
            },
        )

    def add(self, filed: Filed) -> None:
        with self._engine.writing() as writer:
            writer.put(*filed)
        self.open()


def typed(question: Question) -> str:
    """Return what a clerk would type; there is no prefix search, the characters are found wherever they stand."""
    if question.means == "phrase":
        return " ".join(f'"{word}"' for word in question.words)
    return (" 或 " if question.means == "any" else " ").join(question.words)


def contender(folder: Path) -> OwnContender:
    cut_terms("法治")  # loads the dictionary, as a server does when it starts
    return OwnContender(folder)
