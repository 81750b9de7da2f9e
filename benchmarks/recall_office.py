"""How much text of odd files is read, all formats but PDF: ``python -m benchmarks.recall_office``.

Files are made from our own samples (``making_office``), read, and held against what was written into them. Out comes,
per format: how many files, recall (the share of the text that was read, in runs of four letters), precision (the share
of what was read that is in the file), the worst file. With ``--others`` the same of independent readers, where they are
installed: LibreOffice (soffice), catdoc and antiword for .doc, unrtf; .doc files are made by LibreOffice then.
"""

import argparse
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean

from benchmarks.making_office import Said, files
from search_app import readers
from search_app.errors import ReadError

_RUN = 4
_SECONDS = 600
_NOTHING = 0.1  #: a reader that gives less than this of every file of an oddity does not read it
#: What LibreOffice is to make .doc files of.
_AS_DOC = ("plain.docx", "table.docx", "boxes.docx", "contents-style.docx")
#: What a reader beside ours is called, and the command that writes a file's text.
_COMMANDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    ".doc": {"catdoc": ("catdoc", "-dutf-8"), "antiword": ("antiword", "-m", "UTF-8.txt")},
    ".rtf": {"unrtf": ("unrtf", "--text", "--quiet")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One file's text, as somebody read it, held against what was written into it."""

    recall: float
    precision: float


def held(text: str, said: Said) -> Held:
    """Hold a text against what a file says; what damage took is no fault of the reader."""
    there, here = _runs(said.lines), _runs(text.split("\n"))
    common = (there & here).total()
    return Held(
        recall=min(1.0, common / max(1.0, there.total() * (1 - said.damage))),
        precision=(common / here.total()) if here else 1.0,
    )


def _runs(lines: Iterable[str]) -> Counter[str]:
    """Count all runs of four letters and signs within lines, blanks left out."""
    found = Counter[str]()
    for line in lines:
        bare = "".join(line.split())
        found.update(bare[at : at + _RUN] for at in range(max(1, len(bare) - _RUN + 1)) if bare)
    return found


def ours(said: Said) -> str:
    """Return what our reader makes of a file, one paragraph or cell per line."""
    try:
        document = readers.read_bytes(said.data, said.name)
    except ReadError:
        return ""
    cells = (row for block in document.blocks for row in (block.rows or ((block.text,),)))
    return "\n".join(cell for row in cells for cell in row)


def measured(found: Iterable[Said], read: Callable[[Said], str] = ours) -> dict[str, list[tuple[str, Held]]]:
    """Return, per format, how each file was read."""
    results: dict[str, list[tuple[str, Held]]] = defaultdict(list)
    for said in found:
        results[Path(said.name).suffix].append((said.name, held(read(said), said)))
    return results


def row(kind: str, reader: str, results: Sequence[tuple[str, Held]]) -> str:
    """Return one line of the table."""
    name, worst = min(results, key=lambda each: each[1].recall)
    recall, precision = mean(each.recall for _, each in results), mean(each.precision for _, each in results)
    return f"| {kind} | {reader} | {len(results)} | {recall:.3f} | {precision:.3f} | {worst.recall:.3f} {name} |"


def converted(found: Sequence[Said], folder: Path, form: str) -> dict[str, bytes]:
    """Return what LibreOffice makes of files, by their names; {} where it is not installed."""
    program = shutil.which("soffice")
    if program is None or not found:
        return {}
    kind, suffix = Path(found[0].name).suffix, form.partition(":")[0]
    source, target = folder / f"from{kind}-{suffix}", folder / f"to{kind}-{suffix}"
    source.mkdir()
    for said in found:
        (source / said.name).write_bytes(said.data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(target)]
    subprocess.run(
        [*command, *(str(source / said.name) for said in found)], capture_output=True, timeout=_SECONDS, check=False
    )
    names = {said.name: target / f"{Path(said.name).stem}.{suffix}" for said in found}
    return {name: path.read_bytes() for name, path in names.items() if path.is_file()}


def others(found: Sequence[Said], folder: Path) -> Iterable[str]:
    """Yield lines of the table for the readers beside ours that are installed."""
    by_kind: dict[str, list[Said]] = defaultdict(list)
    for said in found:
        by_kind[Path(said.name).suffix].append(said)
    for kind, group in sorted(by_kind.items()):
        if kind in (".docx", ".doc", ".rtf"):
            texts = converted(group, folder, "txt:Text (encoded):UTF8")
            if texts:
                yield from rows(kind, "soffice", measured(group, partial(_text_in, texts))[kind])
        for name, command in _COMMANDS.get(kind, {}).items():
            if shutil.which(command[0]):
                yield from rows(kind, name, measured(group, partial(_said_by, command, folder))[kind])


def rows(kind: str, reader: str, results: Sequence[tuple[str, Held]]) -> Iterator[str]:
    """Yield a reader's line; where it reads nothing of some oddities, a second line without those, and their names."""
    yield row(kind, reader, results)
    best: dict[str, float] = defaultdict(float)
    for name, each in results:
        oddity = _oddity(name)
        best[oddity] = max(best[oddity], each.recall)
    unread = sorted(oddity for oddity, recall in best.items() if recall < _NOTHING)
    rest = [(name, each) for name, each in results if _oddity(name) not in unread]
    if unread and rest:
        yield row(kind, f"{reader}, without what it does not read ({', '.join(unread)})", rest)


def _oddity(name: str) -> str:
    """Return what is odd about a file: its name without the number of its seed."""
    return name.partition("-")[2] or name


def _text_in(texts: Mapping[str, bytes], said: Said) -> str:
    return texts.get(said.name, b"").decode("utf-8", "replace")


def _said_by(command: Sequence[str], folder: Path, said: Said) -> str:
    path = folder / f"one{Path(said.name).suffix}"
    path.write_bytes(said.data)
    done = subprocess.run([*command, str(path)], capture_output=True, timeout=60, check=False)
    return done.stdout.decode("utf-8", "replace")


def main() -> None:
    """Make, read, hold against each other, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20, help="how many files of each kind (about 60 kinds)")
    options.add_argument("--others", action="store_true", help="read with independent readers too")
    given = options.parse_args()
    found = [said for seed in range(given.seeds) for said in files(seed)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.others:
            plain = [said for said in found if said.name.endswith(_AS_DOC)]
            made = converted(plain, folder, "doc:MS Word 97")
            by_name = {said.name: said for said in plain}
            found += [Said(name=f"{key}.doc", data=data, lines=by_name[key].lines) for key, data in made.items()]
        print(
            f"{len(found)} files\n\n| format | reader | files | recall | precision | worst |\n|---|---|---|---|---|---|"
        )
        for kind, results in sorted(measured(found).items()):
            print(row(kind, "ours", results))
        for shown in others(found, folder) if given.others else ():
            print(shown)


if __name__ == "__main__":
    main()
