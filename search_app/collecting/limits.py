"""Limits: how many and how long, each with the sentence for whoever goes beyond; and what text is kept as."""

import unicodedata
from datetime import timedelta
from hashlib import blake2b

from search_app.errors import BadBasket

MAX_PASSAGES, MAX_HEADINGS, MAX_BASKETS = 500, 100, 50
MAX_NOTE, MAX_HEADING, MAX_NAME = 2_000, 100, 60
#: Bytes of the file of all baskets: some 200,000 collected passages.
MAX_BYTES = 1 << 30
#: How long what was removed can be brought back.
KEPT_AFTER_REMOVAL = timedelta(days=7)

_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF))


def clean_line(text: str) -> str:
    """Return a name or heading as it is kept: one line, without control signs, lone surrogates and turning marks."""
    return " ".join(clean_note(text).split())


def clean_note(text: str) -> str:
    """Return a note as it is kept: its lines as lines, nothing that cannot be shown, no space around it."""
    lines = text.translate(_TURNS).replace("\t", " ").splitlines()
    kept = ("".join(sign for sign in line if unicodedata.category(sign) not in ("Cc", "Cs")) for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip()


def check_note(text: str) -> str:
    """Return a note as it is kept. Raises BadBasket where it is too long."""
    return _check(clean_note(text), MAX_NOTE, "备注")


def check_heading(text: str) -> str:
    """Return a heading as it is kept. Raises BadBasket where it is empty or too long."""
    return _check_not_empty(_check(clean_line(text), MAX_HEADING, "小标题"), "小标题")


def check_name(text: str) -> str:
    """Return a basket's name as it is kept. Raises BadBasket where it is empty or too long."""
    return _check_not_empty(_check(clean_line(text), MAX_NAME, "名称"), "名称")


def was(text: str) -> str:
    """Return the mark of a text that an edit names as what it was made on."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _check(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise BadBasket(
            f"{what}太长：{len(text):,} 个字，最多 {most:,} 个字", hint=f"请删去 {len(text) - most:,} 个字以上再保存。"
        )
    return text


def _check_not_empty(text: str, what: str) -> str:
    if not text:
        raise BadBasket(f"{what}是空的", hint=f"请写上{what}再保存。")
    return text
