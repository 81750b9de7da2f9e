"""Links: the addresses and words that lead from a passage, a result or a list to another page."""

from dataclasses import dataclass, replace

from search_app.model import Passage
from search_app.searching import Request
from search_app.web import urls

#: What leads from a passage to other towns: to what they did, or where it is no practice, to what they wrote.
RELATED, RELATED_WORDING = "更多类似做法", "别的镇怎么写"

#: Passages on one leaf of a report: no report of a township is as long, and a page of so many is quickly made.
LEAF = 300


PRACTICE = ("主要举措和成效", "第一责任人履职", "其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its words; ``current`` marks the one in force, ``guessed`` what was concluded, not read."""

    text: str
    url: str
    current: bool = False
    guessed: bool = False


def passage_url(passage: Passage, *, highlight: str = "") -> str:
    """Return the address of a passage in its report."""
    return place_url(passage.report, passage.number, highlight=highlight)


def place_url(report: str, number: int, *, highlight: str = "") -> str:
    """Return the address of the passage of a report that has this number."""
    path, anchor = f"/reports/{report}", f"p-{number}"
    return urls.build(Request(), path=path, anchor=anchor, hl=highlight or None, leaf=_named(number))


def leaf_of(number: int) -> int:
    """Return the leaf of its report on which the passage of this number stands, counting from 1."""
    return max(number - 1, 0) // LEAF + 1


def _named(number: int) -> int | None:
    """Return the leaf as addresses name it: the first one is not named."""
    leaf = leaf_of(number)
    return leaf if leaf > 1 else None


def related(passage: Passage, request: Request | None = None, rank: int = 1) -> Link:
    """Return the way to what other towns did, or wrote, on the same thing, and from there back to a list."""
    text = RELATED if passage.section in PRACTICE else RELATED_WORDING
    back = urls.write_back(request) if request is not None else ""
    url = urls.build(Request(), path=f"/passages/{passage.id}/related", back=back or None, n=rank if back else None)
    return Link(text=text, url=url)


def similar(passage: Passage, count: int, request: Request) -> Link:
    """Return the way to those that say nearly the same, as many as the request finds."""
    path = f"/passages/{passage.id}/similar"
    url = urls.build(replace(request, page=1, size=urls.SIZES[0]), path=path)
    return Link(text=f"另有 {count:,} 处相近表述", url=url)


def history(passage: Passage) -> Link:
    """Return the way to who wrote a passage first, and who took it over."""
    return Link(text="这一段的来历", url=f"/passages/{passage.id}/history")


def why(passage: Passage, request: Request) -> Link:
    """Return the way to why a passage stands where it stands in the answer to a request."""
    url = urls.build(request, path=f"/passages/{passage.id}/why")
    return Link(text="为什么排在这里", url=url)


def result_url(request: Request, report: str, rank: int, number: int, *, highlight: str) -> str:
    """Return the address of a listed passage in its report, from where the list can be walked on."""
    return urls.build(
        urls.first_page(request),
        path=f"/reports/{report}",
        anchor=f"p-{number}",
        hl=highlight or None,
        n=rank,
        leaf=_named(number),
    )


def list_url(request: Request, rank: int) -> str:
    """Return the address of the page of results that holds this rank, at its card."""
    return urls.build(replace(request, page=(rank - 1) // request.size + 1), anchor=f"hit-{rank}")
