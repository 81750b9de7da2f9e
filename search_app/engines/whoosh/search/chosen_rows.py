"""Chosen rows: a search and a generation -> the rows that it finds, their final scores, and what is counted of them.

The way is the same for an answer, a count and an explanation: the tree, what says nearly the same, the selection, and
what each row is worth whatever is asked.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_app.engines.lineage import find_generation, number_of
from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.opened_index import Use
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.evaluation import Evaluation, Scored, evaluate, match_rows
from search_app.engines.whoosh.search.facet_counts import Selected
from search_app.engines.whoosh.search.priors import apply_priors
from search_app.query import Search


class Looked(NamedTuple):
    """What was chosen until the deadline, what is counted of it, and how many passages were looked at."""

    chosen: Scored
    selected: Selected
    looked_at: int


def look(use: Use, search: Search) -> Looked:
    """Return what a search finds. Raises NoSuchGeneration.

    What was made on the way is given back here: large arrays that are kept longer than needed cost new memory.
    """
    evaluation = evaluation_of(use, search)
    chosen, selected = choose(use.snapshot, search, evaluation)
    return Looked(chosen, selected, evaluation.count_looked_at(use.status.current.passages))


def evaluation_of(use: Use, search: Search) -> Evaluation:
    """Return the evaluation of a search. Raises NoSuchGeneration."""
    after = None if search.since is None else number_of(find_generation(search.since, use.status).name)
    return Evaluation(use.snapshot, search.ranking, search.deadline, after=after)


def choose(snapshot: Snapshot, search: Search, evaluation: Evaluation) -> tuple[Scored, Selected]:
    """Return the rows that a search finds with their final scores, and what its selection makes of them."""
    scored = evaluate(evaluation, search)
    if search.like is not None or search.unlike is not None:
        scored = scored.only(_of_likeness(snapshot, scored.rows, search))
    selected = Selected(snapshot.columns, scored.rows, search.selection)
    chosen = scored if selected.mask is None else scored.only(selected.mask)
    return apply_priors(snapshot.columns, search, chosen), selected


def count(use: Use, search: Search) -> int:
    """Return how many rows a search finds. Raises NoSuchGeneration."""
    snapshot = use.snapshot
    rows = match_rows(evaluation_of(use, search), search)
    if search.like is not None or search.unlike is not None:
        rows = rows[_of_likeness(snapshot, rows, search)]
    selected = Selected(snapshot.columns, rows, search.selection).mask
    return len(rows) if selected is None else int(np.count_nonzero(selected))


def _of_likeness(snapshot: Snapshot, rows: Ints, search: Search) -> NDArray[np.bool_]:
    """Return which of the rows say nearly the same as the passage that the search names, or do not, elsewhere."""
    cluster, report = snapshot.columns.cluster, snapshot.columns.report
    mask = np.ones(len(rows), dtype=np.bool_)
    if search.like is not None:
        own = snapshot.row(search.like)
        mask &= (cluster[rows] == cluster[own]) & (rows != own)
    if search.unlike is not None:
        own = snapshot.row(search.unlike)
        mask &= (cluster[rows] != cluster[own]) & (report[rows] != report[own])
    return mask
