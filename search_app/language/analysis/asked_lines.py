"""Asked lines: a report may answer questions, each question and answer a line of its own (问：… / 答（司法所）：…).

In: one line. Out: whether it asks or answers, and a question's words.
"""

import re

_MARK = r"\s*(?:[：:]|[.．、](?!\d)|[】］\]][：:]?)\s*"
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])?\s*"
_ASKS = re.compile(
    rf"{_NUMBER}[【［\[]?(?:[^\W\d]{{0,6}}提?问|Q|Ｑ)\s?\d{{0,2}}(?:[（(][^）)]{{1,16}}[）)])?{_MARK}(?=\S)"
)
_ANSWERS = re.compile(
    rf"{_NUMBER}[【［\[]?(?:[^\W\d]{{0,12}}回?答复?|回应|A|Ａ)\s?\d{{0,2}}(?:[（(][^）)]{{1,24}}[）)])?{_MARK}(?=\S)"
)
_LONGEST = 120
#: What the marks hold, looked for near the beginning before any pattern: hardly a line asks or answers.
_ASK_SIGNS, _ANSWER_SIGNS, _FAR = frozenset("问QＱ"), frozenset("答应AＡ"), 24
#: Where an answer begins on the line of its question.
_ANSWERED_AT_ONCE = re.compile(r"(?<=[？?。！])\s*(?=(?:[【［\[]?答[】］\]：:（(]|[AＡ][：:]))")


def asks(text: str) -> bool:
    """Say whether a line is a question that somebody put: 问：… 1.问：… 【问】… Q：…"""
    return bool(_ASK_SIGNS.intersection(text[:_FAR])) and _ASKS.match(text, 0, _LONGEST) is not None


def answers(text: str) -> bool:
    """Say whether a line begins an answer: 答：… 答（司法所）：… 【答】… A：…"""
    return bool(_ANSWER_SIGNS.intersection(text[:_FAR])) and _ANSWERS.match(text, 0, _LONGEST) is not None


def question_of(text: str) -> str:
    """Return a question without the mark that says it is one; other words as they are."""
    found = _ASKS.match(text, 0, _LONGEST) if asks(text) else None
    return text[found.end() :] if found else text


def part_answer(text: str) -> tuple[str, ...]:
    """Return question and answer where one line holds both, else the line alone."""
    if not asks(text) or (found := _ANSWERED_AT_ONCE.search(text)) is None:
        return (text,)
    return text[: found.start()], text[found.end() :]
