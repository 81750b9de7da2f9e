"""URLs <-> requests. The whole state of a search is in its URL, so every state can be kept and sent.

In: the query string of a page. Out: a :class:`Request`, and the links that change one thing about it. What is known is
read strictly (``parameters``); what is not known is passed over, told apart and left out of every link. The surprise:
an unknown *value* of a facet is no error, it stays as a filter that finds nothing, because links outlive the reports
they name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from urllib.parse import parse_qs, quote_plus

from search_app.by_identity import ByIdentity
from search_app.model import UNKNOWN, Collapse, Facet, Sort, Value
from search_app.query import Selection
from search_app.searching import Request
from search_app.web.parameters import (
    LABELS,
    NOT,
    ORDER,
    ORDERED,
    Arrangement,
    Parameters,
    clean,
    read_choice,
    read_scalars,
    read_size,
    read_switch,
    read_values,
    read_whole,
)

__all__ = ["Asked", "Parameters", "Request", "clean"]

SIZES = (10, 20, 50, 100)
#: The largest page number that is looked at; what the engine serves is checked again behind.
MAX_PAGE = 10_000

_FACETS = tuple(facet.value for facet in Facet)
#: What narrows: repeated, and as often as one likes.
_FILTERS = (*_FACETS, *(f"{NOT}{name}" for name in _FACETS))
_ORDERS = tuple(f"{ORDER}{facet.value}" for facet in ORDERED)
_SCALARS = ("q", "exemplary", "sort", "collapse", "also", "literal", "page", "size", "since", "all_genres", *_ORDERS)
#: What decides which passages a search finds.
NARROWING = ("q", *_FILTERS, "exemplary", "since", "all_genres")
#: Added by chat programs and web counters to links that people pass on; nobody needs to be told of them.
_HARMLESS = re.compile(r"utm_\w+|spm|from|isappinstalled|_")
#: What cannot stand for itself in a query string within a query string.
_SPECIAL = re.compile(r"[%&=+#;\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as its URL states it.

    ``extra`` holds the page's own parameters (``hl``, ``n`` …), ``ignored`` the names that mean nothing here.
    """

    request: Request
    extra: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def parse(parameters: Parameters, *, allowed: Iterable[str] = ()) -> Asked:
    """Return the question that these parameters ask; a value that cannot be meant raises BadParameter."""
    allowed = tuple(allowed)
    scalars = read_scalars(parameters, (*_SCALARS, *allowed))
    by_name = {facet for facet in ORDERED if read_choice(Arrangement, f"{ORDER}{facet.value}", scalars) == "name"}
    request = Request(
        text=scalars.get("q", ""),
        selection=_selection(parameters),
        exemplary=read_switch("exemplary", scalars, default=False),
        sort=read_choice(Sort, "sort", scalars) or Sort.RELEVANCE,
        collapse=read_choice(Collapse, "collapse", scalars),
        page=read_whole("page", scalars, default=1, most=MAX_PAGE),
        size=read_size(scalars, SIZES),
        also=read_switch("also", scalars, default=True),
        literal=read_switch("literal", scalars, default=False),
        since=scalars.get("since", "").strip() or None,
        by_name=tuple(facet for facet in Facet if facet in by_name),
        all_genres=read_switch("all_genres", scalars, default=False),
    )
    return Asked(
        request=request,
        extra={name: scalars[name] for name in allowed if name in scalars},
        ignored=tuple(_strangers(parameters, (*_SCALARS, *_FILTERS, *allowed))),
    )


def parse_filters(parameters: Parameters, *, also: Iterable[str] = ()) -> Request:
    """Return the filters alone that these parameters set, and what else is named; the rest is passed over."""
    kept = (*_FILTERS, *_ORDERS, "all_genres", *also)
    return parse({name: values for name, values in parameters.items() if name in kept}).request


def parse_position(text: str | None, name: str = "n") -> int | None:
    """Return a place in a list, counting from 1, or None where none is given."""
    return read_whole(name, {name: text}, default=1, most=MAX_PAGE) if text else None


@lru_cache(maxsize=256)
def write_back(request: Request) -> str:
    """Return a request as the value of one parameter, from which :func:`read_back` makes it again."""
    return "&".join(f"{name}={_SPECIAL.sub(_percent, value)}" for name, value in to_pairs(request))


def read_back(text: str | None) -> Request | None:
    """Return the request that one parameter holds, None where it holds none; only what we know is read."""
    return parse(parse_qs(text)).request if text else None


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _selection(parameters: Parameters) -> Selection:
    ticked = {name: read_values(Facet(name), parameters.get(name, []), name=name) for name in _FACETS}
    excluded = {
        Facet(name): read_values(Facet(name), parameters.get(f"{NOT}{name}", []), name=f"{NOT}{name}")
        for name in _FACETS
    }
    # Who ticked a value and then does not want it means that: the form of a panel sends both.
    return Selection(
        excluded, **{n: [v for v in values if v not in excluded[Facet(n)]] for n, values in ticked.items()}
    )


def _strangers(parameters: Parameters, known: tuple[str, ...]) -> Iterable[str]:
    """Yield the names that are no parameters of ours; those of other pages of ours are no news."""
    for name in parameters:
        if name not in known and name not in LABELS and not _HARMLESS.fullmatch(name) and (said := clean(name).strip()):
            yield said


def to_pairs(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request in their one order, defaults left out."""
    found = [("q", request.text)] if request.text else []
    selection = request.selection
    found += [(facet.value, write_value(value)) for facet, value in selection.ticked_pairs()]
    found += [(f"{NOT}{facet.value}", write_value(value)) for facet, value in selection.excluded_pairs()]
    if request.exemplary:
        found.append(("exemplary", "1"))
    if request.since is not None:
        found.append(("since", request.since))
    if request.all_genres:
        found.append(("all_genres", "1"))
    if request.sort is not Sort.RELEVANCE:
        found.append(("sort", request.sort.value))
    if request.collapse is not None:
        found.append(("collapse", request.collapse.value))
    if not request.also:
        found.append(("also", "0"))
    if request.literal:
        found.append(("literal", "1"))
    if request.page != 1:
        found.append(("page", str(request.page)))
    if request.size != SIZES[0]:
        found.append(("size", str(request.size)))
    found += [(f"{ORDER}{facet.value}", Arrangement.NAME.value) for facet in request.by_name]
    return found


def to_hidden(request: Request, *, own: Facet | None = None) -> list[tuple[str, str]]:
    """Return what a form of filters keeps beside its own boxes, and, of one facet, beside its own list."""
    boxes = _FACETS if own is None else (own.value, f"{NOT}{own.value}")
    return [(name, value) for name, value in to_pairs(request) if name not in (*boxes, "page")]


def build(request: Request, *, path: str = "/", anchor: str = "", **extra: object) -> str:
    """Return the address of a request; ``extra`` parameters come first, those that are None are left out."""
    own = (f"{name}={_quote(str(value))}" for name, value in extra.items() if value is not None)
    query = "&".join(filter(None, (*own, _written(request).query)))
    return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


class _Written:
    """A request as a query string, and what stands around a value in addresses that narrow it to that alone."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._around: dict[Facet, tuple[str, str]] = {}

    @cached_property
    def query(self) -> str:
        """Return the request as a query string."""
        return _encode(to_pairs(self._request))

    def around(self, facet: Facet) -> tuple[str, str]:
        """Return what stands before and behind the value of a facet."""
        found = self._around.get(facet)
        if found is None:
            narrowed = self._request.selection.with_values(facet, (None,))
            pairs = to_pairs(replace(self._request, selection=narrowed, page=1))
            at = next(place for place, (name, _) in enumerate(pairs) if name == facet.value)
            before, after = _encode(pairs[:at]), _encode(pairs[at + 1 :])
            found = f"/?{before}{'&' if before else ''}{facet.value}=", f"{'&' if after else ''}{after}"
            self._around[facet] = found
        return found


def _encode(pairs: Iterable[tuple[str, str]]) -> str:
    """Return parameters as a query string; their names are ours and need no quoting."""
    return "&".join([f"{name}={_quote(value)}" for name, value in pairs])


#: Dozens of links of a page ask the same of its one request.
_written = ByIdentity(_Written, most=128)
#: The request from the first page of its list on.
first_page: ByIdentity[Request, Request] = ByIdentity(
    lambda request: request if request.page == 1 else replace(request, page=1)
)


def toggle(request: Request, facet: Facet, value: Value) -> Request:
    """Return the request with one value ticked or unticked, from the first page again."""
    values = request.selection.of(facet)
    changed = tuple(item for item in values if item != value) if value in values else (*values, value)
    return replace(request, selection=request.selection.with_values(facet, changed), page=1)


def exclude(request: Request, facet: Facet, value: Value) -> Request:
    """Return the request with one value excluded, or no longer, from the first page again."""
    held, ticked = request.selection.excluded(facet), request.selection.of(facet)
    changed = tuple(item for item in held if item != value) if value in held else (*held, value)
    selection = request.selection.with_excluded(facet, changed)
    selection = selection.with_values(facet, tuple(item for item in ticked if item != value))
    return replace(request, selection=selection, page=1)


def narrow_only(request: Request, facet: Facet, value: Value) -> str:
    """Return the address of the request with this value alone ticked in a facet, from the first page again."""
    before, after = _written(request).around(facet)
    return f"{before}{_quote(write_value(value))}{after}"


#: The same values stand in dozens of links of a page: what leads back, what is marked, places and years.
_quote = lru_cache(maxsize=512)(quote_plus)


def rearrange(request: Request, facet: Facet) -> Request:
    """Return the request with the values of a facet ordered the other way, by name or by count."""
    others = {*request.by_name} ^ {facet}
    return replace(request, by_name=tuple(each for each in Facet if each in others))


def order_by(request: Request, facet: Facet, order: Arrangement | None) -> Request:
    """Return the request with the values of a facet in the order that a page of theirs asks for, if it does."""
    held = Arrangement.NAME if facet in request.by_name else Arrangement.COUNT
    return request if order in (None, held) else rearrange(request, facet)


def narrow_to(facet: Facet, value: Value, *, text: str = "") -> Request:
    """Return a fresh request that is narrowed by one value."""
    return toggle(Request(text=text), facet, value)


@lru_cache(maxsize=4096)
def narrowed_url(facet: Facet, value: Value) -> str:
    """Return the address of all that has one value: towns, years and topics are linked from every page."""
    return build(narrow_to(facet, value))


def clear_filters(request: Request) -> Request:
    """Return the request without any filter; words, order and page size stay."""
    return replace(request, selection=Selection(), exemplary=False, since=None, page=1)


def write_value(value: Value) -> str:
    """Return a facet value as URLs and pages write it."""
    return UNKNOWN if value is None else str(value)
