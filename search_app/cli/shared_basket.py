"""A shared basket on the command line: the address that somebody was given -> what is collected there.

Baskets belong to browsers; the terminal has none, so it reads what was shared, from the file beside the index.
"""

import re
from typing import TYPE_CHECKING

import click

from search_app.cli.output import say
from search_app.errors import IndexProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_app.collecting import Basket, Standing
    from search_app.engines.base import Engine
    from search_app.exporting.collection import Collection
    from search_app.settings import Settings

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def read_token(given: str) -> str:
    """Return the token of a shared basket, given as its address or by itself. Raises UsageError."""
    token = re.split("[?#]", given.strip(), maxsplit=1)[0].rstrip("/").rpartition("/")[2]
    if not _TOKEN.fullmatch(token):
        raise click.UsageError(
            f"“{given}”不是素材夹的分享网址。请在素材夹页面点“分享”、“生成分享网址”，把网址（或它的最后一段）写在这里。"
        )
    return token


def collect_shared(engine: "Engine", token: str, chosen: "Settings") -> "Collection":
    """Return what a shared basket holds, as it was collected. Raises NoSuchBasket and BasketsUnusable."""
    from datetime import datetime

    from search_app.cli.export_file import find_address
    from search_app.collecting import Store
    from search_app.exporting.collected_passages import collect_basket

    store = Store(chosen.basket_folder())
    try:
        basket = store.shared(token)
    finally:
        store.close()
    return collect_basket(basket, _stand(engine, basket), made=datetime.now().astimezone(), address=find_address)


def _stand(engine: "Engine", basket: "Basket") -> "Mapping[int, Standing]":
    """Return how the passages stand in the index of today; without a usable one, as they stood."""
    from search_app.collecting import Standing, State, stand

    try:
        held = {report.id: report for report in engine.reports()}
        return stand(basket.kept, held, engine.report, engine.find_text)
    except IndexProblem as problem:
        say(f"注意：没有核对原文是否改动过：{problem.message}")
        return {each.id: Standing(state=State.SAME) for each in basket.kept}
