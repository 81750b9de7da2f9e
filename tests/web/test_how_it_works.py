"""The page 收录与说明: where its links lead and which numbers it tells, held against the program."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.collecting.limits import MAX_PASSAGES
from search_app.comparing import genealogy
from search_app.comparing.figure_levels import LEAST
from search_app.comparing.report_overlap import MOSTLY
from search_app.exporting import collection
from search_app.language.similarity.shared_wording import RUN
from search_app.query import MAX_PASTED
from search_app.reviewing.draft import MAX_CHARACTERS
from search_app.web.security import MAX_DRAFT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "search_app" / "web" / "content" / "how.md").read_text(encoding="utf-8")
LINKS = sorted(set(re.findall(r"\]\((/[^)]*)\)", PAGE)))


def part(title: str) -> str:
    """Return what stands under a heading."""
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_to_a_page(link: str, client: FlaskClient) -> None:
    assert client.get(link).status_code == 200


def test_every_heading_stands_alone_and_once() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)

    assert len(headings) == len(set(headings))
    assert len(headings) == len(re.findall(r"(?:\A|\n\n)## ", PAGE))


def test_the_numbers_it_tells_are_those_of_the_program() -> None:
    assert f"最多 {MAX_PASTED:,} 个字" in part("程序怎样理解您的话")
    assert f"连续 {RUN} 个字以上" in part("与上年相同百分之几")
    assert f"{'零一二三四五六七八九'[MOSTLY // 10]}成以上" in part("与上年相同百分之几")
    assert f"连着 {RUN} 个字以上" in part("对照")
    assert f"连着 {RUN} 个字" in part("查稿")
    assert f"最多 {MAX_CHARACTERS // 10_000} 万字，文件最大 {MAX_DRAFT // 2**20} MB" in part("查稿")
    assert f"最早的 {genealogy.MOST} 段" in part("一段的来历")
    assert f"不到 {LEAST} 个镇" in part("数据")
    assert f"最多 {MAX_PASSAGES} 段" in part("素材夹")
    assert f"最多 {collection.MOST:,} 段" in part("导出")


def test_every_button_it_names_is_one_that_a_page_or_a_command_shows() -> None:
    sources = [*(ROOT / "search_app").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    said = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    named = re.findall(r"点“([^”]+)”|按“([^”]+)”|标“([^”]+)”|旁边有“([^”]+)”", PAGE)

    words = [next(filter(None, found)) for found in named]
    assert len(words) > 5
    assert [word for word in words if not all(piece in said for piece in word.split("…"))] == []
