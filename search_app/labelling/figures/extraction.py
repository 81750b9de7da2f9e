"""Extraction: a passage -> the figures that its report counts.

In: the text in simplified characters, the section it stands in, the report's year. Out: ``Figure``s in reading order.
What is planned is no result, so parts about the next year have none.
"""

from search_app.labelling.figures.clauses import Clauses, is_no_result, is_part, is_since_years
from search_app.labelling.figures.matching import find_counted
from search_app.labelling.figures.numbers import Number, find_numbers
from search_app.labelling.figures.rows import find_rows
from search_app.labelling.figures.zeros import find_zeros
from search_app.model import Figure

_PLANS = "下年度安排"


def find_counts(text: str, section: str, year: int | None) -> tuple[Figure, ...]:
    """Return the figures of a passage in reading order."""
    if section == _PLANS:
        return ()
    found: list[Figure] = []
    if " | " in text:
        found += find_rows(text, year)
    clauses: Clauses | None = None
    for number in find_numbers(text):
        clauses = clauses or Clauses(text)
        figure = _figure(text, number, clauses, year)
        if figure is not None:
            found.append(figure)
    found += find_zeros(text)
    return tuple(sorted(found, key=lambda figure: figure.start)) if len(found) > 1 else tuple(found)


def _figure(text: str, number: Number, clauses: Clauses, year: int | None) -> Figure | None:
    clause = clauses.of(number)
    counted = find_counted(text, number, clause)
    if counted is None or is_no_result(clause, year):
        return None
    return Figure(
        what=counted.thing.name,
        number=number.value,
        unit=number.unit,
        qualifier=counted.qualifier,
        part=counted.part or is_part(clause),
        cumulative=is_since_years(clause, year),
        start=number.start,
        end=number.end,
        clause_start=clause.start if counted.back is None else counted.back,
        clause_end=clause.end,
    )
