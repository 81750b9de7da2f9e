"""What all tests share: the flags of a run, sample reports in memory, an engine that holds them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from search_app.model import Exemplary, Passage, Report
from tests.engines.scanning import ScanningEngine

# A slow moment of the machine is no finding: nothing here is judged by the clock.
# A build draws fewer examples; over many builds they are as many, since each draws its own.
# (Hypothesis itself would draw the same again and again where CI is set.)
settings.register_profile("sampled", deadline=None, max_examples=25, derandomize=False)
settings.register_profile("whole", deadline=None, max_examples=100, derandomize=False)
settings.load_profile("sampled")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flags: golden files change, nothing is sampled, pages are tried over a cluster."""
    parser.addoption("--rewrite-golden", action="store_true", help="write golden files instead of comparing with them")
    parser.addoption("--whole", action="store_true", help="draw all examples of what a build takes samples of")
    parser.addoption("--over-opensearch", action="store_true", help="try the pages (tests/web) over a cluster")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are drawn before any test module is read."""
    if config.getoption("--whole"):
        settings.load_profile("whole")


class Golden:
    """Compares text with a file; under ``--rewrite-golden`` writes it."""

    def __init__(self, folder: Path, *, rewrite: bool) -> None:
        self._folder = folder
        self._rewrite = rewrite

    def check(self, name: str, text: str) -> None:
        """Fail where the text is not what the golden file holds."""
        path = self._folder / name
        if self._rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; look, then run pytest --rewrite-golden"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Give golden files in the folder ``golden`` beside the test."""
    return Golden(request.path.parent / "golden", rewrite=bool(request.config.getoption("--rewrite-golden")))


@pytest.fixture(scope="session", autouse=True)
def language_laid_out_once() -> Iterator[None]:
    """Have all runs of a process write what the first laid out: that takes longer than most runs of a test."""
    from search_app.prepared_tables import sources_key
    from search_app.searching import prepared_start

    lay_out, kept = prepared_start.lay_out_language, {}

    def once() -> object:
        key = sources_key()
        if key not in kept:
            kept[key] = lay_out()
        return kept[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prepared_start, "lay_out_language", once)
        yield


@pytest.fixture(scope="session")
def cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a cluster that all processes of this run share."""
    from tests.engines.opensearch.running import shared_cluster

    base = tmp_path_factory.getbasetemp()
    with shared_cluster(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as url:
        yield url


def make_report(path: str, *, town: str | None, county: str | None = "芷川县", year: int | None = 2023) -> Report:
    """Return a report with an id made from its path."""
    from search_app.indexing import report_id

    return Report(
        id=report_id(path),
        path=path,
        title=f"{town}{year}年法治政府建设年度报告" if town and year else None,
        town=town,
        county=county,
        year=year,
        year_source="title" if year else "none",
        place_source="title" if town else "none",
        fingerprint="f" * 64,
    )


def make_passages(report: Report, *texts: str, headings: tuple[str, ...] = (), score: int = 0) -> tuple[Passage, ...]:
    """Return passages of a report with these texts, below these headings."""
    return tuple(
        Passage(
            id=f"{report.id}-{number}",
            report=report.id,
            number=number,
            headings=headings,
            section="主要举措和成效",
            topics=("矛盾化解",) if "调解" in text else (),
            text=text,
            exemplary=Exemplary(score=score, reasons=("有具体数字",) if score else ()),
        )
        for number, text in enumerate(texts, start=1)
    )


@pytest.fixture
def engine() -> ScanningEngine:
    """Give an engine in memory that holds three reports of two invented towns."""
    held = ScanningEngine()
    lake = make_report("a/湖口镇2023.txt", town="湖口镇")
    older = make_report("a/湖口镇2022.txt", town="湖口镇", year=2022)
    hill = make_report("b/杉岭乡2023.txt", town="杉岭乡", county="柘川市")
    with held.writing() as writer:
        writer.put(
            lake,
            make_passages(
                lake,
                "设立“茶馆议事角”，全年调解矛盾纠纷四十二件，调解成功率达到九成以上。",
                "聘请法律顾问两名，审查合同十五份。",
                headings=("二、主要举措", "（一）多元化解纠纷"),
                score=80,
            ),
        )
        writer.put(
            older, make_passages(older, "组织干部学法四次，开展普法宣传进校园活动。", headings=("一、学法普法",))
        )
        writer.put(
            hill,
            make_passages(
                hill,
                "聘请法律顾问一名，参与行政执法案卷评查。",
                "开展行政执法培训，公示执法结果。",
                headings=("行政执法",),
            ),
        )
    return held
