"""Ways of working that need no figure: chains, parts, own rules, consequences; and what only looks like them."""

import pytest

from search_app.labelling.exemplary.evidence import Evidence, evidence
from search_app.labelling.rule_tables import exemplary_rule


def found(text: str) -> Evidence:
    return evidence(text, exemplary_rule())


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("文件实行“起草—会审—签批—归档”闭环。", "起草—会审—签批—归档"),
        ("案件按接报→核查→派单→回访办理。", "接报→核查→派单→回访"),
        ("对纠纷实行登记、交办、督办、销号管理。", "登记、交办、督办、销号"),
    ],
)
def test_steps_in_a_row_are_a_chain(text: str, chain: str) -> None:
    assert chain in "".join(found(text).chains)


@pytest.mark.parametrize("text", ["健全县—镇—村—网格四级体系。", "法官—警官—律师共同参与。", "2019—2021年完成整治。"])
def test_levels_and_actors_in_a_row_are_no_chain(text: str) -> None:
    assert found(text).chains == ()


def test_three_named_parts_make_a_whole() -> None:
    assert found("建立“村医报信+法官讲法+族老劝和”机制。").parts == ("村医报信+法官讲法+族老劝和",)


@pytest.mark.parametrize("text", ["推进“互联网+政务服务+监管”。", "推行“党建+调解”。"])
def test_what_the_whole_country_joins_with_a_plus_is_no_part_of_ones_own(text: str) -> None:
    assert found(text).parts == ()


def test_an_own_rule_counts_with_what_it_demands() -> None:
    assert found("出台《苇塘镇用章办法》，没有登记的一律不盖章。").orders == (
        "《苇塘镇用章办法》，没有登记的一律不盖章",
    )


@pytest.mark.parametrize(
    "text",
    [
        "出台《苇塘镇用章办法》，进一步规范用章行为。",
        "学习《苇塘镇用章办法》，一律凭单盖章。",
        "制定《苇塘镇用章办法》，公开征求意见后二十日内备案。",
    ],
)
def test_a_rule_that_is_only_named_studied_or_issued_demands_nothing(text: str) -> None:
    assert found(text).orders == ()


@pytest.mark.parametrize("text", ["缺一样材料的不上会。", "连续两次末位的由镇长约谈。", "不满意的退回重办。"])
def test_what_happens_to_whoever_fails_is_a_consequence(text: str) -> None:
    assert found(text).consequences != ()


@pytest.mark.parametrize("text", ["收回过期执法证4个。", "未取得执法资格的一律不得上岗执法。", "退回修改文件41份。"])
def test_counts_and_what_the_law_demands_are_no_consequence(text: str) -> None:
    assert found(text).consequences == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("邻里化解等专题培训9场。", "results"),
        ("人均走访次数高过全县平均数。", "rules"),
        ("全面落实第三方合同审核全覆盖。", "steps"),
        ("“专人专班”推进项目。", "names"),
        ("镇长于4月2日主持召开依法治镇会议。", "steps"),
        ("班子成员接访90人次，当场解决12件。", "rules"),
        ("将案由取证指引汇编成册。", "steps"),
        ("以整改为契机，完善制度。", "rules"),
    ],
)
def test_what_looks_like_a_reason_and_proves_nothing_is_none(text: str, kind: str) -> None:
    assert getattr(found(text), kind) == ()


def test_no_piece_of_a_passage_is_quoted_for_two_reasons() -> None:
    text = "打造“槐树评理角”，由村医每周三坐诊，三天内回话，化解纠纷18件，不履行的取消评优资格。"

    made = found(text)

    quoted = [words for name in Evidence.__slots__ if name != "told" for words in getattr(made, name)]
    assert sum(map(len, quoted)) <= len(text)
    assert len(set(quoted)) == len(quoted)
