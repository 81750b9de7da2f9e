"""What runs and checks end in, as JSON: the tally of a run, the state of an index, errors."""

from datetime import datetime
from typing import Any, TypeAlias

from search_app import checking, indexing
from search_app.comparing.report_overlap import MOSTLY
from search_app.engines.lineage import mark
from search_app.json_shapes.reports import failure
from search_app.reviewing.copied_reports import CopiedReports

Json: TypeAlias = dict[str, Any]
#: So many paths are named of reports that say mostly the same as last year's.
_NAMED = 100


def tally(item: indexing.Tally) -> Json:
    """Return what one run of the indexer did."""
    return {
        "added": list(item.added),
        "changed": list(item.changed),
        "unchanged": list(item.unchanged),
        "removed": list(item.removed),
        "failed": [failure(each) for each in item.failed],
        "warnings": [{"path": each.path, "warning": each.warning} for each in item.warnings],
        "duplicates": [{"path": each.path, "of": each.of} for each in item.duplicates],
        "kept": [{"folder": each.folder, "reports": each.reports} for each in item.kept],
        "ignored": [{"path": each.path, "reason": each.warning} for each in item.ignored],
        "reports": item.reports,
        "passages": item.passages,
        "seconds": round(item.seconds, 2),
        "generation": item.generation,
        "dry_run": item.dry_run,
    }


def status(item: checking.IndexStatus, *, now: datetime, most: int | None = None) -> Json:
    """Return which index answers, what it holds, whether it is behind the corpus; of each list the first ``most``."""
    return {
        "generation": item.generation,
        "older": list(item.older),
        "generations": [
            {"name": each.name, "mark": mark(each), "built_at": each.built_at.isoformat(timespec="seconds")}
            for each in item.generations
        ],
        "reports": item.reports,
        "passages": item.passages,
        "built_at": item.built_at.isoformat(timespec="seconds") if item.built_at else None,
        "age_seconds": round((now - item.built_at).total_seconds()) if item.built_at else None,
        "last_run": None if item.last_run is None else _last_run(item.last_run),
        "compared_at": item.compared_at.isoformat(timespec="seconds") if item.compared_at else None,
        "needs_reindex": item.needs_reindex,
        "reasons": list(item.reasons),
        "problem": item.problem,
        "fallen_back": item.fallen_back,
        "counts": {
            facet.value: [{"value": each.value, "count": each.count, "reports": each.reports} for each in values]
            for facet, values in item.counts.items()
        },
        "warnings": [{"path": each.path, "warning": each.warning} for each in item.warnings[:most]],
        "failed": [{"path": each.path, "error": each.error, "hint": each.hint} for each in item.failed[:most]],
        "duplicates": [{"path": each.path, "of": each.of} for each in item.duplicates[:most]],
        "kept": [{"folder": each.folder, "reports": each.reports} for each in item.kept],
        "warnings_total": len(item.warnings),
        "failed_total": len(item.failed),
        "duplicates_total": len(item.duplicates),
        "copied": None if item.copied is None else _copied(item.copied),
    }


def _last_run(item: indexing.LastRun) -> Json:
    return {
        "ended_at": item.ended_at.isoformat(timespec="seconds"),
        "seconds": round(item.seconds, 2),
        "read": item.added + item.changed,
        "added": item.added,
        "changed": item.changed,
        "unchanged": item.unchanged,
        "removed": item.removed,
        "failed": item.failed,
        "error": item.error,
    }


def _copied(item: CopiedReports) -> Json:
    return {
        "share": MOSTLY / 100,
        "reports": len(item.paths),
        "compared": item.compared,
        "of": item.of,
        "paths": list(item.paths[:_NAMED]),
    }


def verification(problems: tuple[str, ...]) -> Json:
    """Return whether the index is what was written, and what is not."""
    return {"ok": not problems, "problems": list(problems)}
