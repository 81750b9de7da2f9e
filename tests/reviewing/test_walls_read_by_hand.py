"""The wall of the sample corpus, of the five real reports and of copies of them, cell by cell as a reader finds them.

Which part a report has is read from the labels made by hand (``tests/judged/sample_corpus.toml``); what was copied, and
from where, was read in the reports themselves.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.register import Reason
from search_app.reviewing.report_check import Mark
from search_app.reviewing.review import Wanted, review
from search_app.reviewing.wall import Row
from tests.parsing.reading import REAL

CORPUS = Path(__file__).parents[2] / "corpus"
LABELS = Path(__file__).parents[1] / "judged" / "sample_corpus.toml"
DUTY, DONE, FLAWS, PLANS = PARTS
#: Town, year and part -> the year of the town's own report that has most of it.
FROM_OWN = {
    **{("弦歌街道", 2024, part): 2023 for part in PARTS},
    **{("橘井镇", 2023, part): 2022 for part in (DONE, FLAWS, PLANS)},
    **{("桐花坪乡", 2023, part): 2022 for part in PARTS},
    **{("砚瓦坪镇", 2023, part): 2022 for part in PARTS},
    ("云脊乡", 2023, DUTY): 2022,
}
#: Town, year and part -> the other town, and its year.
FROM_OTHERS = {
    ("橘井镇", 2023, DONE): ("雁归镇", 2023),
    ("雁归镇", 2023, DONE): ("橘井镇", 2022),
    ("雁归镇", 2023, DUTY): ("云脊乡", 2022),
    ("云脊乡", 2023, DUTY): ("雁归镇", 2023),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Index the sample corpus."""
    yield from _indexed(CORPUS, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Index the five real reports, a copy of one for another year, and a copy whose third part is one sentence."""
    if not REAL.is_dir():
        pytest.skip("the real reports are not on this machine")
    corpus = tmp_path_factory.mktemp("corpus")
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(REAL.glob("*.txt"))}
    copied = next(text for text in texts.values() if "石桥镇" in text)
    texts["副本.txt"] = copied.replace("2024", "2025").replace("2023", "2024")
    shortened = next(text for text in texts.values() if text.startswith("千佛镇")).replace("2021", "2022").splitlines()
    third, fourth = (next(at for at, line in enumerate(shortened) if line.startswith(f"{n}、")) for n in "三四")
    texts["单薄.txt"] = "\n".join([*shortened[: third + 1], "执法人员少，经验不足。", *shortened[fourth:]])
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")
    yield from _indexed(corpus, tmp_path_factory.mktemp("real"))


def _indexed(corpus: Path, folder: Path) -> Iterator[Engine]:
    engine = open_engine(folder / "index")
    update(engine, corpus)
    yield engine
    engine.close()


def rows(engine: Engine) -> Mapping[tuple[str, int], Row]:
    """Return every row that has a report, by town and year, of every county of every year."""
    found = {}
    for year, _ in review(engine, Wanted()).years:
        for county in review(engine, Wanted(year=year)).counties:
            for row in review(engine, Wanted(year=year, county=county.county)).rows:
                if row.report is not None:
                    found[f"{row.county}{row.town}", year] = row
    return found


def marked(found: Mapping[tuple[str, int], Row], mark: Mark) -> Iterator[tuple[tuple[str, int, str], Row]]:
    for row in found.values():
        for part in row.check.parts if row.check else ():
            if mark in part.marks:
                yield (row.town, row.year, part.part), row


def missing(row: Row) -> set[str]:
    return {part for part in PARTS if row.lacks(part)}


def test_every_report_of_the_sample_lacks_what_its_author_left_out_and_nothing_else(sample: Engine) -> None:
    labels = {each["path"]: each for each in tomllib.loads(LABELS.read_text(encoding="utf-8"))["report"]}

    found = rows(sample)

    assert len(found) == sum("year" in each for each in labels.values())
    for row in found.values():
        assert row.report is not None
        told = labels[row.report.path]
        required = set(PARTS) - set(told["sections"])
        assert required - set(told.get("possible_sections", ())) <= missing(row) <= required


def test_no_part_of_the_sample_is_called_thin(sample: Engine) -> None:
    assert [*marked(rows(sample), Mark.THIN)] == []


def test_in_the_sample_what_was_taken_over_from_the_towns_own_report_is_named_with_its_year(sample: Engine) -> None:
    named = {}
    for key, row in marked(rows(sample), Mark.FROM_OWN):
        part = next(each for each in row.check.parts if each.part == key[2]) if row.check else None
        named[key] = part.own.report.year if part and part.own else None

    assert named == FROM_OWN


def test_in_the_sample_what_another_town_says_too_is_named_with_town_and_year(sample: Engine) -> None:
    named = {}
    for key, row in marked(rows(sample), Mark.FROM_OTHERS):
        part = next(each for each in row.check.parts if each.part == key[2]) if row.check else None
        named[key] = (part.others.report.town, part.others.report.year) if part and part.others else None

    assert named == FROM_OTHERS


def test_the_report_of_the_sample_without_a_year_stands_apart(sample: Engine) -> None:
    apart = review(sample, Wanted()).apart

    assert [(each.report.town, each.reason) for each in apart] == [("灯盏坪乡", Reason.NO_YEAR)]


def test_the_copy_of_a_real_report_is_the_same_as_last_year_in_full(real: Engine) -> None:
    row = rows(real)["宝丰县石桥镇", 2024]

    assert row.check is not None
    assert row.check.preceding is not None
    assert (row.check.preceding.report.year, row.check.preceding.share) == (2023, 1.0)
    assert [part.marks for part in row.check.parts] == [(Mark.FROM_OWN,)] * 4


def test_of_the_real_reports_two_lack_what_the_heads_did_and_the_others_nothing(real: Engine) -> None:
    lacking = {key: missing(row) for key, row in rows(real).items()}

    assert lacking == {
        ("云阳县黄石镇", 2021): {DUTY},
        ("城口县北屏乡", 2022): {DUTY},
        ("宝丰县石桥镇", 2023): set(),
        ("宝丰县石桥镇", 2024): set(),
        ("井研县千佛镇", 2021): set(),
        ("井研县千佛镇", 2022): set(),
    }


def test_the_only_thin_part_is_the_one_that_was_shortened_and_it_is_no_copy(real: Engine) -> None:
    found = dict(marked(rows(real), Mark.THIN))

    assert set(found) == {("千佛镇", 2022, FLAWS)}
    (row,) = found.values()
    assert row.check is not None
    assert [part.marks for part in row.check.parts] == [
        (Mark.FROM_OWN,), (Mark.FROM_OWN,), (Mark.THIN,), (Mark.FROM_OWN,)
    ]  # fmt: skip


def test_no_real_report_is_the_same_as_that_of_another_town(real: Engine) -> None:
    assert [*marked(rows(real), Mark.FROM_OTHERS)] == []


def test_the_real_report_without_a_year_stands_apart_and_the_one_that_is_dated_was_in_time(real: Engine) -> None:
    (apart,) = review(real, Wanted()).apart
    found = rows(real)

    assert (apart.report.town, apart.reason) == ("野鹤镇", Reason.NO_YEAR)
    assert {key for key, row in found.items() if row.dates} == {("宝丰县石桥镇", 2023), ("宝丰县石桥镇", 2024)}
    assert not any(row.is_late for row in found.values())
