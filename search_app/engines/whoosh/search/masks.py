"""Masks: which documents of a segment match, put together of masks that are made one after the other."""

from collections.abc import Iterator

import numpy as np

from search_app.engines.whoosh.search.segment_lookup import Lookup, Mask


def all_of(lookup: Lookup, masks: Iterator[Mask]) -> Mask:
    """Return what all masks have; once nothing is left, no more are made."""
    made = np.ones(lookup.size, dtype=np.bool_)
    for mask in masks:
        made &= mask
        if not made.any():
            break
    return made


def any_of(lookup: Lookup, masks: Iterator[Mask]) -> Mask:
    """Return what any of the masks has."""
    made = lookup.empty_mask()
    for mask in masks:
        made |= mask
    return made
