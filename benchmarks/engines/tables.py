"""Tables: what was measured, as a page of Markdown."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.engines.agreeing import Agreement
from benchmarks.engines.corpus import Survey
from benchmarks.engines.measuring import Measured
from benchmarks.engines.working import Took
from benchmarks.goals import Goal, beside_goals


def page(
    survey: Survey, measured: Sequence[Measured], agreements: Sequence[Agreement], *, jobs: int, scanned: bool
) -> str:
    """Return the whole page."""
    return "\n\n".join(
        [
            f"# {survey.passages:,} passages: ours beside what people would otherwise use",
            _machine(measured),
            f"Corpus: {survey.text_bytes / 1e6:.1f} MB of text, {survey.words / survey.passages:.0f} words and "
            f"{survey.text_bytes / 3 / survey.passages:.0f} characters a passage, {len(survey.holding):,} different "
            "words; made by benchmarks/generating.py.",
            "## Indexing, size, memory, starting",
            _indexing(survey, measured, jobs),
            "## Whole answers, milliseconds: p50 / p95 / p99 (p50 of processor time)",
            "Ten best with text and marked snippet, five facets with true counts, distinct reports; every kind of "
            "question interleaved between the engines. On a busy machine processor time is what to compare.",
            _answers(measured),
            *_ratios(measured),
            *_goals(measured),
            "## Do they find the same?",
            _agreement(agreements, scanned=scanned),
            "",
        ]
    )


def _machine(measured: Sequence[Measured]) -> str:
    versions = " · ".join(one.version for one in measured)
    return (
        f"{date.today().isoformat()} · {_processor()} · {os.cpu_count()} cores · {platform.system()} "
        f"{platform.machine()} · load {_load()} · Python {platform.python_version()} · {versions}"
    )


def _load() -> str:
    """Return how many processes wanted a core lately, ours included; more than cores = a busy machine."""
    return f"{os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.processor()


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def _indexing(survey: Survey, measured: Sequence[Measured], jobs: int) -> str:
    def rate(took: Took | None) -> str:
        if took is None:
            return "not measured"
        return f"{survey.passages / took.clock:,.0f} ({took.work / survey.passages * 1000:.2f})"

    def memory(one: Measured) -> str:
        held = one.memory
        return f"{held.resident / 1e6:,.0f} ({held.own / 1e6:,.0f})" if held else "not measured"

    rows = [
        ["passages/s (ms of work each), words given, one process writes", *(rate(one.given) for one in measured)],
        *(
            [[f"passages/s (ms of work each), text in, {jobs} prepare", *(rate(one.shared) for one in measured)]]
            * (jobs > 0)
        ),
        ["index, MB", *(f"{one.size / 1e6:,.0f}" for one in measured)],
        ["index / (text + stored text)", *(f"{one.size / survey.text_bytes / 2:.2f}" for one in measured)],
        ["process start to first answer, s", *(f"{one.cold:.2f}" for one in measured)],
        ["resident after the questions, MB (of no file)", *map(memory, measured)],
        ["questions answered before", *(f"{one.asked:,}" for one in measured)],
        ["one more report, then an answer, s (work)", *(f"{o.added.clock:.2f} ({o.added.work:.2f})" for o in measured)],
    ]
    return _table(["", *(one.name for one in measured)], rows)


def _answers(measured: Sequence[Measured]) -> str:
    rows = []
    for kind in measured[0].found:
        cells = [
            " / ".join(f"{one.quantile(kind, q):.1f}" for q in (0.5, 0.95, 0.99))
            + f" ({one.quantile(kind, 0.5, work=True):.1f})"
            for one in measured
        ]
        found = " / ".join(f"{one.found[kind]:,.0f}" for one in measured[:2])
        rows.append([kind, found, *cells])
    head = f"found, median ({', '.join(one.name for one in measured[:2])})"
    return _table(["question", head, *(one.name for one in measured)], rows)


def _ratios(measured: Sequence[Measured]) -> list[str]:
    """Return how many times as long as ours the others take; below 1 they are faster."""
    ours = next((one for one in measured if one.name == "ours"), None)
    others = [one for one in measured if one is not ours]
    if ours is None or not others:
        return []
    rows = []
    for kind in ours.found:
        cells = [
            " / ".join(_ratio(other, ours, kind, share) for share in (0.5, 0.95))
            + f" ({_ratio(other, ours, kind, 0.5, work=True)})"
            for other in others
        ]
        rows.append([kind, *cells])
    title = "## Times as long as ours: p50 / p95 (p50 of processor time)"
    return [title, _table(["question", *(other.name for other in others)], rows)]


def _ratio(other: Measured, ours: Measured, kind: str, share: float, *, work: bool = False) -> str:
    return f"{_times(other, ours, kind, share, work=work):.2g}"


def _times(other: Measured, ours: Measured, kind: str, share: float, *, work: bool = False) -> float:
    return other.quantile(kind, share, work=work) / ours.quantile(kind, share, work=work)


def _goals(measured: Sequence[Measured]) -> list[str]:
    """Return what is wanted beside tantivy; nothing where it was not measured."""
    by_name = {one.name: one for one in measured}
    if not {"ours", "tantivy"} <= by_name.keys():
        return []
    ours, theirs = by_name["ours"], by_name["tantivy"]
    reached = {
        goal: float(sum(_times(theirs, ours, kind, share) >= 1 for kind in ours.found))
        for goal, share in ((Goal.QUICK_KINDS, 0.5), (Goal.QUICK_TAILS, 0.95))
    }
    if ours.shared is not None and theirs.shared is not None:
        reached[Goal.INDEXING] = theirs.shared.clock / ours.shared.clock
    return ["## Wanted", "\n".join(beside_goals(reached))]


def _agreement(agreements: Sequence[Agreement], *, scanned: bool) -> str:
    how = (
        "Held against a scan of all passages: the others by words, ours by words or characters that stand there."
        if scanned
        else "Held against tantivy. Ours also finds characters that stand there but are cut otherwise: more is right."
    )
    rows = [[one.kind, str(one.questions), "; ".join(one.notes) or "the same"] for one in agreements]
    return f"{how}\n\n" + _table(["question", "asked", "differences"], rows)
