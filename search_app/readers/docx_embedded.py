"""What a .docx holds outside its own text: other files put into it (altChunk), diagrams, comments, embedded files.

Files put in are read by the reader of their kind and stand where they are shown; of what is left out the amount is
said. The surprise: a merged report may consist of nothing but such files, one for each department.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from search_app.errors import ReadError
from search_app.model import Block
from search_app.readers import clean_text
from search_app.readers.docx_package import Package, name_of
from search_app.readers.formats import SUFFIXES

_LETTER = re.compile(r"[^\W_]")
_DEPTH = 3
_KINDS_BY_SUFFIX = {".xhtml": "html", ".xml": "docx", ".dat": "html", ".bin": "doc"}


def chunk_of(package: Package, relation: tuple[str, str] | None) -> tuple[list[Block], list[str]]:
    """Return the blocks of a file that is put in, and what is not quite right about it (Chinese)."""
    from search_app.readers import reading

    name = relation[1] if relation else ""
    data = package.part(name) if name else None
    if not data:
        return [], ["文档里嵌有另一份文件，它不在文档里，没有读到，请核对。"]
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        suffix = f".{_KINDS_BY_SUFFIX.get(suffix, 'html')}"
    if package.depth >= _DEPTH:
        return [], ["文档里的文件层层嵌套太深，最里面的没有读取，请核对。"]
    try:
        found = reading.read_part(data, f"{name}{'' if name.endswith(suffix) else suffix}", depth=package.depth + 1)
    except ReadError as error:
        return [], [f"文档里嵌有另一份文件（{PurePosixPath(name).name}），其内容没有读取：{error.reason}"]
    return list(found.blocks), list(found.warnings)


def diagram_of(package: Package, relation: tuple[str, str] | None) -> list[Block]:
    """Return the texts of a diagram (SmartArt), one paragraph each, in the order of the file."""
    root = package.xml(relation[1]) if relation else None
    found = []
    for paragraph in root.iter() if root is not None else ():
        if name_of(paragraph) == "a:p":
            text = "".join(part.text or "" for part in paragraph.iter() if name_of(part) == "a:t")
            if text.strip():
                found.append(clean_text.paragraph(text))
    return found


def left_out(package: Package, parts: Mapping[str, str], pieces: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield how much of the document was left out, and why."""
    sizes = Counter[str]()
    for why, text in pieces:
        sizes[why] += len(_LETTER.findall(text))
    for why, size in sizes.items():
        if size:
            yield f"有{why} {size} 字，没有读取。"
    comments = package.xml(parts["comments"]) if "comments" in parts else None
    texts = ["".join(part.text or "" for part in each.iter() if name_of(part) == "w:t") for each in comments or ()]
    if texts:
        yield f"有批注 {len(texts)} 处（{sum(len(_LETTER.findall(text)) for text in texts)} 字），不是正文，没有读取。"
    files = sum(name.startswith("word/embeddings/") and not name.endswith(".bin") for name in package.names())
    charts = sum(name.startswith("word/charts/chart") for name in package.names())
    if files > charts:  # each chart brings its figures along as a file
        yield f"文档里嵌有 {files - charts} 个文件（附件），其内容没有读取。"
