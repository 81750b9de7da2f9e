"""Paragraphs made up for comparing: no two of them have three letters in a row in common by chance."""

import random
import re

from search_app.model import Passage

#: Letters of which none means anything to a reader of numbers or of marks.
_LETTERS = "".join(chr(code) for code in range(0x5200, 0x9F00) if chr(code) not in "壹贰叁肆伍陆柒捌玖拾")
SECTIONS = ("主要举措和成效", "不足和原因", "下年度安排")


def write_paragraph(seed: int, *, sentences: int = 4) -> str:
    """Return a paragraph of some sentences, each with a figure."""
    draw = random.Random(seed)
    return "".join(
        f"{''.join(draw.choices(_LETTERS, k=draw.randrange(14, 30)))}{draw.randrange(1, 900)}件。"
        for _ in range(sentences)
    )


def refigure(text: str) -> str:
    """Return a text with every figure another one."""
    return re.sub(r"\d+", lambda found: str(int(found.group()) + 1), text)


def split(text: str) -> tuple[str, str]:
    """Return a text in two, cut behind its second sentence."""
    sentences = re.findall("[^。]+。", text)
    return "".join(sentences[:2]), "".join(sentences[2:])


def file_passages(texts: list[str] | tuple[str, ...], *, report: str = "a" * 12, section: str = "") -> list[Passage]:
    """Return texts as the passages of a report, a third of them in each part."""
    return [
        Passage(
            id=f"{report}-{number}",
            report=report,
            number=number,
            section=section or SECTIONS[(number - 1) * len(SECTIONS) // len(texts)],
            text=text,
        )
        for number, text in enumerate(texts, 1)
    ]
