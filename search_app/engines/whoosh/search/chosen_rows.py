"""Chosen rows: a search and a generation -> the rows that it finds, their final scores, and what is counted of them.

The way is the same for an answer, a count and an explanation: the tree, what says nearly the same, the selection, and
what each row is worth whatever is asked.
"""

from typing import NamedTuple

import numpy as np

from search_app.engines.lineage import find_generation, number_of
from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.index.opened_index import Use
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.search.evaluation import Evaluation, Keeping, Scored, evaluate, match_rows
from search_app.engines.whoosh.search.facet_counts import Mask, Narrowing, Selected
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
    narrowing = Narrowing(snapshot.columns, search.selection)
    rows, kept, scored = evaluate(evaluation, search, _admitting(snapshot, search, evaluation.after), narrowing.keeps)
    selected = Selected(snapshot.columns, rows, narrowing, kept)
    return apply_priors(snapshot.columns, search, scored), selected


def count(use: Use, search: Search) -> int:
    """Return how many rows a search finds. Raises NoSuchGeneration."""
    snapshot = use.snapshot
    evaluation = evaluation_of(use, search)
    rows = match_rows(evaluation, search)
    admitted = _admitting(snapshot, search, evaluation.after)(rows)
    rows = rows if admitted is None else rows[admitted]
    kept = Narrowing(snapshot.columns, search.selection).keeps(rows)
    return len(rows) if kept is None else int(np.count_nonzero(kept))


def _admitting(snapshot: Snapshot, search: Search, after: int | None) -> Keeping:
    """Return what tells which rows are admitted: exemplary or new ones, and such as say the same or do not."""
    columns = snapshot.columns

    def admits(rows: Ints) -> Mask | None:
        wanted = []
        if search.exemplary:
            wanted.append(columns.practice[rows] >= columns.stamp_floor)
        if after is not None:
            wanted.append(columns.since[rows] > after)
        if search.like is not None or search.unlike is not None:
            wanted.append(_of_likeness(snapshot, rows, search))
        return np.logical_and.reduce(wanted) if wanted else None

    return admits


def _of_likeness(snapshot: Snapshot, rows: Ints, search: Search) -> Mask:
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
