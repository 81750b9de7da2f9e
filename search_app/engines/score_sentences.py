"""Score sentences: the parts of a score -> an Explanation, in words that are the same whichever engine scored.

In: what an engine scored by (how often, how rare, how near). Out: parts of an :class:`Explanation`, whose values are
made from those of their own parts here and nowhere else, so that sums are sums and products products. The surprise: an
engine hands over what its scoring functions returned, never a score of its own making, and the root comes out as the
score by which it lists the passage; tests hold it to that.
"""

from collections.abc import Callable, Iterable, Mapping
from math import fsum, prod
from typing import Literal, NamedTuple, TypeAlias

from search_app.errors import NoSuchPassage
from search_app.model import Facet
from search_app.query import About, AllOf, AnyOf, In, Not, Phrase, SaysAlike, SomeOf, Weighted, Words, Years, describe
from search_app.score import Explanation, ExplanationPart

Part = ExplanationPart


class Rarity(NamedTuple):
    """How much it counts that so many of all passages hold something.

    A word is counted in the field in which it is less rare, so there may be more passages that hold it in either.
    """

    value: float
    holding: int
    size: int


class Field(NamedTuple):
    """How often a passage says a word in its text or in its headings, and for how much that counts by their length."""

    part: ExplanationPart  # IN_TEXT or IN_HEADINGS
    times: int
    weight: float


class Saturation(NamedTuple):
    """What a frequency comes to, each time counting less than the one before."""

    frequency: float
    value: float


class Priors(NamedTuple):
    """The factors that a passage has whatever is asked, and what they come from."""

    practice: float
    points: int
    section: float
    section_name: str
    wording: float
    similar: int


class Spread(NamedTuple):
    """The factor for so many passages of the same town that stand before a passage in the list."""

    value: float
    before: int


class Tier(NamedTuple):
    """Which of the tiers of a list a passage is in, the first being 0; after so many, what is in none of them."""

    at: int
    of: int


def not_held(passage_id: str) -> NoSuchPassage:
    """Return the error for a passage that an index does not hold."""
    return NoSuchPassage(f"索引里没有编号为 {passage_id} 的段落")


def not_found(passage_id: str) -> NoSuchPassage:
    """Return the error for a passage that a search does not find."""
    return NoSuchPassage(
        f"这次检索没有找到编号为 {passage_id} 的段落", hint="请检查检索词和筛选条件，再从结果里选这一段。"
    )


def explain_score(tree: Explanation | None, priors: Priors, spread: Spread | None, tier: Tier | None) -> Explanation:
    """Return the whole score: what the query makes of a passage, times what it is worth whatever is asked.

    ``spread`` is None where the place of a passage in the list does not count. The tier decides before the score does,
    and changes nothing of it.
    """
    found = _given(Part.FOUND, 1.0, "每个找到的段落先得 1 分。")
    factors = [
        _sum(Part.RELEVANCE, "与检索内容的相关程度：先得的 1 分，加上各项得分。", (found, *((tree,) if tree else ()))),
        _given(Part.PRACTICE, priors.practice, f"典型做法 {priors.points} 分，乘 {priors.practice:.2f}。"),
        _given(Part.SECTION, priors.section, f"在“{priors.section_name}”部分，乘 {priors.section:.2f}。"),
        _given(Part.WORDING, priors.wording, _say_wording(priors)),
    ]
    if tier is not None and tier.of:
        factors.append(_given(Part.TIER, 1.0, _say_tier(tier)))
    if spread is not None:
        before = f"前面已有同一个镇的 {spread.before} 段" if spread.before else "前面没有同一个镇的段落"
        factors.append(_given(Part.SPREAD, spread.value, f"{before}，乘 {spread.value:.2f}。"))
    return _product(Part.SCORE, "总分：下面各项相乘。", factors)


def _say_tier(tier: Tier) -> str:
    if tier.at == tier.of == 1:
        where = "没有照输入的样子出现，或者不在问到的部分，列在照原样出现的段落之后"
    elif tier.at == tier.of:
        where = "没有输入的原字，用的是其他说法，列在有原字的段落之后"
    elif tier.at:
        where = "有输入的各个词或其中的分句，但没有照原样连在一起，列在照原样出现的段落之后"
    else:
        where = "照输入的样子出现，列在最前"
    return f"{where}；同一档里才比总分，总分不变。"


def _say_wording(priors: Priors) -> str:
    if not priors.similar:
        return "没有写法相近的段落，不减分。"
    return f"另有 {priors.similar:,} 段写法相近，乘 {priors.wording:.2f}。"


def explain_words(node: Words, words: Iterable[Explanation], literal: Explanation | None) -> Explanation:
    """Return the score of words typed together: of each word, and of all standing there as typed."""
    parts = (*words, *((literal,) if literal else ()))
    return _sum(Part.WORDS, f"“{node.text}”：各个词的得分相加。", parts)


def explain_word(
    node: Words, text: str, rarity: Rarity, fields: Iterable[Field], saturation: Saturation
) -> Explanation:
    """Return the score of one word; where no field says it, its characters stand there, cut into other words."""
    said = [field for field in fields if field.times]
    fragment = _ONLY_IN_TITLE if node.field == "heading" else _FRAGMENT
    where = "、".join(f"{_FIELD_NAMES[field.part]}出现 {field.times:,} 次" for field in said) or fragment
    message = f"“{text}”：{where}；{_say_rarity(rarity, _OF_WORD)}，越少见越重要。"
    if said:
        frequency = _sum(Part.FREQUENCY, "出现的次数，按长短折算后相加。", map(_explain_field, said))
    else:
        frequency = _given(Part.FRAGMENT, saturation.frequency, f"{fragment}，按 {saturation.frequency:g} 次算。")
    return _product(Part.WORD, message, (_explain_rarity(rarity, _OF_WORD), _saturate(frequency, saturation)))


_FIELD_NAMES = {Part.IN_TEXT: "正文", Part.IN_HEADINGS: "标题"}
_FRAGMENT = "没有单独成词，和前后的字连在一起"
#: Titles of reports are found in, but only headings score.
_ONLY_IN_TITLE = "标题里没有单独成词，或只在报告的题目里"
#: How passages are said to hold something.
_OF_WORD, _OF_PHRASE = "至少有{}段含这个词", "有{}段原样含它"


def _explain_field(field: Field) -> Explanation:
    why = "标题里的词分量更重，" if field.part == Part.IN_HEADINGS else ""
    message = f"{_FIELD_NAMES[field.part]}出现 {field.times:,} 次，{why}按长短折算为 {field.weight:.2f} 次。"
    return _given(field.part, field.weight, message)


def explain_literal(node: Words, share: float, rarity: float) -> Explanation:
    """Return what is added where words stand as they were typed: a share of how rare they are together."""
    parts = (
        _given(Part.WEIGHT, share, f"照原样出现，按 {share:g} 倍再加一次。"),
        _given(Part.RARITY, rarity, "这些词的少见程度，合在一起算。"),
    )
    return _product(Part.LITERAL, f"“{node.text}”照输入的样子连着出现，另外加分。", parts)


def explain_phrase(node: Phrase, rarity: Rarity, saturation: Saturation) -> Explanation:
    """Return the score of a phrase."""
    count = int(saturation.frequency)
    message = f"“{node.text}”：原样出现 {count:,} 次；{_say_rarity(rarity, _OF_PHRASE)}，越少见越重要。"
    often = _given(Part.OCCURRENCES, saturation.frequency, f"原样出现 {count:,} 次。")
    return _product(Part.PHRASE, message, (_explain_rarity(rarity, _OF_PHRASE), _saturate(often, saturation)))


def _explain_rarity(rarity: Rarity, what: str) -> Explanation:
    return _given(Part.RARITY, rarity.value, f"{_say_rarity(rarity, what)}；段数越少，这一项越高。")


def _say_rarity(rarity: Rarity, what: str) -> str:
    return f"全库 {rarity.size:,} 段里{what.format(f' {rarity.holding:,} ')}"


def _saturate(frequency: Explanation, saturation: Saturation) -> Explanation:
    share = saturation.value / saturation.frequency if saturation.frequency else 0.0
    damping = _given(Part.DAMPING, share, "次数换成得分的比例；次数越多，比例越低。")
    return _product(Part.SATURATION, "出现得越多得分越高，但越往后加得越少。", (frequency, damping))


def explain_nearness(node: About, nearness: float) -> Explanation:
    """Return how near a passage is in meaning."""
    return _given(Part.NEARNESS, nearness, f"意思与“{node.text}”的接近程度为 {nearness:.2f}，最高为 1。")


def explain_likeness(node: SaysAlike, share: float) -> Explanation:
    """Return how much of its wording a passage has in common with a text."""
    return _given(Part.LIKENESS, share, f"{describe(node)}，相同的字句约占 {share:.0%}。")


def explain_value(node: In | Years, value: float) -> Explanation:
    """Return the score of a facet's value or of a range of years that was named."""
    return _given(Part.FIELD_VALUE, value, f"{describe(node)}，得 {value:g} 分。")


def explain_exclusion(node: Not) -> Explanation:
    """Return the score of what is excluded: it decides what is found, and adds nothing."""
    return _given(Part.EXCLUDED, 0.0, f"{describe(node)}，符合要求，不另外加分。")


def explain_several(node: AllOf | AnyOf | SomeOf, parts: Iterable[Explanation]) -> Explanation:
    """Return the score of several conditions, given those that a passage fulfils."""
    match node:
        case AllOf():
            return _sum(Part.ALL_OF, "各项条件都符合，得分相加。", parts)
        case AnyOf():
            return _sum(Part.ANY_OF, "符合其中一项就行，符合的各项得分相加。", parts)
        case SomeOf(weights=weights) if weights:
            return _sum(Part.SOME_OF, "要符合其中较有分量的几项，符合的各项得分相加。", parts)
        case SomeOf(least=least):
            return _sum(Part.SOME_OF, f"至少要符合 {least} 项，符合的各项得分相加。", parts)


def explain_best(ways: Iterable[tuple[Weighted, Explanation]]) -> Explanation:
    """Return the score of several ways to say the same, given those that a passage uses."""
    weighted = [
        _weigh(Part.WAY, f"“{describe(way.node)}”这种说法，按 {way.weight:g} 倍计。", way, made) for way, made in ways
    ]
    return _combine(Part.BEST_OF, "max", "几种说法里，取得分最高的一种。", weighted)


def explain_raised(child: Explanation, added: Iterable[tuple[Weighted, Explanation]]) -> Explanation:
    """Return a score with what is added to it."""
    gains = (_explain_gain(other, made) for other, made in added)
    return _sum(Part.RAISED, "本身的得分，加上另外的加分。", (child, *gains))


def _explain_gain(other: Weighted, made: Explanation) -> Explanation:
    match other.node:
        case Phrase(text=text):
            return _weigh(Part.TOGETHER, f"“{text}”连在一起出现，按 {other.weight:g} 倍另外加分。", other, made)
        case In(facet=Facet.TOPIC, value=value):
            return _weigh(Part.TOPIC, f"主题是检索提到的“{value}”，另外加分。", other, made)
        case About():
            return _weigh(Part.MEANING, "意思与检索内容相近，另外加分。", other, made)
    return _weigh(Part.ADDED, f"“{describe(other.node)}”也符合，另外加分。", other, made)


def _weigh(part: Part, message: str, weighted: Weighted, made: Explanation) -> Explanation:
    weight = _given(Part.WEIGHT, weighted.weight, f"按 {weighted.weight:g} 倍计。")
    return _product(part, message, (weight, made))


def _given(part: Part, value: float, message: str) -> Explanation:
    return Explanation(part=part, value=float(value), how="given", message=message)


def _sum(part: Part, message: str, parts: Iterable[Explanation]) -> Explanation:
    return _combine(part, "sum", message, parts)


def _product(part: Part, message: str, parts: Iterable[Explanation]) -> Explanation:
    return _combine(part, "product", message, parts)


#: How the values of parts make up a value.
_How: TypeAlias = Literal["sum", "product", "max"]
_COMBINED: Mapping[_How, Callable[[Iterable[float]], float]] = {"sum": fsum, "product": prod, "max": max}


def _combine(part: Part, how: _How, message: str, parts: Iterable[Explanation]) -> Explanation:
    """Return a part that is made up of others; where there are none, it is given as nothing."""
    held = tuple(parts)
    if not held:
        return _given(part, 0.0, message)
    return Explanation(part=part, value=_COMBINED[how](one.value for one in held), how=how, message=message, parts=held)
