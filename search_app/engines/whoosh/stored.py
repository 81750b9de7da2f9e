"""Nouns <-> the bytes kept in stored fields: JSON, so that nothing is executed on reading."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from search_app.model import Aside, Copy, Exemplary, OutlineEntry, Passage, Report


def pack_report(report: Report) -> bytes:
    """Return a report, outline and asides included, as UTF-8 JSON."""
    fields = asdict(report)
    fields["issued"] = report.issued.isoformat() if report.issued else None
    return _pack(fields)


def unpack_report(data: bytes) -> Report:
    """Return the report that :func:`pack_report` packed."""
    fields = json.loads(data)
    issued = fields.pop("issued")
    outline = tuple(
        OutlineEntry(**{**entry, "topics": tuple(entry["topics"]), "passages": tuple(entry["passages"])})
        for entry in fields.pop("outline")
    )
    asides = tuple(Aside(**aside) for aside in fields.pop("asides"))
    copies = tuple(Copy(**copy) for copy in fields.pop("copies"))
    warnings = tuple(fields.pop("warnings"))
    return Report(
        **fields,
        issued=date.fromisoformat(issued) if issued else None,
        outline=outline,
        asides=asides,
        copies=copies,
        warnings=warnings,
    )


def pack_passage(passage: Passage) -> bytes:
    """Return a passage as UTF-8 JSON; ``similar`` is a property of the index and is not kept."""
    fields = asdict(passage)
    del fields["similar"]
    return _pack(fields)


def unpack_passage(data: bytes, *, similar: int = 0) -> Passage:
    """Return the passage that :func:`pack_passage` packed."""
    fields = json.loads(data)
    exemplary = fields.pop("exemplary")
    return Passage(
        **{**fields, "headings": tuple(fields["headings"]), "topics": tuple(fields["topics"])},
        exemplary=Exemplary(score=exemplary["score"], reasons=tuple(exemplary["reasons"])),
        similar=similar,
    )


def _pack(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
