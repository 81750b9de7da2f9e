"""Passages: body paragraphs -> units of retrieval of about 80 to 400 characters, each inside one heading."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.parsing.lines.markers import find_items, find_marker, find_turns
from search_app.parsing.outline.build import Body, Heading
from search_app.parsing.outline.separate_matters import find_matters, is_own_matter, lists_shortcomings

SHORTEST = 80
LONGEST = 400
_VERY_SHORT = 50  # neighbouring paragraphs this short share a passage
_SENTENCE_END = re.compile(r"[。！？!?；;][”’」』）)】》]*")
_COMMA = re.compile(r"[，,、：:\s]")
_PLAN = re.compile(
    rf"^(?:[（(]?[{NUMERALS}]{{0,2}}[）)]?[、.]?)(?:下一步|下步|今后|接下来|下一阶段|下一年|明年|针对(?:以上|上述|存在)"
    "|(?:对策|措施|打算|改进|整改|办法)[：:])"
)
_PLAN_TURN = re.compile(
    r"(?<=[。；！])(?=下一步|下步|今后(?!的)|明年|来年|接下来|下一阶段|下一年度?|针对(?:以上|上述)(?:问题|不足))"
)
#: What a heading says that is more than a name: a figure with what it counts, or a clause that tells what was done.
_TELLS = re.compile(
    rf"(?:\d|[{NUMERALS}]{{2}})[余多]?(?:件次?|次|场次?|人次?|份|个|项|起|户|处|期|名)|[，,；;][^，,；;]*(?:全年|今年|共|均|已|了)"
)
#: A label that turns to what fell short or to the year to come, where a paragraph is a line or two (不足：… 明年：…).
_LABEL = re.compile(
    r"(?:(?:存在|主要|还有)的?)?(?:不足|毛病|短处|短板|缺点|弱项|难处|难|缺|短|欠)[^，。；：:]{0,4}[：:]|(?:下年|明|盼)[^，。；：:]{0,6}[：:]"
    r"|(?:毛病|短处|缺点|短板|不足|欠账)(?:也|还|仍)|来年|下年|20\d\d年(?:度|下半年|下一?个?季度)?[，：:]?[^，。；：:]{0,8}(?:将|先|重点是|要(?!求))"
)
#: A sentence that turns from what was done to what fell short.
_SHORTCOMINGS = re.compile(
    r"(?:虽然|尽管|但是?|同时|当前|目前|(?:在)?(?:取得|肯定)[^。；：:]{0,12}(?:的同时|之余))[^。；：:]{0,40}"
    r"(?:不足|差距|短板|薄弱环节|存在[^。；：:]{0,8}(?:问题|困难))"
)
#: A number on a line of its own that is no heading: it goes with what it counts.
_NUMBER_ALONE = re.compile(rf"[（(]?[{NUMERALS}]{{1,3}}[）)]?[、.．]?$")
_CLOSING = re.compile(
    "(?:以上|特此)(?:报告|汇报)|妥否|如有不妥|(?:汇报|报告|讲|说)完了|(?:请|欢迎)[^，。]{0,6}(?:批评|指正|提意见)"
)
_PLAN_WORDS = ("下一", "下步", "今后", "明年", "来年", "接下来", "针对")


def cut_passages(headings: Sequence[Heading], bodies: tuple[Body, ...]) -> tuple[tuple[int, str], ...]:
    """Return (heading, text) for each passage in reading order."""
    made: list[tuple[int, str]] = []
    mergeable = False
    for body in bodies:
        heading = headings[body.heading] if body.heading >= 0 else None
        pieces = _table(body.text) if body.table else _pieces(body.text, find_matters(body.text, heading))
        short = len(body.text) < _VERY_SHORT and not body.table and len(pieces) == 1
        short = short and not (is_own_matter(body.text) and lists_shortcomings(heading))
        apart = _opens_another(body.text) or (body.heading < 0 and _begins_list(body.text, made))
        if short and mergeable and made[-1][0] == body.heading and not apart:
            made[-1] = (body.heading, made[-1][1] + "\n" + body.text)
        elif pieces and made and made[-1][0] == body.heading and _NUMBER_ALONE.fullmatch(made[-1][1]):
            made[-1] = (body.heading, made[-1][1] + "\n" + pieces[0])
            made.extend((body.heading, piece) for piece in pieces[1:])
        else:
            made.extend((body.heading, piece) for piece in pieces)
        mergeable = not body.table and bool(made) and (short and len(made[-1][1]) < 2 * SHORTEST)
    return tuple(made)


def tell_leaves(headings: Sequence[Heading], bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """Return the bodies, and each heading that tells something and has nothing below it: else no search would find it.

    A bare name of a part stays a heading, so that the part is still missing.
    """
    filled = {body.heading for body in bodies}
    leaves = deque(
        Body(text=heading.text, heading=at)
        for at, heading in enumerate(headings)
        if at not in filled
        and (at + 1 == len(headings) or headings[at + 1].level <= heading.level)
        and _TELLS.search(heading.text)
    )
    told: list[Body] = []
    for body in bodies:
        while leaves and leaves[0].heading < body.heading:
            told.append(leaves.popleft())
        told.append(body)
    return (*told, *leaves)


def _opens_another(text: str) -> bool:
    """Say whether a short paragraph turns to another part or closes the report: it is joined to none before it."""
    return any(pattern.match(text) is not None for pattern in (_PLAN, _LABEL, _SHORTCOMINGS, _CLOSING, _NUMBER_ALONE))


def _begins_list(text: str, made: Sequence[tuple[int, str]]) -> bool:
    """Say whether the first of several numbered paragraphs follows upon an opening, which it is no part of."""
    marker = find_marker(text)
    return marker is not None and marker.number == 1 and bool(made) and find_marker(made[-1][1]) is None


def _pieces(text: str, matters: tuple[int, ...]) -> list[str]:
    """Cut one paragraph at its items, then what is still too long at sentence ends; join what is very short.

    What is below ``matters`` stays by itself, however short; a short text above the first goes with it.
    """
    turned = any(word in text for word in _PLAN_WORDS)
    fixed = {found.start() for found in _PLAN_TURN.finditer(text)} if turned else set()
    fixed.update(matters[1:] if matters and matters[0] < SHORTEST else matters)
    starts = sorted({0, *find_items(text), *fixed})
    if len(starts) == 1:
        return [text] if len(text) <= LONGEST else _sentences(text)
    units: list[str] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        joins = units and start not in fixed and min(len(units[-1]), len(part)) < SHORTEST
        if joins and len(units[-1]) + len(part) <= LONGEST and (len(units[-1]) < SHORTEST or end == len(text)):
            units[-1] += part
        else:
            units.append(part)
    return [
        piece.strip()
        for unit in units
        for piece in ([unit] if len(unit) <= LONGEST else _sentences(unit))
        if piece.strip()
    ]


def _sentences(text: str) -> list[str]:
    """Cut a long text into pieces of similar length, at sentence ends where there are any."""
    ends = sorted({found.end() for found in _SENTENCE_END.finditer(text)} | set(find_turns(text)) | {len(text)})
    pieces: list[str] = []
    start = 0
    while len(text) - start > LONGEST:
        share = (len(text) - start) / -(-(len(text) - start) // LONGEST)
        inside = ends[bisect_left(ends, start + SHORTEST / 2) : bisect_right(ends, start + LONGEST)]
        end = min(inside, key=lambda place: abs(place - start - share)) if inside else _hard_cut(text, start)
        pieces.append(text[start:end])
        start = end
    return [piece.strip() for piece in (*pieces, text[start:]) if piece.strip()]


def _hard_cut(text: str, start: int) -> int:
    commas = [found.end() for found in _COMMA.finditer(text, start + SHORTEST, start + LONGEST)]
    return commas[-1] if commas else start + LONGEST


def _table(text: str) -> list[str]:
    """Cut a table between rows."""
    pieces: list[str] = []
    for row in text.splitlines():
        if pieces and len(pieces[-1]) + len(row) < LONGEST:
            pieces[-1] += "\n" + row
        else:
            pieces.extend(_sentences(row) if len(row) > LONGEST else [row])
    return [piece for piece in pieces if piece.strip()]
