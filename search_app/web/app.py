"""The application: settings and an engine -> a Flask app. Pages never see anything of the engine but its contract."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, request

import search_app
from search_app import indexing
from search_app.collecting import Store
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.errors import ConfigError
from search_app.exporting.figure_wording import say_number
from search_app.query import MAX_PASTED
from search_app.settings import Settings
from search_app.web import conditional, errors, security, state, visitor
from search_app.web.api.basket_routes import basket_api
from search_app.web.api.care_routes import care_api
from search_app.web.api.compare_routes import compare_api
from search_app.web.api.draft_routes import draft_api
from search_app.web.api.figures_routes import figures_api
from search_app.web.api.history_routes import history_api
from search_app.web.api.picture_routes import picture_api
from search_app.web.api.review_routes import review_api
from search_app.web.api.routes import api
from search_app.web.api.years_routes import years_api
from search_app.web.last_years import LastYears
from search_app.web.pages.basket_pages import collected
from search_app.web.pages.care_pages import care_lists
from search_app.web.pages.code_pages import codes
from search_app.web.pages.compare_pages import compared
from search_app.web.pages.draft_pages import drafts
from search_app.web.pages.exemplary_page import exemplary_practice
from search_app.web.pages.export_pages import exports
from search_app.web.pages.facet_page import facet_lists
from search_app.web.pages.feed_pages import feeds
from search_app.web.pages.figures_page import figures
from search_app.web.pages.history_page import histories
from search_app.web.pages.matrix_page import matrices
from search_app.web.pages.passage_pages import passages
from search_app.web.pages.report_pages import reports
from search_app.web.pages.review_page import reviews
from search_app.web.pages.search_pages import pages
from search_app.web.pages.site_pages import about_site
from search_app.web.pages.topic_pages import topic_pages
from search_app.web.pages.years_page import years
from search_app.web.secret import Secret
from search_app.web.security import MAX_SENT
from search_app.web.serving import Serving
from search_app.web.standings import Standings
from search_app.web.view_models import facet_rows
from search_app.web.view_models.charts.line_plot import draw_key
from search_app.web.view_models.compare_boxes import CompareBoxes
from search_app.web.view_models.moments import say_moment
from search_app.web.view_models.page_basket import PageBasket
from search_app.web.wire import Asked, Wire

if TYPE_CHECKING:
    from search_app.web.metrics import Metrics

NAME = "法治年报检索"
TAGLINE = "别的镇是怎么做的、怎么写的？"
_PACKAGE = Path(search_app.__file__).parent
#: The API comes last: it answers every address of its own that nobody else does.
_BLUEPRINTS = (
    pages,
    facet_lists,
    reports,
    about_site,
    care_lists,
    passages,
    histories,
    topic_pages,
    exemplary_practice,
    codes,
    feeds,
    exports,
    collected,
    reviews,
    review_api,
    years,
    years_api,
    compared,
    matrices,
    compare_api,
    drafts,
    figures,
    figures_api,
    basket_api,
    draft_api,
    history_api,
    picture_api,
    care_api,
    api,
)


def create_app(settings: Settings, *, engine: Engine | None = None) -> Flask:
    """Return the web app over an index; without an engine, the one that the settings name is opened.

    Raises ConfigError where a setting cannot be used.
    """
    app = Flask("search_app.web", template_folder=str(templates()), static_folder=str(_PACKAGE / "web" / "static"))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it, the base class not
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.request_class, app.response_class = Asked, Wire
    own_places = indexing.read_own_places(settings.gazetteer)
    engine = engine or open_engine(settings)
    gate = security.Gate(settings.threads)
    serving = Serving(engine)
    state.put(
        app.extensions,
        state.Site(
            settings=settings,
            serving=serving,
            gate=gate,
            watch=state.Watch(serving.engine, settings, own_places),
            baskets=Store(settings.basket_folder()),
            secret=Secret(settings.basket_folder()),
            standings=Standings(serving.engine, gate),
            last_years=LastYears(serving.engine),
            metrics=_metrics(settings, serving),
        ),
    )
    conditional.register(app)
    security.guard(app, settings)
    app.teardown_request(gate.leave)
    errors.register(app)
    for each in _BLUEPRINTS:
        app.register_blueprint(each)
    _dress(app)
    return app


def _metrics(settings: Settings, serving: Serving) -> "Metrics | None":
    """Return what counts requests, where that is asked for; only then its library is loaded."""
    if not settings.metrics:
        return None
    from search_app.web.metrics import Metrics

    return Metrics(serving.engine, settings.index)


def templates() -> Path:
    """Return the folder of the pages: the package's own copy, else that of the checkout around it."""
    inside, checkout = _PACKAGE / "templates", _PACKAGE.parent
    if inside.is_dir():
        return inside
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout / "templates"
    raise ConfigError("找不到网页模板文件夹 templates", hint="请重新安装本程序。")


def _dress(app: Flask) -> None:
    """Give templates their words, and static files addresses that change with their content."""

    @cache
    def static(name: str) -> str:
        content = (_PACKAGE / "web" / "static" / name).read_bytes()
        return f"{app.static_url_path}/{name}?v={sha256(content).hexdigest()[:10]}"

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code < 400:
            lasting = "v" in request.args
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response

    app.after_request(visitor.dress)
    app.context_processor(
        lambda: {"basket": PageBasket(), "boxes": CompareBoxes(), "fallen_back": state.site().notice()}
    )
    app.add_template_filter(lambda number: f"{number:,}", "thousands")
    app.add_template_filter(say_number, "figure")
    app.add_template_filter(say_moment, "moment")
    app.jinja_env.globals.update(NAME=NAME, TAGLINE=TAGLINE, MAX_PASTED=MAX_PASTED, MAX_SENT=MAX_SENT, static=static)
    app.jinja_env.globals.update(draw_key=draw_key, choices=facet_rows.choices)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
