"""Known failures: what could not be read in the last run, kept beside the index.

In: the failures of a run. Out: the same, for whoever asks later what is missing and why. Where nothing usable was kept,
the files count as new: told once more, never passed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from search_app.errors import PassingFault, Picture, Scan
from search_app.indexing.kept_beside import keep, kept

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
    """Keep the failures of a run beside the index."""
    keep(index, MEMORY, {"failed": [asdict(each) for each in failures]})


def recall(index: Path | None) -> Mapping[str, Failure]:
    """Return the failures of the last run by path; none where nothing usable was kept."""
    found = kept(index, MEMORY)
    try:
        failures = [Failure(**each) for each in found["failed"]] if isinstance(found, dict) else []
    except (TypeError, KeyError):
        return {}
    return {each.path: each for each in failures if all(isinstance(value, str) for value in asdict(each).values())}
