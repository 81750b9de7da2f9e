"""The judged queries: what clerks look for, how they type it, and which passages answer, judged one by one by reading.

In go ``<set>.toml`` (README.md tells how it is written) and the passages of an index; out come :class:`Judged` queries
whose answers are graded in *units*: passages that say nearly the same are one unit and share the best grade given to
any of them. The surprise: no text of a passage is kept, only where it stands and a digest, so that a judgement about a
text that has changed is noticed and not believed.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search_app.model import Passage, Report

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
#: What lies beside the project where it is developed, and is missing in a user's clone.
BESIDE = PROJECT.parent / "shared"
#: Where the judged passages come from.
CORPORA: Mapping[str, Path] = {
    "sample": PROJECT / "corpus",
    "real": BESIDE / "reports",
    "manners": HERE / "manners",
    "voices": HERE / "voices",
    "tones": HERE / "tones",
}
#: Corpora of several folders read as one, as in an office that keeps whatever it was sent.
MIXED: Mapping[str, tuple[Path, ...]] = {
    "outside": (CORPORA["real"], CORPORA["sample"], BESIDE / "cases" / "retrieval" / "reports"),
    "own": (CORPORA["manners"], CORPORA["voices"], CORPORA["tones"]),
}
CORPUS_NAMES = (*CORPORA, *MIXED)
KINDS = (
    *("plain", "synonym", "typo", "pinyin", "traditional", "numerals", "intent", "exact", "place"),
    *("everyday", "question", "negation", "mechanism", "figures", "abbreviation", "practice", "pasted", "mixed"),
    *("short", "researcher"),
)
GRADES = (3, 2, 1)
#: A passage answers from this grade upwards: what recall and the reciprocal rank count.
ANSWERS = 2

#: ``zg23#9.1a2b3c4d``: the report's short name, the passage's number, the digest of its text (absent until stamped).
_REFERENCE = re.compile(r'"([a-z]+[0-9]*)#([0-9]+)(?:\.([0-9a-f]{8}))?"')
#: Share of equal runs of three characters from which two passages say nearly the same; between 0.4 and 0.6 nothing of
#: the sample hinges on it. The product's own clusters are not asked: a scorer must not use what it scores.
_NEARLY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One judged query: ``text`` as typed, its kind, and the need it comes from."""

    text: str
    kind: str
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What somebody wants to read: ``grades`` are 3, 2 or 1 by (path, number); what is not there is no answer.

    ``narrow`` says that a place, a year or exact wording is part of the wish: a twin from elsewhere is no answer then.
    """

    wish: str
    corpus: str
    topic: str
    narrow: bool
    queries: tuple[Query, ...]
    grades: Mapping[tuple[str, int], int]
    digests: Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Every passage of one corpus: its reports by id, its passages by (path, number), its units by passage id."""

    reports: Mapping[str, Report]
    passages: Mapping[tuple[str, int], Passage]
    units: Mapping[str, str]


def folders(corpus: str) -> tuple[Path, ...]:
    """Return the folders that a corpus is read from, most often one."""
    return MIXED[corpus] if corpus in MIXED else (CORPORA[corpus],)


def is_here(corpus: str) -> bool:
    """Tell whether every folder of a corpus lies on this machine."""
    return all(folder.is_dir() for folder in folders(corpus))


def needs_of(name: str) -> tuple[Need, ...]:
    """Return the needs of a set in the order of its file."""
    held = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    return tuple(_need(at, table, held["reports"]) for at, table in enumerate(held["need"]))


def digest(name: str) -> str:
    """Return 16 hex digits over a set, so that a changed set is noticed."""
    return hashlib.sha256((HERE / f"{name}.toml").read_bytes()).hexdigest()[:16]


def digest_of(text: str) -> str:
    """Return 8 hex digits over a passage's characters, white space aside."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:8]


def shelve(held: Iterable[tuple[Report, Sequence[Passage]]]) -> Shelf:
    """Return the passages of a corpus with those that say nearly the same brought together."""
    reports, passages = {}, {}
    for report, its in held:
        reports[report.id] = report
        passages.update({(report.path, passage.number): passage for passage in its})
    return Shelf(reports=reports, passages=passages, units=_units(list(passages.values())))


def gains(need: Need, shelf: Shelf) -> Mapping[str, int]:
    """Return the grade of each unit that answers a need; of several judged twins the best counts."""
    made: dict[str, int] = {}
    for key, grade in need.grades.items():
        if key in shelf.passages:
            unit = unit_of(need, shelf, shelf.passages[key].id)
            made[unit] = max(grade, made.get(unit, 0))
    return made


def unit_of(need: Need, shelf: Shelf, passage_id: str) -> str:
    """Return what a listed passage stands for: itself where the need is narrow, else all that say nearly the same."""
    return passage_id if need.narrow else shelf.units[passage_id]


def stale(need: Need, shelf: Shelf) -> tuple[str, ...]:
    """Return a sentence for each judgement whose passage is not the one that was read."""
    made = []
    for (path, number), known in need.digests.items():
        passage = shelf.passages.get((path, number))
        if passage is None or digest_of(passage.text) != known:
            what = "has another text now" if passage else "is not there any more"
            made.append(f"“{need.wish}”: passage {number} of {path} {what}: read it, judge it again, stamp the set")
    return tuple(made)


def stamp(name: str, shelves: Mapping[str, Shelf]) -> int:
    """Write the digest of its passage into every reference that has none; return how many there were."""
    path = HERE / f"{name}.toml"
    text = path.read_text("utf-8")
    reports = tomllib.loads(text)["reports"]
    texts = {key: passage.text for shelf in shelves.values() for key, passage in shelf.passages.items()}
    stamped = 0

    def write(found: re.Match[str]) -> str:
        nonlocal stamped
        short, number, known = found.groups()
        if known is not None:
            return found[0]
        stamped += 1
        return f'"{short}#{number}.{digest_of(texts[reports[short], int(number)])}"'

    path.write_text(_REFERENCE.sub(write, text), "utf-8")
    return stamped


def _need(at: int, table: Mapping[str, Any], reports: Mapping[str, str]) -> Need:
    grades: dict[tuple[str, int], int] = {}
    digests: dict[tuple[str, int], str] = {}
    for grade in GRADES:
        for reference in table.get(f"grade{grade}", ()):
            found = _REFERENCE.fullmatch(f'"{reference}"')
            if found is None:
                raise ValueError(f"“{table['wish']}”: no reference to a passage: {reference}")
            key = (reports[found[1]], int(found[2]))
            if key in grades:
                raise ValueError(f"“{table['wish']}”: judged twice: {reference}")
            grades[key], digests[key] = grade, found[3] or "not stamped"
    return Need(
        wish=table["wish"],
        corpus=table["corpus"],
        topic=table["topic"],
        narrow=table.get("narrow", False),
        queries=tuple(Query(text=text, kind=kind, need=at) for kind, text in table["queries"]),
        grades=grades,
        digests=digests,
    )


def _units(passages: list[Passage]) -> Mapping[str, str]:
    """Return for each passage id the first passage's id of all that are joined to it by saying nearly the same."""
    runs = [_runs(passage.text) for passage in passages]
    first = list(range(len(passages)))
    for at, its in enumerate(runs):
        for before in range(at):
            both = len(its & runs[before])
            if both and both >= _NEARLY * (len(its) + len(runs[before]) - both):
                old, new = first[at], first[before]
                first = [new if one == old else one for one in first]
    return {passage.id: passages[first[at]].id for at, passage in enumerate(passages)}


def _runs(text: str) -> frozenset[str]:
    """Return the runs of three characters of a text, figures and punctuation left out."""
    bare = "".join(char for char in text if char.isalpha())
    return frozenset(bare[at : at + 3] for at in range(len(bare) - 2))
