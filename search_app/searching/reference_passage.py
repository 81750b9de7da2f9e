"""The reference passage: the one that others are held against (Subject), with its report."""

from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.errors import NoSuchPassage, NoSuchReport
from search_app.model import Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The passage that others are held against, with its report."""

    passage: Passage
    report: Report


def find_subject(engine: Engine, passage_id: str) -> Subject:
    """Return a passage by its id. Raises NoSuchPassage, and NoSuchReport where even the report is not held."""
    try:
        report, passages = engine.report(passage_id.rpartition("-")[0])
    except NoSuchReport as error:  # which names an id that nobody typed, or none
        raise NoSuchReport(f"索引里没有编号为 {passage_id} 的段落") from error
    found = next((passage for passage in passages if passage.id == passage_id), None)
    if found is None:
        raise NoSuchPassage(f"这份报告里没有编号为 {passage_id} 的段落")
    return Subject(passage=found, report=report)
