"""A draft: a report that is still being written, read and understood as indexed reports are, and kept nowhere.

In: typed text or the bytes of a file, and what its writer says of place and year. Out: a :class:`Draft`. The surprise:
it is understood twice where its writer says something, since what the text itself says is held against that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from search_app.errors import Picture, ReadError, Scan, SearchAppError, UnsupportedFile
from search_app.model import Document, Passage, Report

#: Of a text that is typed or pasted, and of what is read from a file: ten times a long report.
MAX_CHARACTERS = 100_000
#: What a text is called that came without a file.
TYPED = "草稿.txt"
#: Of a scan nothing is recognised here: that needs files on the disk.
#: Asides that are part of what a report says of itself.
_TITLE, _SIGNATURE = ("标题",), ("落款", "日期")


class BadDraft(SearchAppError):
    """A draft that cannot be checked: it cannot be read, or there is nothing in it."""

    exit_code = 2
    http_status = 400
    code = "bad_draft"


class UnsupportedDraft(BadDraft):
    """A draft in a file of a type that no reader knows."""

    http_status = 415
    code = "unsupported_draft"


class DraftTooLong(BadDraft):
    """A draft with far more in it than a report has."""

    http_status = 413
    code = "draft_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the writer says of the draft; None = nothing is said."""

    town: str | None = None
    county: str | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return (self.town, self.county, self.year) != (None, None, None)


class PartKind(StrEnum):
    """What a piece of a draft is to whoever reads it."""

    TITLE = "title"
    HEADING = "heading"
    PASSAGE = "passage"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a draft in reading order; ``id`` names it on a page and in JSON, a passage by its number."""

    id: str
    kind: PartKind
    text: str
    section: str = ""
    passage: Passage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A labelled draft; ``told`` is what its text alone says of place and year, ``stated`` what its writer says.

    ``text`` is all that was read, line by line.
    """

    report: Report
    passages: tuple[Passage, ...]
    told: Report
    stated: Stated = Stated()
    text: str = ""

    def parts(self) -> Iterator[Part]:
        """Yield title, headings, passages and signature in reading order; a heading that opens a passage is none."""
        yield from self._asides(PartKind.TITLE, _TITLE)
        below = {each: at for at, entry in enumerate(self.report.outline) for each in entry.passages}
        said = 0
        for passage in self.passages:
            owner = below.get(passage.id)
            if owner is not None and owner >= said:
                yield from self._headings(said, owner + 1, passage)
                said = owner + 1
            yield Part(
                id=f"p{passage.number}",
                kind=PartKind.PASSAGE,
                text=passage.text,
                section=passage.section,
                passage=passage,
            )
        yield from self._headings(said, len(self.report.outline), None)
        yield from self._asides(PartKind.SIGNATURE, _SIGNATURE)

    def _headings(self, first: int, end: int, passage: Passage | None) -> Iterator[Part]:
        for at in range(first, end):
            entry = self.report.outline[at]
            if passage is None or at < end - 1 or not passage.text.startswith(entry.heading):
                yield Part(id=f"h{at + 1}", kind=PartKind.HEADING, text=entry.heading, section=entry.section)

    def _asides(self, kind: PartKind, reasons: tuple[str, ...]) -> Iterator[Part]:
        found = [aside.text for aside in self.report.asides if aside.reason in reasons]
        if kind is PartKind.TITLE and not found and self.report.title:
            found = [self.report.title]
        for at, text in enumerate(found, start=1):
            yield Part(id=f"{kind.value[0]}{at}", kind=kind, text=text)


def read_typed(text: str, stated: Stated, *, own_places: str = "") -> Draft:
    """Return the draft of a text that was typed or pasted. Raises BadDraft."""
    from search_app.readers.text_reader import read

    if len(text) > MAX_CHARACTERS:
        raise _too_long(len(text))
    if not any(char.isalnum() for char in text):
        raise BadDraft("没有可以检查的文字", hint="请粘贴报告的正文，或选一个文件。")
    try:
        document = read(text.encode("utf-8", "replace"), TYPED)
    except ReadError as error:
        raise _unreadable(error) from None
    return understand(document, TYPED, stated, own_places=own_places)


def read_file(data: bytes, name: str, stated: Stated, *, own_places: str = "") -> Draft:
    """Return the draft in the bytes of a file; its name gives the suffix. Raises BadDraft."""
    from search_app import readers

    try:
        document = readers.read_bytes(data, name, in_memory=True)
    except ReadError as error:
        raise _unreadable(error) from None
    return understand(document, name, stated, own_places=own_places)


def understand(document: Document, name: str, stated: Stated, *, own_places: str = "") -> Draft:
    """Return a document as a draft, labelled. Raises BadDraft where it holds more than any report."""
    from search_app import labelling, parsing

    length = sum(len(block.text) for block in document.blocks)
    if length > MAX_CHARACTERS:
        raise _too_long(length)
    told, passages = parsing.parse(document, path=name, own_places=own_places)
    report = told
    if stated:
        known = {key: getattr(stated, key) for key in ("town", "county", "year") if getattr(stated, key) is not None}
        report, passages = parsing.parse(document, path=name, corrections=known, own_places=own_places)
    report, passages = labelling.label(report, passages)
    if not passages:
        raise BadDraft("读出了文字，但没有可以检查的正文", hint="请把正文粘贴到框里再试。")
    text = "\n".join(block.text for block in document.blocks)
    return Draft(report=report, passages=passages, told=told, stated=stated, text=text)


def _too_long(length: int) -> DraftTooLong:
    what = f"文字有 {length:,} 个字，超过一次能检查的 {MAX_CHARACTERS:,} 个字"
    return DraftTooLong(what, hint="一份年度报告通常几千字。请只留报告正文再试。")


def _unreadable(error: ReadError) -> BadDraft:
    """Return why a file cannot be checked; what is advised for files of the corpus is advised for a draft."""
    kind = UnsupportedDraft if isinstance(error, UnsupportedFile) else BadDraft
    if isinstance(error, Scan | Picture):  # recognising leaves pictures on the disk, and a draft is kept nowhere
        hint = "草稿只在内存里检查，不认图里的字。请选文字版的文件，或用识别软件把字认出来，复制后粘贴到框里。"
        return kind(error.reason.rstrip("。"), hint=hint)
    hint = error.hint
    for words in ("后再放回资料文件夹", "再放回资料文件夹", "放进资料文件夹"):
        hint = hint.replace(words, "后再来检查" if words.startswith("后") else "再来检查")
    if hint and hint[-1] not in "。！？":
        hint += "。"
    return kind(error.reason.rstrip("。"), hint=f"{hint}也可以把正文复制出来，直接粘贴到框里。")
