"""Questions: what is asked, drawn from the corpus by how many passages hold a word; the same seed draws the same.

Words are two characters or longer, and those of one question stand together in some passage, as words do that people
type. Phrases run over the words of a passage wherever they fall.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping

from benchmarks.engines.contending import Question
from benchmarks.engines.corpus import Survey
from search_app.language import cut_terms
from search_app.model import Passage, Report
from search_app.query import Selection, parse

_HAN = re.compile(r"[一-鿕]{2,}")
_CLEAN = re.compile(r"[一-鿕]+")


def draw(survey: Survey, each: int, *, seed: int = 11) -> Mapping[str, tuple[Question, ...]]:
    """Return ``each`` different questions of every kind."""
    drawing = _Drawing(survey, seed)
    makers: dict[str, Callable[[], Question | None]] = {
        "one common word": lambda: drawing.words("one common word", 1, 0.03, 0.7),
        "two words": lambda: drawing.words("two words", 2, 0.01, 0.4),
        "four words": lambda: drawing.words("four words", 4, 0.01, 0.5),
        "one or the other": drawing.either,
        "common phrase": lambda: drawing.phrase("common phrase", 4, 6, 0.004, 1),
        "rare phrase": lambda: drawing.phrase("rare phrase", 6, 12, 0, 0.002),
        "single character": drawing.character,
        "filters only": drawing.filters,
        "filters and words": drawing.filtered,
        "prefix": drawing.prefix,
        "no hit": drawing.nothing,
    }
    return {kind: _different(maker, each) for kind, maker in makers.items()}


def _different(maker: Callable[[], Question | None], count: int) -> tuple[Question, ...]:
    found: dict[Question, None] = {}
    for _ in range(200 * count):
        if len(found) == count:
            break
        if (question := maker()) is not None:
            found[question] = None
    return tuple(found)


class _Drawing:
    """Draws questions of each kind; None is a draw that missed."""

    def __init__(self, survey: Survey, seed: int) -> None:
        self._survey, self._draw = survey, random.Random(seed)

    def _shares(self, passage: Passage) -> Iterator[tuple[str, float]]:
        """Yield the words of a passage, each with the share of all passages that hold it."""
        for word in dict.fromkeys(cut_terms(passage.text)):
            if _HAN.fullmatch(word) and parse(word).query is not None:
                yield word, self._survey.holding[word] / self._survey.passages

    def _some(self) -> tuple[Report, Passage]:
        return self._draw.choice(self._survey.sample)

    def words(self, kind: str, count: int, least: float, most: float) -> Question | None:
        fitting = [word for word, share in self._shares(self._some()[1]) if least <= share <= most]
        if len(fitting) < count:
            return None
        return Question(kind=kind, words=tuple(self._draw.sample(fitting, count)))

    def either(self) -> Question | None:
        one, other = (self.words("", 1, 0.01, 0.4) for _ in range(2))
        if one is None or other is None or one == other:
            return None
        return Question(kind="one or the other", words=one.words + other.words, means="any")

    def phrase(self, kind: str, shortest: int, longest: int, least: float, most: float) -> Question | None:
        run = self._draw.choice([found.group() for found in _CLEAN.finditer(self._some()[1].text)] or [""])
        length = self._draw.randint(shortest, longest)
        if len(run) < length:
            return None
        start = self._draw.randrange(len(run) - length + 1)
        text = run[start : start + length]
        share = sum(text in passage.text for _, passage in self._survey.sample) / len(self._survey.sample)
        return Question(kind=kind, words=(text,), means="phrase") if least <= share <= most else None

    def character(self) -> Question | None:
        char = self._draw.choice(self._some()[1].text)
        share = self._survey.characters[char] / self._survey.passages
        if not _CLEAN.fullmatch(char) or share < 0.02 or not cut_terms(char) or parse(char).query is None:
            return None
        return Question(kind="single character", words=(char,), means="character")

    def _selection(self) -> Selection:
        """Return one to three filters that some passage passes."""
        report, passage = self._some()
        year = report.year or 0
        county, town = f"{report.city}{report.county}", f"{report.county}{report.town}"
        return self._draw.choice(
            [
                Selection(section=(passage.section,)),
                Selection(year=(year,), section=(passage.section,)),
                Selection(year=(year, year + 1), topic=passage.topics[:1]),
                Selection(county=(county,)),
                Selection(topic=passage.topics[:2], section=(passage.section,)),
                Selection(year=(year - 1, year), county=(county,)),
                Selection(town=(town,)),
            ]
        )

    def filters(self) -> Question | None:
        return Question(kind="filters only", selection=self._selection())

    def filtered(self) -> Question | None:
        asked = self.words("", self._draw.choice((1, 2)), 0.02, 0.5)
        return asked and Question(kind="filters and words", words=asked.words, selection=self._selection())

    def prefix(self) -> Question | None:
        fitting = [word for word, share in self._shares(self._some()[1]) if len(word) > 2 and share > 0.001]
        if not fitting:
            return None
        return Question(kind="prefix", words=(self._draw.choice(fitting)[:2],), means="prefix")

    def nothing(self) -> Question | None:
        """Return two rare words that stand in different passages, or one word with a turned name."""
        one, other = (self.words("", 1, 0, 0.0005 + 2 / self._survey.passages) for _ in range(2))
        if one is None or other is None or one == other:
            return None
        return Question(kind="no hit", words=one.words + other.words)
