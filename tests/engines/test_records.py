"""What is packed comes out as it went in, figures and all, and costs nothing where there are none."""

from search_app.engines.records import pack_passage, unpack_passage
from search_app.labelling.figures.extraction import find_counts
from search_app.model import Exemplary, Passage

TEXT = "全年调解矛盾纠纷38余件，其中调解劳动纠纷12件，近三年开展普法宣传活动1.2万场次。"


def test_a_passage_comes_out_with_its_figures_as_it_went_in() -> None:
    passage = Passage(
        id="0123456789ab-1",
        report="0123456789ab",
        number=1,
        headings=("一、", "（一）"),
        topics=("矛盾化解",),
        text=TEXT,
        exemplary=Exemplary(score=40, reasons=("有数据：38件",)),
        figures=find_counts(TEXT, "主要举措和成效", 2023),
    )

    assert len(passage.figures) == 3
    assert unpack_passage(pack_passage(passage)) == passage


def test_a_passage_without_figures_has_none_when_it_comes_out() -> None:
    passage = Passage(id="0123456789ab-1", report="0123456789ab", number=1, text="没有数。")

    assert unpack_passage(pack_passage(passage)) == passage
