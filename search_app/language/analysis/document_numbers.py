"""Document numbers: the 发文字号 of a public document, as it is printed, labelled or typed, in one normal form.

A number says who issues (代字), in which year, and which in the row: ``望政发〔2024〕3号``. The same for what a report
states and what a clerk types, so that one finds the other.
"""

import re
import unicodedata
from dataclasses import dataclass

from search_app.language.analysis.folding import fold
from search_app.lazy_patterns import lazy_pattern

_LONGEST = 60
_LETTERS = r"[\u4e00-\u9fff]{0,16}"
_YEAR = r"(?P<year>20\d\d|19\d\d)"
_SERIAL = r"第?(?P<serial>\d{1,5})"
_OPEN, _CLOSE = r"[\[({<〈《﹝]", r"[\])}>〉》﹞]"
#: With brackets of any kind around the year; the white space is gone.
_BRACKETED = lazy_pattern(rf"(?P<letters>{_LETTERS}){_OPEN}{_YEAR}年?{_CLOSE}{_SERIAL}(?P<sign>号?)")
#: Without brackets: something must part the year from the number, in the text as it was written.
_OPEN_WRITTEN = lazy_pattern(
    rf"(?P<letters>{_LETTERS})\s*{_YEAR}(?P<between>\s*年\s*|\s+|\s*[-—–_]\s*){_SERIAL}\s*(?P<sign>号?)"
)
#: What such letters end in; anything else before a year and a number is likelier a sentence or a place.
_LETTERS_END = lazy_pattern(r"[发字函办报文政府委党通呈请令纪议法司综安维农建规公]$")
#: Words that no issuer's letters hold: what holds them cites another document.
_CITING = lazy_pattern(
    r"依据|根据|按照|关于|贯彻|落实|执行|参照|文件|详见|附件|索引|截至|通知|规定|意见|办法|条例|报告|年度|第"
)
_LABEL = lazy_pattern(r"\s*(?:发文字号|发文文号|文件编号|备注/文号|文号|字号)\s*[::]?\s*")
_SIGNER = lazy_pattern(r"\s*签发人.*$")
_BEHIND = lazy_pattern(r"\s*[（(]([^（）()]{0,16}[〔［【\[]\s?20\d{2}\s?[〕］】\]]\s?第?\s?\d{1,5}\s?号?)[）)]$")
_EDGES = " \t\"'“”‘’「」｢｣。.,，;；:：、|"
_SPACE = lazy_pattern(r"\s+")
_IN_BRACKETS = lazy_pattern(r"\((?!\d{4}\)).*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A document number; ``letters`` are "" where only year and number are stated."""

    letters: str
    year: int
    serial: int

    def __str__(self) -> str:
        """Return the number as public documents print it."""
        return f"{self.letters}〔{self.year}〕{self.serial}号"


def read_stated_number(text: str) -> DocumentNumber | None:
    """Return the number that the value of a label or property is, however it is bracketed; None if it is none."""
    return _read(_SIGNER.sub("", text))


def read_own_line(text: str) -> DocumentNumber | None:
    """Return the number that a line of a cover consists of: with brackets or, behind letters of an issuer, without."""
    found = _read(_SIGNER.sub("", text), alone=True)
    return found if found is not None and len(found.letters) != 1 else None


def cut_number_behind(title: str) -> tuple[str, str]:
    """Return a title without the number in brackets behind it, and that number as it is written, "" for none."""
    found = _BEHIND.search(title)
    return (title, "") if found is None else (title[: found.start()], found[1])


def read_typed_number(text: str) -> DocumentNumber | None:
    """Return the number that a query consists of (望政发 2024 3, 〔2024〕3, 2024 3); None if it is none."""
    return _read(_LABEL.sub("", text, count=1) if _LABEL.match(text) else text)


def _read(text: str, *, alone: bool = False) -> DocumentNumber | None:
    """Read a whole text as a number; ``alone``: nothing says that it is one, so that it must look like one itself."""
    if len(text) > _LONGEST or not any(map(str.isnumeric, text)):
        return None
    written = _half_width(text).strip(_EDGES)
    if _IN_BRACKETS.fullmatch(written):
        written = written[1:-1]
    found = _BRACKETED.fullmatch(_SPACE.sub("", written)) or _OPEN_WRITTEN.fullmatch(written)
    if found is None or (alone and not _looks_like_one(found)) or not _is_parted(found):
        return None
    letters, serial = found["letters"], int(found["serial"])
    if not serial or _CITING.search(letters):
        return None
    return DocumentNumber(letters=letters, year=int(found["year"]), serial=serial)


def _looks_like_one(found: re.Match[str]) -> bool:
    """Tell whether it is a number that stands for itself: brackets and letters or 号; or both where none are."""
    if "between" not in found.re.groupindex:
        return bool(found["letters"] or found["sign"])
    return bool(found["sign"] and _LETTERS_END.search(found["letters"]))


def _is_parted(found: re.Match[str]) -> bool:
    """Tell whether what parts year and number is no sign of a day or month (2024年3, 2024-3)."""
    if "between" not in found.re.groupindex or not found["between"].strip():
        return True
    return bool(found["sign"] or (found["letters"] and "年" not in found["between"]))


def _half_width(text: str) -> str:
    """Return a text in half width and simplified, each kind of square bracket the same."""
    return fold(unicodedata.normalize("NFKC", text)).translate(str.maketrans("﹝﹞〖〗", "[][]"))
