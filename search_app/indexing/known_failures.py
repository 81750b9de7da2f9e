"""Known failures: what could not be read in the last run, kept as a small file beside the index.

In: the failures of a run. Out: the same, for whoever asks later what is missing and why. The surprise: it is a
convenience and no part of the index: where it cannot be written or read, nothing is remembered and nothing fails.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from search_app.errors import PassingFault, Picture, Scan

MEMORY = "last-run.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be read; ``fingerprint`` is "" where not even its bytes could be had.

    ``kind`` is the class of the error, "" where an older program remembered it.
    """

    path: str
    fingerprint: str
    error: str
    hint: str
    kind: str = ""

    @property
    def lasts(self) -> bool:
        """Tell whether the same bytes will fail again: the reason is the file, not the machine."""
        return bool(self.fingerprint) and self.kind not in ("", PassingFault.__name__)

    @property
    def may_be_recognised(self) -> bool:
        """Tell whether a program that recognises text might read it."""
        return self.kind in (Scan.__name__, Picture.__name__)


def remember(index: Path, failures: Iterable[Failure]) -> None:
    """Keep the failures of a run beside the index; the file is replaced as a whole."""
    text = json.dumps({"failed": [asdict(each) for each in failures]}, ensure_ascii=True, indent=1)
    draft = index / f"{MEMORY}.{os.getpid()}.new"
    try:
        draft.write_text(text, encoding="ascii")
        draft.replace(index / MEMORY)
    except OSError:  # the run itself is complete, and told what failed
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def recall(index: Path | None) -> Mapping[str, Failure]:
    """Return the failures of the last run by path; none where nothing usable was kept."""
    if index is None:
        return {}
    try:
        kept = json.loads((index / MEMORY).read_text(encoding="ascii"))
        failures = [Failure(**each) for each in kept["failed"]]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}  # the files then count as new: told once more, never passed over
    return {each.path: each for each in failures if all(isinstance(value, str) for value in asdict(each).values())}
