"""Stock Whoosh reads, searches and scores our segments as it does its own."""

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import scoring
from whoosh.query import And, Every, Not, Or, Phrase, Prefix, Term
from whoosh.query.spans import SpanNot
from whoosh.sorting import FieldFacet

from search_app.engines.records import unpack_passage
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index.current import find_named, read_current, read_manifest
from search_app.engines.whoosh.interop.stock_index import open_with_whoosh
from search_app.language import cut_terms, squeeze
from search_app.model import Exemplary, Passage
from search_app.query import RANKING, Ranking, Search, Words
from tests.engines.building import Filed, corpora, filed
from tests.engines.contract import put
from tests.sampling import sampled


@contextmanager
def opened(*batches: tuple[Filed, ...], removed: tuple[str, ...] = ()) -> Iterator[tuple[WhooshEngine, Any]]:
    """Give our engine over an index that grew batch by batch, and stock Whoosh over its newest generation."""
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        for batch in batches:
            put(engine, *batch)
        with engine.writing() as writer:
            for report in removed:
                writer.remove(report)
        newest = find_named(Path(folder), read_current(Path(folder))).entries[0]
        stock = open_with_whoosh(newest.folder, read_manifest(newest))
        yield engine, stock
        stock.close()
        engine.close()


def held(*batches: tuple[Filed, ...], removed: tuple[str, ...] = ()) -> dict[str, Passage]:
    reports = {report.id: passages for batch in batches for report, passages in batch}
    return {one.id: one for report, passages in reports.items() if report not in removed for one in passages}


def found(searcher: Any, query: Any) -> set[str]:
    return {unpack_passage(hit["data"]).id for hit in searcher.search(query, limit=None)}


@settings(max_examples=sampled(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=corpora(mixed=True), after=corpora(mixed=True), data=st.data())
def test_stock_whoosh_finds_what_stands_in_the_passages(
    before: tuple[Filed, ...], after: tuple[Filed, ...], data: st.DataObject
) -> None:
    removed = tuple(report.id for report, _ in before[:1])
    passages = held(before, after, removed=removed)
    said = {one.id: set(cut_terms(one.text)) for one in passages.values()}
    one, other = (data.draw(st.sampled_from(("人民", "调解", "员", "镇", "28", "a4", "无"))) for _ in range(2))

    with opened(before, after, removed=removed) as (_, stock), stock.searcher() as searcher:
        both = found(searcher, And([Term("words", one), Term("words", other)]))
        either = found(searcher, Or([Term("words", one), Term("words", other)]))
        without = found(searcher, And([Every(), Not(Term("words", one))]))
        beginning = found(searcher, Prefix("words", one[:1]))
        run = found(searcher, Phrase("grams", ["人民", "民调"]))

        assert both == {key for key, words in said.items() if {one, other} <= words}
        assert either == {key for key, words in said.items() if {one, other} & words}
        assert without == {key for key, words in said.items() if one not in words}
        assert beginning == {key for key, words in said.items() if any(word.startswith(one[:1]) for word in words)}
        assert run == {key for key, passage in passages.items() if "人民调" in squeeze(passage.text)}


@settings(max_examples=sampled(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=corpora(mixed=True), after=corpora(mixed=True))
def test_whooshs_reader_tells_the_terms_lengths_columns_and_stored_fields(
    before: tuple[Filed, ...], after: tuple[Filed, ...]
) -> None:
    passages = held(before, after)
    counted = Counter(word for one in passages.values() for word in cut_terms(one.text))
    holding = Counter(word for one in passages.values() for word in set(cut_terms(one.text)))

    with opened(before, after) as (_, stock), stock.reader() as reader:
        live = [doc for doc in range(reader.doc_count_all()) if not reader.is_deleted(doc)]
        kept = {doc: unpack_passage(reader.stored_fields(doc)["data"]) for doc in live}
        exemplary = reader.column_reader("exemplary") if live else {}

        assert {one.id for one in kept.values()} == set(passages)
        assert all(reader.doc_field_length(doc, "words") == len(cut_terms(one.text)) for doc, one in kept.items())
        assert all(exemplary[doc] == one.exemplary.score for doc, one in kept.items())
        assert set(counted) <= {word.decode() for word in reader.lexicon("words")}
        if not reader.has_deletions():
            assert {word: reader.frequency("words", word) for word in counted} == counted
            assert {word: reader.doc_frequency("words", word) for word in holding} == holding


_BM25F_ALONE = Ranking(literal=0.0, exemplary=0.0, sections=(), common=0.0, same_town=1.0)


class _OurRarity(scoring.BM25F):  # type: ignore[misc]  # whoosh has no types
    """Stock BM25F with Lucene's inverse document frequency, which is never negative."""

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        holding, count = searcher.doc_frequency(fieldname, text), searcher.doc_count_all()
        return math.log(1 + (count - holding + 0.5) / (holding + 0.5))


@settings(max_examples=sampled(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(
        st.lists(st.sampled_from(("人民", "调解", "，", "法律顾问", "审查", "镇里", "28")), min_size=1, max_size=9),
        min_size=1,
        max_size=12,
    ),
    word=st.sampled_from(("人民", "调解", "审查", "28")),
)
def test_a_word_scores_as_in_stock_whoosh_to_four_digits(texts: list[list[str]], word: str) -> None:
    batch = tuple(filed(f"{number}.txt", "".join(bits)) for number, bits in enumerate(texts))

    with opened(batch) as (engine, stock), stock.searcher(weighting=_OurRarity(B=RANKING.b, K1=RANKING.k1)) as searcher:
        theirs = {unpack_passage(hit["data"]).id: hit.score for hit in searcher.search(Term("words", word), limit=None)}
        asked = Search(query=Words(text=word), size=20, ranking=_BM25F_ALONE)
        ours = {hit.passage.id: hit.score for hit in engine.search(asked).matches}

        for passage, score in theirs.items():
            assert ours[passage] == pytest.approx(1 + score, abs=1e-4)


def test_what_whoosh_has_no_right_to_change_stays() -> None:
    with opened((filed("甲.txt", "调解。"),)) as (_, stock), stock.reader() as reader:
        with pytest.raises(NotImplementedError):
            reader.segment().delete_document(0)
        with pytest.raises(NotImplementedError):
            stock.writer()


def test_opening_with_stock_whoosh_leaves_no_file_behind() -> None:
    with opened((filed("甲.txt", "调解。"),)) as (engine, stock), stock.searcher() as searcher:
        assert found(searcher, Term("words", "调解"))
        assert engine.verify() == ()


def test_stock_whoosh_sorts_by_columns_either_way() -> None:
    batches = [(filed(f"{n}.txt", "调解。", year=2020 + n % 4, exemplary=Exemplary(score=7 * n)),) for n in range(6)]

    with opened(*batches) as (_, stock), stock.searcher() as searcher:
        for column, values in (("exemplary", [0, 7, 14, 21, 28, 35]), ("year", [2020, 2020, 2021, 2021, 2022, 2023])):
            for reverse in (False, True):
                facet = FieldFacet(column, reverse=reverse)
                hits = searcher.search(Every(), limit=None, sortedby=facet)
                own = searcher.reader().column_reader(column)

                assert [own[hit.docnum] for hit in hits] == sorted(values, reverse=reverse)


def test_stock_whoosh_reads_past_the_end_of_a_list_in_its_queries_of_spans() -> None:
    several = [filed("1.txt", "人民调解"), filed("2.txt", "人民。"), filed("3.txt", "人民。")]

    with opened(tuple(several)) as (_, stock), stock.searcher() as searcher:
        without = found(searcher, SpanNot(Term("grams", "人民"), Term("grams", "调解")))

        assert without == {passage.id for _, passages in several for passage in passages}


def test_words_of_titles_are_terms_only_where_the_report_has_passages() -> None:
    with (
        opened((filed("1.txt", title="年度报告"), filed("2.txt", "调解。", title="调解"))) as (_, stock),
        stock.searcher() as searcher,
    ):
        reader = searcher.reader()

        assert found(searcher, Term("title", "年度")) == set()
        assert ("title", "年度") not in reader
        assert [word.decode() for word in reader.lexicon("title")] == ["调解"]
