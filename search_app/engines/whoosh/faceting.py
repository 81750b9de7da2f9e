"""Faceting: which passages a value accepts, and true counts per value, each facet's own selection left out.

A place is counted under its label (see :attr:`Columns.labels`) and accepted by label, with its parent, or bare.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.columns import Columns, Ints
from search_app.model import Facet, FacetValue, Value
from search_app.query import Selection

Mask = NDArray[np.bool_]
_LEVEL = {Facet.COUNTY: 1, Facet.TOWN: 2}


def accepted(columns: Columns, facet: Facet, value: Value) -> Mask:
    """Return the passages that one value of a facet accepts; ``None`` accepts those where it is not known."""
    mask: Mask
    match facet:
        case Facet.YEAR:
            mask = (columns.year == (value or 0))[columns.report]
        case Facet.SECTION:
            mask = columns.section == _find(columns.section_names, value)
        case Facet.TOPIC if value is None:
            mask = np.logical_not(columns.topics.any(axis=1))
        case Facet.TOPIC:
            number = _find(columns.topic_names, value)
            mask = columns.topics[:, number] if number >= 0 else np.zeros(len(columns.doc), dtype=np.bool_)
        case Facet.COUNTY | Facet.TOWN:
            mask = _reports_at(columns, _LEVEL[facet], value)[columns.report]
    return mask


def _reports_at(columns: Columns, level: int, value: Value) -> Mask:
    """Return the reports of a place, named bare, with its parent, or as the facet names it."""
    names = columns.place_names
    wanted = "" if value is None else str(value)
    bare: Mask = np.array([name == wanted for name in names], dtype=np.bool_)[columns.place[:, level]]
    if value is None:
        return bare
    numbers, labels = columns.labels[level]
    parents, parent_labels = columns.labels[level - 1]
    own = [str(names[name]) for name in columns.place[:, level]]
    above = [str(names[name]) for name in columns.place[:, level - 1]]
    return bare | np.array(
        [
            bool(name) and wanted in (labels[number], parent + name, (parent_labels[upper] or "") + name)
            for number, upper, parent, name in zip(numbers.tolist(), parents.tolist(), above, own, strict=True)
        ],
        dtype=np.bool_,
    )


def selected_masks(columns: Columns, selection: Selection) -> dict[Facet, Mask]:
    """Return for each facet with a selection the passages that it lets through."""
    return {
        facet: np.logical_or.reduce([accepted(columns, facet, value) for value in selection.of(facet)])
        for facet in Facet
        if selection.of(facet)
    }


def count(columns: Columns, mask: Mask, selection: Selection) -> dict[Facet, tuple[FacetValue, ...]]:
    """Return every facet's values over the passages of a mask, before any selection is applied."""
    masks = selected_masks(columns, selection)
    return {facet: _values(columns, facet, _without(mask, masks, facet), selection.of(facet)) for facet in Facet}


def apply(columns: Columns, mask: Mask, selection: Selection) -> Mask:
    """Return the passages of a mask that the whole selection lets through."""
    return _without(mask, selected_masks(columns, selection), None)


def _without(mask: Mask, masks: dict[Facet, Mask], left_out: Facet | None) -> Mask:
    for facet, allowed in masks.items():
        if facet != left_out:
            mask = mask & allowed
    return mask


def _values(columns: Columns, facet: Facet, mask: Mask, wanted: tuple[Value, ...]) -> tuple[FacetValue, ...]:
    counted = {value: (passages, reports) for value, passages, reports in _counted(columns, facet, mask)}
    chosen: set[Value] = set()
    for value in wanted:
        rows = mask & accepted(columns, facet, value)
        if facet == Facet.TOPIC:
            chosen.add(value)
        else:
            chosen |= {held for held, _, _ in _counted(columns, facet, rows)} or {value}
    found = (
        FacetValue(value=value, count=passages, reports=reports, selected=value in chosen)
        for value, (passages, reports) in (dict.fromkeys(chosen, (0, 0)) | counted).items()
    )
    if facet == Facet.YEAR:
        return tuple(sorted(found, key=lambda item: (item.value is None, -int(item.value or 0))))
    return tuple(sorted(found, key=lambda item: (-item.count, item.value is None, str(item.value))))


def _counted(columns: Columns, facet: Facet, mask: Mask) -> Iterator[tuple[Value, int, int]]:
    """Yield (value, passages, distinct reports) for the values that stand in the passages of a mask."""
    rows = np.flatnonzero(mask)
    reports = columns.report[rows]
    match facet:
        case Facet.YEAR:
            for year, passages, distinct in _tally(columns.year[reports], reports):
                yield year or None, passages, distinct
        case Facet.SECTION:
            for number, passages, distinct in _tally(columns.section[rows], reports):
                yield str(columns.section_names[number]), passages, distinct
        case Facet.TOPIC:
            flags = columns.topics[rows]
            for number, name in enumerate(columns.topic_names):
                if flags[:, number].any():
                    yield str(name), *_sizes(reports[flags[:, number]])
            rest = reports[~flags.any(axis=1)]
            if rest.size:
                yield None, *_sizes(rest)
        case Facet.COUNTY | Facet.TOWN:
            level = _LEVEL[facet]
            labels, values = columns.labels[level]
            for number, passages, distinct in _tally(labels[reports], reports):
                yield values[number], passages, distinct


def _tally(values: Ints, reports: Ints) -> Iterator[tuple[int, int, int]]:
    """Yield each value with its passages and its distinct reports."""
    if not values.size:
        return
    pairs, passages = np.unique(np.stack([values, reports]), axis=1, return_counts=True)
    held, first = np.unique(pairs[0], return_index=True)
    for value, group, size in zip(held, np.split(passages, first[1:]), np.diff([*first, len(passages)]), strict=True):
        yield int(value), int(group.sum()), int(size)


def _sizes(reports: Ints) -> tuple[int, int]:
    return len(reports), len(np.unique(reports))


def _find(names: NDArray[np.str_], value: Value) -> int:
    found = np.flatnonzero(names == str(value)) if value is not None and names.size else np.zeros(0, dtype=np.int64)
    return int(found[0]) if found.size else -1
