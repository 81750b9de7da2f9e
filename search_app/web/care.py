"""Care: one leaf of a list of failures, copies or warnings, as page and API ask for it."""

from collections.abc import Callable, Mapping

from search_app.web.leaves import check_leaf
from search_app.web.parameters import read_scalars, read_whole
from search_app.web.state import site
from search_app.web.urls import Parameters
from search_app.web.view_models.care_lists import Care, Leaf, gather, turn_to

#: More leaves than any list has.
_MOST = 1_000_000


def read_care(care: Care, parameters: Parameters, address: Callable[[str, int], str]) -> tuple[Leaf, str]:
    """Return the leaf that an address asks for, and what it looks for; ``address`` gives that of another leaf.

    Raises BadParameter, NoSuchLeaf.
    """
    told = read_scalars(parameters, ("find", "leaf"))
    find, leaf = told.get("find", "").strip(), read_whole("leaf", told, default=1, most=_MOST)
    with site().gate:
        state, reports = site().watch.status(), site().shelf.reports
        ids: Mapping[str, str] = {each.path: each.id for each in reports}
        found = turn_to(care, gather(care, state, ids), find=find, leaf=leaf)
    check_leaf(leaf, found.leaves, lambda to: address(find, to))
    return found, find
