"""Baskets as JSON: what is collected, in its order, as it was collected, and how it stands today."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from search_app.collecting import Basket, Heading, Item, Label, Marks, Removal, Standing
from search_app.collecting import was as mark_of
from search_app.json_shapes.reports import passage, report

Json: TypeAlias = dict[str, Any]


def basket(item: Basket, standings: Mapping[int, Standing], *, shared: bool = False) -> Json:
    """Return a basket with its items; one that is only shared says nothing that an edit needs."""
    return {
        "basket": None if shared else item.number,
        "name": item.name,
        "name_was": mark_of(item.name),
        "share": f"/basket/{item.share}" if item.share else None,
        "changed_at": item.changed_at.isoformat(timespec="seconds"),
        "passages": len(item.kept),
        "items": [_item(each, standings) for each in item.items],
    }


def labels(items: Iterable[Label], removals: Iterable[Removal]) -> Json:
    """Return the baskets of a browser, and what was taken out of them and can be brought back."""
    return {
        "baskets": [
            {
                "basket": each.number,
                "name": each.name,
                "passages": each.passages,
                "current": each.current,
                "shared": each.shared,
                "changed_at": each.changed_at.isoformat(timespec="seconds"),
            }
            for each in items
        ],
        "removals": [
            {
                "removal": each.number,
                "name": each.basket,
                "whole": each.whole,
                "passages": each.passages,
                "headings": each.headings,
                "at": each.at.isoformat(timespec="seconds"),
            }
            for each in removals
        ],
    }


def marks(item: Marks | None, token: str) -> Json:
    """Return which passages the basket in use holds, and what an edit must carry."""
    return {
        "basket": item.number if item else None,
        "name": item.name if item else None,
        "held": [{"entry": each.entry, "passage": each.passage, "code": each.code} for each in item.held]
        if item
        else [],
        "token": token,
    }


def _item(item: Item, standings: Mapping[int, Standing]) -> Json:
    if isinstance(item, Heading):
        return {"entry": item.id, "heading": item.text, "was": mark_of(item.text), "collected": None}
    standing = standings[item.id]
    return {
        "entry": item.id,
        "heading": None,
        "was": mark_of(item.note),
        "collected": {
            "passage": passage(item.snapshot.passage, item.snapshot.report),
            "report": report(item.snapshot.report),
            "source": item.snapshot.source,
            "code": item.snapshot.code,
            "note": item.note,
            "collected_at": item.collected_at.isoformat(timespec="seconds"),
            "state": standing.state.value,
            "now": standing.passage.id if standing.passage else None,
        },
    }


def edited(message: str, now: Json, *, of: int | None, entry: int | None, removal: int | None, was: str | None) -> Json:
    """Return what an edit did: to which basket and entry, what can be undone, and what the basket in use holds now.

    ``was`` is the mark of the note or heading as it is kept now.
    """
    return {"message": message, "basket": of, "entry": entry, "removal": removal, "was": was, "now": now}
