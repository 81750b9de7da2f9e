"""Nouns <-> the bytes kept in stored fields: compressed JSON, so that nothing is executed on reading."""

import json
import zlib
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from search_app.model import Aside, Copy, Exemplary, OutlineEntry, Passage, Report

#: The lightest compression: half the size for a fifth of the time of the usual one.
_LEVEL = 1


def pack_report(report: Report) -> bytes:
    """Return a report, outline and asides included, as UTF-8 JSON."""
    values = asdict(report)
    values["issued"] = report.issued.isoformat() if report.issued else None
    return _pack(values)


def unpack_report(data: bytes) -> Report:
    """Return the report that :func:`pack_report` packed."""
    values = _unpack(data)
    issued = values.pop("issued")
    outline = tuple(
        OutlineEntry(**{**entry, "topics": tuple(entry["topics"]), "passages": tuple(entry["passages"])})
        for entry in values.pop("outline")
    )
    asides = tuple(Aside(**aside) for aside in values.pop("asides"))
    copies = tuple(Copy(**copy) for copy in values.pop("copies"))
    warnings = tuple(values.pop("warnings"))
    return Report(
        **values,
        issued=date.fromisoformat(issued) if issued else None,
        outline=outline,
        asides=asides,
        copies=copies,
        warnings=warnings,
    )


def pack_passage(passage: Passage) -> bytes:
    """Return a passage as UTF-8 JSON; ``similar`` is a property of the index and is not kept."""
    exemplary = {"score": passage.exemplary.score, "reasons": passage.exemplary.reasons}
    kept = {name: getattr(passage, name) for name in _PASSAGE_FIELDS}
    return _pack({**kept, "exemplary": exemplary})


def unpack_passage(data: bytes, *, similar: int = 0) -> Passage:
    """Return the passage that :func:`pack_passage` packed."""
    values = _unpack(data)
    exemplary = values.pop("exemplary")
    return Passage(
        **{**values, "headings": tuple(values["headings"]), "topics": tuple(values["topics"])},
        exemplary=Exemplary(score=exemplary["score"], reasons=tuple(exemplary["reasons"])),
        similar=similar,
    )


_PASSAGE_FIELDS = tuple(field.name for field in fields(Passage) if field.name not in {"similar", "exemplary"})


def _pack(values: dict[str, Any]) -> bytes:
    raw = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return zlib.compress(raw, _LEVEL)


def _unpack(data: bytes) -> Any:
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
