"""The use cases of the page that tells a passage's genealogy, behind the gate that limits how many run at once."""

from search_app.comparing.genealogy import Genealogy, Member, trace
from search_app.web import urls
from search_app.web.leaves import check_leaf
from search_app.web.parameters import read_scalars, read_whole
from search_app.web.state import site

#: Members told in full on one page.
LEAF = 40


def trace_passage(passage_id: str) -> Genealogy:
    """Return where the wording of a passage stood first, and from which earlier passage each later one may come."""
    with site().gate:
        return trace(site().engine, passage_id)


def count_leaves(found: Genealogy) -> int:
    """Return how many pages the members fill."""
    return (len(found.members) - 1) // LEAF + 1


def turn_to(found: Genealogy, parameters: urls.Parameters) -> tuple[int, tuple[Member, ...]]:
    """Return which page an address asks for, and its members. Raises BadParameter, NoSuchLeaf."""
    leaf = read_whole("page", read_scalars(parameters, ("page",)), default=1, most=urls.MAX_PAGE)
    check_leaf(leaf, count_leaves(found), lambda last: address(found.subject.passage.id, last))
    return leaf, found.members[(leaf - 1) * LEAF : leaf * LEAF]


def address(passage_id: str, leaf: int = 1) -> str:
    """Return the address of one page of a passage's genealogy."""
    return f"/passages/{passage_id}/history" + (f"?page={leaf}" if leaf > 1 else "")
