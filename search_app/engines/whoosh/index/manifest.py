"""The manifest: what a generation holds, as a JSON file beside its segments.

In and out: bytes of JSON. The manifest is all that an index is opened by; it names files and numbers, and whatever is
not one of these is damage. The surprise: not even a manifest whose hash is right is believed. Whoever can write into
the index folder can make such a one, so it names only files of our own kinds, inside the generation's folder, none of
which holds anything that could be executed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from search_app.engines.base import Ancestor, Generation
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry, pack_entry, unpack_entry
from search_app.errors import IndexDamaged, IndexOutdated

MANIFEST = "manifest.json"
#: Raised where older programs would misread the manifest, or this one theirs: 4 carries an id and its own checksum.
_FORMAT = 4
_SUM = "sha256"
#: How the folder of a generation is named.
FOLDER = re.compile(r"gen-\d{6,}")
_FILE = re.compile(r"[A-Za-z0-9_]+\.(?:seg|arr)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds: ``files`` maps each name to (bytes, SHA-256), ``segments`` stand in order of rows.

    ``ancestors`` are the generations that it grew out of, newest first, as far as they are remembered.
    """

    generation: Generation
    files: Mapping[str, tuple[int, str]]
    segments: tuple[SegmentEntry, ...]
    ancestors: tuple[Ancestor, ...] = ()


def pack_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as it is written."""
    generation = manifest.generation
    fields: dict[str, Any] = {
        "format": _FORMAT,
        "id": generation.id,
        "built_at": generation.built_at.isoformat(),
        "reports": generation.reports,
        "passages": generation.passages,
        "versions": dict(generation.versions),
        "ancestors": [[each.name, each.id, each.built_at.isoformat()] for each in manifest.ancestors],
        "segments": [pack_entry(entry) for entry in manifest.segments],
        "files": {name: list(held) for name, held in manifest.files.items()},
    }
    return json.dumps({**fields, _SUM: _digest(fields)}, ensure_ascii=False, indent=1).encode()


def is_whole(raw: bytes) -> bool:
    """Tell whether a manifest is as it was packed, by the checksum in itself: where CURRENT, which has it, is lost."""
    try:
        fields = json.loads(raw)
        return bool(fields.pop(_SUM) == _digest(fields))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _digest(fields: Mapping[str, Any]) -> str:
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def unpack_manifest(name: str, raw: bytes) -> Manifest:
    """Return the manifest of the generation of this name. Raises IndexOutdated, IndexDamaged."""
    try:
        fields = json.loads(raw)
        if fields["format"] != _FORMAT:
            raise IndexOutdated("索引是另一版程序建的，格式不同")
        return _checked(name, fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"索引代 {name} 的清单不是本程序写的") from error


def _checked(name: str, fields: Any) -> Manifest:
    """Return the manifest that JSON fields tell of. Raises ValueError, KeyError or TypeError for others than ours."""
    files = {file: (int(size), str(digest)) for file, (size, digest) in fields["files"].items()}
    segments = tuple(map(unpack_entry, fields["segments"]))
    foreign = [file for file in files if not _FILE.fullmatch(file)]
    if foreign or not {entry.name for entry in segments} <= files.keys():
        raise ValueError(f"files that no index is made of, or segments that are no files: {foreign}")
    return Manifest(
        generation=Generation(
            name=name,
            id=str(fields["id"]),
            built_at=datetime.fromisoformat(fields["built_at"]),
            reports=fields["reports"],
            passages=fields["passages"],
            versions=dict(fields["versions"]),
        ),
        ancestors=tuple(_ancestor(*each) for each in fields.get("ancestors", ())),
        files=files,
        segments=segments,
    )


def _ancestor(name: str, key: str, built_at: str) -> Ancestor:
    if not FOLDER.fullmatch(name):
        raise ValueError(f"no name of a generation: {name!r}")
    return Ancestor(name=name, id=str(key), built_at=datetime.fromisoformat(built_at))
