"""Known folders: which folders held reports after the last run, kept as a small file beside the index.

In: how many files of the index lie in each folder. Out: the same, for a run that cannot ask the index itself because
another version wrote it. Where nothing usable was kept, nothing is known, and nothing fails.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MEMORY = "folders.json"


def remember_folders(index: Path, counts: Mapping[str, int]) -> None:
    """Keep how many files lie in each folder; what is kept is replaced as a whole, and only where it differs."""
    if recall_folders(index) == counts:
        return
    draft = index / f"{MEMORY}.{os.getpid()}.new"
    try:
        draft.write_text(json.dumps(dict(sorted(counts.items())), ensure_ascii=True, indent=0), encoding="ascii")
        draft.replace(index / MEMORY)
    except OSError:  # the run itself is complete
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def recall_folders(index: Path | None) -> Mapping[str, int]:
    """Return how many files lay in each folder; none where nothing usable was kept."""
    if index is None:
        return {}
    try:
        kept = json.loads((index / MEMORY).read_text(encoding="ascii"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(name): count for name, count in kept.items() if type(count) is int} if isinstance(kept, dict) else {}
