"""Checks: is the index current, and is every byte what was written. Nothing is changed, whatever is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from search_app.engines.base import Ancestor, Engine
from search_app.engines.cluster_errors import ClusterUnusable
from search_app.engines.lineage import known_generations
from search_app.errors import ConfigError, IndexMissing, IndexProblem
from search_app.indexing.corpus_folder import survey
from search_app.indexing.duplicates import Duplicate, duplicates, remarks
from search_app.indexing.known_failures import Failure, recall
from search_app.indexing.last_run import LastRun, recall_run
from search_app.indexing.plan import Plan, compare, reports_of
from search_app.indexing.removals import OutOfReach, hold_back
from search_app.indexing.sources import Warned
from search_app.model import Facet, FacetValue
from search_app.query import Deadline, Search
from search_app.reviewing.copied_reports import CopiedReports, find_copied_reports

#: How many paths a sentence names before it only counts.
_NAMED = 5
#: Seconds that reports are compared with last year's.
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """Which generation answers, what it holds, and why it should be brought up to date, if it should.

    ``failed`` are the files that the last run could not read and that are still the same; they are no reason to index.
    ``duplicates`` are files that say the same as a report that is held; a warning says so of each, too.
    ``kept`` are folders that are gone or shut though the index holds reports of them.
    ``compared_at`` is when the corpus folder was last looked at; None where that is still under way.
    ``copied`` are the reports that say mostly the same as last year's; None where they were not compared.
    ``generations`` are those since which what is new can be asked for, newest first.
    ``last_run`` is what the last run of the indexer did; None where that is not known.
    ``unusable`` is what keeps the index from answering at all; ``problem`` that an older generation answers instead,
    ``fallen_back`` that an embedded index does because the cluster cannot.
    """

    generation: str | None = None
    older: tuple[str, ...] = ()
    generations: tuple[Ancestor, ...] = ()
    reports: int = 0
    passages: int = 0
    built_at: datetime | None = None
    needs_reindex: bool = False
    reasons: tuple[str, ...] = ()
    problem: str | None = None
    fallen_back: str | None = None
    counts: Mapping[Facet, Sequence[FacetValue]] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()
    failed: tuple[Failure, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    kept: tuple[OutOfReach, ...] = ()
    compared_at: datetime | None = None
    copied: CopiedReports | None = None
    last_run: LastRun | None = None
    unusable: IndexProblem | None = None


def describe(engine: Engine) -> IndexStatus:
    """Describe the index alone, without a look at the corpus folder. Raises IndexProblem."""
    current = engine.status()
    counts = engine.search(Search(size=1)).facets
    reports = engine.reports()
    reasons = (current.problem,) if current.problem else ()
    return IndexStatus(
        generation=current.current.name,
        older=current.older,
        generations=known_generations(current),
        reports=current.current.reports,
        passages=current.current.passages,
        built_at=current.current.built_at,
        needs_reindex=bool(reasons),
        reasons=reasons,
        problem=current.problem,
        fallen_back=current.fallen_back,
        counts={facet: counts.get(facet, ()) for facet in Facet},
        warnings=(
            *(Warned(path=report.path, warning=each) for report in reports for each in report.warnings),
            *remarks(reports),
        ),
        duplicates=duplicates(reports),
    )


def status(
    engine: Engine, corpus: Path, *, index: Path | None = None, own_places: str = "", vanished_limit: int = 1
) -> IndexStatus:
    """Describe the index and hold it against the corpus folder; an unusable index is described, not raised.

    ``index`` is the folder of the index; where it is not given, nothing is known of the last run.
    """
    try:
        held = describe(engine)
        behind = _behind(engine, corpus, index, own_places, vanished_limit)
        copied = find_copied_reports(engine, deadline=Deadline(monotonic() + _PATIENCE, monotonic))
    except IndexProblem as problem:
        last_run = recall_run(index)
        mends = not isinstance(problem, ClusterUnusable)  # another run does not bring a cluster back
        return IndexStatus(needs_reindex=mends, reasons=(problem.message,), last_run=last_run, unusable=problem)
    reasons = (*held.reasons, *behind.reasons)
    return replace(
        held,
        needs_reindex=bool(reasons),
        reasons=reasons,
        failed=behind.failed,
        kept=behind.kept,
        compared_at=datetime.now(UTC),
        copied=copied,
        last_run=recall_run(index),
    )


def verify(
    engine: Engine, corpus: Path, *, index: Path | None = None, own_places: str = "", vanished_limit: int = 1
) -> tuple[str, ...]:
    """Read every byte of the index and hold it against manifest and corpus; return what is wrong, in Chinese.

    Raises IndexMissing where there is no index to verify, ClusterUnusable where it cannot be asked.
    """
    problems: tuple[str, ...] = ()
    try:
        problems = engine.verify()
        return (*problems, *_behind(engine, corpus, index, own_places, vanished_limit).reasons)
    except (IndexMissing, ClusterUnusable):
        raise
    except IndexProblem as problem:
        return problems or ("。".join(filter(None, (problem.message, problem.hint))),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Behind:
    """In what an index differs from its corpus, and which files cannot be read, as was known before."""

    reasons: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    kept: tuple[OutOfReach, ...] = ()


def _behind(engine: Engine, corpus: Path, index: Path | None, own_places: str, limit: int) -> _Behind:
    """Hold the index against the corpus folder."""
    try:
        sources = survey(corpus, index=index)
    except ConfigError as error:
        return _Behind(reasons=(error.message,))
    plan, kept = hold_back(compare(sources, reports_of(engine), own_places=own_places), at_least=limit)
    failed = _still_failing(plan, recall(index))
    known = {each.path for each in failed}
    groups = (
        ("不在索引里", [path for path in plan.added if path not in known]),
        ("改动过，索引里还是旧的", [path for path in plan.changed if path not in known]),
        ("已不在资料文件夹里，索引里还有", sorted(plan.removed.values())),
    )
    reasons = tuple(f"{len(paths)} 个文件{what}：{_some(paths)}" for what, paths in groups if paths)
    vanished = tuple(f"{each.folder}：{each.warning}" for each in kept)  # another run alone would not change it
    return _Behind(reasons=(*reasons, *vanished), failed=failed, kept=kept)


def _still_failing(plan: Plan, remembered: Mapping[str, Failure]) -> tuple[Failure, ...]:
    """Return the failures of the last run that another run would only repeat."""
    marks = {source.path: mark for source, mark in plan.work}
    closed = {error.path: error.message for error in plan.failed}
    return tuple(
        each
        for path, each in sorted(remembered.items())
        if (path in marks and marks[path] == each.fingerprint) or (path in closed and closed[path] == each.error)
    )


def _some(paths: list[str]) -> str:
    return "、".join(paths[:_NAMED]) + (" 等" if len(paths) > _NAMED else "")
