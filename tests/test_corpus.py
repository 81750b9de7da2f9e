"""The shipped sample corpus: it is what it claims to be, and the program understands it as its author labelled it."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search_app.labelling import label
from search_app.language import SIGNATURE_BYTES, find_clusters, minhash
from search_app.model import SECTIONS, TOPICS, Passage, Report
from search_app.parsing import parse
from search_app.readers import read

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
LABELS: dict[str, Any] = tomllib.loads((ROOT / "tests/judged/sample_corpus.toml").read_text(encoding="utf-8"))
REPORTS: list[dict[str, Any]] = LABELS["report"]
EACH_REPORT = pytest.mark.parametrize("expected", REPORTS, ids=[Path(r["path"]).name for r in REPORTS])


@cache
def understood(path: str) -> tuple[Report, tuple[Passage, ...]]:
    """Read, parse and label one sample file the way indexing does."""
    sidecar = CORPUS / f"{path}.meta.toml"
    corrections: Mapping[str, object] | None = None
    if sidecar.exists():
        corrections = tomllib.loads(sidecar.read_text(encoding="utf-8"))
    return label(*parse(read(CORPUS / path), path=path, corrections=corrections))


def test_every_file_is_labelled_and_every_label_has_its_file() -> None:
    files = {
        path.relative_to(CORPUS).as_posix()
        for path in CORPUS.rglob("*")
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith(".meta.toml")
    }

    assert files == {report["path"] for report in REPORTS}


def test_the_sample_spans_towns_counties_years_and_kinds_of_township() -> None:
    towns = {(report["county"], report["town"]) for report in REPORTS}

    assert len(REPORTS) >= 28
    assert len({town for _, town in towns}) >= 9
    assert len({county for county, _ in towns}) == 3
    assert {town[-1] for _, town in towns} == {"镇", "乡", "道"}
    assert {report["year"] for report in REPORTS if "year" in report} == set(range(2020, 2025))


def test_a_town_name_that_two_counties_share_is_in_the_sample() -> None:
    counties = Counter(town for _, town in {(report["county"], report["town"]) for report in REPORTS})

    assert max(counties.values()) > 1


def test_the_sample_holds_every_format() -> None:
    formats = Counter(Path(report["path"]).suffix for report in REPORTS)

    assert all(formats[suffix] >= 3 for suffix in (".txt", ".docx", ".html", ".md"))
    assert all(formats[suffix] >= 2 for suffix in (".doc", ".pdf"))


def test_files_are_small_and_their_paths_fit_windows() -> None:
    limits = {".pdf": 200_000}

    for report in REPORTS:
        path = CORPUS / report["path"]
        assert path.stat().st_size < limits.get(path.suffix, 60_000), report["path"]
        assert len(report["path"]) < 80
        assert len(report["path"].encode()) < 200


def test_labels_use_the_words_of_the_model_and_practices_cover_all_topics() -> None:
    topics = {topic for practice in LABELS["practice"] for topic in practice["topics"]}
    names = {practice["name"] for practice in LABELS["practice"]}

    assert topics == set(TOPICS)
    assert len(names) >= 30
    assert all(set(report["sections"]) <= set(SECTIONS) for report in REPORTS)
    assert all(set(report["practices"]) <= names for report in REPORTS)


def test_no_place_of_the_sample_is_a_real_one() -> None:
    from search_app.parsing.place.gazetteer import gazetteer

    names, invented = gazetteer(), LABELS["places"]

    assert not set(invented["towns"]) & set(names.towns)
    assert not set(invented["counties"]) & set(names.counties)
    assert not set(invented["cities"]) & (set(names.cities) | set(names.counties))
    assert invented["province"] not in names.provinces


@EACH_REPORT
def test_a_report_is_as_long_as_real_ones_are(expected: dict[str, Any]) -> None:
    text = "".join(block.text for block in read(CORPUS / expected["path"]).blocks)

    assert 1_150 <= len("".join(text.split())) <= 4_500


@EACH_REPORT
def test_town_and_year_are_understood_as_labelled(expected: dict[str, Any]) -> None:
    report, _ = understood(expected["path"])

    assert (report.town, report.year) == (expected["town"], expected.get("year"))


@EACH_REPORT
def test_the_county_is_understood_as_labelled(expected: dict[str, Any]) -> None:
    report, _ = understood(expected["path"])

    assert report.county == expected["county"]


@EACH_REPORT
def test_the_date_of_issue_is_understood_as_labelled(expected: dict[str, Any]) -> None:
    issued: date | None = expected.get("issued")

    assert understood(expected["path"])[0].issued == issued


@EACH_REPORT
def test_a_title_is_one_line_without_the_name_of_the_site(expected: dict[str, Any]) -> None:
    title = understood(expected["path"])[0].title

    assert title is None or not set("_\n|") & set(title)


@EACH_REPORT
def test_first_level_headings_are_counted_as_labelled(expected: dict[str, Any]) -> None:
    outline = understood(expected["path"])[0].outline

    assert sum(entry.level == 1 for entry in outline) == expected["headings"]


@EACH_REPORT
def test_every_labelled_section_type_is_found(expected: dict[str, Any]) -> None:
    _, passages = understood(expected["path"])
    found = {passage.section for passage in passages}

    assert set(expected["sections"]) <= found
    assert found <= {*expected["sections"], *expected.get("possible_sections", ()), "其他"}


@EACH_REPORT
def test_every_named_practice_is_in_a_passage_or_a_heading(expected: dict[str, Any]) -> None:
    report, passages = understood(expected["path"])
    text = "\n".join((*(p.text for p in passages), *(e.heading for e in report.outline), report.title or ""))

    assert [name for name in expected["practices"] if name not in text] == []


@EACH_REPORT
def test_nothing_of_page_site_or_editor_reaches_a_passage(expected: dict[str, Any]) -> None:
    debris = ("[bookmark", "分享到", "当前位置", "浏览次数", "网站标识码", "打印本页", "索引号", "— 2 —", "HYPERLINK")
    _, passages = understood(expected["path"])

    assert [mark for mark in debris for passage in passages if mark in passage.text] == []


@pytest.mark.parametrize("copy", [r for r in REPORTS if "near_copy_of" in r], ids=lambda r: Path(r["path"]).name)
def test_most_passages_of_a_near_copy_resemble_one_of_the_year_before(copy: dict[str, Any]) -> None:
    last_year, this_year = understood(copy["near_copy_of"])[1], understood(copy["path"])[1]
    signatures = b"".join(minhash(passage.text) for passage in (*last_year, *this_year))
    leaders = find_clusters(np.frombuffer(signatures, dtype=np.uint8).reshape(-1, SIGNATURE_BYTES))
    led_before = set(leaders[: len(last_year)].tolist())
    folded = sum(leader in led_before for leader in leaders[len(last_year) :].tolist())

    assert folded >= 0.6 * len(this_year)


def test_a_tracked_change_is_read_as_accepted() -> None:
    path = next(r["path"] for r in REPORTS if "修订稿" in r["path"])
    text = "".join(passage.text for passage in understood(path)[1])

    assert "公开各类信息118条" in text
    assert "115条" not in text


def test_a_line_that_a_pdf_broke_within_a_sentence_is_not_taken_for_a_heading() -> None:
    path = next(r["path"] for r in REPORTS if r["path"].endswith("钟鼓巷街道2024年度法治政府建设情况报告.pdf"))
    passages = understood(path)[1]

    assert any("全年开堂468场，调解纠纷497件" in passage.text for passage in passages)
