"""Reading reports the slow way: what a wall's cell must say, found by looking at every report and every letter."""

from collections.abc import Iterable

from search_app.model import Passage
from tests.engines.building import Filed

#: As many letters in a row are no chance.
RUN = 13


def letters(text: str) -> str:
    """Return the letters of a text."""
    return "".join(char for char in text if char.isalpha())


def part_of(passages: Iterable[Passage], part: str) -> list[str]:
    """Return the letters of each passage of a part."""
    return [letters(passage.text) for passage in passages if passage.section == part]


def shared(texts: list[str], other: Filed) -> float:
    """Return which share of some texts stands in another report, letter by letter."""
    others = [letters(passage.text) for passage in other[1]]
    covered = sum(_is_covered(text, at, others) for text in texts for at in range(len(text)))
    size = sum(map(len, texts))
    return covered / size if size else 0.0


def _is_covered(text: str, at: int, others: list[str]) -> bool:
    """Tell whether a letter lies in a run that another text has; a shorter text must stand there whole."""
    if len(text) <= RUN:
        return any(text == each if len(each) <= RUN else len(text) == RUN and text in each for each in others)
    starts = range(max(0, at - RUN + 1), min(at, len(text) - RUN) + 1)
    return any(text[start : start + RUN] in each for start in starts for each in others if len(each) >= RUN)


def county_of(held: Filed, corpus: Iterable[Filed]) -> str | None:
    """Return what a county is called: with its city where the corpus has two cities for it."""
    report = held[0]
    cities = {each.city for each, _ in corpus if each.county == report.county and each.county and each.city}
    return report.county if len(cities) < 2 or report.county is None else (report.city or "未识别") + report.county
