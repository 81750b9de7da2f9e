""".pdf -> Document: paragraphs put together again from the printed lines.

pypdfium2 gives text and places; where it is missing (no wheel for the machine) or fails, pypdf gives lines without
places, which parsing then joins. The surprise: PDFium is not thread-safe, so one lock guards it.
"""

import io
import threading
import time
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from statistics import median
from typing import Any

from search_app.errors import DamagedFile, NoText, ReadError, Scan, UnsupportedFile
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.limits import MAX_CHARACTERS, MAX_LONG_SECONDS, MAX_PAGES, too_large
from search_app.readers.pdf_layers import Layers
from search_app.readers.pdf_layout import Line, blocks_of, without_running
from search_app.readers.pdf_page import Page, read_page
from search_app.readers.pdf_warnings import left_out, numbers

_ONE_AT_A_TIME = threading.Lock()
_LOCKED_HINT = "请用密码打开后另存为没有密码的 .pdf 或 .docx，再放回资料文件夹。"
_SCAN_HINT = "请找文字版；或装好识别程序（OCR），运行：search-app index --ocr"
_DAMAGED_HINT = "请用 PDF 阅读器打开确认文件完好，重新导出为 .pdf 或 .docx 后再放回资料文件夹。"
#: A page with fewer letters than this holds at most a page number or a stamp.
_FEW = 8


def read(data: bytes, path: str, *, pdfium: bool = True) -> Document:
    """Read a PDF; ``pdfium=False`` takes the pure-Python way. Raises DamagedFile, NoText, UnsupportedFile."""
    if pdfium:
        try:
            return _with_pdfium(data, path)
        except (ImportError, OSError):
            pass  # no PDFium on this machine
        except DamagedFile as error:
            # Password or not: only a damaged file deserves a second opinion.
            if "密码" in error.reason:
                raise
    return _with_pypdf(data, path)


def _with_pdfium(data: bytes, path: str) -> Document:
    import pypdfium2
    from pypdfium2 import raw

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise _locked(path) from error
            raise DamagedFile(path, "PDF 文件不完整或已损坏。", hint=_DAMAGED_HINT) from error
        try:
            _check_pages(len(document), path)
            pages = _collect(document, Layers(data), path)
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(path, "PDF 文件已损坏，有的页读不出来。", hint=_DAMAGED_HINT) from error
        finally:
            document.close()
    pages = _without_repeated(pages)
    lines = [line for page in pages for line in page.lines]
    heights = [page.height for page in pages]
    pictures = {number for number, page in enumerate(pages) if page.pictured}
    codes = [page.codes for page in pages]
    warnings = _checked(lines, heights, pictures, codes, path)
    return Document(format="pdf", blocks=blocks_of(lines, heights), warnings=(*warnings, *left_out(pages)))


def _collect(document: Any, layers: Layers, path: str) -> list[Page]:
    """Return what is on the pages."""
    pages: list[Page] = []
    clock, size = time.process_time(), 0
    form = _form(document)
    for number in range(len(document)):
        pages.append(_page(document, number, layers, form))
        size += sum(len(line.text) for line in pages[-1].lines)
        if time.process_time() - clock > MAX_LONG_SECONDS:
            raise _too_slow(path)
        if size > MAX_CHARACTERS:
            raise too_large(path, f"文字超过 {MAX_CHARACTERS // 10_000} 万字")
    if pages and all(page.broken for page in pages):
        raise DamagedFile(path, "PDF 文件已损坏，一页也打不开。", hint=_DAMAGED_HINT)
    return pages


def _page(document: Any, number: int, layers: Layers, form: Any) -> Page:
    """Return what is on a page; one that cannot be opened costs that page alone."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Page(lines=(), height=842.0, broken=True)
    try:
        return read_page(page, number, layers, form)
    finally:
        page.close()


def _without_repeated(pages: Sequence[Page]) -> list[Page]:
    """Take out large print that stands at the same place on most pages: a watermark, however dark."""
    sizes = [line.size for page in pages for line in page.lines]
    large = 1.8 * median(sizes) if sizes else 0.0
    marks = Counter(mark for page in pages for mark in {_place(line) for line in page.lines if line.size >= large})
    repeated = {mark for mark, count in marks.items() if count >= max(3, 0.6 * len(pages))}
    if not repeated:
        return list(pages)
    found = []
    for page in pages:
        aside = tuple(line.text for line in page.lines if line.size >= large and _place(line) in repeated)
        kept = tuple(line for line in page.lines if not (line.size >= large and _place(line) in repeated))
        found.append(replace(page, lines=kept, aside=(*page.aside, *aside)))
    return found


def _place(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.y / 8), round(line.left / 8)


def _form(document: Any) -> Any:
    """Return the handle of the document's form, None where it has none."""
    document.init_forms()
    return document.formenv.raw if document.formenv is not None else None


def _with_pypdf(data: bytes, path: str) -> Document:
    """Read with pypdf: lines only, so parsing must join them (``hard_wrapped``)."""
    import logging

    import pypdf
    from pypdf.errors import PdfReadError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints would go to the clerk's terminal
    clock = time.process_time()
    lines: list[Line] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(path)
        _check_pages(len(reader.pages), path)
        for number, page in enumerate(reader.pages):
            lines += _placed(page.extract_text(), number)
            if time.process_time() - clock > MAX_LONG_SECONDS:
                raise _too_slow(path)
        pages = len(reader.pages)
    except ReadError:
        raise
    except (PdfReadError, PyPdfError) as error:
        raise DamagedFile(path, "PDF 文件不完整或已损坏。", hint=_DAMAGED_HINT) from error
    warnings = _checked(lines, [100.0] * pages, set(range(pages)), [0] * pages, path)
    kept = without_running(lines, [100.0] * pages)
    found = (Block(text=clean_text.close_up(clean_text.visible(line.text).rstrip())) for line in kept)
    note = "本机没有 PDFium，用备用方式读取，段落划分和引号位置可能不准。"
    return Document(format="pdf", blocks=clean_text.worded(found), hard_wrapped=True, warnings=(*warnings, note))


def _placed(text: str, page: int) -> list[Line]:
    """Give the lines of a page places that only say: first, last, or between."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [
        Line(text=line, page=page, left=0, right=0, y=at / max(1, len(lines) - 1) * 100, size=1)
        for at, line in enumerate(lines)
    ]


def _check_pages(pages: int, path: str) -> None:
    if pages == 0:
        raise NoText(path, "PDF 里一页也没有。")
    if pages > MAX_PAGES:
        raise too_large(path, f"{pages} 页")


def _checked(
    lines: Sequence[Line], heights: Sequence[float], pictures: Set[int], codes: Sequence[int], path: str
) -> tuple[str, ...]:
    """Hold the text against the pages: a scan has none, a font without a character table gives none."""
    pages = len(heights)
    letters = [0] * pages
    for line in without_running(lines, heights):
        letters[line.page] += sum(map(str.isalnum, line.text))
    if sum(letters) < _FEW * max(1, pages // 2) or (max(letters) < _FEW):
        if sum(codes) > sum(letters):
            raise Scan(path, "PDF 的字体没有文字对照表，提取的全是乱码。", hint="请找 Word 版，或做文字识别（OCR）。")
        if sum(letters) < _FEW or len(pictures) * 2 > pages:
            raise Scan(path, f"PDF 有 {pages} 页但没有文字，是扫描件或图片。", hint=_SCAN_HINT)
    empty = [number for number, count in enumerate(letters) if count < _FEW and number in pictures]
    return (f"第 {numbers(empty)} 页没有文字（可能是扫描页），其内容没有读到。",) if empty else ()


def _locked(path: str) -> DamagedFile:
    return DamagedFile(path, "文件有打开密码，读不了。", hint=_LOCKED_HINT)


def _too_slow(path: str) -> UnsupportedFile:
    what = f"用了 {MAX_LONG_SECONDS:.0f} 秒处理器时间还没读完，不像一份报告，没有读取。"
    return UnsupportedFile(path, what, hint="请拆成几个较小的 PDF，或只留正文另存为 .docx 后再放回资料文件夹。")
