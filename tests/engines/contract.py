"""The engine contract: twenty sentences, each a test or more. Every engine passes them all, without skips.

A test module for an engine subclasses :class:`EngineContract` and gives it an ``engine`` fixture.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from search_app.engines.base import Engine
from search_app.engines.lineage import known_generations, mark
from search_app.errors import BadSearch, IndexMissing, NoSuchGeneration, NoSuchPassage, NoSuchReport
from search_app.language.analysis.text_digest import digest_text
from search_app.model import SECTIONS, TOPICS, Collapse, Exemplary, Facet, Found, Sort
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    Deadline,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    Search,
    Selection,
    SomeOf,
    TextField,
    Weighted,
    Words,
    Years,
)
from search_app.score import ExplanationPart
from tests.engines.building import Filed, filed
from tests.engines.explaining import faults, parts_of, the

SPRING = filed("甲县/清泉镇.txt", "调解矛盾纠纷28起。", "聘请法律顾问3名。", town="清泉镇", county="甲县", year=2021)
RIDGE = filed("乙县/松岭乡.txt", "人民调解员走村入户。", "聘请法律顾问5名。", town="松岭乡", county="乙县", year=2022)


class Stop(Exception):
    """Raised inside writing blocks by the tests."""


def put(engine: Engine, *several: Filed) -> None:
    with engine.writing() as writer:
        for report, passages in several:
            writer.put(report, passages)


def ids(found: Found) -> list[str]:
    return [match.passage.id for match in found.matches]


def counts(found: Found, facet: Facet) -> dict[object, int]:
    return {value.value: value.count for value in found.facets[facet]}


_EVERY_KIND_OF_PART = Raised(
    child=AllOf(
        children=(
            BestOf(children=(Weighted(node=Words(text="调解纠纷")), Weighted(node=Words(text="人民调解"), weight=0.8))),
            Not(child=Words(text="法律顾问")),
            AnyOf(children=(Years(first=2020, last=2023), In(facet=Facet.TOWN, value="清泉镇"))),
            SomeOf(children=(Words(text="矛盾"), Words(text="走村"), Words(text="无")), least=1),
            SaysAlike(text="调解矛盾", least=0.0),
        )
    ),
    by=(
        Weighted(node=Phrase(text="调解"), weight=0.5),
        Weighted(node=In(facet=Facet.TOPIC, value=TOPICS[0]), weight=2.0),
        Weighted(node=About(text="调解矛盾", least=0.0), weight=10.0),
    ),
)


def _unspread(page: int) -> Search:
    return Search(page=page, size=4, ranking=Ranking(same_town=1.0))


class EngineContract:
    @pytest.fixture
    def engine(self) -> Iterator[Engine]:
        raise NotImplementedError

    def test_nothing_is_visible_until_the_writing_block_ends(self, engine: Engine) -> None:
        put(engine, SPRING)

        with engine.writing() as writer:
            writer.put(*RIDGE)
            during = engine.search(Search()).total

        assert (during, engine.search(Search()).total) == (2, 4)

    def test_a_block_that_raises_changes_nothing(self, engine: Engine) -> None:
        put(engine, SPRING)

        with suppress(Stop), engine.writing() as writer:
            writer.put(*RIDGE)
            writer.remove(SPRING[0].id)
            raise Stop

        assert engine.search(Search()).total == 2
        assert set(engine.fingerprints()) == {SPRING[0].id}
        put(engine, RIDGE)
        assert engine.search(Search()).total == 4

    def test_put_replaces_the_whole_report(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        put(engine, (SPRING[0], SPRING[1][:1]))

        assert len(engine.report(SPRING[0].id)[1]) == 1
        assert engine.search(Search()).total == 3

    def test_put_twice_in_one_block_keeps_the_second(self, engine: Engine) -> None:
        with engine.writing() as writer:
            writer.put(*SPRING)
            writer.put(SPRING[0], SPRING[1][1:])

        assert ids(engine.search(Search())) == [SPRING[1][1].id]

    def test_removing_an_unknown_report_is_no_error(self, engine: Engine) -> None:
        put(engine, SPRING)

        with engine.writing() as writer:
            writer.remove("000000000000")

        assert engine.search(Search()).total == 2

    def test_a_removed_report_is_gone(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        with engine.writing() as writer:
            writer.remove(SPRING[0].id)

        assert engine.search(Search(query=Words(text="调解"))).reports == 1
        with pytest.raises(NoSuchReport):
            engine.report(SPRING[0].id)

    def test_the_unit_of_answers_is_the_passage_and_distinct_reports_are_given_beside_it(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search())

        assert (found.total, found.reports, len(found.matches)) == (4, 2, 4)
        assert all(value.reports <= value.count for value in found.facets[Facet.YEAR])

    def test_values_of_one_facet_are_joined_by_or_and_facets_by_and(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        either = engine.search(Search(selection=Selection(year=(2021, 2022))))
        both = engine.search(Search(selection=Selection(year=(2021, 2022), county=("甲县",))))

        assert (either.total, both.total) == (4, 2)

    def test_a_facets_counts_ignore_its_own_selection_and_every_other_selection_counts(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search(selection=Selection(year=(2021,))))

        assert counts(found, Facet.YEAR) == {2021: 2, 2022: 2}
        assert counts(found, Facet.COUNTY) == {"甲县": 2}

    def test_what_has_an_excluded_value_is_left_out_whatever_else_is_ticked(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE, filed("3.txt", "一段话。"))
        no_spring = {Facet.TOWN: ("清泉镇",)}

        others = engine.search(Search(selection=Selection(no_spring)))
        of_2021 = engine.search(Search(selection=Selection(no_spring, year=(2021,))))
        both = engine.search(Search(selection=Selection(no_spring, town=("清泉镇", "松岭乡"))))
        known = engine.search(Search(selection=Selection({Facet.TOWN: (None,), Facet.YEAR: (2022,)})))

        assert [found.total for found in (others, of_2021, both, known)] == [3, 0, 2, 2]
        assert {match.report.town for match in others.matches} == {"松岭乡", None}

    def test_an_excluded_value_stays_listed_with_what_it_would_give(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search(selection=Selection({Facet.YEAR: (2021, 1999)})))

        assert counts(found, Facet.YEAR) == {2022: 2, 2021: 2, 1999: 0}
        assert [value.value for value in found.facets[Facet.YEAR] if value.excluded] == [2021, 1999]
        assert counts(found, Facet.COUNTY) == {"乙县": 2}

    def test_a_bare_name_excludes_every_town_that_it_stands_for(self, engine: Engine) -> None:
        twin = filed("乙县/清泉镇.txt", "另一个清泉镇。", town="清泉镇", county="乙县", year=2021)
        put(engine, SPRING, RIDGE, twin)

        bare = engine.search(Search(selection=Selection({Facet.TOWN: ("清泉镇",)})))
        exact = engine.search(Search(selection=Selection({Facet.TOWN: ("乙县清泉镇",)})))

        assert (bare.total, exact.total) == (2, 4)
        assert {each.value for each in bare.facets[Facet.TOWN] if each.excluded} == {"甲县清泉镇", "乙县清泉镇"}

    def test_a_passage_on_an_excluded_topic_is_not_counted_under_its_other_topics(self, engine: Engine) -> None:
        first, second = TOPICS[:2]
        put(
            engine,
            filed("1.txt", "又讲这个又讲那个。", topics=(first, second)),
            filed("2.txt", "只讲这个。", topics=(first,)),
            filed("3.txt", "什么也不讲。"),
        )

        found = engine.search(Search(selection=Selection({Facet.TOPIC: (second,)}, topic=(first,))))
        on_any = engine.search(Search(selection=Selection({Facet.TOPIC: (None,)})))

        assert found.total == 1
        assert counts(found, Facet.TOPIC) == {first: 1, second: 1, None: 1}
        assert on_any.total == 2

    def test_a_ticked_topic_that_an_excluded_one_leaves_nothing_of_stays_listed(self, engine: Engine) -> None:
        first, second = TOPICS[:2]
        put(engine, filed("1.txt", "又讲这个又讲那个。", topics=(first, second)))

        found = engine.search(Search(selection=Selection({Facet.TOPIC: (second,)}, topic=(first,))))

        assert counts(found, Facet.TOPIC) == {second: 1, first: 0}

    def test_a_selected_value_stays_listed_with_a_count_of_zero(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search(selection=Selection(county=("甲县", "丙县"), year=(2022,))))

        assert counts(found, Facet.COUNTY) == {"乙县": 2, "甲县": 0, "丙县": 0}

    def test_values_that_no_report_has_together_stay_listed_with_a_count_of_zero(self, engine: Engine) -> None:
        put(
            engine,
            filed("甲.txt", "调解。", year=2022, town="石桥镇"),
            filed("乙.txt", "调解。", year=2023, town="云溪乡"),
        )
        selection = Selection(year=(2022,), town=("云溪乡",), county=("无此县",))

        facets = engine.search(Search(query=Words(text="调解"), selection=selection)).facets

        assert [(one.value, one.count) for one in facets[Facet.YEAR]] == [(2022, 0)]
        assert [(one.value, one.count) for one in facets[Facet.TOWN]] == [("云溪乡", 0)]

    def test_a_report_is_counted_and_selected_under_the_one_genre_of_its_kind(self, engine: Engine) -> None:
        check = filed("甲县/自查.txt", "开展自查。", kind="自查报告")
        summary = filed("甲县/总结.txt", "全年总结。", "还有不足。", kind="工作总结")
        put(engine, SPRING, check, summary, filed("乙县/专报.txt", "一期专报。", kind="信息专报"))

        found = engine.search(Search())
        narrowed = engine.search(Search(selection=Selection({Facet.GENRE: ("其他",)}, genre=("工作总结/自查", "新闻"))))
        inside = engine.search(Search(query=In(facet=Facet.GENRE, value="年度报告")))

        assert counts(found, Facet.GENRE) == {"年度报告": 2, "工作总结/自查": 3, "其他": 1}
        assert (narrowed.total, narrowed.reports) == (3, 2)
        assert counts(narrowed, Facet.GENRE) == {"年度报告": 2, "工作总结/自查": 3, "其他": 1, "新闻": 0}
        assert ids(inside) == [passage.id for passage in SPRING[1]]

    def test_a_town_name_in_two_counties_is_shown_with_its_county_and_found_bare(self, engine: Engine) -> None:
        twin = filed("乙县/清泉镇.txt", "另一个清泉镇。", town="清泉镇", county="乙县", year=2021)
        put(engine, SPRING, twin)

        found = engine.search(Search())
        bare = engine.search(Search(selection=Selection(town=("清泉镇",))))
        exact = engine.search(Search(selection=Selection(town=("乙县清泉镇",))))

        assert counts(found, Facet.TOWN) == {"甲县清泉镇": 2, "乙县清泉镇": 1}
        assert (bare.total, exact.total) == (3, 1)

    def test_a_town_whose_county_is_known_in_only_one_report_is_one_town(self, engine: Engine) -> None:
        put(engine, SPRING, filed("清泉镇.txt", "没有写明所属的县。", town="清泉镇"))

        assert counts(engine.search(Search()), Facet.TOWN) == {"清泉镇": 3}

    def test_a_town_of_two_counties_and_of_an_unknown_one_are_three_values(self, engine: Engine) -> None:
        several = [filed(f"{c}.txt", "一段话。", town="石桥镇", county=c) for c in ("甲县", "乙县", None)]
        put(engine, *several)

        values = counts(engine.search(Search()), Facet.TOWN)
        each = [engine.search(Search(selection=Selection(town=(str(value),)))).total for value in values]

        assert set(values.values()) == {1}
        assert each == [1, 1, 1]

    def test_towns_of_counties_of_one_name_in_two_cities_are_kept_apart(self, engine: Engine) -> None:
        several = [filed(f"{c}.txt", "一段话。", town="城关镇", county="城关区", city=c) for c in ("东市", "西市")]
        put(engine, *several)

        values = counts(engine.search(Search()), Facet.TOWN)

        assert values == {"东市城关区城关镇": 1, "西市城关区城关镇": 1}

    @pytest.mark.parametrize("field", ["any", "heading"])
    def test_a_blank_phrase_matches_nothing(self, engine: Engine, field: TextField) -> None:
        put(engine, filed("1.txt", "一段话。", headings=("一、举措",), title="报告"))

        assert engine.search(Search(query=Phrase(text=" ", field=field))).total == 0

    @pytest.mark.parametrize(
        "search",
        [
            Search(page=0),
            Search(size=0),
            Search(selection=Selection(year=("abc",))),
            Search(selection=Selection({Facet.YEAR: ("abc",)})),
        ],
    )
    def test_a_search_that_makes_no_sense_is_refused_as_such(self, engine: Engine, search: Search) -> None:
        put(engine, SPRING)

        with pytest.raises(BadSearch):
            engine.search(search)

    def test_an_odd_report_id_is_no_report(self, engine: Engine) -> None:
        put(engine, SPRING)

        for odd in ("\ud800", "", "乙"):
            with pytest.raises(NoSuchReport):
                engine.report(odd)

    def test_a_phrase_whose_pairs_all_stand_elsewhere_in_the_passage_does_not_match(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "甲乙丙和乙丙丁"))

        assert engine.search(Search(query=Phrase(text="甲乙丙丁"))).total == 0

    def test_unknown_values_are_counted_and_selected_as_none(self, engine: Engine) -> None:
        put(engine, SPRING, filed("无年份.txt", "没有写年份。"))

        found = engine.search(Search(selection=Selection(year=(None,))))

        assert found.total == 1
        assert counts(found, Facet.YEAR) == {2021: 2, None: 1}

    def test_a_year_that_no_report_has_is_not_an_unknown_one(self, engine: Engine) -> None:
        put(engine, filed("无年份.txt", "没有写年份。"))

        found = engine.search(Search(selection=Selection(year=(0,))))

        assert found.total == 0
        assert counts(found, Facet.YEAR) == {None: 1, 0: 0}

    def test_collapsing_changes_what_is_listed_never_totals_or_facet_counts(self, engine: Engine) -> None:
        copies = [filed(f"{n}.txt", f"镇里聘请法律顾问，全年审查合同{n}份。", year=2020 + n) for n in (1, 2, 3)]
        put(engine, *copies, filed("4.txt", "完全不同的一段话，说的是便民服务。", year=2024))

        plain = engine.search(Search())
        folded = engine.search(Search(collapse=Collapse.SIMILAR))

        assert (plain.total, plain.reports, plain.facets) == (folded.total, folded.reports, folded.facets)
        assert (plain.listed, folded.listed) == (4, 2)
        assert sorted(match.stands_for for match in folded.matches) == [0, 2]

    def test_collapsing_by_report_lists_each_report_once(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search(collapse=Collapse.REPORT))

        assert [match.stands_for for match in found.matches] == [1, 1]

    def test_a_passage_says_how_many_others_of_the_index_say_nearly_the_same(self, engine: Engine) -> None:
        text = "镇里聘请法律顾问，全年审查合同{}份。"
        first = filed("1.txt", text.format(12))
        put(engine, first, filed("2.txt", text.format(30)))

        similar = engine.report(first[0].id)[1][0].similar

        assert similar == 1

    def test_those_that_say_nearly_the_same_as_a_passage_are_found_without_it_counted_and_narrowed(
        self, engine: Engine
    ) -> None:
        copies = [filed(f"{n}.txt", f"镇里聘请法律顾问，全年审查合同{n}份。", year=2020 + n) for n in (1, 2, 3)]
        put(engine, *copies, filed("4.txt", "完全不同的一段话，说的是便民服务。", year=2024))
        named = copies[0][1][0].id

        found = engine.search(Search(like=named))
        narrowed = engine.search(Search(like=named, selection=Selection(year=(2023,))))

        assert ids(found) == [copies[1][1][0].id, copies[2][1][0].id]
        assert (found.total, found.reports, counts(found, Facet.YEAR)) == (2, 2, {2022: 1, 2023: 1})
        assert (ids(narrowed), counts(narrowed, Facet.YEAR)) == ([copies[2][1][0].id], {2022: 1, 2023: 1})

    def test_those_that_say_something_else_than_a_passage_are_found(self, engine: Engine) -> None:
        copies = [filed(f"{n}.txt", f"镇里聘请法律顾问，全年审查合同{n}份。") for n in (1, 2, 3)]
        other = filed("4.txt", "聘请法律顾问的经费列入预算。")
        put(engine, *copies, other)

        found = engine.search(Search(query=Words(text="法律顾问"), unlike=copies[1][1][0].id))

        assert (ids(found), found.total) == ([other[1][0].id], 1)

    def test_what_stands_in_the_report_of_a_passage_is_not_unlike_it(self, engine: Engine) -> None:
        own = filed("1.txt", "镇里聘请法律顾问，全年审查合同二十份。", "法律顾问每周坐班，群众来问的多。")
        other = filed("2.txt", "聘请法律顾问的经费列入预算。")
        put(engine, own, other)

        found = engine.search(Search(query=Words(text="法律顾问"), unlike=own[1][0].id))

        assert (ids(found), found.total) == ([other[1][0].id], 1)

    def test_as_many_are_like_a_listed_passage_as_are_folded_behind_it(self, engine: Engine) -> None:
        copies = [filed(f"{n}.txt", f"镇里聘请法律顾问，全年审查合同{n}份。", year=2020 + n % 2) for n in range(5)]
        put(engine, *copies, SPRING)
        folded = Search(query=Words(text="法律顾问"), selection=Selection(year=(2021,)), collapse=Collapse.SIMILAR)

        listed = engine.search(folded).matches
        behind = [engine.search(replace(folded, like=match.passage.id)).total for match in listed]

        assert behind == [match.stands_for for match in listed]
        assert sum(behind) > 0

    @pytest.mark.parametrize("odd", ["", "-", "乙-1", "000000000000-1", f"{SPRING[0].id}-99"])
    def test_a_likeness_to_a_passage_that_is_not_held_is_refused(self, engine: Engine, odd: str) -> None:
        put(engine, SPRING)

        for search in (Search(like=odd), Search(unlike=odd)):
            with pytest.raises(NoSuchReport):
                engine.search(search)

    def test_an_empty_query_matches_everything(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        assert engine.search(Search()).total == 4

    def test_a_query_of_exclusions_alone_is_allowed(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        assert engine.search(Search(query=Not(child=Words(text="法律顾问")))).total == 2

    @pytest.mark.parametrize("phrase", ["民调", "民调解员走", "员", "28起", "纠纷 28", "２８起。", "走村入户。"])
    def test_a_phrase_means_these_characters_however_they_are_cut(self, engine: Engine, phrase: str) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search(query=Phrase(text=phrase)))

        assert found.total == 1

    def test_a_phrase_does_not_match_the_same_words_in_another_order(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        assert engine.search(Search(query=Phrase(text="顾问法律"))).total == 0

    def test_a_phrase_in_a_heading_finds_what_stands_below_it_in_a_title_it_does_not(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "一段话。", headings=("一、主要举措", "（一）法律顾问"), title="年度报告"))

        found = {
            phrase: engine.search(Search(query=Phrase(text=phrase))).total for phrase in ("律顾", "度报", "措（一")
        }

        assert found == {"律顾": 1, "度报": 0, "措（一": 0}

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("100%", ["1"]),
            ("100", ["1", "2", "3"]),
            ("办公场所500㎡", ["4"]),
            ("500", ["4", "5"]),
            ("3+N", ["6"]),
            ("C#", []),
            ("24/7", ["8"]),
            ("调解，", ["1", "2"]),
        ],
    )
    def test_signs_written_with_letters_or_figures_are_part_of_them(
        self, engine: Engine, text: str, found: list[str]
    ) -> None:
        texts = (
            "调解率100%。",
            "调解100件。",
            "10 0与100。",
            "办公场所500㎡。",
            "500个场所办公。",
            "“3+N”。",
            "3个N。",
        )
        put(engine, *(filed(f"{number}.txt", text) for number, text in enumerate((*texts, "全天24/7，C类"), 1)))

        matches = engine.search(Search(query=Words(text=text))).matches

        assert sorted(match.report.path.removesuffix(".txt") for match in matches) == found

    def test_a_phrase_in_headings_does_not_run_from_one_heading_into_the_next(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "一段话。", headings=("一、主要举措", "（一）法律顾问"), title="年度报告"))

        found = {
            phrase: engine.search(Search(query=Phrase(text=phrase, field="heading"))).total
            for phrase in ("要举措", "法律顾问", "度报告", "举措（一）", "顾问年度")
        }

        assert list(found.values()) == [1, 1, 1, 0, 0]

    def test_words_find_every_passage_that_contains_the_typed_characters(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        assert engine.search(Search(query=Words(text="民调解"))).total == 1

    @pytest.mark.parametrize("text", ["调解，", "“调解”", "调解 调解", "28 28", "？28"])
    def test_a_single_word_is_found_whatever_signs_are_typed_with_it(self, engine: Engine, text: str) -> None:
        put(engine, SPRING)

        assert engine.search(Search(query=Words(text=text))).total == 1

    def test_words_may_stand_apart_and_in_the_headings(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "全年排查28起，调解成功。", headings=("一、化解矛盾",)))

        assert engine.search(Search(query=Words(text="矛盾调解"))).total == 1

    def test_equal_scores_are_ordered_by_report_and_passage_so_pages_never_overlap(self, engine: Engine) -> None:
        put(engine, *(filed(f"{name}.txt", "同一句话。", "同一句话。") for name in "cab"))

        pages = [
            [(match.report.path, match.passage.number) for match in engine.search(_unspread(page)).matches]
            for page in (1, 2)
        ]

        assert pages[0] + pages[1] == [(f"{name}.txt", number) for name in "abc" for number in (1, 2)]

    def test_the_second_passage_of_a_town_comes_after_other_towns_but_stays_listed(self, engine: Engine) -> None:
        put(
            engine,
            filed("1.txt", "调解邻里纠纷。", "调解家事纠纷。", town="石桥镇"),
            filed("2.txt", "调解各类矛盾。", town="云溪乡"),
        )

        towns = [match.report.town for match in engine.search(Search(query=Words(text="调解"))).matches]

        assert towns == ["石桥镇", "云溪乡", "石桥镇"]

    def test_a_question_that_leans_to_a_section_lists_it_first(self, engine: Engine) -> None:
        put(
            engine, filed("1.txt", "普法宣传。", section=SECTIONS[2]), filed("2.txt", "普法宣传。", section=SECTIONS[3])
        )

        found = engine.search(Search(query=Words(text="普法"), leaning=(SECTIONS[3],)))

        assert [match.passage.section for match in found.matches] == [SECTIONS[3], SECTIONS[2]]

    def test_ways_to_say_the_same_match_where_one_does_and_score_as_the_best(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "便民服务中心办事。"), filed("2.txt", "服务大厅办事。"), filed("3.txt", "办事。"))
        ways = (Weighted(node=Words(text="服务大厅")), Weighted(node=Words(text="便民服务中心"), weight=0.1))

        found = engine.search(Search(query=BestOf(children=ways)))

        assert [match.report.path for match in found.matches] == ["2.txt", "1.txt"]

    def test_what_raises_a_score_changes_the_order_never_what_matches(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "调解。"), filed("2.txt", "调解台账。"), filed("3.txt", "台账。"))
        raised = Raised(child=Words(text="调解"), by=(Weighted(node=Words(text="台账"), weight=5.0),))

        found = engine.search(Search(query=raised))

        assert [match.report.path for match in found.matches] == ["2.txt", "1.txt"]

    def test_what_matches_an_earlier_node_of_those_to_stand_first_does_whatever_its_score(self, engine: Engine) -> None:
        put(
            engine,
            filed("1.txt", "聘请法律顾问，法律顾问审查合同。", exemplary=Exemplary(score=90)),
            filed("2.txt", "律师值班，法律顾问坐诊。"),
            filed("3.txt", "律师值班。", section=SECTIONS[0]),
        )
        ways = (Weighted(node=Words(text="律师"), weight=0.1), Weighted(node=Words(text="法律顾问")))
        both = AllOf(children=(Words(text="律师"), Words(text="值班"), Not(child=Words(text="法律顾问"))))

        found = engine.search(Search(query=BestOf(children=ways), first=(both, Words(text="律师"))))

        assert [match.report.path for match in found.matches] == ["3.txt", "2.txt", "1.txt"]
        assert found.total == 3

    def test_without_a_query_too_what_matches_the_node_to_stand_first_does(self, engine: Engine) -> None:
        put(engine, filed("甲.txt", "聘请法律顾问。", "人民调解。"))

        found = engine.search(Search(first=(Words(text="调解"),)))

        assert [match.passage.number for match in found.matches] == [2, 1]

    def test_what_stands_first_leads_those_that_are_folded_behind_it(self, engine: Engine) -> None:
        text = "聘请法律顾问三名，每周到村坐诊一次，审查合同十五份，解答群众咨询一百二十人次。"
        put(engine, filed("1.txt", text), filed("2.txt", text.replace("一百二十", "一百三十")))
        own = Phrase(text="一百三十")

        found = engine.search(Search(query=Words(text="法律顾问"), first=(own,), collapse=Collapse.SIMILAR))

        assert [(match.report.path, match.stands_for) for match in found.matches] == [("2.txt", 1)]

    def test_an_explanation_says_in_which_tier_a_passage_stands(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "调解纠纷。"), filed("2.txt", "调解矛盾。"))
        search = Search(query=Words(text="调解"), first=(Words(text="矛盾"),))

        told = [
            the(ExplanationPart.TIER, engine.explain(search, (match.passage.id,))[0]).message
            for match in engine.search(search).matches
        ]

        assert told[0].startswith("照输入的样子出现")
        assert told[1].startswith("没有照输入的样子出现")

    def test_what_many_reports_say_in_the_same_words_is_no_practice_of_one_town(self, engine: Engine) -> None:
        own, said = Exemplary(score=60), "组建专班逐户上门排查，全年化解纠纷三十二件。"
        put(engine, *(filed(f"{number}.txt", said, exemplary=own) for number in range(4)))

        found = engine.search(Search())

        assert {match.passage.exemplary.score for match in found.matches} == {50}
        assert engine.search(Search(exemplary=True)).total == 0

    def test_where_many_passages_are_concrete_only_the_best_fifth_carries_the_stamp(self, engine: Engine) -> None:
        done, signs = "主要举措和成效", "甲乙丙丁戊己庚辛壬癸"
        texts = [f"{one}{other}{one}村{other}组{other}{one}户。" for one in signs for other in signs][:60]
        rated = (Exemplary(score=40 + at) for at in range(60))
        put(engine, *(filed(f"{t}.txt", t, section=done, exemplary=e) for t, e in zip(texts, rated, strict=True)))

        stamped = engine.search(Search(exemplary=True, size=50))
        whole = engine.search(Search(size=60))

        assert {match.passage.exemplary.score for match in stamped.matches} == set(range(88, 100))
        assert sum(match.passage.exemplary.stamped for match in whole.matches) == stamped.total == 12

    @pytest.mark.parametrize(("sort", "years"), [(Sort.NEWEST, [2023, 2021, None]), (Sort.OLDEST, [2021, 2023, None])])
    def test_sorting_by_year_puts_unknown_years_last(self, engine: Engine, sort: Sort, years: list[int | None]) -> None:
        put(engine, *(filed(f"{year}.txt", "一段话。", year=year) for year in (2021, None, 2023)))

        found = engine.search(Search(sort=sort))

        assert [match.report.year for match in found.matches] == years

    def test_sorting_by_exemplary_practice_puts_the_most_concrete_first(self, engine: Engine) -> None:
        put(engine, *(filed(f"{n}.txt", "一段话。", exemplary=Exemplary(score=n)) for n in (10, 90, 60)))

        found = engine.search(Search(sort=Sort.EXEMPLARY))
        only = engine.search(Search(exemplary=True))

        assert [match.passage.exemplary.score for match in found.matches] == [90, 60, 10]
        assert only.total == 2

    def test_sorting_by_town_goes_by_the_sound_of_county_and_town_then_from_the_newest_year(
        self, engine: Engine
    ) -> None:
        places = (("重山县", "长溪镇"), ("阿里县", "重阳镇"), ("阿里县", "安和镇"), ("阿里县", None), (None, "安和镇"))
        several = [
            filed(f"{at}{year}.txt", "一段话。", "法治。", county=county, town=town, year=year)
            for at, (county, town) in enumerate(places)
            for year in (2021, None, 2023)
        ]
        put(engine, *several)

        found = engine.search(Search(sort=Sort.TOWN, size=100))

        listed = [(match.report.county, match.report.town, match.report.year) for match in found.matches[::2]]
        order = (("阿里县", "安和镇"), ("阿里县", "重阳镇"), ("阿里县", None), ("重山县", "长溪镇"), (None, "安和镇"))
        assert listed == [(*place, year) for place in order for year in (2023, 2021, None)]
        assert [match.passage.number for match in found.matches] == [1, 2] * 15

    def test_counties_of_one_name_are_not_mixed_when_sorted_by_town(self, engine: Engine) -> None:
        several = [
            filed(f"{town}{city}.txt", "一段话。", county="城关区", city=city, town=town)
            for town in ("乙镇", "丙镇")
            for city in ("西市", "东市")
        ]
        put(engine, *several)

        found = engine.search(Search(sort=Sort.TOWN))

        assert [(match.report.city, match.report.town) for match in found.matches] == [
            ("东市", "丙镇"),
            ("东市", "乙镇"),
            ("西市", "丙镇"),
            ("西市", "乙镇"),
        ]

    def test_opening_creates_nothing_and_says_that_there_is_no_index(self, engine: Engine) -> None:
        for ask in (lambda: engine.search(Search()), engine.status, engine.reports):
            with pytest.raises(IndexMissing):
                ask()
        assert engine.fingerprints() == {}

    def test_no_exception_but_ours_comes_out_of_odd_questions(self, engine: Engine) -> None:
        put(engine, SPRING)

        for query in (
            Words(text=""),
            Phrase(text=" "),
            Words(text="\ud800"),
            Phrase(text="\x00" * 300),
            AllOf(children=()),
        ):
            with suppress(BadSearch):
                engine.search(Search(query=query, page=1000, size=100))

    def test_a_search_after_a_commit_sees_the_new_generation(self, engine: Engine) -> None:
        put(engine, SPRING)
        before = engine.search(Search())

        put(engine, RIDGE)

        after = engine.search(Search())
        assert before.generation != after.generation
        assert (before.total, after.total) == (2, 4)

    def test_an_index_without_reports_answers_with_nothing(self, engine: Engine) -> None:
        put(engine)

        found = engine.search(Search(query=Words(text="调解"), collapse=Collapse.SIMILAR))

        assert (found.total, found.listed, found.matches) == (0, 0, ())

    def test_what_was_added_after_a_generation_is_found_alone_and_counted_alone(self, engine: Engine) -> None:
        put(engine, SPRING)
        put(engine, RIDGE)

        found = engine.search(Search(query=Words(text="法律顾问"), since="gen-000001"))

        assert (ids(found), found.total, found.reports) == ([RIDGE[1][1].id], 1, 1)
        assert counts(found, Facet.TOWN) == {"松岭乡": 1}
        assert engine.count(Search(query=Words(text="法律顾问"), since="gen-000001")) == 1
        assert engine.search(Search(since="gen-000002")).total == 0

    def test_a_changed_passage_alone_is_new_and_the_rest_of_its_report_is_not(self, engine: Engine) -> None:
        put(engine, SPRING)
        changed = replace(SPRING[1][0], text="调解矛盾纠纷36起。")

        put(engine, (replace(SPRING[0], fingerprint="read anew"), (changed, SPRING[1][1])))

        assert ids(engine.search(Search(since="gen-000001"))) == [changed.id]

    def test_a_report_that_was_moved_is_not_new_and_the_same_words_of_another_town_are(self, engine: Engine) -> None:
        texts = [passage.text for passage in SPRING[1]]
        put(engine, SPRING)

        with engine.writing() as writer:
            writer.remove(SPRING[0].id)
            writer.put(*filed("别处/清泉镇.txt", *texts, town="清泉镇", county="甲县", year=2021))
            writer.put(*filed("乙县/松岭乡.txt", *texts, town="松岭乡", county="乙县", year=2021))

        found = engine.search(Search(since="gen-000001"))
        assert {match.report.town for match in found.matches} == {"松岭乡"}
        assert found.total == 2

    def test_an_index_built_anew_knows_what_it_held_before(self, engine: Engine) -> None:
        put(engine, SPRING)

        with engine.writing(rebuild=True) as writer:
            writer.put(*SPRING)
            writer.put(*RIDGE)

        assert [match.added for match in engine.search(Search(sort=Sort.ADDED)).matches] == [
            *(["gen-000002"] * 2),
            *(["gen-000001"] * 2),
        ]

    def test_a_text_that_was_away_is_new_when_it_comes_back(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)
        with engine.writing() as writer:
            writer.remove(RIDGE[0].id)

        put(engine, RIDGE)

        assert {match.added for match in engine.search(Search(since="gen-000002")).matches} == {"gen-000003"}

    def test_what_was_added_last_is_listed_first(self, engine: Engine) -> None:
        for number in range(3):
            put(engine, filed(f"{number}.txt", f"调解{number}起。", year=2020 + number, town="石桥镇"))

        found = engine.search(Search(query=Words(text="调解"), sort=Sort.ADDED))

        assert [match.report.path for match in found.matches] == ["2.txt", "1.txt", "0.txt"]

    @pytest.mark.parametrize("odd", ["gen-000009", "gen-1", "昨天", "", "gen-000001-00000000", "\ud800"])
    def test_a_generation_that_is_not_known_is_refused_with_those_that_are(self, engine: Engine, odd: str) -> None:
        put(engine, SPRING)
        put(engine, RIDGE)

        for ask in (engine.search, engine.count, lambda search: engine.explain(search, (SPRING[1][0].id,))):
            with pytest.raises(NoSuchGeneration) as told:
                ask(Search(since=odd))

            assert "gen-000002" in told.value.hint
            assert "gen-000001" in told.value.hint

    def test_a_generation_is_known_by_its_mark_long_after_it(self, engine: Engine) -> None:
        put(engine, SPRING)
        first = mark(engine.status().current)
        for number in range(5):
            put(engine, filed(f"{number}.txt", f"第{number}段话。"))

        assert engine.search(Search(since=first)).total == 5
        assert [each.name for each in known_generations(engine.status())] == [f"gen-{n:06d}" for n in range(6, 0, -1)]

    def test_passages_are_found_by_the_digest_of_their_text_in_reading_order(self, engine: Engine) -> None:
        said = "聘请法律顾问3名。"
        copy = filed("丙县/更远.txt", "别的话。", "聘 请 法律顾问３名。", town="远岭乡")
        put(engine, SPRING, RIDGE, copy)

        found = engine.find_text(digest_text(said))

        assert [(passage.id, report.path) for passage, report in found] == [
            (copy[1][1].id, copy[0].path),
            (SPRING[1][1].id, SPRING[0].path),
        ]
        assert [report.outline for _, report in found] == [(), ()]
        assert found[1][0] == engine.report(SPRING[0].id)[1][1]

    def test_a_text_that_is_no_longer_held_is_not_found_by_its_digest(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)
        with engine.writing() as writer:
            writer.remove(SPRING[0].id)

        assert engine.find_text(digest_text(SPRING[1][0].text)) == ()
        assert len(engine.find_text(digest_text(RIDGE[1][0].text))) == 1

    def test_of_every_passage_of_a_report_the_other_reports_that_say_nearly_the_same_are_told(
        self, engine: Engine
    ) -> None:
        said = "镇里聘请法律顾问，全年审查合同{}份。"
        own = filed("b.txt", said.format(1), said.format(2), "完全不同的一段话，说的是便民服务。")
        others = [filed(path, said.format(9), said.format(8)) for path in ("c.txt", "a.txt")]
        put(engine, own, *others, SPRING)

        found = engine.near_duplicates(own[0].id)

        alike = (others[1][0].id, others[0][0].id)
        assert list(found.items()) == [(f"{own[0].id}-1", alike), (f"{own[0].id}-2", alike), (f"{own[0].id}-3", ())]

    def test_near_duplicates_of_a_report_that_is_not_held_are_refused(self, engine: Engine) -> None:
        put(engine, SPRING)

        with pytest.raises(NoSuchReport):
            engine.near_duplicates("0" * 12)

    def test_a_removed_report_says_nearly_the_same_as_nothing(self, engine: Engine) -> None:
        own, copy = (filed(path, "镇里聘请法律顾问，全年审查合同3份。") for path in ("a.txt", "b.txt"))
        put(engine, own, copy)

        with engine.writing() as writer:
            writer.remove(copy[0].id)

        assert engine.near_duplicates(own[0].id) == {f"{own[0].id}-1": ()}

    def test_a_report_comes_back_as_it_was_put(self, engine: Engine) -> None:
        put(engine, SPRING)

        report, passages = engine.report(SPRING[0].id)

        assert (report, passages) == SPRING

    def test_the_catalogue_lists_every_report_by_path_with_its_fingerprint(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        assert [report.path for report in engine.reports()] == sorted([SPRING[0].path, RIDGE[0].path])
        assert engine.fingerprints() == {report.id: report.fingerprint for report, _ in (SPRING, RIDGE)}

    def test_the_words_that_most_passages_hold_are_counted(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "调解纠纷，调解员。", "调解。"), filed("2.txt", "纠纷 28 起。"))

        counted = engine.frequent_words(10)

        assert (counted["调解"], counted["纠纷"], "28" in counted) == (2, 2, False)

    def test_the_numerals_of_the_texts_are_told_without_their_units(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "调解28起，成功率98.5%。", "第9村，2022年。"), filed("2.txt", "两次。", "28件。"))

        assert engine.numerals() == {"28", "98.5", "9", "2022"}

    def test_the_status_tells_what_is_held(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        current = engine.status().current

        assert (current.reports, current.passages) == (2, 4)

    def test_a_rebuild_starts_from_nothing(self, engine: Engine) -> None:
        put(engine, SPRING)

        with engine.writing(rebuild=True) as writer:
            writer.put(*RIDGE)

        assert [report.path for report in engine.reports()] == [RIDGE[0].path]

    def test_a_sound_index_verifies(self, engine: Engine) -> None:
        put(engine, SPRING)

        assert engine.verify() == ()

    @pytest.mark.parametrize(
        "query", [None, Words(text="调解"), Words(text="民调", field="heading"), _EVERY_KIND_OF_PART]
    )
    @pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
    def test_an_explanation_adds_up_to_the_score_with_which_a_passage_is_listed(
        self, engine: Engine, query: Node | None, sort: Sort
    ) -> None:
        twice = filed(
            "甲县/又一份.txt", "人民调解矛盾。", "调解矛盾。", town="清泉镇", county="甲县", headings=("一、人民调解",)
        )
        put(engine, SPRING, RIDGE, twice)
        search = Search(query=query, sort=sort, size=20)

        listed = engine.search(search).matches
        explained = [engine.explain(search, (match.passage.id,))[0] for match in listed]

        assert listed
        assert [one.value for one in explained] == pytest.approx([match.score for match in listed], abs=1e-9)
        assert [faults(one) for one in explained] == [[]] * len(listed)

    def test_an_explanation_is_the_same_on_whatever_page_the_passage_stands(self, engine: Engine) -> None:
        put(engine, *(filed(f"{n}.txt", "调解纠纷。", "调解矛盾。", town="石桥镇") for n in range(3)))
        search = Search(query=Words(text="调解"), size=4)

        last = engine.search(replace(search, page=2)).matches[-1]

        assert engine.explain(search, (last.passage.id,))[0].value == pytest.approx(last.score, abs=1e-9)

    def test_an_explanation_says_how_often_a_word_is_said_and_how_rare_it_is(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "调解，调解，又调解。", headings=("一、调解",)), filed("2.txt", "法律顾问。"))
        search = Search(query=Words(text="调解"))

        explained = engine.explain(search, (engine.search(search).matches[0].passage.id,))[0]

        word = the(ExplanationPart.WORD, explained)
        assert word.message == "“调解”：正文出现 3 次、标题出现 1 次；全库 2 段里至少有 1 段含这个词，越少见越重要。"
        assert [part.part for part in word.parts] == [ExplanationPart.RARITY, ExplanationPart.SATURATION]
        frequency = the(ExplanationPart.FREQUENCY, word)
        assert [part.part for part in frequency.parts] == [ExplanationPart.IN_TEXT, ExplanationPart.IN_HEADINGS]

    def test_an_explanation_says_that_a_word_is_cut_into_others(self, engine: Engine) -> None:
        put(engine, RIDGE)
        search = Search(query=Words(text="民调"))

        explained = engine.explain(search, (RIDGE[1][0].id,))[0]

        fragments = [one for one in parts_of(explained) if one.part == ExplanationPart.FRAGMENT]
        assert fragments
        assert fragments[0].message == "没有单独成词，和前后的字连在一起，按 0.3 次算。"

    def test_an_explanation_says_that_a_word_stands_only_in_the_title_of_the_report(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "一段话。", title="调解报告"))
        search = Search(query=Words(text="调解", field="heading"))

        explained = engine.explain(search, (filed("1.txt", "一段话。")[1][0].id,))[0]

        assert (
            the(ExplanationPart.FRAGMENT, explained).message == "标题里没有单独成词，或只在报告的题目里，按 0.3 次算。"
        )

    def test_an_explanation_tells_of_practice_section_wording_and_the_passages_of_the_town_before(
        self, engine: Engine
    ) -> None:
        said = "组建专班逐户上门排查，全年化解纠纷三十二件。"
        copies = [
            filed(f"{n}.txt", said, town="石桥镇", section=SECTIONS[3], exemplary=Exemplary(score=72)) for n in (1, 2)
        ]
        put(engine, *copies)

        explained = engine.explain(Search(query=Phrase(text="专班")), (copies[1][1][0].id,))[0]

        assert [(one.part, one.message) for one in explained.parts[1:]] == [
            (ExplanationPart.PRACTICE, "典型做法 72 分，乘 1.29。"),
            (ExplanationPart.SECTION, "在“不足和原因”部分，乘 0.90。"),
            (ExplanationPart.WORDING, "另有 1 段写法相近，乘 0.94。"),
            (ExplanationPart.SPREAD, "前面已有同一个镇的 1 段，乘 0.94。"),
        ]

    def test_an_explanation_leans_to_the_section_that_the_question_names(self, engine: Engine) -> None:
        put(engine, filed("1.txt", "普法宣传。", section=SECTIONS[2]))

        explained = engine.explain(Search(leaning=(SECTIONS[3],)), (filed("1.txt", "普法宣传。")[1][0].id,))[0]

        assert the(ExplanationPart.SECTION, explained).value == pytest.approx(Ranking().elsewhere)

    def test_a_passage_folded_behind_another_is_explained_without_a_place_in_the_list(self, engine: Engine) -> None:
        copies = [filed(f"{n}.txt", f"镇里聘请法律顾问，全年审查合同{n}份。", town="石桥镇") for n in (1, 2)]
        put(engine, *copies)
        folded = Search(collapse=Collapse.SIMILAR)

        shown = engine.search(folded).matches[0].passage.id
        hidden = next(one[1][0].id for one in copies if one[1][0].id != shown)
        parts = [
            [one.part for one in engine.explain(folded, (passage,))[0].parts if one.part == ExplanationPart.SPREAD]
            for passage in (shown, hidden)
        ]

        assert parts == [[ExplanationPart.SPREAD], []]

    @pytest.mark.parametrize("odd", ["", "-", "乙-1", "000000000000-1", f"{SPRING[0].id}-99", "\ud800"])
    def test_a_passage_that_is_not_held_is_not_explained(self, engine: Engine, odd: str) -> None:
        put(engine, SPRING)

        with pytest.raises(NoSuchPassage):
            engine.explain(Search(), (odd,))[0]

    @pytest.mark.parametrize(
        "search",
        [
            Search(query=Words(text="法律顾问")),
            Search(selection=Selection(year=(2022,))),
            Search(exemplary=True),
            Search(like=SPRING[1][0].id),
        ],
    )
    def test_a_passage_that_the_search_does_not_find_is_not_explained(self, engine: Engine, search: Search) -> None:
        put(engine, SPRING, RIDGE)

        with pytest.raises(NoSuchPassage, match="没有找到"):
            engine.explain(search, (SPRING[1][0].id,))

    def test_a_search_in_good_time_looks_at_everything(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        found = engine.search(Search(query=Words(text="法律顾问"), deadline=Deadline(1.0, lambda: 0.0)))

        assert (found.looked_at, found.held, found.partial) == (4, 4, False)
        assert found == engine.search(Search(query=Words(text="法律顾问")))

    @pytest.mark.parametrize(
        "search", [Search(query=Words(text="法律顾问")), Search(query=Phrase(text="法律")), Search()]
    )
    def test_once_its_deadline_has_come_a_search_answers_of_what_it_has_looked_at(
        self, engine: Engine, search: Search
    ) -> None:
        for number in range(3):
            put(engine, filed(f"{number}.txt", "聘请法律顾问3名。", "调解矛盾纠纷28起。"))
        whole = engine.search(search)
        part = engine.search(replace(search, deadline=Deadline(0.0, lambda: 1.0)))

        assert 0 < part.looked_at <= part.held == 6
        assert part.partial == (part.looked_at < 6)
        assert set(ids(part)) <= set(ids(whole))
        assert part.total == len(part.matches) == sum(counts(part, Facet.SECTION).values())
        if not part.partial:
            assert part == whole

    def test_an_answer_in_part_gives_its_passages_the_scores_that_they_have_in_the_whole(self, engine: Engine) -> None:
        put(engine, SPRING)
        put(engine, RIDGE)
        search = Search(query=Words(text="法律顾问"), ranking=Ranking(same_town=1.0))
        whole = {match.passage.id: match.score for match in engine.search(search).matches}

        part = engine.search(replace(search, deadline=Deadline(0.0, lambda: 1.0)))

        assert all(match.score == pytest.approx(whole[match.passage.id]) for match in part.matches)

    def test_a_count_in_good_time_is_the_whole_count(self, engine: Engine) -> None:
        put(engine, SPRING, RIDGE)

        assert engine.count(Search(query=Words(text="法律顾问"), deadline=Deadline(1.0, lambda: 0.0))) == 2

    def test_what_holds_a_generation_is_the_same_while_that_is_in_use_and_answers_as_the_engine(
        self, engine: Engine
    ) -> None:
        put(engine, SPRING)
        first = engine.hold()
        again = engine.hold()
        before = first.search(Search()), first.status().current
        put(engine, RIDGE)

        later = engine.hold()

        assert again is first
        assert before[0].total == 2
        assert (later.search(Search()), later.status()) == (engine.search(Search()), engine.status())
        assert later.status().current != before[1]

    def test_no_generation_is_held_where_there_is_none(self, engine: Engine) -> None:
        with suppress(IndexMissing):
            assert engine.hold() is engine
