"""Labelled sets: documents, and what a careful clerk reads off them.

A set is ``<name>.toml`` with its documents in ``documents/<name>/`` beside it; the format is told at the head of
``topics/first.toml``. Sets to learn from and sets to judge with have the same format and lie apart.
"""

import json
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias, cast

Labels: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set by the file of its labels."""

    file: Path

    @property
    def name(self) -> str:
        return self.file.stem

    def labels(self) -> tuple[Labels, ...]:
        """Return the labels, one mapping per document, whatever its tables are called."""
        made: list[Labels] = []
        for value in tomllib.loads(self.file.read_text("utf-8")).values():
            tables = value if isinstance(value, list) else [value]
            made.extend(table for table in tables if isinstance(table, dict) and "file" in table)
        return tuple(made)

    def document(self, labels: Labels) -> Path:
        """Return where a labelled document lies."""
        return self.file.parent / "documents" / self.name / str(labels["file"])

    def digest(self) -> str:
        """Return 16 hex digits over labels and documents; neither remarks nor the place of the set count."""
        made = sha256()
        for labels in self.labels():
            made.update(json.dumps(labels, ensure_ascii=False, sort_keys=True, default=str).encode())
            made.update(self.document(labels).read_bytes())
        return made.hexdigest()[:16]


def sets_in(folder: Path) -> tuple[LabelledSet, ...]:
    """Return the sets of a folder: the tables that have documents."""
    held = sorted(folder.glob("*.toml"))
    return tuple(LabelledSet(path) for path in held if (folder / "documents" / path.stem).is_dir())


def normalised(text: str) -> str:
    """Return a text's letters, digits and Han characters alone, full width folded: what a comparison may rest on."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def tables(table: Labels, key: str) -> tuple[Labels, ...]:
    """Return a list of tables; an absent one is empty."""
    return tuple(cast("list[Labels]", table.get(key, [])))


def names(table: Labels, key: str) -> tuple[str, ...]:
    """Return a list of names; ``either = true`` and other shapes hold none."""
    value = table.get(key)
    return tuple(str(name) for name in value) if isinstance(value, list) else ()
