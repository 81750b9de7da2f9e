"""Downloads: an address -> a file of passages, as the page and the API hand it out.

What is listed is decided as on the page of results, by the same parameters; only the page and its size have no effect,
because a file begins at the first passage. Text is streamed; an archive is made whole first, and takes far less memory
than the tree that it is written from.
"""

from datetime import datetime
from io import BytesIO
from urllib.parse import quote

from flask import Response, request

from search_app import searching
from search_app.errors import BadSearch
from search_app.exporting.collected_passages import collect_basket
from search_app.exporting.collection import MOST, Collection
from search_app.exporting.file_formats import FileFormat, stream, write
from search_app.exporting.file_names import name_file
from search_app.exporting.result_list import collect_results
from search_app.exporting.whole_report import collect_reports
from search_app.model import Passage
from search_app.searching import Request
from search_app.web import baskets, urls
from search_app.web.parameters import LABELS, MAX_VALUE, read_scalars
from search_app.web.state import site
from search_app.web.view_models import links

#: A file may take so many times as long as a page.
PATIENCE = 10


def download(parameters: urls.Parameters) -> Response:
    """Return the file that these parameters ask for. Raises BadSearch, NoSuchReport and IndexProblem."""
    form = read_file_format(parameters)
    made = datetime.now().astimezone()
    if "basket" in parameters:  # what stands behind it waits for its turn by itself
        return _answer(collection_of_basket(_only(parameters, "basket"), made), form)
    with site().gate:  # an archive costs as much as the search
        if "report" in parameters:
            collection = collection_of_report(_only(parameters, "report"), made)
        else:
            collection = collection_of_results(urls.parse(parameters, allowed=("format",)).request, made)
        return _answer(collection, form)


def _answer(collection: Collection, form: FileFormat) -> Response:
    response = Response(stream(collection, form)) if form.is_text else _archive(collection, form)
    response.mimetype = form.media_type
    response.headers["Content-Disposition"] = disposition(name_file(collection, form))
    response.headers["Cache-Control"] = "no-store"
    return response


def collection_of_results(asked: Request, made: datetime) -> Collection:
    """Return what a search lists, up to the most that one file holds."""
    engine = site().engine
    searching.get_ready(engine)
    deadline = searching.give_time(PATIENCE * site().settings.time_budget)
    listing = searching.list_hits(engine, asked, most=MOST, deadline=deadline)
    return collect_results(listing, made=made, address=_address)


def collection_of_report(report_id: str, made: datetime) -> Collection:
    """Return a whole report. Raises NoSuchReport."""
    engine = site().engine
    held = engine.report(report_id)
    generation = engine.status().current.name
    return collect_reports([held], made=made, generation=generation, address=_address)


def collection_of_basket(key: str, made: datetime) -> Collection:
    """Return what a basket holds: this browser's, or a shared one. Raises NoSuchBasket."""
    basket = baskets.find_basket(key)
    return collect_basket(basket, baskets.stand(basket), made=made, address=_address)


def disposition(name: str) -> str:
    """Return the header that gives a download its name: in ASCII for old programs, in full for all others."""
    ending = name.rpartition(".")[2]
    return f"attachment; filename=\"export.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"


def read_file_format(parameters: urls.Parameters) -> FileFormat:
    """Return the format that an address names. Raises BadSearch."""
    given = read_scalars(parameters, ("format",)).get("format", "")
    try:
        return FileFormat(given)
    except ValueError:
        known = "、".join(f"{each.value}（{each.label}）" for each in FileFormat)
        said = f"没有“{given[:MAX_VALUE]}”这种格式" if given else "没有写明导出成什么格式"
        raise BadSearch(said, hint=f"网址里请写 format=，可用：{known}。") from None


def _only(parameters: urls.Parameters, name: str) -> str:
    """Return the parameter that says what is exported whole. Raises BadSearch where it is narrowed as well."""
    besides = next((each for each in urls.NARROWING if any(parameters.get(each, ()))), None)
    if besides is not None:
        said = f"整份导出时不能再加“{LABELS[besides]}”（{besides}）"
        raise BadSearch(said, hint=f"请去掉“{besides}”，或去掉“{name}”改为导出检索结果。")
    return read_scalars(parameters, (name,))[name]


def _address(passage: Passage) -> str:
    return request.host_url.rstrip("/") + links.passage_url(passage)


def _archive(collection: Collection, form: FileFormat) -> Response:
    held = BytesIO()
    write(collection, form, held)
    return Response(held.getvalue())
