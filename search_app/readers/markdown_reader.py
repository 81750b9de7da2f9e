""".md -> Document: front matter to properties, headings with level, tables as rows, everything else as plain text.

Line-based and forgiving, as much Markdown as reports are written in. The surprise: ``1.`` of an ordered list stays in
the text, because here a number is part of the outline and not decoration; bullets go.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.limits import check_characters, is_beyond_toml
from search_app.readers.text_decoding import decode

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_ATX_UNSPACED = re.compile(r" {0,3}(#{1,6})([^#\s!].*?)#*[ \t]*$")  # ##标题, as Chinese writers type it
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_BULLET = re.compile(r"\s*[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_NUMBERED = re.compile(rf"\s*(?:\d{{1,9}}[.)][ \t]+|\d{{1,3}}[.．、][ \t]*\D|[（(]?[{NUMERALS}]{{1,3}}[）)、])")
_LONGEST_HEADING = 40
_LONGEST_FRONT_LINE = 2_000
_PUNCTUATED = re.compile(r"[，。；：！？,;:!?]")
_TABLE_RULE = re.compile(r"\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S+")
_FRONT_LINE = re.compile(r"([^\s:：#\-][^:：]*?)\s*[:：]\s*(.*)$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Escaped signs wait here, in a plane of Unicode that nobody writes in, while the marks are taken off.
_WAITING = {0xF0000 + code: chr(code) for code in range(0x21, 0x7F)}
#: Every length is bounded, so that no line takes time beyond its length.
_INLINE = (
    (re.compile(r"<!--.{0,2000}?-->", re.DOTALL), ""),
    (re.compile(r"!\[([^\]]{0,300})\](?:\([^)]{0,500}\)|\[[^\]]{0,300}\])"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,300})\](?:\([^)]{0,500}\)|\[[^\]]{0,300}\])"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]{0,500}>"), ""),
    (re.compile(r"(`{1,5})(.{1,500}?)\1"), r"\2"),
    (re.compile(r"(\*{1,3}|~~)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)"), r"\2"),
)


def read(data: bytes, path: str) -> Document:
    """Read a Markdown file. Raises DamagedFile, UnsupportedFile."""
    decoded = decode(data, path)
    check_characters(path, decoded.text)
    lines = clean_text.visible(decoded.text).splitlines()
    properties, start, complaint = _front_matter(lines)
    scan = _Scan()
    for line in lines[start:]:
        scan.take(line)
    scan.end_paragraph()
    return Document(
        format="md",
        blocks=clean_text.worded(scan.done),
        properties=properties,
        warnings=decoded.warnings + ((complaint,) if complaint else ()),
    )


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int, str | None]:
    """Return the properties at the head of the file, the line where the text starts, and what was wrong."""
    mark = lines[0].strip() if lines else ""
    if mark not in ("---", "+++"):
        return {}, 0, None
    closers = ("---", "...") if mark == "---" else ("+++",)
    end = next((at for at, line in enumerate(lines[1:200], 1) if line.strip() in closers), None)
    if end is None:
        return {}, 1 if mark == "+++" else 0, "文首信息没有结束标记，按正文读取。"
    inside = lines[1:end]
    if mark == "---":
        return dict(_yaml_like(inside)), end + 1, None
    if is_beyond_toml(held := "\n".join(inside)):
        return {}, end + 1, "文首信息（+++ 之间）太长或太乱，没有采用。"
    try:
        values = tomllib.loads(held)
        said = {key: str(value) for key, value in values.items() if not isinstance(value, dict | list)}
    except (ValueError, RecursionError):  # among them numbers too long to write out, and brackets without end
        return {}, end + 1, "文首信息（+++ 之间）不是合格的 TOML，没有采用。"
    return said, end + 1, None


def _yaml_like(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the plain ``key: value`` lines; lists, nesting and comments are left out."""
    for line in lines:
        if len(line) <= _LONGEST_FRONT_LINE and (found := _FRONT_LINE.match(line)):
            value = re.sub(r"\s+#.*$", "", found[2]).strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            if value and value not in ("null", "~", "|", ">"):
                yield found[1].strip().strip("\"'"), value


@dataclass(slots=True)
class _Scan:
    """The state of reading line by line; the one mutable thing here."""

    done: list[Block | None] = field(default_factory=list)
    paragraph: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    fence: str | None = None

    def take(self, line: str) -> None:
        """Take the next line in."""
        if self.fence is not None or (_FENCE.match(line) and not self.rows):
            self._fenced(line)
        elif not line.strip():
            self.end_paragraph()
        elif self.rows and "|" in line:
            self.rows.append(line)
        elif len(self.paragraph) == 1 and "|" in self.paragraph[0] and "|" in line and _TABLE_RULE.match(line):
            self.rows = [self.paragraph.pop()]
        elif self.paragraph and (found := _SETEXT.match(line)):
            self.done.append(clean_text.heading(plain(_joined(self.paragraph)), 1 if found[1][0] == "=" else 2))
            self.paragraph = []
        elif found := _ATX.match(line) or _ATX_UNSPACED.match(line):
            self.end_paragraph()
            self.done.append(clean_text.heading(plain(found[2]), len(found[1])))
        elif _RULE.match(line) or _DEFINITION.match(line):
            self.end_paragraph()
        else:
            self._text(line)

    def _fenced(self, line: str) -> None:
        found = _FENCE.match(line)
        if self.fence is None and found:
            self.end_paragraph()
            self.fence = found[1]
        elif self.fence is not None and line.strip().startswith(self.fence):
            self.fence = None
        else:
            self.done.append(clean_text.paragraph(line))

    def _text(self, line: str) -> None:
        if self.rows:
            self.end_paragraph()
        line = re.sub(r"^\s*(?:>\s?)+", "", line)
        bullet = _BULLET.match(line)
        if bullet or _NUMBERED.match(line) or self._after_heading() or line.startswith(("\u3000", "    ", "\t")):
            self.end_paragraph()
        self.paragraph.append(line[bullet.end() :] if bullet else line)
        if line.endswith(("  ", "\\")):
            self.paragraph[-1] = self.paragraph[-1].rstrip("\\")
            self.end_paragraph()

    def _after_heading(self) -> bool:
        """Say whether what was gathered is a numbered heading: the next line is no soft wrap of it."""
        line = self.paragraph[0].strip() if len(self.paragraph) == 1 else ""
        return bool(_NUMBERED.match(line)) and len(line) <= _LONGEST_HEADING and not _PUNCTUATED.search(line)

    def end_paragraph(self) -> None:
        """Turn what has been gathered into a block."""
        if self.rows:
            self.done.append(clean_text.table([_cells(row) for row in self.rows]))
        elif self.paragraph:
            self.done.append(clean_text.paragraph(plain(_joined(self.paragraph))))
        self.rows, self.paragraph = [], []


def plain(text: str) -> str:
    """Return the text of one block without emphasis, links, code marks and inline HTML."""
    text = _ESCAPED.sub(lambda found: chr(0xF0000 + ord(found[1])), text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text.translate(_WAITING)


def _joined(lines: Sequence[str]) -> str:
    return clean_text.unwrapped("\n".join(line.strip() for line in lines))


def _cells(row: str) -> tuple[str, ...]:
    inner = row.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner))
