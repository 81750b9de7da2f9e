"""Asked lines: a report may answer questions, each question and answer a line of its own (问：… / 答（司法所）：…).

In: one line. Out: whether it asks or answers, and a question's words. 法律顾问：… and 走访慰问：… ask nothing; what is
neither short nor ends in its mark is no question.
"""

import re

from search_app.language.analysis.han_numbers import NUMERALS

_NUMBER = rf"(?:[{NUMERALS}]{{1,3}}[、.．]|[（(][{NUMERALS}\d]{{1,3}}[）)]|\d{{1,2}}[、.．])?\s*"
_COUNT = rf"\s?(?:\d{{1,2}}|[{NUMERALS}]{{1,2}})?"
_FIRM = r"\s*(?:[：:]|[】］\]][：:]?)\s*"
_LOOSE = r"\s*[.．、](?!\d)\s*"  # behind 问, 答, Q and A alone
#: Who is said to ask; any other word before 问 may be one with it (顾问, 慰问, 询问).
_WHO = (
    r"[^\W\d]{0,4}(?:记者|主持人|群众|村民|居民|市民|农户|住户|业主|商户|店主|店家|老板|企业|网友|代表|委员|当事人|来访人|学生|家长|老师"
    r"|老人|老乡|乡亲|大爷|大妈|大叔|大婶|大姐|大哥|师傅|先生|女士|同志|干部|职工|工人|读者|听众|观众|大家|有人)(?:来|又|再|追)?"
)
_BY = r"(?:[（(][^）)]{1,24}[）)])?"
_ASKS = re.compile(
    rf"{_NUMBER}[【［\[]?(?:(?:{_WHO})?提?问|Q|Ｑ){_COUNT}{_BY}{_FIRM}(?=\S)|{_NUMBER}(?:问|Q|Ｑ){_COUNT}{_LOOSE}(?=\S)"
)
_ANSWERS = re.compile(
    rf"{_NUMBER}[【［\[]?(?:[^\W\d]{{0,12}}(?<![解应对抢作问])(?:答|(?<!建议)(?<!提案)(?<!议案)(?<!信访)(?<![期时线信])答复)|回应|A|Ａ)"
    rf"{_COUNT}{_BY}{_FIRM}(?=\S)|{_NUMBER}(?:答|A|Ａ){_COUNT}{_LOOSE}(?=\S)"
)
#: A turn that is one even where the line above it is not over; 答复： may go on from 限期.
_TURNS = re.compile(
    rf"{_NUMBER}(?:(?:提?问|答|Q|Ｑ|A|Ａ){_COUNT}{_BY}\s*[：:]|[【［\[](?:提?问|答){_COUNT}[】］\]])\s*(?=\S)"
)
_HALF_WORDS = re.compile(r"(?:[顾慰询访质学疑过审责追查]\s*(?=问)|[解回应对抢作问]\s*(?=答))[问答]")
_LONGEST = 120
_LONGEST_UNMARKED = 40  # characters of a question without its mark
_CLOSERS = "”’」』）)】"
#: What the marks hold, looked for near the beginning before any pattern: hardly a line asks or answers.
_ASK_SIGNS, _ANSWER_SIGNS, _FAR = frozenset("问QＱ"), frozenset("答应AＡ"), 24
#: Where an answer begins on the line of its question.
_ANSWERED_AT_ONCE = re.compile(r"(?<=[？?。！])\s*(?=(?:[【［\[]?答[】］\]：:（(]|[AＡ][：:]))")


def asks(text: str) -> bool:
    """Say whether a line is a question that somebody put: 问：… 1.问：… 【问】… Q：…"""
    return (found := _asked(text)) is not None and _is_question(text[found.end() :])


def answers(text: str) -> bool:
    """Say whether a line begins an answer: 答：… 答（司法所）：… 【答】… A：…"""
    return bool(_ANSWER_SIGNS.intersection(text[:_FAR])) and _ANSWERS.match(text, 0, _LONGEST) is not None


def takes_turn(text: str, before: str, *, ended: bool) -> bool:
    """Say whether a line asks or answers anew below the line ``before``, which may have ``ended`` with its sentence."""
    if ended:
        return _asked(text) is not None or answers(text)
    if not (_ASK_SIGNS | _ANSWER_SIGNS).intersection(text[:_FAR]) or _TURNS.match(text, 0, _LONGEST) is None:
        return False
    return _HALF_WORDS.match(before[-1:] + text[:1]) is None


def question_of(text: str) -> str:
    """Return a question without the mark that says it is one; other words as they are."""
    found = _asked(text)
    return text[found.end() :] if found and _is_question(text[found.end() :]) else text


def part_answer(text: str) -> tuple[str, ...]:
    """Return question and answer where one line holds both, else the line alone."""
    if _asked(text) is None or (found := _ANSWERED_AT_ONCE.search(text)) is None or not asks(text[: found.start()]):
        return (text,)
    return text[: found.start()], text[found.end() :]


def _asked(text: str) -> re.Match[str] | None:
    return _ASKS.match(text, 0, _LONGEST) if _ASK_SIGNS.intersection(text[:_FAR]) else None


def _is_question(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] in ("？", "?") or (len(words) <= _LONGEST_UNMARKED and "。" not in words[:-1])
