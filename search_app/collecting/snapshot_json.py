"""Snapshots as JSON: every field of a passage and of its report's head, written so that later versions can read it.

Fields that are added to the model are written by themselves; those that a snapshot does not have keep their default,
those that the model no longer has are left aside. The JSON is ASCII, because file names may hold lone surrogates.
"""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from search_app.collecting.basket import Snapshot
from search_app.model import Exemplary, Passage, Report

_DATE, _MOMENT = "$date", "$moment"


def pack(snapshot: Snapshot) -> str:
    """Return a snapshot as it is written down; equal ones are written alike."""
    bare = replace(snapshot, report=replace(snapshot.report, outline=(), asides=(), copies=()))
    return json.dumps(_plain(bare), sort_keys=True, separators=(",", ":"))


def unpack(text: str) -> Snapshot:
    """Return a snapshot as it was collected."""
    held = json.loads(text)
    passage = _known(Passage, held["passage"])
    passage["exemplary"] = Exemplary(**_known(Exemplary, held["passage"].get("exemplary", {})))
    return Snapshot(
        passage=Passage(**passage),
        report=Report(**_known(Report, held["report"])),
        source=held["source"],
        code=held["code"],
    )


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _known(kind: type, held: dict[str, Any]) -> dict[str, Any]:
    names = {item.name for item in fields(kind)}
    return {name: _own(value) for name, value in held.items() if name in names}


def _own(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_own(item) for item in value)
    if isinstance(value, dict) and _MOMENT in value:
        return datetime.fromisoformat(value[_MOMENT])
    if isinstance(value, dict) and _DATE in value:
        return date.fromisoformat(value[_DATE])
    return value
