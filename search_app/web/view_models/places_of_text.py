"""Places of a text: the reports in which it stands word for word, as a page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.exporting import citation
from search_app.searching import Subject
from search_app.web.view_models.links import passage_url

#: So many are listed: what more reports than this say in the same words is boilerplate.
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One passage of the text; ``source`` is its citation, ``code`` its own citation code."""

    where: str
    source: str
    code: str
    url: str


def list_places(found: Sequence[Subject]) -> tuple[Place, ...]:
    """Return the first of the passages that say the same."""
    return tuple(
        Place(
            where=citation.where(each.report),
            source=citation.source(each.passage, each.report),
            code=citation.code(each.passage, each.report),
            url=passage_url(each.passage),
        )
        for each in found[:MOST]
    )
