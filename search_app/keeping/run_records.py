"""Run records: an index run as one line of the log file, however it ended."""

from collections.abc import Callable

from search_app.errors import SearchAppError
from search_app.indexing import Tally
from search_app.keeping.log_file import record


def describe(tally: Tally) -> str:
    """Return what a run did: numbers of files, and what the index holds after it."""
    groups = ("added", "changed", "unchanged", "removed", "failed", "warnings")
    counts = " ".join(f"{name}={len(getattr(tally, name))}" for name in groups)
    kept = sum(each.reports for each in tally.kept)
    held = f"kept={kept} reports={tally.reports} passages={tally.passages} generation={tally.generation or '-'}"
    return f"index {'dry-run' if tally.dry_run else 'run'} {counts} {held} seconds={tally.seconds:.2f}"


class RunRecords:
    """Writes down what became of each run; a failure that comes again and again, as while watching, once."""

    def __init__(self) -> None:
        self._failed = ""

    def run(self, update: Callable[[], Tally]) -> Tally:
        """Run the indexer, and write down what became of it, also where it failed or was interrupted."""
        try:
            tally = update()
        except SearchAppError as error:
            if error.message != self._failed:
                record(f"index run failed code={error.code}: {error.message}")
            self._failed = error.message
            raise
        except BaseException as error:
            record(f"index run ended by {type(error).__name__}")
            raise
        self._failed = ""
        record(describe(tally))
        return tally
