"""tantivy: words and headings with frequencies, pairs of characters with positions for phrases, fast fields for facets.

Words come cut and joined by blanks; ``pairs`` makes phrases exact at a fraction of what single characters cost,
``chars`` answers one character by one term. Facets are terms aggregations over fast fields, whole (``segment_size``),
so counts are true; distinct reports are its cardinality, an estimate. One writer thread per core.
"""

import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, Occur, Query, SchemaBuilder

from benchmarks.engines.contending import (
    SIZE,
    VALUES,
    Answer,
    Cut,
    Question,
    heading,
    marked,
    pairs,
    phrase_pairs,
    place,
    tokens,
)
from benchmarks.generating import Filed
from search_app.language import cut_terms, squeeze
from search_app.model import Facet
from search_app.query import Selection

_HEAP = 512_000_000
_HEADING_WEIGHT = 1.5
_TRUE = 1_000_000  # no list of values is cut before it was counted


def _schema() -> tantivy.Schema:
    made = SchemaBuilder()
    made.add_text_field("id", tokenizer_name="raw", index_option="basic", stored=True)
    made.add_bytes_field("text", stored=True)
    for name, kept in (("body", "freq"), ("heading", "freq"), ("pairs", "position"), ("chars", "basic")):
        made.add_text_field(name, tokenizer_name="whitespace", index_option=kept)
    made.add_integer_field("year", indexed=True, fast=True)
    made.add_integer_field("report", fast=True)
    for facet in ("county", "town", "section", "topic"):
        made.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
    return made.build()


class TantivyContender:
    version = f"tantivy-py {version('tantivy')}"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._writer: Any = None
        self._index: Any = None

    def prepare(self, filed: Filed, cut: Cut) -> list[dict[str, Any]]:
        report, passages = filed
        county, town = place(filed)
        return [
            {
                "id": one.id,
                "text": one.text.encode(),
                "body": " ".join(cut(one.text)),
                "heading": " ".join(each for part in one.headings for each in cut(part)),
                "pairs": pairs(one.text),
                "chars": " ".join(dict.fromkeys(squeeze(one.text + heading(one)))),
                "year": report.year,
                "report": int(report.id, 16),
                "county": county,
                "town": town,
                "section": one.section,
                "topic": list(one.topics),
            }
            for one in passages
        ]

    def put(self, prepared: list[dict[str, Any]]) -> None:
        if self._writer is None:
            self._index = self._opened()
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=os.cpu_count() or 1)
        for fields in prepared:
            self._writer.add_document(Document(**fields))

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()

    def _opened(self) -> tantivy.Index:
        self._folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("whitespace", plain)
        return index

    def open(self) -> None:
        self._index = self._opened()
        self._index.reload()
        self._searcher = self._index.searcher()

    def answer(self, question: Question) -> Answer:
        asked = self._query(question)
        query = self._narrowed(asked, question.selection, None)
        found: Any = self._searcher.search(query, limit=SIZE, count=True)
        counted = self._searcher.aggregate(query, _aggregations(f for f in Facet if not question.selection.of(f)))
        for facet in Facet:
            if question.selection.of(facet):
                rest = self._narrowed(asked, question.selection, facet)
                counted |= self._searcher.aggregate(rest, _aggregations([facet], reports=False))
        held = [self._searcher.doc(address) for _, address in found.hits]
        texts = [bytes(one["text"][0]).decode() for one in held]
        return Answer(
            total=found.count,
            reports=int(counted["reports"]["value"] or 0),
            ids=tuple(one["id"][0] for one in held),
            texts=tuple(texts),
            snippets=tuple(marked(text, question) for text in texts),
            facets={
                facet: {_value(one["key"]): one["doc_count"] for one in counted[facet.value]["buckets"]}
                for facet in Facet
            },
        )

    def _query(self, question: Question) -> Query:
        match question.means:
            case "all":
                return self._all([self._word(word) for word in question.words])
            case "any":
                return Query.boolean_query([(Occur.Should, self._word(word)) for word in question.words])
            case "phrase":
                return self._all([self._phrase(word) for word in question.words])
            case "character":
                return self._all([self._term("chars", word) for word in question.words])
            case "prefix":
                begun = [
                    Query.regex_query(self._schema, name, f"{question.words[0]}.*") for name in ("body", "heading")
                ]
                return Query.boolean_query([(Occur.Should, each) for each in begun])

    def _all(self, parts: list[Query]) -> Query:
        if not parts:
            return Query.all_query()
        return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])

    def _word(self, word: str) -> Query:
        return self._all(
            [
                Query.boolean_query(
                    [
                        (Occur.Should, self._term("body", token)),
                        (Occur.Should, Query.boost_query(self._term("heading", token), _HEADING_WEIGHT)),
                    ]
                )
                for token in tokens(word)
            ]
        )

    def _phrase(self, text: str) -> Query:
        units = phrase_pairs(text)
        if len(units) == 1:
            return self._term("pairs", units[0])
        return Query.phrase_query(self._schema, "pairs", list(units))

    def _term(self, name: str, value: object) -> Query:
        return Query.term_query(self._schema, name, value, index_option="freq")

    def _narrowed(self, query: Query, selection: Selection, left_out: Facet | None) -> Query:
        """Return the query with all filters but one."""
        filters = [
            Query.const_score_query(
                Query.boolean_query([(Occur.Should, self._term(facet.value, value)) for value in selection.of(facet)]),
                0,
            )
            for facet in Facet
            if facet != left_out and selection.of(facet)
        ]
        return self._all([query, *filters])

    def add(self, filed: Filed) -> None:
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        for fields in self.prepare(filed, cut_terms):
            writer.add_document(Document(**fields))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()


def _value(key: object) -> str | int:
    return key if isinstance(key, str) else int(str(key).partition(".")[0])


def _aggregations(facets: Any, *, reports: bool = True) -> dict[str, Any]:
    made: dict[str, Any] = {
        facet.value: {"terms": {"field": facet.value, "size": VALUES, "segment_size": _TRUE}} for facet in facets
    }
    return made | ({"reports": {"cardinality": {"field": "report"}}} if reports else {})


def contender(folder: Path) -> TantivyContender:
    cut_terms("法治")  # loads the dictionary, as a server does when it starts
    return TantivyContender(folder)
