"""Labelled sets of exemplary practice: passages, and whether a clerk of another town could learn from them.

A set is ``<name>.toml``; its format is told at the head of ``exemplary/first.toml``, what the labels mean in
tests/judged/exemplary/README.md. ``reasons.toml`` beside the sets tells which reasons for their passages are true.
The surprise: passages of documents are named by digest alone, because some quote reports that are not ours to copy.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from search_app.labelling import label
from search_app.labelling.exemplary.score import rate
from search_app.model import Exemplary
from search_app.parsing import parse
from search_app.readers import read
from training.written_passages import FOLDER as WRITTEN
from training.written_passages import passages_of

ROOT = Path(__file__).parents[1]
#: Where labelled documents lie. Those of tests/judged judge topics and covers, which is another task.
ROOTS: Mapping[str, Path] = {
    "corpus": ROOT / "corpus",
    "real": ROOT.parent / "shared" / "reports",
    "third": ROOT / "tests" / "judged" / "documents" / "third",
    "fourth": ROOT / "tests" / "judged" / "documents" / "fourth",
}
LABELS = ("yes", "no", "arguable")
#: Told apart without reading, by their section.
EASY = ("导语", "不足和原因", "下年度安排", "其他")
_DOCUMENTS = ("third", "fourth")  # they lie in a corpus under the name of their set
_DONE = "主要举措和成效"
_REASONS = "reasons"
_NEIGHBOURS = 15  # passages written one after the other tell of the same matters

Verdicts: TypeAlias = Mapping[str, Mapping[str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPassage:
    """One labelled passage with what the program says of it; ``name`` is where it stands, ``source`` in which file."""

    name: str
    text: str
    section: str
    label: str
    said: Exemplary
    shipped: bool
    source: str

    @property
    def key(self) -> str:
        return text_digest(self.text)


def text_digest(text: str) -> str:
    """Name a text without repeating it; blanks do not count."""
    return sha256("".join(text.split()).encode()).hexdigest()[:10]


def exemplary_sets_in(folder: Path) -> tuple[Path, ...]:
    """Return the sets of a folder."""
    return tuple(path for path in sorted(folder.glob("*.toml")) if path.stem != _REASONS)


def digest(folder: Path) -> str:
    """Return 16 hex digits over labels and verdicts of a folder, so that a changed set is noticed."""
    held = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    return sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def verdicts(folder: Path) -> Verdicts:
    """Return for passages by digest which of their reasons, by digest, are true."""
    made: Verdicts = tomllib.loads((folder / f"{_REASONS}.toml").read_text("utf-8"))
    return made


@cache
def labelled(path: Path) -> tuple[LabelledPassage, ...]:
    """Return the passages of a set that are on this machine. Raises KeyError where a labelled one is gone."""
    table = tomllib.loads(path.read_text("utf-8"))
    files = (one for each in table.get("reports", ()) for one in _of_report(each))
    topical = (one for each in table.get("written", ()) for one in _of_written(each))
    written = (_written(path.stem, at, each) for at, each in enumerate(table.get("passages", ()), 1))
    return (*files, *topical, *written)


def _of_report(table: Mapping[str, Any]) -> Iterator[LabelledPassage]:
    path = ROOTS[table["root"]] / table["file"]
    if table["root"] == "real" and not path.is_file():
        return
    where = str(Path(table["root"], table["file"])) if table["root"] in _DOCUMENTS else table["file"]
    _, passages = label(*parse(read(path), path=where))
    held = {text_digest(passage.text): passage for passage in passages}
    for number, key, verdict in table["passages"]:
        passage = held[key]
        yield LabelledPassage(
            name=f"{path.stem} {number}",
            text=passage.text,
            section=passage.section,
            label=verdict,
            said=passage.exemplary,
            shipped=table["root"] != "real",
            source=where,
        )


def _of_written(table: Mapping[str, Any]) -> Iterator[LabelledPassage]:
    """Yield the labelled ones of the passages that topics are learnt from."""
    held = {text_digest(passage.text): passage.text for passage in passages_of(WRITTEN / table["file"])}
    for number, key, verdict in table["passages"]:
        yield _rated(f"passages/{table['file']} {number}", held[key], _DONE, verdict, source=table["file"])


def _written(name: str, at: int, table: Mapping[str, str]) -> LabelledPassage:
    section = table.get("section", _DONE)
    return _rated(f"{name} {at}", table["text"], section, table["label"], source=f"{name} {at // _NEIGHBOURS}")


def _rated(name: str, text: str, section: str, verdict: str, *, source: str) -> LabelledPassage:
    said = rate(text, section)
    return LabelledPassage(name=name, text=text, section=section, label=verdict, said=said, shipped=True, source=source)
