"""A corpus of any size to measure engines on: clauses of the sample corpus, recombined, with names and figures varied.

Most clauses of a passage come from the topic that its section and headings were taken from, so words that belong
together stand together. Some words are exchanged for words of jieba's dictionary, drawn as often as the language uses
them, places and practices bear made-up names, figures are drawn anew: the vocabulary grows with the corpus as in real
text. Some passages are near-copies of earlier ones, a few of them of many. The same seed gives the same corpus, and no
more of it is kept than one report and the passages that are copied.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeAlias

from search_app.labelling import label
from search_app.language import tokenize
from search_app.model import Exemplary, Passage, Report
from search_app.parsing import parse
from search_app.readers import read

Filed: TypeAlias = tuple[Report, tuple[Passage, ...]]
#: A clause as a row of words, signs and figures; a figure is an empty string.
Clause: TypeAlias = tuple[str, ...]

CORPUS = Path(__file__).parent.parent / "corpus"
PASSAGES_PER_REPORT = 25
_LENGTH = (5.35, 0.42)  # mean and deviation of the logarithm of a passage's characters: 230 on average
_SHORTEST, _LONGEST = 50, 900
_OWN_TOPIC = 0.7  # share of a passage's clauses that come from its own topic
_EXCHANGED, _NAMED = 0.35, 0.10  # shares of clauses with an exchanged word, with a name
_COPIED, _KEPT = 0.06, 3000  # share of near-copies, and how many passages may be copied
_OWN_HEADING = 0.7  # share of headings worded as in no other report
_STOPS = "，。；！？"
_NAME_CHARACTERS = (
    "云水石桥河山林田清溪安宁和平兴旺福寿春秋东南西北金银铜铁花草松柏竹梅龙凤虎马牛羊青白红黄紫大小长高新古老太上下前后"
)


class _Material(NamedTuple):
    """What passages are made of; ``own`` are the clauses of each topic."""

    samples: tuple[Passage, ...]
    clauses: tuple[Clause, ...]
    own: dict[tuple[str, ...], tuple[Clause, ...]]
    vocabulary: tuple[str, ...]
    cumulated: tuple[int, ...]  # how often the words up to each one are used


@cache
def _material() -> _Material:
    samples: list[Passage] = []
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix in {".txt", ".md", ".html", ".docx"} and "纠正" not in path.name:
            samples += label(*parse(read(path), path=path.name))[1]
    own: dict[tuple[str, ...], dict[Clause, None]] = {}
    for sample in samples:
        own.setdefault(sample.topics[:1], {}).update(dict.fromkeys(_clauses(sample.text)))
    vocabulary, often = _dictionary()
    return _Material(
        samples=tuple(samples),
        clauses=tuple(dict.fromkeys(clause for held in own.values() for clause in held)),
        own={topics: tuple(held) for topics, held in own.items()},
        vocabulary=vocabulary,
        cumulated=tuple(accumulate(often)),
    )


def _clauses(text: str) -> Iterator[Clause]:
    """Yield what stands between stops, the stop included, as words."""
    start = 0
    for end, sign in enumerate(text, 1):
        if sign in _STOPS:
            if 4 < end - start <= 40:
                yield _cut(text[start:end])
            start = end


def _cut(text: str) -> Clause:
    """Return the longest words of a text and the signs between them, figures left blank."""
    made: list[str] = []
    at = 0
    for token in sorted(tokenize(text), key=lambda token: (token.start, -token.end)):
        if token.start >= at:
            made += text[at : token.start]
            made.append("" if token.text[0].isdigit() else text[token.start : token.end])
            at = token.end
    return (*made, *text[at:])


def _dictionary() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of jieba's dictionary and how often each is used; jieba itself is not started for it."""
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba")
    lines = (Path(found.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    held = [(word, int(often)) for word, often, *_ in map(str.split, lines) if 2 <= len(word) <= 4 and int(often) > 2]
    return tuple(word for word, _ in held), tuple(often for _, often in held)


def reports(passages: int, *, seed: int = 1) -> Iterator[Filed]:
    """Yield reports with labelled passages until there are so many."""
    maker = _Maker(seed)
    for number, made in enumerate(range(0, passages, PASSAGES_PER_REPORT)):
        yield maker.report(number, min(PASSAGES_PER_REPORT, passages - made))


class _Maker:
    """Makes one report after the other; remembers a few passages to copy."""

    def __init__(self, seed: int) -> None:
        self._seed, self._draw = seed, random.Random(seed)
        self._made_of = _material()
        self._copied: list[tuple[Passage, list[Clause]]] = []

    def report(self, number: int, count: int) -> Filed:
        draw = self._draw
        place = draw.randrange(38_000)
        town = generated_name(place) + ("镇", "乡", "街道")[place % 3]
        county, city = generated_name(100_000 + place % 2_800) + "县", generated_name(200_000 + place % 300) + "市"
        year = draw.randint(2015, 2024)
        report = Report(
            id=f"{number:012x}",
            path=f"{city}/{county}/{town}{year}-{number:06}.txt",
            title=f"{town}{year}年法治政府建设年度报告",
            town=town,
            county=county,
            city=city,
            year=year,
            fingerprint=sha256(f"{self._seed} {number} {count}".encode()).hexdigest(),
        )
        return report, tuple(self._passages(report.id, count))

    def _passages(self, report: str, count: int) -> Iterator[Passage]:
        """Yield passages, one to three under each heading."""
        draw, made = self._draw, 0
        while made < count:
            sample = draw.choice(self._made_of.samples)
            headings = self._headings(sample.headings)
            for _ in range(min(draw.choice((1, 1, 2, 3)), count - made)):
                made += 1
                passage, text = self._passage(sample, headings)
                yield replace(
                    passage,
                    id=f"{report}-{made}",
                    report=report,
                    number=made,
                    text=text,
                    exemplary=Exemplary(score=min(100, int(draw.expovariate(1 / 25)))),
                )

    def _headings(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the path with its last heading worded anew, as most reports do below the prescribed ones."""
        if len(headings) < 2 or self._draw.random() > _OWN_HEADING:
            return headings
        clause = self._varied(self._draw.choice(self._made_of.clauses))
        return (*headings[:-1], headings[-1][:3] + clause.rstrip(_STOPS))

    def _passage(self, sample: Passage, headings: tuple[str, ...]) -> tuple[Passage, str]:
        draw = self._draw
        if self._copied and draw.random() < _COPIED:
            # of few passages there are many copies, of most there is one
            sample, clauses = self._copied[int(len(self._copied) * draw.random() ** 3)]
            changed = draw.randrange(len(clauses))
            clauses = [*clauses[:changed], draw.choice(self._made_of.clauses), *clauses[changed + 1 :]]
            return replace(sample, headings=headings), "".join(_figured(draw, clause) for clause in clauses)
        wanted = min(max(draw.lognormvariate(*_LENGTH), _SHORTEST), _LONGEST)
        own, clauses, length = self._made_of.own[sample.topics[:1]], [], 0
        while length < wanted:
            clause = draw.choice(own if own and draw.random() < _OWN_TOPIC else self._made_of.clauses)
            clause = self._exchanged(clause)
            clauses.append(clause)
            length += sum(map(len, clause))
        if len(self._copied) < _KEPT:
            self._copied.append((sample, clauses))
        text = "".join(_figured(draw, clause) for clause in clauses)
        return replace(sample, headings=headings), text.rstrip(_STOPS) + "。"

    def _varied(self, clause: Clause) -> str:
        return _figured(self._draw, self._exchanged(clause))

    def _exchanged(self, clause: Clause) -> Clause:
        """Return the clause, perhaps with another word in it, or a name before it."""
        draw = self._draw
        if draw.random() < _EXCHANGED:
            at = draw.randrange(len(clause) - 1)
            if len(clause[at]) > 1:
                word = draw.choices(self._made_of.vocabulary, cum_weights=self._made_of.cumulated)[0]
                clause = (*clause[:at], word, *clause[at + 1 :])
        if draw.random() < _NAMED:
            name = generated_name(300_000 + int(draw.paretovariate(0.6))) + draw.choice(
                ("村", "社区", "工作室", "调解室")
            )
            clause = (name, *clause)
        return clause


def _figured(draw: random.Random, clause: Clause) -> str:
    """Return the text of a clause with figures in the blanks: many small ones, few large ones."""
    if "" not in clause:
        return "".join(clause)
    return "".join(word or str(int(2 * draw.paretovariate(0.6)) % 100_000) for word in clause)


@lru_cache(maxsize=100_000)
def generated_name(rank: int) -> str:
    """Return the made-up name of a rank: the same rank gives the same name."""
    own = random.Random(rank)
    return "".join(own.choice(_NAME_CHARACTERS) for _ in range(2 if rank % 3 else 3))
