"""The page behind a citation code: the way from what was quoted back to the report that says it."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from search_app.exporting import citation
from search_app.web import urls
from search_app.web.answers import find_cited
from search_app.web.view_models import links
from search_app.web.view_models.places_of_text import MOST, list_places

codes = Blueprint("codes", __name__)


@codes.get("/c/<code>")
def cited(code: str) -> ResponseReturnValue:
    """Lead to the passage that a citation code names, or list the places where its text stands."""
    found = find_cited(code)
    if len(found.here) == 1:
        return redirect(links.passage_url(found.here[0].passage))
    text = (*found.here, *found.elsewhere)[0].passage.text
    return render_template(
        "cited.html",
        code=citation.write_code(citation.require_code(urls.clean(code))),
        passage=text,
        here=list_places(found.here),
        elsewhere=list_places(found.elsewhere),
        beyond=max(len(found.here) - MOST, 0) + max(len(found.elsewhere) - MOST, 0),
    )
