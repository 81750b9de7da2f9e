"""Priors: what passages are worth whatever is asked, by practice, section and rarity of wording."""

from search_app.engines.whoosh.index.columns import Columns
from search_app.engines.whoosh.search.evaluation import Scored
from search_app.query import Search


def apply_priors(columns: Columns, search: Search, scored: Scored) -> Scored:
    """Return final scores."""
    if not len(scored.rows):
        return scored
    prior = columns.prior(*prior_numbers(columns, search))
    return scored._replace(scores=(1 + scored.scores) * prior[scored.rows])


def prior_numbers(columns: Columns, search: Search) -> tuple[float, tuple[float, ...], float]:
    """Return the numbers of a search's ranking that :meth:`Columns.prior` goes by."""
    ranking = search.ranking
    shares = tuple(ranking.of_section(name, search.leaning) for name in columns.section_names)
    return ranking.exemplary, shares, ranking.common
