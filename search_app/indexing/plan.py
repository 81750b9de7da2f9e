"""The plan of a run: how a corpus differs from an index (new, changed, gone), and what therefore is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.errors import IndexMissing, ReadError
from search_app.indexing.known_failures import Failure
from search_app.indexing.sources import Source, Sources, Warned, fingerprints, report_id
from search_app.model import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a corpus differs from an index, by path; ``work`` is what has to be read, with fingerprints.

    ``held`` are the reports of the index; a copy of one counts as held. ``removed`` maps ids to paths.
    """

    sources: Sources
    held: tuple[Report, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: Mapping[str, str]
    work: tuple[tuple[Source, str], ...]
    failed: tuple[ReadError, ...]


def reports_of(engine: Engine) -> tuple[Report, ...]:
    """Return the reports of an index, none where nothing has been built yet. Raises IndexOutdated, IndexDamaged."""
    try:
        return engine.reports()
    except IndexMissing:
        return ()


def compare(sources: Sources, held: tuple[Report, ...], *, rebuild: bool = False, own_places: str = "") -> Plan:
    """Hold the files of a corpus against the reports of an index."""
    known = {report_id(path): (path, mark) for path, mark in marks_of(held)}
    groups: dict[str, list[str]] = {"added": [error.path for error in sources.failed], "changed": [], "unchanged": []}
    work: list[tuple[Source, str]] = []
    failed = list(sources.failed)
    for source, mark in fingerprints(sources.found, own_places):
        before = known.get(source.id)
        group = "added" if before is None else "unchanged" if before[1] == mark else "changed"
        groups[group].append(source.path)
        if isinstance(mark, ReadError):
            failed.append(mark)
        elif rebuild or group != "unchanged":
            work.append((source, mark))
    gone = set(known) - {source.id for source in sources.found}
    # A folder that the system does not even describe is listed as a file that fails; what was in it is not gone.
    stuck = Sources(found=(), closed=tuple(error.path for error in failed))
    return Plan(
        sources=sources,
        held=held,
        added=tuple(groups["added"]),
        changed=tuple(groups["changed"]),
        unchanged=tuple(groups["unchanged"]),
        removed={each: path for each in gone if not (sources.may_hold(path := known[each][0]) or stuck.may_hold(path))},
        work=tuple(work),
        failed=tuple(failed),
    )


def marks_of(held: Iterable[Report]) -> Iterator[tuple[str, str]]:
    """Yield path and fingerprint of every file that the index knows, copies among them."""
    for report in held:
        yield report.path, report.fingerprint
        for copy in report.copies:
            yield copy.path, copy.fingerprint


def leave_known(plan: Plan, known: Mapping[str, Failure], *, ocr: bool = False) -> tuple[Plan, tuple[Failure, ...]]:
    """Return the plan without the files that failed the last time and are the same still, and those failures.

    With ``ocr`` scans are read again that nobody tried to recognise.
    """
    failing = {
        source.path: failure
        for source, mark in plan.work
        if (failure := known.get(source.path)) is not None
        and failure.lasts
        and failure.fingerprint == mark
        and not (ocr and failure.may_be_recognised)
    }
    work = tuple((source, mark) for source, mark in plan.work if source.path not in failing)
    return replace(plan, work=work), tuple(failing.values())


def warn_of_known(known: tuple[Failure, ...]) -> tuple[Warned, ...]:
    """Return the warning that says how many files were not read again, and how to have them read."""
    if not known:
        return ()
    told = f"{len(known):,} 个文件上次就读不出来，内容没有变，这次没有再读。要再读一次，请加 --retry-failed。"
    return (Warned(path="读不出来的文件", warning=told),)
