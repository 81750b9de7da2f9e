"""A corpus of any size to measure engines on: clauses of the sample corpus, recombined, with names and figures varied.

Passages are made of clauses of the sample corpus in new order (their words follow each other as words do), every
figure is drawn anew, some words are exchanged for others of the corpus, and names of places and practices come from a
Zipf tail of made-up ones, so that the vocabulary grows with the corpus as in real text. The same seed gives the same
corpus.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from search_app.labelling import label
from search_app.language import words
from search_app.model import Exemplary, Passage, Report
from search_app.parsing import parse
from search_app.readers import read

CORPUS = Path(__file__).parent.parent / "corpus"
PASSAGES_PER_REPORT = 25
_LENGTH = (120, 350)  # characters of a passage
_CLAUSE = re.compile(r"[^，。；！？\n]{4,40}[，。；！？]")
_FIGURE = re.compile(r"\d+")
_NAME_CHARACTERS = "云水石桥河山林田清溪安宁和平兴旺福寿春秋东南西北金银铜铁花草松柏竹梅龙凤虎马牛羊青白红黄紫大小长高新古老太上下前后"
_EXCHANGED, _NAMED = 0.06, 0.10  # shares of words and clauses


@cache
def _material() -> tuple[tuple[Passage, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the passages of the sample corpus, their clauses and their words."""
    passages: list[Passage] = []
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix in {".txt", ".md", ".html", ".docx"} and "纠正" not in path.name:
            passages += label(*parse(read(path), path=path.name))[1]
    clauses = tuple(dict.fromkeys(clause for passage in passages for clause in _CLAUSE.findall(passage.text)))
    vocabulary = {token.text for clause in clauses for token in words(clause) if len(token.text) > 1}
    return tuple(passages), clauses, tuple(sorted(vocabulary))


def reports(passages: int, *, seed: int = 1) -> Iterator[tuple[Report, tuple[Passage, ...]]]:
    """Yield reports with labelled passages until there are so many."""
    draw = random.Random(seed)
    made = 0
    while made < passages:
        count = min(PASSAGES_PER_REPORT, passages - made)
        yield _report(draw, made // PASSAGES_PER_REPORT, count)
        made += count


def _report(draw: random.Random, number: int, count: int) -> tuple[Report, tuple[Passage, ...]]:
    town = _name(number % 38_000) + draw.choice(("镇", "乡", "街道"))
    county = _name(number % 2_800) + "县"
    city = _name(number % 300) + "市"
    year = draw.randint(2015, 2024)
    report = Report(
        id=f"{number:012x}",
        path=f"{city}/{county}/{town}{year}-{number:06}.txt",
        title=f"{town}{year}年法治政府建设年度报告",
        town=town,
        county=county,
        city=city,
        year=year,
    )
    samples, clauses, vocabulary = _material()
    passages = tuple(
        _passage(draw, draw.choice(samples), report=report.id, place=place, clauses=clauses, vocabulary=vocabulary)
        for place in range(1, count + 1)
    )
    return report, passages


def _passage(
    draw: random.Random,
    sample: Passage,
    *,
    report: str,
    place: int,
    clauses: tuple[str, ...],
    vocabulary: tuple[str, ...],
) -> Passage:
    wanted, text = draw.randint(*_LENGTH), ""
    while len(text) < wanted:
        text += _varied(draw, draw.choice(clauses), vocabulary)
    return replace(
        sample,
        id=f"{report}-{place}",
        report=report,
        number=place,
        text=text,
        exemplary=Exemplary(score=min(100, int(draw.expovariate(1 / 25)))),
    )


def _varied(draw: random.Random, clause: str, vocabulary: tuple[str, ...]) -> str:
    clause = _FIGURE.sub(lambda _: str(int(draw.paretovariate(0.7))), clause)
    if draw.random() < _EXCHANGED * 4:
        at = draw.randrange(len(clause) - 1)
        clause = clause[:at] + draw.choice(vocabulary) + clause[at + 2 :]
    if draw.random() < _NAMED:
        clause = _name(int(draw.paretovariate(0.6))) + draw.choice(("村", "社区", "工作室", "调解室")) + clause
    return clause


def _name(rank: int) -> str:
    """Return the made-up name of a rank: the same rank gives the same name."""
    own = random.Random(rank)
    return "".join(own.choice(_NAME_CHARACTERS) for _ in range(2 if rank % 3 else 3))
