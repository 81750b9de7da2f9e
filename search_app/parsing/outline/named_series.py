"""Named series: headings without a number that only several of one shape make believable.

In: the paragraphs. Out: by its place, the heading that each of a series is or opens with. Questions have their answers
below them; three paragraphs that open with a name in brackets (【信访】…), or three lines of a mark and a name (◆守海),
are all headed so. One alone may be anything.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_app.language.analysis.asked_lines import answers, asks
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.outline.open_headings import UnnumberedKind

_SHORTEST_SERIES = 3
_LEAST_ANSWERED = 2  # questions whose answers say that they are some
_BOXED = re.compile(
    r"[【［](?!免责|声明|来源|责任编辑|编辑|版权|转载|关闭|打印|字体|大中小|返回)[^】］，。；：]{1,20}[】］]"
)
_MARKED = re.compile(r"(?P<mark>[◆◇■□●★▶➢▲])\s?[\u4e00-\u9fff“”、]{2,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A heading of a series; ``own_line`` is false where the text follows upon it."""

    text: str
    kind: UnnumberedKind
    own_line: bool


def find_named(lines: Sequence[Line]) -> Mapping[int, Named]:
    """Return the headings of all series by their places."""
    found: dict[int, Named] = {}
    series: defaultdict[str, dict[int, Named]] = defaultdict(dict)
    for at, line in enumerate(lines):
        if line.kind == "table":
            continue
        boxed = _BOXED.match(line.text)
        if boxed and not asks(line.text) and not answers(line.text):
            own_line = boxed.end() == len(line.text)
            series["【"][at] = Named(text=boxed.group(), kind=UnnumberedKind.BOXED, own_line=own_line)
        elif marked := _MARKED.fullmatch(line.text):
            series[marked["mark"]][at] = Named(text=line.text, kind=UnnumberedKind.MARKED, own_line=True)
    for one in series.values():
        headed = {at: named for at, named in one.items() if not named.own_line or _has_text(lines, one, at)}
        if len(headed) >= _SHORTEST_SERIES:
            found |= headed
    return found | {at: _question(lines[at].text) for at in _find_questions(lines)}


def _has_text(lines: Sequence[Line], series: Mapping[int, Named], at: int) -> bool:
    """Say whether something stands below a line that is not the next of its series."""
    return at + 1 < len(lines) and at + 1 not in series


def _find_questions(lines: Sequence[Line]) -> list[int]:
    """Return where questions stand: all that text follows upon, where some of it says that it answers."""
    asked = [at for at, line in enumerate(lines[:-1]) if asks(line.text) and not asks(lines[at + 1].text)]
    answered = sum(answers(lines[at + 1].text) for at in asked)
    return asked if answered >= _LEAST_ANSWERED or len(asked) >= _SHORTEST_SERIES else []


def _question(text: str) -> Named:
    return Named(text=text, kind=UnnumberedKind.QUESTION, own_line=True)
