"""Separate matters: where a part on shortcomings lists them (一是…二是…), each is a matter of its own.

In: the heading above a paragraph, and the paragraph. Out: where its matters begin, or nothing where it tells of one
matter in several points: below a heading that names the matter itself (（一）执法力量薄弱), or in points of few words.
"""

import re

from search_app.parsing.lines.heading_names import is_name
from search_app.parsing.lines.markers import MarkerKind, find_items, find_marker
from search_app.parsing.outline.build import Heading

SHORTEST_MATTER = 14  # characters, its number and stop counted; fewer name a matter and do not tell it
_SHORTCOMINGS = re.compile("不足|问题|短板|差距|薄弱|困难|弱项")
#: What they have in common is told after the last of them.
_COMMON_CAUSE = re.compile(
    r"(?<=[。；;])(?=究其(?:原因|根源)|(?:分析|剖析|产生|造成|出现|形成)?(?:上述|以上|这些)[^。；]{0,12}原因)"
)
#: What is done about them is no list of them; in a part on both, the words above a list tell which it is.
_ANSWERS = "针对|聚焦|解决|化解|整改|补齐|破解|克服|改进|下一?步|打算|措施|今后|安排|计划"
_ANSWERED = re.compile(_ANSWERS)
_LEADS_ELSEWHERE = re.compile(f"{_ANSWERS}|重点|做好|以下工作|将|原因")
_STOPS = "。；;！\n"
_LONGEST_LEAD = 120
_ITEMS = frozenset((MarkerKind.ITEM, MarkerKind.ORDINAL, MarkerKind.ARABIC, MarkerKind.CIRCLE))


def lists_shortcomings(heading: Heading | None) -> bool:
    """Say whether a heading names the part on shortcomings alone, and none of the matters in it."""
    if heading is None or _SHORTCOMINGS.search(heading.text) is None or _ANSWERED.search(heading.text):
        return False
    marker = find_marker(heading.text)
    return heading.level == 1 or is_name(heading.text, marker.end if marker else 0)


def is_own_matter(text: str) -> bool:
    """Say whether a paragraph below such a heading is one item of its list, long enough to tell something."""
    marker = find_marker(text)
    return marker is not None and marker.kind in _ITEMS and len(text) >= SHORTEST_MATTER


def find_matters(text: str, heading: Heading | None) -> tuple[int, ...]:
    """Return where the separate matters of a paragraph begin, or () where it holds none."""
    starts = find_items(text)
    if not starts:
        return ()
    lead = text[: starts[0]][-_LONGEST_LEAD:].rstrip("：:，,。 ").rsplit("。", 1)[-1]
    if _LEADS_ELSEWHERE.search(lead) or not (_SHORTCOMINGS.search(lead) or lists_shortcomings(heading)):
        return ()
    ends = (*starts[1:], len(text))
    told = all(end - start >= SHORTEST_MATTER for start, end in zip(starts, ends, strict=True))
    apart = all(text[start - 1] in _STOPS for start in starts[1:])
    if not (told and apart):
        return ()
    common = _COMMON_CAUSE.search(text, starts[-1])
    return (*starts, common.start()) if common else starts
