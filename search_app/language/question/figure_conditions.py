"""Figure conditions: what a figure with a bound or a margin asks for: 98%以上, 不低于90%, 100人左右, 30余起.

In: a typed text. Out: where such figures stand, and which numbers of the same unit fulfil them. The surprise: a figure
without such a word is no condition, it asks for itself (100%, 60学时); nor is one of a time or an age (24小时以内,
60岁以上), which are names of things rather than counts. What the words mean:

- 以上, 不低于, 不少于, 至少, 达到: the figure or more; 超过, 多于, 高于: more.
- 以下, 以内, 不超过, 不高于, 至多: the figure or less; 不到, 不足, 低于, 少于: less.
- 余, 多, 几 (30余起): from the figure up to where its last digit that is not nought would be one more: 30 to 39.
- 近: nearly as much, not more; 左右, 上下, 约: about as much. A tenth, of percentages two points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nextafter

from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import ANY_NUMERAL, number_of

#: Units that count the same.
_SAME = (("人", "名", "位"), ("件", "起", "宗"), ("场", "场次"))
#: What is counted, the longer names first; times, ages and years are not.
_UNITS = (
    "%", "平方米", "公里", "人次", "场次", "万元", "课时", "学时",
    *"件起宗次名人位户家场期份条处支辆台间张部篇册本亩项批轮套幅块座所遍个元",
)  # fmt: skip
#: The tenth that a figure may be off where it is only about so much; of percentages so many points.
_MARGIN, _POINTS, _WHOLE = 0.1, 2.0, 100.0

_AT_LEAST, _MORE = "不低于|不少于|不下于?|不小于|至少|最少|起码|达到|达(?!成|标)", "超过|多于|大于|高于|突破|超|逾"
_AT_MOST, _LESS = "不超过|不高于|不多于|不大于|至多|最多|顶多", "不到|不足|低于|少于|小于|未到|未达"
_NEARLY, _ABOUT = "将近|接近|(?<!附)近", "大约|大概|(?<![合签预节制条公履违失])约"
_BEFORE = "|".join(
    f"(?P<{name}>{words})"
    for name, words in (
        ("at_most", _AT_MOST), ("at_least", _AT_LEAST), ("more", _MORE), ("less", _LESS), ("nearly", _NEARLY),
        ("about", _ABOUT),
    )
)  # fmt: skip
_BEHIND = r"(?P<up>(?:及|或|和)?以上)|(?P<down>(?:及|或|和)?以下|以内|之内)|(?P<round>左右|上下)"
_NUMBER = rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,8}}(?:\.\d{{1,4}})?)|(?P<han>[{ANY_NUMERAL}]{{1,9}})"
_CONDITION = re.compile(
    rf"(?:{_BEFORE})?(?P<figure>(?<![\d.{ANY_NUMERAL}第])"
    rf"(?:百分之(?P<share>[{ANY_NUMERAL}]{{1,4}}|\d{{1,3}})|(?:{_NUMBER})(?P<scale>万(?!元))?(?P<and_more>[余多几])?"
    rf"(?P<unit>{'|'.join(_UNITS)})(?![镇乡街桥])))(?:{_BEHIND})?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCondition:
    """A condition at ``text[start:end]``: numbers from ``least`` to ``most`` in one of ``units`` fulfil it.

    ``figure`` is the figure as typed, without the words that make it a condition; ``value`` its number.
    """

    start: int
    end: int
    figure: str
    value: float
    least: float
    most: float
    units: tuple[str, ...]

    def is_fulfilled(self, value: float) -> bool:
        """Tell whether a number of one of the units fulfils the condition."""
        return self.least <= value <= self.most


def find_figure_conditions(text: str) -> Iterator[FigureCondition]:
    """Yield the conditions on figures in a text, in order."""
    for found in _CONDITION.finditer(fold(text)):
        value, unit = _value(found), found["unit"] or "%"
        bounds = _bounds(found, value, unit) if value and (unit != "%" or value <= _WHOLE) else None
        if value and bounds is not None:
            start, end = found.span("figure")
            yield FigureCondition(
                start=found.start(),
                end=found.end(),
                figure=text[start:end],
                value=value,
                least=bounds[0],
                most=min(bounds[1], _WHOLE) if unit == "%" else bounds[1],
                units=next((same for same in _SAME if unit in same), (unit,)),
            )


def _value(found: re.Match[str]) -> float | None:
    scale = 10_000 if found["scale"] else 1
    written = found["share"] or found["han"] or found["digits"].replace(",", "")
    if written[0] in ANY_NUMERAL:
        whole = number_of(f"一{written}" if written[0] in "百千万" else written)
        return None if whole is None else float(whole * scale)
    return float(written) * scale


def _bounds(found: re.Match[str], value: float, unit: str) -> tuple[float, float] | None:
    """Return the least and the greatest number that a condition allows; None where the figure asks for itself."""
    margin = _POINTS if unit == "%" else value * _MARGIN
    if found["at_least"] or found["up"]:
        return value, inf
    if found["at_most"] or found["down"]:
        return 0, value
    if found["more"]:
        return nextafter(value, inf), inf
    if found["less"]:
        return 0, nextafter(value, 0)
    if found["nearly"]:
        return value - margin, value
    if found["about"] or found["round"]:
        return value - margin, value + margin
    return (value, value + _last_step(value) - 1) if found["and_more"] else None


def _last_step(value: float) -> float:
    """Return the worth of the last digit of a whole number that is not nought: 10 of 30, 100 of 1200."""
    step = 1.0
    while value % (step * 10) == 0:
        step *= 10
    return step
