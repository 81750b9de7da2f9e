"""The manifest: what a generation is, as one row of its index keeps it, and what the numbers of its rows stand for.

Places, years, genres and kinds (a section and the topics there) are numbered as they come and never change their
numbers within an index, so rows need not be written again; ``held_places`` are those of reports that are still there.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Self, TypeAlias

from search_app.engines.base import Ancestor, Generation, IndexNewer, Status
from search_app.engines.lineage import name_of
from search_app.engines.opensearch.schema import SCHEMA_VERSION, versions
from search_app.errors import IndexDamaged, IndexOutdated, IndexProblem
from search_app.genres import find_genre
from search_app.model import Report

#: City, county, town.
Place: TypeAlias = tuple[str | None, str | None, str | None]
#: A section and the topics of a passage there.
Kind: TypeAlias = tuple[str, tuple[str, ...]]
#: So many places, years, genres and kinds fit into the numbers that are packed together in a row.
_MOST = (1 << 31, 1 << 8, 1 << 8, 1 << 16)
_OLDER = "索引是旧版本程序或旧词典建的"
_NEWER = "索引是新版本程序建的"


@dataclass(slots=True)
class Registers:
    """What the numbers in rows stand for, each list in the order of the numbers."""

    places: list[Place] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    reports: int = 0  # so many numbers of reports were given

    def copy(self) -> "Registers":
        """Return registers that can grow without these."""
        held = (list(self.places), list(self.years), list(self.genres), list(self.kinds))
        return Registers(*held, self.reports)


class Numbering:
    """Gives numbers to what rows name, the next one to what was not named before."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._known = tuple(
            {each: at for at, each in enumerate(held)}
            for held in (registers.places, registers.years, registers.genres, registers.kinds)
        )

    def report(self, report: Report) -> dict[str, int]:
        """Return the numbers of a report, of which ``report_number`` is its own."""
        registers = self.registers
        registers.reports += 1
        return {
            "report_number": registers.reports - 1,
            "place_number": self._number(0, registers.places, (report.city, report.county, report.town)),
            "year_number": self._number(1, registers.years, report.year),
            "genre_number": self._number(2, registers.genres, find_genre(report.kind)),
        }

    def kind(self, section: str, topics: Iterable[str]) -> int:
        """Return the number of a kind of passages."""
        return self._number(3, self.registers.kinds, (section, tuple(topics)))

    def _number(self, which: int, register: list[Any], value: Any) -> int:
        known: dict[Any, int] = self._known[which]
        if value not in known:
            if len(register) >= _MOST[which]:
                raise IndexProblem(
                    "索引里不同的地名、年度或段落种类太多，索引没有改动", hint="请重建索引：search-app index --rebuild"
                )
            known[value] = len(register)
            register.append(value)
        return known[value]


def labels_of(numbers: Mapping[str, int], kind: int) -> int:
    """Return the numbers of a passage's row as one."""
    place, year, genre = (numbers[f"{name}_number"] for name in ("place", "year", "genre"))
    return place << 32 | year << 24 | genre << 16 | kind


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One generation. ``averages`` are the mean lengths of text and headings in words, ``older`` name -> index."""

    number: int
    id: str
    built_at: datetime
    reports: int
    passages: int
    versions: Mapping[str, str]
    averages: tuple[float, float]
    stamp_floor: int
    registers: Registers
    held_places: tuple[int, ...]
    ancestors: tuple[Ancestor, ...] = ()
    older: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return name_of(self.number)

    @cached_property
    def status(self) -> Status:
        """Return what the engine tells of this generation."""
        current = Generation(
            name=self.name,
            id=self.id,
            built_at=self.built_at,
            reports=self.reports,
            passages=self.passages,
            versions=self.versions,
        )
        return Status(current=current, older=tuple(self.older), ancestors=self.ancestors)

    def refuse_outdated(self) -> None:
        """Raise IndexOutdated where another program or another dictionary built this generation."""
        ours = versions()
        if dict(self.versions) != dict(ours):
            held = self.versions.get("cluster schema", "")
            newer = held.isdecimal() and int(held) > int(SCHEMA_VERSION)
            raise IndexNewer(_NEWER) if newer else IndexOutdated(_OLDER)

    def pack(self) -> str:
        """Return the manifest as a row keeps it."""
        values = asdict(self)
        values["built_at"] = self.built_at.isoformat()
        values["ancestors"] = [[one.name, one.id, one.built_at.isoformat()] for one in self.ancestors]
        return b64encode(zlib.compress(json.dumps(values).encode("ascii"))).decode("ascii")

    @classmethod
    def unpack(cls, data: str) -> Self:
        """Return the manifest that :meth:`pack` packed. Raises IndexDamaged."""
        try:
            return cls(**_read(json.loads(zlib.decompress(b64decode(data)))))
        except (ValueError, TypeError, KeyError, zlib.error) as error:
            raise IndexDamaged("集群里这一代索引的说明已损坏") from error


def _read(values: dict[str, Any]) -> dict[str, Any]:
    registers = values["registers"]
    return {
        **values,
        "built_at": datetime.fromisoformat(values["built_at"]),
        "averages": tuple(values["averages"]),
        "held_places": tuple(values["held_places"]),
        "ancestors": tuple(
            Ancestor(name=name, id=id_, built_at=datetime.fromisoformat(moment))
            for name, id_, moment in values["ancestors"]
        ),
        "registers": Registers(
            places=[tuple(place) for place in registers["places"]],
            years=registers["years"],
            genres=registers["genres"],
            kinds=[(section, tuple(topics)) for section, topics in registers["kinds"]],
            reports=registers["reports"],
        ),
    }


def descend(manifest: Manifest, still: Iterable[int], remembered: int = 200) -> tuple[Ancestor, ...]:
    """Return the ancestors of what grows out of a generation: the newest ones, and those that passages still name."""
    line = (Ancestor(name=manifest.name, id=manifest.id, built_at=manifest.built_at), *manifest.ancestors)
    named = {name_of(number) for number in still}
    return tuple(each for at, each in enumerate(line) if at < remembered or each.name in named)
