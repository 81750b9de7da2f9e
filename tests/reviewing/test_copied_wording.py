"""Copied wording: what stands elsewhere is found with its source, and nothing else, as comparing with all finds."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.language.similarity.shared_wording import Wording, find_shared, letters
from search_app.model import Passage, Report
from search_app.query import Deadline
from search_app.reviewing.copied_wording import COMMON_TOWNS, Copies, Origin, count_own_letters, find_copies
from search_app.reviewing.draft import Draft
from search_app.reviewing.source_search import Letters
from tests.reviewing.planted import engine_of, new_sentence, report, reworded, sentence, some_reports
from tests.sampling import sampled

SEEDS = st.integers(0, 2**32)
Held = tuple[Report, tuple[Passage, ...]]


def draft_of(*texts: str, town: str = "柳溪镇", year: int = 2024) -> Draft:
    made, passages = report("澄岭县", town, year, texts)
    return Draft(report=made, passages=passages, told=made)


def copies_of(draft: Draft, reports: Sequence[Held], last_year: Report | None = None) -> Copies:
    return find_copies(engine_of(reports), draft, last_year)


def letters_of(copies: Copies, *origins: Origin) -> dict[str, set[int]]:
    """Return which letters of each passage are said to stand there."""
    found: dict[str, set[int]] = {}
    for shared in copies.shared:
        if shared.origin in origins:
            own = Letters(shared.passage.text)
            found.setdefault(shared.passage.id, set()).update(
                at for span in shared.spans for at in range(*own.within(*span))
            )
    return found


def letters_by_comparing(draft: Draft, reports: Sequence[Held]) -> dict[str, set[int]]:
    """Return the letters of each passage that stand in some report, by holding it against every one of them."""
    found: dict[str, set[int]] = {}
    for passage in draft.passages:
        own = Letters(passage.text)
        for _, passages in reports:
            for span in find_shared(passage.text, Wording(each.text for each in passages)):
                found.setdefault(passage.id, set()).update(range(*own.within(*span)))
    return found


@settings(max_examples=sampled(24), deadline=None)
@given(SEEDS)
def test_the_letters_that_stand_elsewhere_are_those_that_comparing_with_every_report_finds(seed: int) -> None:
    chance = Random(seed)
    reports = some_reports(chance)
    lines = [line for _, passages in reports for each in passages for line in each.text.split("。") if line]
    texts = []
    for _ in range(2):
        planted = reworded(chance.choice(lines), chance) + "。"
        texts.append("".join((new_sentence(chance), planted, sentence(chance), new_sentence(chance))))
    draft = draft_of(*texts)

    copies = copies_of(draft, reports)

    assert letters_of(copies, Origin.ELSEWHERE, Origin.COMMON) == letters_by_comparing(draft, reports)


@settings(max_examples=sampled(24), deadline=None)
@given(SEEDS)
def test_a_sentence_of_any_report_is_found_in_a_passage_that_is_otherwise_new_with_its_source(seed: int) -> None:
    chance = Random(seed)
    reports = some_reports(chance)
    _, passages = chance.choice(reports)
    planted = chance.choice([line for line in chance.choice(passages).text.split("。") if line])
    draft = draft_of(f"{new_sentence(chance)}{planted}。{new_sentence(chance)}", new_sentence(chance))

    shared = copies_of(draft, reports).shared

    assert [each.passage.number for each in shared] == [1]
    assert planted in "".join(draft.passages[0].text[start:end] for start, end in shared[0].spans)
    assert letters(planted) in letters(shared[0].sources[0].match.passage.text)


@settings(max_examples=sampled(16), deadline=None)
@given(SEEDS)
def test_of_an_entirely_new_text_nothing_is_said_to_be_copied(seed: int) -> None:
    chance = Random(seed)
    draft = draft_of(*("".join(new_sentence(chance) for _ in range(3)) for _ in range(3)))

    copies = copies_of(draft, some_reports(chance))

    assert copies.shared == ()


def test_what_stands_in_last_years_report_is_its_own_and_not_another_towns() -> None:
    chance = Random(7)
    line, other = sentence(chance), new_sentence(chance)
    last, passages = report("澄岭县", "柳溪镇", 2023, [line])
    reports = [(last, passages), report("澄岭县", "望甲镇", 2023, [line + other])]

    copies = copies_of(draft_of(line, other), reports, last)

    assert [(each.origin, each.passage.number) for each in copies.shared] == [
        (Origin.LAST_YEAR, 1),
        (Origin.ELSEWHERE, 2),
    ]


def test_an_end_too_short_for_a_run_is_not_said_to_be_another_towns() -> None:
    own = "镇司法所每月下沉各村调解室坐班两天接待来访群众"
    other = report("澄岭县", "白砾乡", 2022, (f"全年坚持{own}",))
    last_year = report("澄岭县", "柳溪镇", 2023, (own,))

    copies = copies_of(draft_of(f"全年坚持{own}"), [other, last_year], last_year[0])

    assert [shared.origin for shared in copies.shared] == [Origin.LAST_YEAR]


def test_a_report_of_which_the_figures_alone_were_changed_is_the_same() -> None:
    text = "全年排查各类矛盾纠纷128件，调解成功125件，成功率97.7%，司法确认16件，群众满意率98%。"
    last, passages = report("澄岭县", "柳溪镇", 2023, [text])
    changed = text.replace("128", "140").replace("125", "139").replace("97.7", "99.3").replace("16", "8")

    copies = copies_of(draft_of(changed), [(last, passages)], last)

    assert copies.total(Origin.LAST_YEAR).share == 1.0


def test_what_many_towns_write_is_common_wording_with_how_many_do() -> None:
    line = sentence(Random(3))
    reports = [report("澄岭县", f"望{name}镇", 2023, [line]) for name in "甲乙丙丁戊己庚"[:COMMON_TOWNS]]

    shared = copies_of(draft_of(line), reports).shared

    assert [(each.origin, each.spread.towns if each.spread else 0) for each in shared] == [
        (Origin.COMMON, COMMON_TOWNS)
    ]


def test_what_one_town_less_writes_is_not_yet_common() -> None:
    line = sentence(Random(3))
    reports = [report("澄岭县", f"望{name}镇", 2023, [line]) for name in "甲乙丙丁戊己庚"[: COMMON_TOWNS - 1]]

    shared = copies_of(draft_of(line), reports).shared

    assert [each.origin for each in shared] == [Origin.ELSEWHERE]


def test_the_towns_own_reports_are_no_other_towns() -> None:
    line = sentence(Random(5))

    copies = copies_of(draft_of(line), [report("澄岭县", "柳溪镇", 2021, [line])])

    assert copies.shared == ()


def test_a_town_of_the_same_name_in_another_county_is_another() -> None:
    line = sentence(Random(5))
    reports = [report("沅坪县", "柳溪镇", 2023, [line]), report("澄岭县", "柳溪镇", 2022, [new_sentence(Random(1))])]

    shared = copies_of(draft_of(line), reports).shared

    assert [each.sources[0].match.report.county for each in shared] == ["沅坪县"]


def test_of_equal_sources_the_report_that_shares_most_of_the_draft_is_named() -> None:
    chance = Random(11)
    first, second = sentence(chance), sentence(chance)
    reports = [report("澄岭县", "望甲镇", 2024, [first]), report("澄岭县", "望乙镇", 2022, [first, second])]

    shared = copies_of(draft_of(first, second), reports).shared

    assert [each.sources[0].match.report.town for each in shared] == ["望乙镇", "望乙镇"]


def test_when_time_is_up_the_answer_says_which_passages_were_not_looked_at() -> None:
    chance = Random(2)
    hands = iter(range(10_000))
    deadline = Deadline(6, lambda: float(next(hands)))
    draft = draft_of(*(sentence(chance) + sentence(chance) for _ in range(6)))

    copies = find_copies(engine_of(some_reports(chance)), draft, None, deadline)

    assert {*copies.hurried, *copies.unread} == {*range(1, 7)}
    assert copies.unread


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神", 8),
        ("重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办", 0),
        ("全面推行行政执法公示、执法全过程记录、重大执法决定法制审核", 4),
        ("镇里的板凳会每月逢五开在村头老槐树下，谁有话谁先说", 24),
    ],
)
def test_formulas_that_are_laid_down_for_all_are_no_ones_own_words(text: str, chosen: int) -> None:
    assert count_own_letters(text, (0, len(text))) == chosen
