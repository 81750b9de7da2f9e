"""Passages beside each other: what is shared is measured pair by pair, and what only one has, no other has."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.comparing.passages_beside import put_beside
from search_app.labelling.exemplary.amounts import find_figures
from search_app.language.similarity.shared_wording import RUN, Wording, letters, measure_overlap
from search_app.model import TOPICS, Exemplary, Passage, Report
from search_app.searching import Subject

_BITS = ("推行板凳议事会", "调解矛盾纠纷", "38件", "42件", "。", "法律明白人参与", "村村都有", "，", "逢集必讲法")


@st.composite
def several(draw: st.DrawFn) -> list[Subject]:
    """Draw two to four passages made of the same few words."""
    return [
        Subject(
            passage=Passage(
                id=f"r{at}-1",
                report=f"r{at}",
                number=1,
                text="".join(draw(st.lists(st.sampled_from(_BITS), min_size=1, max_size=8))),
                topics=tuple(draw(st.lists(st.sampled_from(TOPICS[:3]), unique=True, max_size=2))),
                exemplary=Exemplary(
                    score=70,
                    reasons=tuple(draw(st.lists(st.sampled_from(("有数据：3件", "做法具体：x")), unique=True))),
                ),
            ),
            report=Report(id=f"r{at}", path=f"{at}.txt"),
        )
        for at in range(draw(st.integers(2, 4)))
    ]


@given(several(), st.integers(0, 1))
def test_what_is_shared_with_the_base_is_a_pairwise_comparison(subjects: list[Subject], at: int) -> None:
    base = subjects[at].passage
    others = [each.passage.text for each in subjects if each.passage.id != base.id]

    for column in put_beside(subjects, base.id):
        passage = column.subject.passage
        against = Wording(others) if passage.id == base.id else Wording([base.text])
        assert column.overlap == measure_overlap(passage.text, against)
        assert sum(len(letters(passage.text[start:end])) for start, end in column.shared) == column.overlap.shared
        for start, end in column.shared:
            run = letters(passage.text[start:end])[:RUN]
            assert any(run in letters(text) for text in (others if passage.id == base.id else [base.text]))


@given(several())
def test_what_only_one_has_stands_in_it_and_in_no_other(subjects: list[Subject]) -> None:
    columns = put_beside(subjects, subjects[0].passage.id)

    for column in columns:
        others = [each.subject.passage for each in columns if each is not column]
        own = column.subject.passage
        assert set(column.only_topics) == {each for each in own.topics if not any(each in o.topics for o in others)}
        assert set(column.only_figures) == set(find_figures(own.text)) - {
            figure for other in others for figure in find_figures(other.text)
        }
        kinds = {reason.partition("：")[0] for reason in own.exemplary.reasons}
        elsewhere = {reason.partition("：")[0] for other in others for reason in other.exemplary.reasons}
        assert set(column.only_reasons) == kinds - elsewhere
