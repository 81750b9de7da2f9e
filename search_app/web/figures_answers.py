"""The use case behind the figures: what an address asks for, and what the reports count there.

All reports are gone through once per generation, some seconds for thousands of them, by a thread of its own. Whoever
asks meanwhile waits for a moment and is then told so, without holding a place in the line.
"""

import logging
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from threading import Thread

from search_app.comparing.counted_figures import Figures, Told, find_all_levels, find_figures, tell
from search_app.comparing.figure_levels import Levels
from search_app.comparing.figures_table import Entry, Narrowing, figures_table_of
from search_app.engines.base import Engine
from search_app.errors import SearchAppError
from search_app.labelling.figures.things import thing_named, things
from search_app.model import TOPICS
from search_app.web import urls
from search_app.web.background import Background
from search_app.web.parameters import MAX_VALUE, BadParameter, read_choice, read_scalars, read_whole
from search_app.web.security import Busy
from search_app.web.state import site

PATH = "/figures"
EXPORT = "/figures/export"
#: Towns on a page of one thing; figures on a page of the JSON; rows of a file that is made while somebody waits.
TOWNS, SIZE, MOST = 30, 50, 10_000
_LAST = 10_000
#: So many times as long as a search may take, somebody waits for the reports to be gone through.
PATIENCE = 4

log = logging.getLogger(__name__)


class Order(StrEnum):
    """How the towns of a thing are ordered: by place, or by their latest value."""

    PLACE = "place"
    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for."""

    wanted: Narrowing
    order: Order = Order.PLACE
    page: int = 1


def read_asked(parameters: urls.Parameters) -> Asked:
    """Return what an address asks for. Raises BadParameter."""
    given = read_scalars(parameters, ("topic", "what", "year", "county", "town", "sort", "page"))
    given = {name: text.strip() for name, text in given.items()}
    for name in ("county", "town"):
        if len(given.get(name, "")) > MAX_VALUE:
            raise BadParameter(f"网址里“{name}”太长", name=name, hint=f"地名最多 {MAX_VALUE} 个字。")
    return Asked(
        wanted=Narrowing(
            topic=_read_topic(given.get("topic")),
            what=_read_what(given.get("what")),
            year=_read_year(given.get("year")),
            county=given.get("county") or None,
            town=given.get("town") or None,
        ),
        order=read_choice(Order, "sort", given) or Order.PLACE,
        page=read_whole("page", given, default=1, most=_LAST),
    )


def _read_topic(text: str | None) -> str | None:
    if text and text not in TOPICS:
        raise BadParameter(f"没有“{text[:MAX_VALUE]}”这个主题", name="topic", hint=f"可以写：{'、'.join(TOPICS)}。")
    return text or None


def _read_what(text: str | None) -> str | None:
    if text and thing_named(text) is None:
        known = "、".join(thing.name for thing in things()[:8])
        raise BadParameter(
            f"没有“{text[:MAX_VALUE]}”这种数据", name="what", hint=f"可以写：{known} 等，全部见“数据”一页。"
        )
    return text or None


def _read_year(text: str | None) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) == 4 and text[0] != "0"):
        raise BadParameter(f"年度写成了“{text[:MAX_VALUE]}”", name="year", hint="年度应为四位数字，例如 2023。")
    return int(text) if text else None


def find(asked: Asked) -> Figures:
    """Return what the reports count where it is asked for, when its turn has come. Raises Busy while that is made."""
    engine = site().engine
    if not figures_table_of.is_made(engine):
        counting = begin_counting(engine)
        counting.join(PATIENCE * site().settings.time_budget or None)
        if counting.is_alive():
            raise Busy("正在清点各份报告里的数据", hint="刚启动或刚收录了报告时要清点一次。请过十秒再刷新。")
    with site().gate:
        return find_figures(site().engine, asked.wanted)


_counting = Background("counts figures")


def begin_counting(engine: Engine) -> Thread:
    """Begin to go through all reports, unless that is under way; return who does it."""
    return _counting.begin(engine, partial(_count, engine))


def _count(engine: Engine) -> None:
    try:
        figures_table_of(engine)
    except SearchAppError as problem:  # whoever asks is told the same
        log.info("counting stopped: %s", problem.message)


def levels_of(found: Figures, names: tuple[str, ...]) -> dict[str, Levels]:
    """Return the levels of some things in all towns and years."""
    with site().gate:
        return {name: find_all_levels(found, name) for name in names}


def tell_of(entries: tuple[Entry, ...]) -> tuple[Told, ...]:
    """Return figures with their passages, when its turn has come."""
    with site().gate:
        return tell(site().engine, entries)
