"""Everyday wordings: how people talk and what reports write for it, from a table that a clerk may edit.

In goes a typed text, out come the spoken forms of data/everyday.txt that stand in it, each with the wordings of reports
to search for. It leads one way only: who types 安置帮教 does not look for 坐过牢. The surprise: a form may be parts
that stand near each other in any order (盖 + 房: 房子是偷着盖的), because spoken verbs and their objects are rarely
side by side; as one form they are not two unrelated words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import Any

from search_app.errors import ConfigError
from search_app.language.analysis.folding import squeeze
from search_app.language.analysis.tokenizer import Token
from search_app.language.question.synonyms import Wording, heaviest_first
from search_app.lazy_patterns import lazy_pattern
from search_app.prepared_tables import language_table

#: How much a wording of reports counts beside the typed words' 1.0; behind ~ it is less sure.
SURE, UNSURE = 0.6, 0.4

_TABLE = "everyday.txt"
#: The names of what is made of this table among the prepared ones.
FORMS, FORM_WORDS, FORM_LENGTHS = "everyday forms", "everyday words", "everyday lengths"
_HINT = "请用记事本打开改正，保存为 UTF-8，或换回原来的文件。"
#: An input method writes these; in the table they mean the same.
_SIGNS = str.maketrans("＋／～∼〜＞＃", "+/~~~>#")
#: So many characters may stand between two parts of a form: 工钱(一直没)给.
_GAP = r"\w{0,4}?"
#: What says before a form that it was not done.
_DENIED = lazy_pattern("(?:没有?|未)$")
#: From this length on, a form of one part does not arise by chance where two other words meet.
_SURE_LENGTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EverydayForm:
    """A spoken form: each part is a choice of folded words; of one part it stands there as it is."""

    parts: tuple[tuple[str, ...], ...]
    officials: tuple[Wording, ...]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the form stands in a squeezed text."""
        yield from (found.span() for found in _pattern(self.parts).finditer(text))

    def places_in(self, text: str, start: int, end: int) -> frozenset[int]:
        """Return which characters of a text that the form spans are its own, not of a gap."""
        own = set[int]()
        for part in self.parts:
            word = max((word for word in part if text.find(word, start, end) >= 0), key=len, default="")
            at = text.find(word, start, end)
            own.update(range(at, at + len(word)))
        return frozenset(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class EverydaySpan:
    """``text[start:end]`` of a squeezed text, and the wordings of reports for it, heaviest first.

    ``own`` are the places of the characters that make the form, without those in its gaps.
    """

    start: int
    end: int
    officials: tuple[Wording, ...]
    own: frozenset[int] = frozenset()


def find_everyday(text: str, tokens: Sequence[Token]) -> tuple[EverydaySpan, ...]:
    """Return where spoken forms stand in a squeezed text with these words, in order; what overlaps is one.

    A form within a longer one says less than it (盖房 of 违章盖房), and one in the gap of another is a matter of its
    own (App of 学法App考试): no wording of theirs stands for the whole.

    Raises ConfigError where the table is wrong.
    """
    found: list[tuple[int, int, EverydayForm]] = []
    for form in _possible(text):
        for start, end in form.spans(text):
            if _DENIED.search(text, 0, start):
                continue  # 没办手续 is not about 办手续
            if span := _on_words(start, end, tokens, sure=len(form.parts) == 1 and end - start >= _SURE_LENGTH):
                found.append((*span, form))
    made: list[EverydaySpan] = []
    longest = frozenset[int]()  # the characters of the form that begins the last span
    for start, end, form in sorted(found, key=lambda each: (each[0], -each[1])):
        own = form.places_in(text, start, end)
        if not made or start >= made[-1].end:
            longest = own
            made.append(EverydaySpan(start=start, end=end, officials=form.officials, own=own))
            continue
        if end <= made[-1].end and (own.isdisjoint(longest) or len(own) < len(longest)):
            continue  # a form over a gap has less than it spans
        before = made.pop()
        officials = heaviest_first(before.officials + form.officials)
        joined = EverydaySpan(start=before.start, end=max(before.end, end), officials=officials, own=before.own | own)
        made.append(joined)
    return tuple(made)


@cache
def everyday_words() -> frozenset[str]:
    """Return the spoken forms of one part, folded."""
    return frozenset(word for form in everyday_forms() if len(form.parts) == 1 for word in form.parts[0])


def read_everyday(text: str) -> tuple[EverydayForm, ...]:
    """Return the forms of a table. Raises ConfigError, which names the line."""
    made: list[EverydayForm] = []
    known: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.translate(_SIGNS).split("#", 1)[0].strip()
        if line:
            spoken, sign, written = line.partition(">")
            if not sign or ">" in written:
                raise _wrong(number, "应写成“平时的说法 > 报告里的写法”，一行一个 >")
            officials = _officials(written, number)
            made += _line_forms(spoken, officials, number, known)
    return tuple(made)


@cache
def everyday_forms() -> tuple[EverydayForm, ...]:
    try:
        return read_everyday(files("search_app.data").joinpath(_TABLE).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"日常说法表 {_TABLE} 的编码不是 UTF-8。", hint="请用记事本打开，另存为 UTF-8。") from error


def _possible(text: str) -> list[EverydayForm]:
    """Return the forms of which every part stands somewhere in a squeezed text: hardly any of hundreds."""
    words, longest = form_words()
    held: dict[int, set[int]] = {}
    for start in range(len(text)):
        for end in range(start + 1, min(start + longest.get(text[start], 0), len(text)) + 1):
            for form, part in words.get(text[start:end], ()):
                held.setdefault(form, set()).add(part)
    found = [(get_form(at), parts) for at, parts in sorted(held.items())]
    return [form for form, parts in found if len(parts) == len(form.parts)]


@cache
def get_form(at: int) -> EverydayForm:
    """Return the form of a number that :func:`form_words` gives."""
    prepared = language_table(FORMS)
    if not prepared:
        return everyday_forms()[at]
    parts, officials = prepared[str(at)]
    return EverydayForm(
        parts=tuple(map(tuple, parts)),
        officials=tuple(Wording(text=text, weight=weight) for text, weight in officials),
    )


def lay_out() -> dict[str, Mapping[str, Any]]:
    """Return the tables that are prepared, by name."""
    words, longest = form_words()
    forms = ([form.parts, [[each.text, each.weight] for each in form.officials]] for form in everyday_forms())
    return {FORMS: {str(at): form for at, form in enumerate(forms)}, FORM_WORDS: words, FORM_LENGTHS: longest}


@cache
def form_words() -> tuple[Mapping[str, list[tuple[int, int]]], Mapping[str, int]]:
    """Return word -> the forms and their parts that it is in, and first character -> length of the longest word."""
    words, longest = language_table(FORM_WORDS), language_table(FORM_LENGTHS)
    if words and longest:
        return words, longest
    return _file_words()


def _file_words() -> tuple[Mapping[str, list[tuple[int, int]]], Mapping[str, int]]:
    words: dict[str, list[tuple[int, int]]] = {}
    longest: dict[str, int] = {}
    for at, form in enumerate(everyday_forms()):
        for number, part in enumerate(form.parts):
            for word in part:
                words.setdefault(word, []).append((at, number))
                longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return words, longest


def _line_forms(
    spoken: str, officials: tuple[Wording, ...], number: int, known: dict[str, int]
) -> Iterator[EverydayForm]:
    """Yield the forms left of the sign; what another line has already is refused."""
    plain: list[str] = []
    for each in spoken.split("、"):
        parts = tuple(
            tuple(dict.fromkeys(_checked(word, number) for word in part.split("/"))) for part in each.split("+")
        )
        key = "+".join("/".join(part) for part in parts)
        if key in known:
            raise _wrong(number, f"“{each.strip()}”在第 {known[key]} 行已经写过")
        known[key] = number
        if len(parts) > 1:
            yield EverydayForm(parts=parts, officials=officials)
        elif any(len(word) < 2 for word in parts[0]):
            raise _wrong(number, f"“{each.strip()}”只有一个字，会搜出太多不相干的内容")
        else:
            plain += parts[0]
    if plain:
        yield EverydayForm(parts=(tuple(plain),), officials=officials)


def _officials(written: str, number: int) -> tuple[Wording, ...]:
    sure, _, unsure = written.partition("~")
    made = [(_checked(word, number, least=2), SURE) for word in sure.split("、")] if sure.strip() or not unsure else []
    made += [(_checked(word, number, least=2), UNSURE) for word in unsure.split("、")] if unsure else []
    words = [word for word, _ in made]
    if twice := [word for at, word in enumerate(words) if word in words[:at]]:
        raise _wrong(number, f"“{twice[0]}”写了两遍")
    return tuple(Wording(text=word, weight=weight) for word, weight in made)


def _checked(word: str, number: int, least: int = 1) -> str:
    word = word.strip()
    if not word:
        raise _wrong(number, "有两个符号连在一起，或符号旁边没有词")
    if len(word.split()) > 1:
        raise _wrong(number, f"“{word}”中间有空格")
    if len(word) < least:
        raise _wrong(number, f"“{word}”只有一个字，会搜出太多不相干的内容")
    return squeeze(word) if least == 1 else word


def _wrong(number: int, what: str) -> ConfigError:
    return ConfigError(f"日常说法表 {_TABLE} 第 {number} 行写法有误：{what}。", hint=_HINT)


@cache
def _pattern(parts: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """Return what finds the parts near each other in any order, the longest words of each first."""
    choices = ["(?:" + "|".join(map(re.escape, sorted(part, key=len, reverse=True))) + ")" for part in parts]
    return re.compile("|".join(_GAP.join(order) for order in permutations(choices)))


def _on_words(start: int, end: int, tokens: Sequence[Token], *, sure: bool) -> tuple[int, int] | None:
    """Return a span grown by what else its first and last words have (房 in 房子); None inside other words.

    A character more at either end is what spoken words differ by; two are another word.
    """
    if sure:
        return start, end
    first = min((token.start for token in tokens if token.start < start < token.end), default=start)
    last = max((token.end for token in tokens if token.start < end < token.end), default=end)
    return (first, last) if start - first <= 1 and last - end <= 1 else None
