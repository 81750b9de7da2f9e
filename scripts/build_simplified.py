"""Build search_app/data/simplified.txt: traditional characters and their simplified forms, one character for one.

Source: the conversion t2s of the package opencc 1.4.2 (Apache-2.0, https://github.com/BYVoid/OpenCC; the notice stands
at the head of the file). What simplified writing itself uses (all of GB 2312, such as 乾 of 乾县) is left alone. Run
with that package installed::

    python scripts/build_simplified.py
"""

import gzip
from pathlib import Path

DATA = Path(__file__).parent.parent / "search_app" / "data"
NOTICE = (
    "# 繁体字和对应的简体字，一字对一字，只用于查找比对，不改动报告原文；由 scripts/build_simplified.py 生成。\n"
    "# Derived from OpenCC 1.4.2, Copyright Carbo Kuo (BYVoid) and contributors, Apache License 2.0.\n"
)


def build() -> str:
    """Return the table: a line of traditional characters, below it the simplified ones in the same order."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    places = gzip.decompress((DATA / "gazetteer.txt.gz").read_bytes()).decode("utf-8")
    pairs = [
        (char, simple)
        for char in map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
        if (simple := convert(char)) != char
        and len(simple) == 1
        and ord(simple) < 0x10000
        and not char.encode("gb2312", "ignore")
        and char not in places
    ]
    return NOTICE + "".join(char for char, _ in pairs) + "\n" + "".join(simple for _, simple in pairs) + "\n"


if __name__ == "__main__":
    (DATA / "simplified.txt").write_text(build(), encoding="utf-8")
