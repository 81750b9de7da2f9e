"""Recognising: a scan or a picture -> Document, by a program for optical character recognition that is installed.

Only when asked for. Page by page: the sandbox draws it, the program reads it; a page that fails costs that page, and
the warning names it. What comes out says that its text was recognised, and how sure the program was on average.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from search_app.errors import NotRecognised, PassingFault, ReadError
from search_app.model import Block, Document
from search_app.readers import clean_text, ocr_command, sandbox
from search_app.readers.ocr_command import OcrFailed
from search_app.readers.ocr_lines import Recognised, lines_of
from search_app.readers.page_pictures import DPI
from search_app.readers.pdf_layout import Line, blocks_of, without_running
from search_app.readers.pdf_warnings import numbers

#: Pages of one scan at most; a report has some ten.
MAX_PAGES = 200
#: So many pages in a row that fail are no accident of single pages.
_MOST_FAILURES = 3
#: A page with fewer letters than this holds at most a page number or a stamp.
_FEW = 8
#: Below this share of letters, or this confidence, what was printed is rubbish and no text.
_FEWEST_LETTERS, _LEAST_SURE = 0.5, 30.0
_PICTURE_HEIGHT = 842.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What was recognised of a page, and its height in points; no lines where it failed, with the reason."""

    found: Recognised
    height: float
    failed: str = ""


def recognise(data: bytes, path: str, command: tuple[str, ...]) -> Document:
    """Return the recognised text of a scan or picture. Raises NotRecognised, PassingFault, DamagedFile."""
    kind = "pdf" if b"%PDF-" in data[:1024] else PurePath(path).suffix.lower().lstrip(".") or "png"
    pages = list(_pages(data, path, command) if kind == "pdf" else [_picture(data, command, f".{kind}")])
    failed = [number for number, page in enumerate(pages) if page.failed]
    if len(failed) == len(pages):
        hint = "请确认识别程序能用，再加 --ocr 运行一次。"
        raise PassingFault(path, f"没有识别出文字：{pages[0].failed}。", hint=hint)
    lines = [line for page in pages for line in page.found.lines]
    plain = any(page.found.sure is None for page in pages if not page.failed)
    blocks = (_plain_blocks if plain else blocks_of)(lines, [page.height for page in pages])
    if sum(map(str.isalnum, "".join(block.text for block in blocks))) < _FEW:
        raise NotRecognised(path, "是扫描件或图片，识别程序也没有认出文字。")
    confidence = _confidence([page.found for page in pages if not page.failed])
    return Document(
        format=kind,
        blocks=blocks,
        hard_wrapped=plain,
        recognised=True,
        confidence=confidence,
        warnings=(_said(confidence), *_left_out(pages, failed)),
    )


def _plain_blocks(lines: Sequence[Line], heights: Sequence[float]) -> tuple[Block, ...]:
    """Return lines of which only the order is known as they are; parsing joins them."""
    kept = without_running(lines, heights)
    return clean_text.worded(Block(text=clean_text.close_up(line.text)) for line in kept)


def _pages(data: bytes, path: str, command: tuple[str, ...]) -> Iterator[_Page]:
    """Yield the pages; how many there are is known once one of them could be drawn."""
    count: int | None = None
    number = failures = 0
    while number < min(count or MAX_PAGES, MAX_PAGES) and failures < _MOST_FAILURES:
        try:
            drawn = sandbox.draw(data, path, number)
            count = drawn.pages
            page = _recognised(command, drawn.png, ".png", number, dpi=drawn.dpi, height=drawn.height)
        except ReadError as error:
            page = _failed(error.reason.rstrip("。"))
        yield page
        failures = failures + 1 if page.failed else 0
        number += 1
    rest = "超过一份扫描件最多识别的页数" if number == MAX_PAGES else "前面几页都没有识别成"
    yield from (_failed(rest) for _ in range(number, count or number))


def _picture(data: bytes, command: tuple[str, ...], suffix: str) -> _Page:
    return _recognised(command, data, suffix, 0, dpi=DPI, height=_PICTURE_HEIGHT)


def _recognised(
    command: tuple[str, ...], picture: bytes, suffix: str, number: int, *, dpi: float, height: float
) -> _Page:
    try:
        found = lines_of(ocr_command.run(command, picture, suffix), page=number, dpi=dpi, height=height)
    except OcrFailed as error:
        return _failed(str(error))
    if _is_rubbish(found):
        return _failed("认出来的多半是乱码")
    return _Page(found=replace(found, lines=tuple(map(_clean, found.lines))), height=height)


def _failed(why: str) -> _Page:
    return _Page(found=Recognised(lines=(), letters=0, sure=None), height=_PICTURE_HEIGHT, failed=why)


def _is_rubbish(found: Recognised) -> bool:
    signs = sum(len("".join(line.text.split())) for line in found.lines)
    if found.letters < _FEWEST_LETTERS * signs:
        return True
    return found.sure is not None and found.letters >= _FEW and found.sure / found.letters < _LEAST_SURE


def _clean(line: Line) -> Line:
    return replace(line, text=clean_text.visible(line.text).strip())


def _confidence(found: list[Recognised]) -> int | None:
    """Return the mean confidence of the letters; None where the program does not tell it."""
    told = [each for each in found if each.sure is not None and each.letters]
    letters = sum(each.letters for each in told)
    return round(sum(each.sure or 0.0 for each in told) / letters) if letters else None


def _said(confidence: int | None) -> str:
    sure = "识别程序没有给出可信度" if confidence is None else f"平均可信度 {confidence}%"
    return f"文字是识别程序（OCR）从图像里认出来的，{sure}，可能有错字，引用前请核对原件。"


def _left_out(pages: list[_Page], failed: list[int]) -> Iterator[str]:
    """Yield for each reason which pages are missing."""
    for why in dict.fromkeys(pages[number].failed for number in failed):
        yield f"第 {numbers([number for number in failed if pages[number].failed == why])} 页没有收入：{why}。"
