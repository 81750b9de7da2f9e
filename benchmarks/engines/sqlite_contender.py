"""SQLite FTS5: words and headings in one index without content, pairs of characters in another, the rest in tables.

One statement gathers what matches with its rank into a temporary table, from which facets are counted by GROUP BY; the
texts are in a table of their own, so that counting does not read past them. One character is a prefix of pairs.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.engines.contending import (
    SIZE,
    VALUES,
    Answer,
    Counts,
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
from search_app.language import cut_terms
from search_app.model import Facet
from search_app.query import Selection

_TABLES = """
CREATE TABLE passage (id INTEGER PRIMARY KEY, report INTEGER, year INTEGER, county TEXT, town TEXT, section TEXT);
CREATE TABLE topic (passage INTEGER, topic TEXT, PRIMARY KEY (passage, topic)) WITHOUT ROWID;
CREATE TABLE stored (id INTEGER PRIMARY KEY, name TEXT, text TEXT);
CREATE VIRTUAL TABLE words USING fts5
  (body, heading, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.'");
CREATE VIRTUAL TABLE pairs USING fts5 (body, heading, content='', tokenize="unicode61 remove_diacritics 0");
"""
_COLUMNS = "p.id, p.report, p.year, p.county, p.town, p.section"
_HEADING_WEIGHT = 1.5


class SqliteContender:
    version = f"SQLite {sqlite3.sqlite_version} FTS5"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "index.sqlite"
        self._base: Any = None

    def prepare(self, filed: Filed, cut: Cut) -> list[tuple[Any, ...]]:
        report, (county, town) = filed[0], place(filed)
        return [
            (
                (int(report.id, 16), report.year, county, town, one.section),
                one.topics,
                (one.id, one.text),
                (" ".join(cut(one.text)), " ".join(each for part in one.headings for each in cut(part))),
                (pairs(one.text), pairs(heading(one))),
            )
            for one in filed[1]
        ]

    def put(self, prepared: list[tuple[Any, ...]]) -> None:
        if self._base is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._base = _connected(self._path)
            self._base.executescript(_TABLES)
        run = self._base.execute
        for columns, topics, stored, words, units in prepared:
            row = run("INSERT INTO passage (report, year, county, town, section) VALUES (?,?,?,?,?)", columns).lastrowid
            self._base.executemany("INSERT INTO topic VALUES (?,?)", [(row, topic) for topic in topics])
            run("INSERT INTO stored VALUES (?,?,?)", (row, *stored))
            run("INSERT INTO words (rowid, body, heading) VALUES (?,?,?)", (row, *words))
            run("INSERT INTO pairs (rowid, body, heading) VALUES (?,?,?)", (row, *units))

    def commit(self) -> None:
        for name in ("words", "pairs"):
            self._base.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608  # our own names
        self._base.commit()
        self._base.close()

    def open(self) -> None:
        self._base = _connected(self._path)

    def answer(self, question: Question) -> Answer:
        self._gather(question)
        where, values = _where(question.selection, None)
        run = self._base.execute
        total, reports = run(f"SELECT count(*), count(DISTINCT report) FROM found {where}", values).fetchone()  # noqa: S608
        best = run(
            "SELECT name, text FROM stored JOIN (SELECT id AS best, score FROM found "  # noqa: S608
            f"{where} ORDER BY score, id LIMIT {SIZE}) ON id = best ORDER BY score, id",
            values,
        ).fetchall()
        return Answer(
            total=total,
            reports=reports,
            ids=tuple(name for name, _ in best),
            texts=tuple(text for _, text in best),
            snippets=tuple(marked(text, question) for _, text in best),
            facets={facet: self._counts(facet, question.selection) for facet in Facet},
        )

    def _gather(self, question: Question) -> None:
        """Put everything that the words find into a temporary table, filters aside."""
        self._base.execute("DROP TABLE IF EXISTS temp.found")
        made = "CREATE TEMP TABLE found AS SELECT"
        if not question.words:
            self._base.execute(f"{made} {_COLUMNS}, 0 AS score FROM passage p")
            return
        table, matching = _matching(question)
        self._base.execute(
            f"{made} {_COLUMNS}, bm25({table}, 1.0, {_HEADING_WEIGHT}) AS score "
            f"FROM {table} JOIN passage p ON p.id = {table}.rowid WHERE {table} MATCH ?",
            (matching,),
        )

    def _counts(self, facet: Facet, selection: Selection) -> Counts:
        where, values = _where(selection, facet)
        source = "found JOIN topic ON passage = id" if facet is Facet.TOPIC else "found"
        return dict(
            self._base.execute(
                f"SELECT {facet.value}, count(*) FROM {source} {where} GROUP BY 1 ORDER BY 2 DESC LIMIT {VALUES}",  # noqa: S608
                values,
            )
        )

    def add(self, filed: Filed) -> None:
        self.put(self.prepare(filed, cut_terms))
        self._base.commit()


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    base.executescript("PRAGMA mmap_size=4000000000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;")
    return base


def _matching(question: Question) -> tuple[str, str]:
    """Return the table and the query that FTS5 reads."""
    match question.means:
        case "all":
            return "words", " AND ".join(map(_all_of, question.words))
        case "any":
            return "words", " OR ".join(f"({_all_of(word)})" for word in question.words)
        case "phrase":
            return "pairs", " AND ".join(f'body : "{" ".join(phrase_pairs(word))}"' for word in question.words)
        case "character":
            return "pairs", " AND ".join(f'"{word}"*' for word in question.words)
        case "prefix":
            return "words", f'"{question.words[0]}"*'


def _all_of(word: str) -> str:
    return " AND ".join(f'"{token}"' for token in tokens(word))


def _where(selection: Selection, left_out: Facet | None) -> tuple[str, list[Any]]:
    """Return the condition of all filters but one, and the values in it."""

    def conditions() -> Iterator[str]:
        for facet in Facet:
            chosen = selection.of(facet)
            if chosen and facet != left_out:
                values.extend(chosen)
                marks = ",".join("?" * len(chosen))
                if facet is Facet.TOPIC:
                    yield f"id IN (SELECT passage FROM topic WHERE topic IN ({marks}))"  # noqa: S608
                else:
                    yield f"{facet.value} IN ({marks})"

    values: list[Any] = []
    joined = " AND ".join(conditions())
    return (f"WHERE {joined}" if joined else ""), values


def contender(folder: Path) -> SqliteContender:
    cut_terms("法治")  # loads the dictionary, as a server does when it starts
    return SqliteContender(folder)
