"""Citations: a report's name and the source of a passage, in the words that a clerk pastes behind a quotation.

Nothing is made up: a report without a title is named by its town or file and said to have none, title marks stand only
around words of the report, and a place or year that the report does not state is marked 推定.
"""

from dataclasses import dataclass

from search_app.errors import BadCode
from search_app.genres import REPORTS, find_genre
from search_app.language import squeeze
from search_app.language.analysis.text_digest import DIGEST_BITS, digest_origin, digest_text
from search_app.lazy_patterns import lazy_pattern
from search_app.model import Passage, Report

#: Put behind a place or year that was concluded, not read.
GUESSED = "推定"
_UNTITLED = "原文无标题"


def guessed_place(report: Report) -> bool:
    """Tell whether town or county were concluded from elsewhere."""
    return report.place_confidence == "low"


def guessed_year(report: Report) -> bool:
    """Tell whether the year was concluded: from the plans for the next one, or from the date of signature."""
    return report.year_confidence == "low"


def guessed(report: Report) -> bool:
    """Tell whether anything of where and when was concluded."""
    return guessed_place(report) or guessed_year(report)


def place(report: Report) -> str:
    """Return county and town as one name, or what of it is known."""
    name = (report.county or "") + (report.town or "")
    return name + _mark(guessed=guessed_place(report)) if name else "乡镇未识别"


def year(report: Report) -> str:
    """Return the reporting year in words."""
    return f"{report.year}年度" + _mark(guessed=guessed_year(report)) if report.year else "年度未识别"


def other_genre(report: Report) -> str | None:
    """Return what a paper is that is no annual report, as its kind says; None for an annual report."""
    return report.kind if find_genre(report.kind) != REPORTS else None


def where(report: Report) -> str:
    """Return place and, where known, year as one line beside a report's name, first of all what else it is."""
    return " · ".join(_where(report))


def _where(report: Report) -> tuple[str, ...]:
    """Return place and year, and what a paper is that is no annual report; of such a one only what it states."""
    kind, here, then = other_genre(report), place(report), year(report)
    if kind is None:
        return (here, then) if report.year else (here,)
    return (kind, *((here,) if report.town or report.county else ()), *((then,) if report.year else ()))


def title(report: Report) -> str:
    """Return the report's title, or where it has none a name that says so."""
    if report.title:
        return report.title
    if report.town:
        return f"{report.town}的报告（{_UNTITLED}）"
    return f"无标题（{_file(report)}）"


def path(passage: Passage) -> str:
    """Return the headings above a passage as one line."""
    return " › ".join(" ".join(heading.split()) for heading in passage.headings)


def source(passage: Passage, report: Report) -> str:
    """Return the source of a passage, ``《…报告》（县+镇，2023年度）二、（三）第5段``: the one form used everywhere.

    A heading is named by its number, or by its words where it has none; the passage by its number in the report.
    """
    return f"{report_source(report)}{_numbers(passage)}第{passage.number}段"


def report_source(report: Report) -> str:
    """Return the source of a report as a whole, ``《…报告》（县+镇，2023年度）``, as a passage's begins.

    A paper of another genre is called what it is: ``《…办法》（法规文件）``.
    """
    other = other_genre(report)
    name = f"《{report.title}》" if report.title else f"无标题的{'文件' if other else '报告'}“{_file(report)}”"
    told = _where(report) if other else (place(report), year(report))
    return f"{name}（{'，'.join(told)}）"


def quotation(passage: Passage, report: Report) -> str:
    """Return a passage with its source, ready to be pasted."""
    return f"{passage.text.strip()}——{source(passage, report)}"


def code(passage: Passage, report: Report) -> str:
    """Return the citation code of a passage, ``7K3QF-9ZM2X-2XAB``: short, and made of what it says and who says it.

    The first eleven letters are the digest of its text, the last three tell equal texts of different places and years
    apart. So a code outlives its file being moved or read anew; :func:`read_code` is the way back.
    """
    return write_code(Code(digest=digest_text(passage.text), origin=_origin(report)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a citation code says: the digest of the passage's text, and whether a report is the one meant."""

    digest: int
    origin: int

    def is_of(self, report: Report) -> bool:
        """Tell whether place and year of a report are those of the code."""
        return _origin(report) == self.origin


def write_code(code: Code) -> str:
    """Return a code as it is printed."""
    letters = _letters(code.digest, _TEXT_LETTERS) + _letters(code.origin, _ORIGIN_LETTERS)
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def require_code(text: str) -> Code:
    """Return what a citation code says. Raises BadCode."""
    code = read_code(text)
    if code is None:
        raise BadCode(f"“{text.strip()[:_SHOWN]}”不是引用码")
    return code


def looks_like_code(text: str) -> bool:
    """Tell whether a text has the shape of a printed code, which no words have, whatever its letters are."""
    return _SHAPE.fullmatch(squeeze(text)) is not None


def read_code(text: str) -> Code | None:
    """Return what a citation code says, as it may have been typed (small letters, O for 0, no hyphens); else None."""
    letters = squeeze(text).upper().translate(_ALIKE)
    if len(letters) != _TEXT_LETTERS + _ORIGIN_LETTERS or not set(letters) <= set(_ALPHABET):
        return None
    return Code(digest=_number(letters[:_TEXT_LETTERS]), origin=_number(letters[_TEXT_LETTERS:]))


_SHAPE = lazy_pattern("-".join(f"[0-9a-z]{{{length}}}" for length in (5, 5, 4)))
#: So much of what is no code is repeated.
_SHOWN = 40
#: Crockford's base 32: no letters that are taken for each other or for digits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011", "-")
_TEXT_LETTERS, _ORIGIN_LETTERS, _GROUP = DIGEST_BITS // 5, 3, 5


def _origin(report: Report) -> int:
    """Return 15 bits that tell places and years apart."""
    return digest_origin(report.county, report.town, report.year) & 0x7FFF


def _letters(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * at & 31] for at in reversed(range(length)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    return number


def _numbers(passage: Passage) -> str:
    """Return the numbers of the headings above a passage; of one without a number, its words."""
    from search_app.parsing.lines.markers import find_marker  # only who cites needs it

    found = []
    for heading in passage.headings:
        line = " ".join(heading.split())
        marker = find_marker(line)
        found.append(line[: marker.end].strip() if marker is not None else f"“{line}”")
    return "".join(found)


def _file(report: Report) -> str:
    return report.path.rsplit("/", 1)[-1]


def _mark(*, guessed: bool) -> str:
    return f"〔{GUESSED}〕" if guessed else ""
