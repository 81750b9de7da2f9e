"""The JSON promises: every key that the interface names is there, unknown is null, and the shape does not drift."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from search_app import checking, indexing, json_shapes
from search_app.errors import DamagedFile
from search_app.model import Aside, Facet, FacetValue, OutlineEntry
from search_app.searching import Request, search, suggest
from tests.conftest import Golden, make_passages, make_report
from tests.engines.scanning import ScanningEngine

REPORT = {"id", "path", "title", "town", "county", "city", "province", "year", "year_source", "place_source"}
REPORT |= {"issued", "kind", "warnings", "published", "document_number", "issuer", "indexed_at", "checksum"}
PASSAGE = {"id", "number", "headings", "section", "topics", "text", "exemplary", "similar", "citation", "code"}
RESULTS = {"query", "total", "reports", "page", "size", "hits", "facets", "notes", "took_ms", "generation"}


def dumped(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def test_a_report_has_every_key_and_null_for_what_is_not_known() -> None:
    answer = json_shapes.report(make_report("a.txt", town=None, county=None, year=None))

    assert set(answer) >= REPORT
    assert [answer[key] for key in ("title", "town", "county", "city", "province", "year", "issued")] == [None] * 7


def test_a_date_is_written_in_iso_form() -> None:
    report = replace(make_report("a.txt", town="湖口镇"), issued=date(2024, 1, 20))

    assert json_shapes.report(report)["issued"] == "2024-01-20"


def test_an_inspection_has_every_key() -> None:
    report = make_report("a.txt", town="湖口镇")
    passages = make_passages(report, "一段")
    outline = (OutlineEntry(heading="一、举措", level=1, section="主要举措和成效", passages=(passages[0].id,)),)
    report = replace(report, outline=outline, asides=(Aside(text="湖口镇人民政府", reason="落款"),))

    answer = json_shapes.inspection([(report, passages)], [DamagedFile("b.docx", "打不开", hint="另存")])

    assert set(answer) == {"reports", "failed"}
    assert set(answer["reports"][0]) >= {"report", "outline", "passages"}
    assert set(answer["reports"][0]["outline"][0]) == {"heading", "level", "section", "topics", "passages"}
    assert set(answer["reports"][0]["passages"][0]) == PASSAGE
    assert answer["failed"] == [{"path": "b.docx", "error": "打不开", "hint": "另存"}]


def test_results_have_every_key(engine: ScanningEngine) -> None:
    answer = json_shapes.results(search(engine, Request(text="调解")), {})

    assert set(answer) >= RESULTS
    assert set(answer["hits"][0]) >= {"passage", "report", "snippets", "score", "stands_for"}
    assert set(answer["facets"]) == {"year", "county", "town", "section", "topic", "genre"}
    assert set(answer["facets"]["year"][0]) == {"value", "count", "reports", "selected", "excluded"}


def test_the_pieces_of_a_fragment_join_to_text_of_the_passage(engine: ScanningEngine) -> None:
    hit = json_shapes.results(search(engine, Request(text="调解")), {})["hits"][0]

    for fragment in hit["snippets"]:
        assert "".join(piece["text"] for piece in fragment) in hit["passage"]["text"]


def test_results_are_as_golden(engine: ScanningEngine, golden: Golden) -> None:
    results = search(engine, Request(text="（法律顾问 葡萄酒庄", size=2, also=False))
    hits = tuple(replace(hit, match=replace(hit.match, score=1.23456)) for hit in results.hits)

    golden.check("results.json", dumped(json_shapes.results(replace(results, hits=hits, took_ms=1.25), {})))


def test_a_tally_has_every_key() -> None:
    tally = indexing.Tally(
        added=("a.txt",),
        failed=(DamagedFile("b.docx", "打不开", hint="另存"),),
        warnings=(indexing.Warned(path="a.txt", warning="注意"),),
        ignored=(indexing.Warned(path=".x", warning="隐藏文件"),),
        seconds=1.2345,
    )

    answer = json_shapes.tally(tally)

    assert answer["failed"] == [{"path": "b.docx", "error": "打不开", "hint": "另存"}]
    assert answer["warnings"] == [{"path": "a.txt", "warning": "注意"}]
    assert {key: answer[key] for key in ("added", "changed", "unchanged", "removed", "generation", "seconds")} == {
        "added": ["a.txt"],
        "changed": [],
        "unchanged": [],
        "removed": [],
        "generation": None,
        "seconds": 1.23,
    }


def test_a_status_has_every_key() -> None:
    status = checking.IndexStatus(
        generation="gen-000001",
        reports=2,
        passages=9,
        built_at=datetime(2024, 1, 20, 8, 30, tzinfo=UTC),
        counts={Facet.YEAR: (FacetValue(value=None, count=9, reports=2),)},
    )

    answer = json_shapes.status(status, now=datetime(2024, 1, 20, 8, 31, tzinfo=UTC))

    assert set(answer) >= {"generation", "reports", "passages", "built_at", "needs_reindex", "reasons"}
    assert answer["built_at"] == "2024-01-20T08:30:00+00:00"
    assert answer["age_seconds"] == 60
    assert answer["counts"]["year"] == [{"value": None, "count": 9, "reports": 2}]


@pytest.mark.parametrize(("problems", "ok"), [((), True), (("坏了",), False)])
def test_a_verification_is_ok_without_problems(problems: tuple[str, ...], ok: bool) -> None:
    assert json_shapes.verification(problems) == {"ok": ok, "problems": list(problems)}


def test_suggestions_say_what_they_are(engine: ScanningEngine) -> None:
    answer = json_shapes.suggestions(suggest(engine, "湖口"))

    assert answer == {"suggestions": [{"kind": "镇", "text": "湖口镇", "count": 3}]}
