"""Shared wording: exact against a search for every run, blind to figures and marks, the same however a text is cut."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search_app.language.similarity.shared_wording import RUN, Overlap, Wording, find_shared, letters, measure_overlap

#: Few letters, so that runs meet by chance; with marks, digits, white space and a character of two code units.
texts = st.text(alphabet="法治镇乡，。3 \n𠮷A", max_size=60)


def covered(text: str, others: list[str]) -> int:
    """Return how many letters of a text lie in a run that some other text has, by looking for every run in each."""
    counted, held = letters(text), [letters(other) for other in others]
    width = min(RUN, len(counted))
    marked: set[int] = set()
    for at in range(len(counted) - width + 1 if counted else 0):
        run = counted[at : at + width]
        if any(run in other if len(run) == RUN else run == other for other in held):
            marked.update(range(at, at + width))
    return len(marked)


@given(texts, st.lists(texts, max_size=4))
def test_what_is_shared_is_what_a_search_for_every_run_finds(text: str, others: list[str]) -> None:
    assert measure_overlap(text, Wording(others)) == Overlap(letters=len(letters(text)), shared=covered(text, others))


@given(texts, st.lists(texts, max_size=3), st.integers(2, 4))
def test_long_runs_are_found_as_well(seed: str, others: list[str], times: int) -> None:
    text = f"为进一步推进依法行政各项工作落到实处{seed}" * times

    assert measure_overlap(text, Wording([*others, text[3:]])).shared == covered(text, [*others, text[3:]])


@given(texts)
def test_a_text_shares_all_of_itself(text: str) -> None:
    measured = measure_overlap(text, Wording([text]))

    assert measured.shared == measured.letters == len(letters(text))


@given(texts, st.integers(0, 10**6))
def test_other_figures_and_marks_change_nothing(text: str, figure: int) -> None:
    changed = re.sub(r"\d", str(figure), text).replace("，", "；")

    assert measure_overlap(changed, Wording([text])).share == measure_overlap(text, Wording([text])).share


@given(texts, st.lists(texts, max_size=3))
def test_the_marked_runs_hold_as_many_letters_as_are_counted(text: str, others: list[str]) -> None:
    wording = Wording(others)
    runs = find_shared(text, wording)

    assert sum(len(letters(text[start:end])) for start, end in runs) == measure_overlap(text, wording).shared
    assert all(one[1] <= other[0] for one, other in pairwise(runs))


def test_a_run_of_twelve_is_chance_and_a_run_of_thirteen_is_not() -> None:
    common = "全面推进依法治镇各项工作落实"
    wording = Wording([f"我们{common}到位"])

    assert len(common) > RUN
    assert measure_overlap(f"他处{common[: RUN - 1]}且另有安排", wording).shared == 0
    assert measure_overlap(f"他处{common[:RUN]}且另有安排", wording).shared == RUN


def test_a_short_text_is_shared_only_as_a_whole() -> None:
    wording = Wording(["做好普法工作", "今年将继续做好调解工作并且加强普法"])

    assert measure_overlap("做好普法工作。", wording).share == 1
    assert measure_overlap("做好调解工作", wording).share == 0


def test_width_and_case_are_no_difference() -> None:
    assert measure_overlap("ＬＥＤ屏滚动播放普法标语口号", Wording(["led屏滚动播放普法标语口号"])).share == 1
