"""Reading order: the headings and passages of a report, as they stand in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_app.language import squeeze_with_offsets
from search_app.model import OutlineEntry, Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next thing to read: a heading, a passage, or a heading with the first passage below it.

    ``level`` is that of the heading it stands under. ``runs_in``: the heading's words also open the passage, so that
    printing both would say them twice.
    """

    level: int
    entry: OutlineEntry | None = None
    passage: Passage | None = None
    runs_in: bool = False


def put_in_order(report: Report, passages: Sequence[Passage]) -> Iterator[Step]:
    """Yield headings and passages as they stand in the report: a heading may go on after its sub-headings."""
    owners = {each: at for at, entry in enumerate(report.outline) for each in entry.passages}
    said = 0
    for passage in sorted(passages, key=lambda each: each.number):
        owner = owners.get(passage.id)
        if owner is None or owner < said:
            yield Step(level=report.outline[owner].level if owner is not None else 1, passage=passage)
            continue
        for entry in report.outline[said:owner]:
            yield Step(level=entry.level, entry=entry)
        said, entry = owner + 1, report.outline[owner]
        opens = squeeze_with_offsets(passage.text)[0].startswith(squeeze_with_offsets(entry.heading)[0])
        yield Step(level=entry.level, entry=entry, passage=passage, runs_in=opens)
    for entry in report.outline[said:]:
        yield Step(level=entry.level, entry=entry)
