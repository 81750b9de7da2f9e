"""Notices: whatever is asked, each is in Chinese, none comes twice, and its click leads to an answer without it."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.errors import SearchAppError
from search_app.query import Note, Undo
from search_app.searching import Request, search
from search_app.web import urls
from search_app.web.view_models.notices import notices
from tests.engines.building import filed
from tests.engines.contract import put
from tests.sampling import sampled

HELD = (
    filed(
        "1.txt", "镇里聘请法律顾问，全年审查合同二十份。", "排查矛盾纠纷，网格员上门调解。", town="湖口镇", year=2022
    ),
    filed("2.txt", "政务公开栏每月更新，村民看得懂。", "人民调解员坐班，调解邻里矛盾纠纷。", town="云溪乡", year=2023),
    filed("3.txt", "普法宣传进集市，发放宣传资料。", town="松岭乡", year=2021, kind="新闻"),
    filed("4.txt", "执法队伍人手不够，法律顾问来得少。", town="松岭乡", year=2023),
)
#: What makes notes: slips, operators, places, years, everyday words, exclusions, asking, what is not held.
SAID = (
    "法律故问",
    "政务工开",
    "矛盾纠纷",
    "普法",
    "网格员",
    "合同审查",
    "人民调解员",
    "fayuan",
    "tiaojie",
    "吵架",
    "怎么做",
    "存在的不足",
    "云溪乡",
    "2022年",
    "湖口镇2023年",
    "不要宣传",
    "-调解",
    "“法律顾问”",
    "“上门调解室”",
    "或",
    "OR",
    "(",
    ")",
    "镇:云溪乡",
    "镇:没有镇",
    "年:2022",
    "年:两千",
    "标题:合同",
    "典型做法",
    "量子计算",
    "板凳议事会",
    "合*",
    "－",
    "主题:普法宣传",
    "章节:不足",
)
ASKED = st.builds(
    Request,
    text=st.lists(st.sampled_from(SAID), min_size=1, max_size=2).map(" ".join),
    also=st.sampled_from((True, True, True, False)),
    strict=st.sampled_from((False, False, True)),
    all_genres=st.booleans(),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(tmp_path_factory.mktemp("notices") / "index")
    put(made, *HELD)
    return made


def told(engine: Engine, asked: Request) -> tuple[Note, ...]:
    """Return the notes of an answer; none where there is nothing to search for."""
    try:
        return search(engine, asked).notes
    except SearchAppError:
        return ()


@settings(max_examples=sampled(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED)
def test_every_note_is_a_chinese_sentence_and_none_comes_twice(engine: Engine, asked: Request) -> None:
    notes = told(engine, asked)

    assert all(re.search("[一-鿿]", note.message) for note in notes)
    assert len(set(notes)) == len(notes)


@settings(max_examples=sampled(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED)
def test_what_a_notice_leads_to_has_not_the_same_note(engine: Engine, asked: Request) -> None:
    try:
        results = search(engine, asked)
    except SearchAppError:
        return
    kinds = {note.kind.value: note.kind for note in results.notes}
    for notice in notices(results):
        if notice.link is None or notice.kind not in kinds or kinds[notice.kind].undo is Undo.EXEMPLARY:
            continue
        follows = urls.parse(parse_qs(urlsplit(notice.link.url).query)).request

        assert follows != replace(asked, page=1)
        assert not [note for note in told(engine, follows) if note.kind == notice.kind and note in results.notes]
