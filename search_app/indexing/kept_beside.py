"""Kept beside the index: small facts of the last run, one file each, for a run or a question that comes later.

In goes what JSON can hold, out comes the same. The surprise: it is a convenience and no part of the index: where it
cannot be written or read, nothing is kept and nothing fails.
"""

import json
import os
from contextlib import suppress
from pathlib import Path


def keep(index: Path, name: str, facts: object) -> None:
    """Keep facts under a name beside the index; the file is replaced as a whole."""
    draft = index / f"{name}.{os.getpid()}.new"
    try:
        index.mkdir(parents=True, exist_ok=True)  # where a cluster holds the index, nobody else made it
        draft.write_text(json.dumps(facts, ensure_ascii=True, indent=1), encoding="ascii")
        draft.replace(index / name)
    except OSError:  # the run itself is complete
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def kept(index: Path | None, name: str) -> object:
    """Return what was kept under a name; None where nothing usable was."""
    if index is None:
        return None
    try:
        return json.loads((index / name).read_text(encoding="ascii"))
    except (OSError, ValueError, RecursionError):
        return None
