"""Nouns <-> the bytes kept in stored fields: compressed JSON, so that nothing is executed on reading.

A passage is too short to be compressed by itself: common.txt, words that most reports use, is what it may refer back
to (zlib's preset dictionary), which saves a third. What it holds is part of the format: it never changes without
SCHEMA_VERSION.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from search_app.errors import IndexDamaged
from search_app.model import Aside, Copy, Exemplary, OutlineEntry, Passage, Report

_LEVEL = 6
#: Without zlib's header, which would say the same of each.
_BARE = -15
#: Large segments are not read through when they are opened: what is shown of them is checked when it is unpacked.
_CHECKSUM = struct.Struct("<I")
#: What of a report is long, and only read where the report itself is shown.
_LONG = ("outline", "asides")


def plain(report: Report) -> dict[str, Any]:
    """Return a report without outline and asides as plain values for JSON."""
    values = {field.name: getattr(report, field.name) for field in fields(Report) if field.name not in _LONG}
    values["issued"] = report.issued.isoformat() if report.issued else None
    return values | {"copies": [asdict(copy) for copy in report.copies]}


def head(values: Mapping[str, Any]) -> Report:
    """Return the report that :func:`plain` gave values of."""
    return Report(
        **{
            **values,
            "issued": date.fromisoformat(values["issued"]) if values["issued"] else None,
            "copies": tuple(Copy(**copy) for copy in values["copies"]),
            "warnings": tuple(values["warnings"]),
        }
    )


def pack_outline(report: Report) -> bytes:
    """Return a report's outline and asides."""
    return _pack({name: [asdict(each) for each in getattr(report, name)] for name in _LONG})


def with_outline(report: Report, data: bytes) -> Report:
    """Return a report with the outline and asides that :func:`pack_outline` packed."""
    values = _unpack(data)
    outline = tuple(
        OutlineEntry(**{**entry, "topics": tuple(entry["topics"]), "passages": tuple(entry["passages"])})
        for entry in values["outline"]
    )
    return replace(report, outline=outline, asides=tuple(Aside(**aside) for aside in values["asides"]))


def pack_passage(passage: Passage) -> bytes:
    """Return a passage; ``similar`` is a property of the index and is not kept."""
    exemplary = {"score": passage.exemplary.score, "reasons": passage.exemplary.reasons}
    kept = {name: getattr(passage, name) for name in _PASSAGE_FIELDS}
    return _pack({**kept, "exemplary": exemplary})


def unpack_passage(data: bytes) -> Passage:
    """Return the passage that :func:`pack_passage` packed."""
    values = _unpack(data)
    exemplary = values.pop("exemplary")
    return Passage(
        **{**values, "headings": tuple(values["headings"]), "topics": tuple(values["topics"])},
        exemplary=Exemplary(score=exemplary["score"], reasons=tuple(exemplary["reasons"])),
    )


_PASSAGE_FIELDS = tuple(field.name for field in fields(Passage) if field.name not in {"similar", "exemplary"})


def _pack(values: dict[str, Any]) -> bytes:
    raw = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _BARE, zdict=common_words())
    return _CHECKSUM.pack(zlib.crc32(raw)) + packer.compress(raw) + packer.flush()


def _unpack(data: bytes) -> Any:
    raw = zlib.decompressobj(_BARE, zdict=common_words()).decompress(data[_CHECKSUM.size :])
    if _CHECKSUM.unpack_from(data) != (zlib.crc32(raw),):
        raise IndexDamaged("索引里的一段原文已损坏")
    return json.loads(raw.decode("utf-8", "surrogatepass"))


@cache
def common_words() -> bytes:
    """Return the words that packed nouns refer back to."""
    return files("search_app.engines.whoosh").joinpath("common.txt").read_bytes()
