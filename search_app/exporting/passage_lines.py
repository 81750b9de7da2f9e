"""Passage lines: what stands around a quoted passage in a text to read: what it is, and where it is from."""

from search_app.exporting import citation
from search_app.exporting.collection import Quoted
from search_app.exporting.printable import make_line
from search_app.exporting.wording import escape_unprintable

#: What stands before the state of a passage that has changed since it was collected.
ALTERED = "注意："


def describe_passage(item: Quoted) -> str:
    """Return what a passage is, in one line: part, topics, the kinds of reasons why it is exemplary, path."""
    passage = item.passage
    parts = [passage.section, "、".join(passage.topics)]
    if passage.exemplary.stamped:
        reasons = dict.fromkeys(reason.partition("：")[0] for reason in passage.exemplary.reasons)
        why = f"（{'、'.join(reasons)}）" if reasons else ""
        parts.append(f"典型做法 {passage.exemplary.score} 分{why}")
    if item.stands_for:
        parts.append(f"另有 {item.stands_for:,} 段相近")
    parts.append(citation.path(passage))
    return make_line("｜".join(part for part in parts if part))


def describe_source(item: Quoted, *, short: bool = False) -> str:
    """Return the source of a passage with its citation code; unless ``short``, with file and address too."""
    found = f"{citation.source(item.passage, item.report)}　引用码 {citation.code(item.passage, item.report)}"
    if short:
        return make_line(found)
    address = f"，{item.address}" if item.address else ""
    return make_line(f"{found}　文件：{escape_unprintable(item.report.path)}{address}")
