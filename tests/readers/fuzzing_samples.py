"""What the fuzzer breaks: files of every format, bundles, corrections and front matter."""

import email.mime.multipart
import email.mime.text
from collections import Counter
from pathlib import Path

from search_app import readers
from tests.readers import odd_pdfs
from tests.readers.docx_files import docx, p, zipped

ROOT = Path(__file__).parents[2]
_TEXT = "云岭镇2023年度法治政府建设情况报告\n一、主要举措\n（一）调解。全年调处矛盾纠纷八十六件，办结率达到九成。\n"
_PAGE = f"<html><head><meta charset=utf-8><title>报告</title></head><body><p>{_TEXT}</p></body></html>"
_SIDECAR = '# 更正\ntitle = "报告"\nyear = 2023\ntown = "云岭镇"\nissued = 2024-01-20\n县 = "青禾县"\n'


def samples() -> tuple[tuple[str, bytes], ...]:
    """Return names and contents: fixtures, the first of each format of the sample corpus, and what is made here."""
    found = [path for path in sorted((ROOT / "tests/readers/fixtures").glob("sample.*")) if path.suffix != ".json"]
    counts: Counter[str] = Counter()
    for path in sorted((ROOT / "corpus").rglob("*")):
        kind = path.suffix.lower()
        if kind in readers.READABLE_SUFFIXES and counts[kind] < 2:
            counts[kind] += 1
            found.append(path)
    return (*((path.name, path.read_bytes()) for path in found), *made())


def made() -> tuple[tuple[str, bytes], ...]:
    """Return what neither fixtures nor sample corpus hold."""
    page = archive()
    return (
        ("archive.mht", page),
        ("toml.md", f'+++\ntitle = "报告"\nyear = 2023\ntags = ["a", "b"]\n+++\n\n# {_TEXT}'.encode()),
        ("yaml.md", f"---\ntitle: 报告\n发布日期：2024-01-20\ntags: [a, b]\n---\n\n# {_TEXT}".encode()),
        ("sidecar.meta.toml", _SIDECAR.encode()),
        ("clerk.meta.toml", "年度＝“2023年”\n镇：云岭镇；\n日期 = 2024年1月20日\n".encode("gb18030")),
        ("fields.pdf", odd_pdfs.fields().data),
        ("layers.pdf", odd_pdfs.layers().data),
        ("cells.pdf", odd_pdfs.merged_cells().data),
        ("chance.pdf", odd_pdfs.mixed(1).data),
        ("bundle.zip", zipped({"内/a.txt": _TEXT, "b.meta.toml": _SIDECAR, "b.docx": docx(p(_TEXT)), "c.mht": page})),
    )  # fmt: skip


def archive() -> bytes:
    """Return a web page saved as one file."""
    message = email.mime.multipart.MIMEMultipart("related", boundary="----=_NextPart")
    message.attach(email.mime.text.MIMEText(_PAGE, "html", "utf-8"))
    message.attach(email.mime.text.MIMEText("p {}", "css", "gb2312"))
    return message.as_bytes()
