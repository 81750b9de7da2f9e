"""A basket as a collection: headings of one's own, and the passages as they were when they were collected."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from search_app.collecting import UNNAMED, Basket, Heading, Kept, Standing, State
from search_app.exporting import citation, collection
from search_app.exporting.collection import Collection, Fact, Item, Quoted
from search_app.exporting.result_list import say_moment
from search_app.model import Passage

#: What is said of a passage that the index of today no longer holds as it was collected.
STATES = {State.CHANGED: "原文已改动", State.GONE: "原文已不在"}


def collect_basket(
    basket: Basket, standings: Mapping[int, Standing], *, made: datetime, address: Callable[[Passage], str]
) -> Collection:
    """Return a basket in its order; ``address`` says where a passage of today is read in its report."""
    named = basket.name != UNNAMED
    return Collection(
        title=f"素材夹：{basket.name}" if named else "素材夹",
        about=tuple(_about(basket, standings, made)),
        made=made,
        items=tuple(_item(item, standings, address) for item in basket.items),
    )


def _about(basket: Basket, standings: Mapping[int, Standing], made: datetime) -> Iterator[Fact]:
    kept = basket.kept
    towns = {(each.snapshot.report.county, each.snapshot.report.town) for each in kept}
    yield Fact(label="内容", text=f"{len(kept):,} 段，来自 {len(towns):,} 个乡镇（街道），按收进时的文字")
    changed = sum(standings[each.id].state in STATES for each in kept)
    if changed:
        yield Fact(label="原文有变", text=f"{changed:,} 段的原文在收进之后改动过或已不在，各处已注明")
    yield Fact(label="最近改动", text=say_moment(basket.changed_at.astimezone()))
    yield Fact(label="导出时间", text=say_moment(made))


def _item(item: Heading | Kept, standings: Mapping[int, Standing], address: Callable[[Passage], str]) -> Item:
    if isinstance(item, Heading):
        return collection.Heading(text=item.text)
    snapshot, standing = item.snapshot, standings[item.id]
    return Quoted(
        passage=snapshot.passage,
        report=snapshot.report,
        title=f"{citation.place(snapshot.report)} {citation.year(snapshot.report)}",
        address=address(standing.passage) if standing.passage is not None else "",
        note=item.note,
        state=STATES.get(standing.state, ""),
    )
