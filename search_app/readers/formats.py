"""File formats: which one a file really is, by suffix and first bytes, and what to say about the others.

In go the bytes and the suffix, out comes the name of a reader. The surprise: the suffix alone lets a file in (so a
spreadsheet is refused by name, before anyone looks inside), but then the first bytes outrank it.
"""

import io
import re
import zipfile
from collections.abc import Set

from search_app.errors import DamagedFile, Picture, UnsupportedFile
from search_app.readers.text_decoding import decode

_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 后再放回资料文件夹。"
_SAVE_TABLE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再放回资料文件夹。"
_SAVE_SLIDES = "请用 PowerPoint 或 WPS 打开，另存为 .pptx 后再放回资料文件夹。"
_PASSWORD = "请用密码打开后另存为没有密码的 .docx，再放回资料文件夹。"  # noqa: S105  no password, but advice about one

#: What a suffix promises.
SUFFIXES = {
    ".txt": "txt", ".md": "md", ".markdown": "md", ".htm": "html", ".html": "html", ".mht": "mht", ".mhtml": "mht",
    ".docx": "docx", ".docm": "docx", ".doc": "doc", ".wps": "doc", ".rtf": "rtf", ".pdf": "pdf", ".ofd": "ofd",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".pptx": "pptx", ".pptm": "pptx", ".ppsx": "pptx",
}  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = {
    "docx": "Word（.docx）", "doc": "Word（.doc）", "pdf": "PDF", "rtf": "RTF", "mht": "网页存档", "ofd": "OFD",
    "xlsx": "Excel（.xlsx）", "pptx": "演示文稿（.pptx）",
}  # fmt: skip
#: Streams of old spreadsheets and slides, those of WPS (.et, .dps) among them.
_TABLES, _SLIDES = frozenset(("workbook", "book", "et")), frozenset(("powerpoint document", "dps"))
#: What suffixes of old spreadsheets and slides promise, also where the file is too damaged to look inside.
_OLD = {
    **dict.fromkeys((".xls", ".xlt", ".et", ".ett"), ("这是 Excel 表格（旧版 .xls），暂不能读取。", _SAVE_TABLE)),
    **dict.fromkeys(
        (".ppt", ".pps", ".pot", ".dps", ".dpt"), ("这是演示文稿（旧版 .ppt），暂不能读取。", _SAVE_SLIDES)
    ),
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_OPENING = rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*|<!\[.{0,200}?\]>\s*)*"
_HTML = re.compile(_OPENING + rb"<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
#: What web systems export under the name .doc begins anywhere in a page.
_FRAGMENT = re.compile(
    _OPENING + rb"<(?:meta|title|base|link|style|script|article|section|main|header|div|p|span|font|table|tbody|tr|"
    rb"center|h[1-6]|ul|ol|dl|pre|blockquote|b|strong|br|hr|img|a|form|frameset|iframe|o:p)(?=[\s/>])",
    re.I | re.S,
)
_TAG = re.compile(r"</?(?:p|div|br|span|font|table|tr|td|h[1-6]|b|strong|li|a)(?:\s[^<>]{0,500})?/?>", re.I)
_FEWEST_TAGS, _FEWEST_HAN = 3, 50
_MHT = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.I)
_WORD_2003 = re.compile(rb"\s*<\?xml.{0,600}?(?:progid=\"Word|<(?:w:wordDocument|pkg:package)\b)", re.I | re.S)


def kind_of(data: bytes, suffix: str, path: str) -> str:
    """Return the name of the reader for a file. Raises UnsupportedFile, and DamagedFile for a broken or locked one."""
    promised = SUFFIXES.get(suffix)
    if promised is None:
        raise _unknown(data, suffix, path)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data, path)
    if data.startswith(_OLE):
        return _compound(data, path)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES) and (promised not in ("txt", "md") or b"\0" in head):
        hint = "请找文字版；或装好识别程序（OCR），运行：search-app index --ocr"
        raise Picture(path, "这是图片，里面没有可检索的文字。", hint=hint)
    if head.startswith(_ARCHIVES):
        raise UnsupportedFile(path, "这是压缩包。", hint="请解压后把里面的报告放进资料文件夹。")
    return _unmarked(data, head, promised, path)


def _unmarked(data: bytes, head: bytes, promised: str, path: str) -> str:
    """Decide for a file without a signature: some text, or not what its suffix promises."""
    if _WORD_2003.match(head):
        raise UnsupportedFile(path, "这是 Word 2003 的 XML 文件。", hint=_SAVE_AS)
    if _HTML.match(head):
        return "html"
    if promised in ("mht", "doc", "html", "txt", "md") and _MHT.match(head):
        return "mht"
    if promised in ("txt", "md", "html"):
        return promised
    if _FRAGMENT.match(head):
        return "html"
    text = _text_or_nothing(data, path) if promised == "doc" else ""
    if len(re.findall("[\u4e00-\u9fff]", text)) >= _FEWEST_HAN:
        # A .txt or a page renamed .doc: Word opens these without a word, and so do we.
        return "html" if len(_TAG.findall(text)) >= _FEWEST_TAGS else "txt"
    hint = {"xlsx": _SAVE_TABLE, "pptx": _SAVE_SLIDES}.get(promised)
    raise DamagedFile(path, f"内容不是{_NAMES[promised]}格式，文件已损坏或扩展名不对。", hint=hint)


def _text_or_nothing(data: bytes, path: str) -> str:
    try:
        return decode(data, path).text
    except (DamagedFile, UnsupportedFile):
        return ""


def _zipped(data: bytes, path: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()[:20_000]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedFile(path, "文件不完整或已损坏（压缩结构打不开）。") from error
    found = _kind_by_parts(names)
    if found is not None:
        return found
    if "mimetype" in names and "content.xml" in names:
        raise UnsupportedFile(path, "这是 ODF 文档（.odt、.ods 等）。", hint=_SAVE_AS)
    if "[content_types].xml" in names:
        raise DamagedFile(path, "文件已损坏（.docx 里找不到正文）。")
    raise UnsupportedFile(path, "这是压缩包，不是文档。", hint="请解压后把里面的报告放进资料文件夹。")


def _kind_by_parts(names: Set[str]) -> str | None:
    """Return the kind of a package by the folder that its main part lies in."""
    if "ofd.xml" in names:
        return "ofd"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[content_types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    return None


def _compound(data: bytes, path: str) -> str:
    """Look into an OLE container: .doc and .wps, but also locked .docx, .xls, .ppt and the mails of Outlook."""
    streams = _streams(data, path)
    if streams & {"encryptedpackage", "encryptioninfo"}:
        raise DamagedFile(path, "文件有打开密码，读不了。", hint=_PASSWORD)
    if "worddocument" in streams:
        return "doc"
    if streams & _TABLES:
        raise UnsupportedFile(path, _OLD[".xls"][0], hint=_SAVE_TABLE)
    if streams & _SLIDES:
        raise UnsupportedFile(path, _OLD[".ppt"][0], hint=_SAVE_SLIDES)
    if not streams:
        raise DamagedFile(path, "文件不完整或已损坏（.doc 的内部结构是空的）。")
    raise UnsupportedFile(path, "这种旧版文档格式暂不能读取。", hint=_SAVE_AS)


def _streams(data: bytes, path: str) -> set[str]:
    """Return the names of the outermost streams of an OLE container, lower case."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return {entry[0].lower() for entry in container.listdir()}
    except Exception as error:  # olefile lets through whatever a broken container makes it stumble over
        raise DamagedFile(path, "文件不完整或已损坏（.doc 的内部结构打不开）。") from error


def _unknown(data: bytes, suffix: str, path: str) -> UnsupportedFile:
    """Say what a file of unknown suffix is, and where its content would be readable under another name."""
    what = f"不支持的文件类型（{suffix}）" if suffix else "文件没有扩展名"
    try:
        real = kind_of(data, ".wps", path)
    except UnsupportedFile as error:
        return type(error)(path, f"{what}：{error.reason}", hint=error.hint)
    except DamagedFile as error:
        if suffix in _OLD and "密码" not in error.reason:
            return UnsupportedFile(path, f"{what}：{_OLD[suffix][0]}", hint=_OLD[suffix][1])
        signed = data.startswith((_OLE, b"PK"))
        return UnsupportedFile(path, f"{what}：{error.reason}", hint=error.hint) if signed else _plain(what, path)
    if real == "txt":
        return _plain(what, path)
    return UnsupportedFile(path, f"{what}；内容像 .{real}，如确是报告，改成这个扩展名就能读。")


def _plain(what: str, path: str) -> UnsupportedFile:
    return UnsupportedFile(path, f"{what}。")
