"""Records: passages and reports <-> the bytes kept in stored fields: compressed JSON, never executed on reading.

A passage is too short to be compressed by itself: common.txt, words that most reports use, is what it may refer back
to (zlib's preset dictionary), which saves a third. What it holds is part of the format: it never changes without
SCHEMA_VERSION.
"""

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any

from search_app.errors import IndexDamaged
from search_app.model import Aside, Copy, Exemplary, Figure, OutlineEntry, Passage, Report

#: Level 3 packs these short records as well as level 6, in two thirds of the time.
_LEVEL = 3
#: Without zlib's header, which would say the same of each; a window as large as the preset dictionary, and no larger.
_BARE, _MEMORY = -14, 7
#: Large segments are not read through when they are opened: what is shown of them is checked when it is unpacked.
_CHECKSUM = struct.Struct("<I")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_JSON_READ = json.JSONDecoder().raw_decode  # loads would look for what kind of text it is, and for more behind it
#: What of a report is a day or a moment, and how it is read again.
_MOMENTS = {"issued": date.fromisoformat, "published": date.fromisoformat, "indexed_at": datetime.fromisoformat}
#: What of a report is long, and only read where the report itself is shown.
_LONG = ("outline", "asides")


def pack_head(report: Report) -> bytes:
    """Return a report without outline and asides; not compressed, as lists of reports unpack tens of thousands."""
    values = {name: getattr(report, name) for name in _HEAD_FIELDS}
    for name in _MOMENTS:
        values[name] = values[name].isoformat() if values[name] else None
    raw = _as_json(values | {"copies": [asdict(copy) for copy in report.copies]})
    return _CHECKSUM.pack(zlib.crc32(raw)) + raw


def unpack_head(data: bytes) -> Report:
    """Return the report that :func:`pack_head` packed."""
    values = _checked(data, data[_CHECKSUM.size :])
    return Report(
        **{
            **values,
            **{name: read(values[name]) if values[name] else None for name, read in _MOMENTS.items()},
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
    figures = [_values_of_figure(figure) for figure in passage.figures]
    return _pack({**kept, "exemplary": exemplary} | ({"figures": figures} if figures else {}))


def unpack_passage(
    data: bytes, *, similar: int = 0, settled: Callable[[Exemplary], Exemplary] = lambda rated: rated
) -> Passage:
    """Return the passage that :func:`pack_passage` packed, with what an index makes of it."""
    values = _unpack(data)
    rated = values["exemplary"]
    values["exemplary"] = settled(Exemplary(score=rated["score"], reasons=tuple(rated["reasons"])))
    values["headings"], values["topics"] = tuple(values["headings"]), tuple(values["topics"])
    values["figures"] = tuple(
        Figure(**dict(zip(_FIGURE_FIELDS, figure, strict=True))) for figure in values.get("figures", ())
    )
    return Passage(**values, similar=similar)


#: What of a passage is not kept, or not as it is.
_OTHERWISE = {"similar", "exemplary", "figures"}
_HEAD_FIELDS = tuple(field.name for field in fields(Report) if field.name not in _LONG)
_PASSAGE_FIELDS = tuple(field.name for field in fields(Passage) if field.name not in _OTHERWISE)
_FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
_values_of_figure = attrgetter(*_FIGURE_FIELDS)


def _pack(values: dict[str, Any]) -> bytes:
    raw = _as_json(values)
    packer = _packer().copy()  # the dictionary is not read again
    return _CHECKSUM.pack(zlib.crc32(raw)) + packer.compress(raw) + packer.flush()


def _unpack(data: bytes) -> Any:
    raw = zlib.decompressobj(_BARE, zdict=common_words()).decompress(data[_CHECKSUM.size :])
    return _checked(data, raw)


def _checked(data: bytes, raw: bytes) -> Any:
    """Return the values of a record whose bytes are those written."""
    if _CHECKSUM.unpack_from(data) != (zlib.crc32(raw),):
        raise IndexDamaged("索引里的一段原文已损坏")
    return _JSON_READ(raw.decode("utf-8", "surrogatepass"))[0]


def _as_json(values: dict[str, Any]) -> bytes:
    return _JSON.encode(values).encode("utf-8", "surrogatepass")


@cache
def _packer() -> "zlib._Compress":
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _BARE, _MEMORY, zdict=common_words())


@cache
def common_words() -> bytes:
    """Return the words that packed nouns refer back to."""
    return files("search_app.engines").joinpath("common.txt").read_bytes()
