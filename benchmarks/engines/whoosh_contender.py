"""Whoosh as it comes: its own codec, writer, searcher and facets, with the same words as all.

Phrases are phrases of words, and one character is a word, as an index of words has it: exact characters would double
what is a slow index already, so it finds less there and is the faster for it. Distinct reports it does not count.
"""

from pathlib import Path
from typing import Any

import whoosh
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, Every, NumericRange, Or, Phrase, Prefix, Term
from whoosh.sorting import Count, FieldFacet

from benchmarks.engines.contending import SIZE, VALUES, Answer, Counts, Cut, Question, marked, place, tokens
from benchmarks.generating import Filed
from search_app.language import cut_terms
from search_app.model import Facet
from search_app.query import Selection

_HEADING_WEIGHT = 1.5


def _schema() -> Any:
    plain = SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.STORED,
        text=fields.STORED,
        body=fields.TEXT(analyzer=plain),
        heading=fields.TEXT(analyzer=plain, phrase=False, field_boost=_HEADING_WEIGHT),
        year=fields.NUMERIC(sortable=True),
        county=fields.ID(sortable=True),
        town=fields.ID(sortable=True),
        section=fields.ID(sortable=True),
        topic=fields.KEYWORD(),
    )


class WhooshContender:
    version = f"Whoosh {whoosh.versionstring()}"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: Any = None

    def prepare(self, filed: Filed, cut: Cut) -> list[dict[str, Any]]:
        report, (county, town) = filed[0], place(filed)
        return [
            {
                "id": one.id,
                "text": one.text,
                "body": " ".join(cut(one.text)),
                "heading": " ".join(each for part in one.headings for each in cut(part)),
                "year": report.year,
                "county": county,
                "town": town,
                "section": one.section,
                "topic": " ".join(one.topics),
            }
            for one in filed[1]
        ]

    def put(self, prepared: list[dict[str, Any]]) -> None:
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = index.create_in(str(self._folder), _schema()).writer(limitmb=512)
        for columns in prepared:
            self._writer.add_document(**columns)

    def commit(self) -> None:
        self._writer.commit()

    def open(self) -> None:
        self._searcher = FileStorage(str(self._folder)).open_index().searcher()

    def answer(self, question: Question) -> Answer:
        query, selection = _query(question), question.selection
        chosen = [facet for facet in Facet if selection.of(facet)]
        found = self._search(query, selection, [facet for facet in Facet if facet not in chosen])
        counted = {facet: found.groups(facet.value) for facet in Facet if facet not in chosen}
        for facet in chosen:
            rest = self._search(query, selection, [facet], left_out=facet)
            counted[facet] = rest.groups(facet.value)
        texts = tuple(hit["text"] for hit in found)
        return Answer(
            total=len(found),
            reports=None,
            ids=tuple(hit["id"] for hit in found),
            texts=texts,
            snippets=tuple(marked(text, question) for text in texts),
            facets={facet: _most(counts) for facet, counts in counted.items()},
        )

    def _search(self, query: Any, selection: Selection, facets: list[Facet], left_out: Facet | None = None) -> Any:
        filters = [
            Or([_is(facet, value) for value in selection.of(facet)])
            for facet in Facet
            if facet != left_out and selection.of(facet)
        ]
        return self._searcher.search(
            query,
            limit=SIZE,
            filter=And(filters) if filters else None,
            groupedby={facet.value: FieldFacet(facet.value, allow_overlap=facet is Facet.TOPIC) for facet in facets},
            maptype=Count,
        )

    def add(self, filed: Filed) -> None:
        opened = FileStorage(str(self._folder)).open_index()
        writer = opened.writer()
        for columns in self.prepare(filed, cut_terms):
            writer.add_document(**columns)
        writer.commit()
        self._searcher = opened.searcher()


def _is(facet: Facet, value: Any) -> Any:
    return NumericRange("year", value, value) if facet is Facet.YEAR else Term(facet.value, value)


def _most(counts: Any) -> Counts:
    return dict(sorted(((key, count) for key, count in counts.items() if key), key=lambda one: -one[1])[:VALUES])


def _query(question: Question) -> Any:
    match question.means:
        case _ if not question.words:
            return Every()
        case "all" | "character":
            return And([_all_of(word) for word in question.words])
        case "any":
            return Or([_all_of(word) for word in question.words])
        case "phrase":
            return And([Phrase("body", cut_terms(word)) for word in question.words])
        case "prefix":
            return Or([Prefix(name, question.words[0]) for name in ("body", "heading")])


def _all_of(word: str) -> Any:
    return And([Or([Term("body", token), Term("heading", token)]) for token in tokens(word)])


def contender(folder: Path) -> WhooshContender:
    cut_terms("法治")  # loads the dictionary, as a server does when it starts
    return WhooshContender(folder)
