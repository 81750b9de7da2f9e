"""Said lists: failures and warnings on stderr, line by line, and only the first of many.

A terminal that has scrolled through eleven thousand lines shows the last, which are no more important than the first:
so some are shown, how many there are is said, and how all of them are had.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from search_app.cli.output import say

if TYPE_CHECKING:
    from search_app.indexing import Warned

#: So many of a list are said.
MOST_LINES = 20


def say_failures(failures: Sequence[tuple[str, str, str]], *, most: int | None = MOST_LINES) -> None:
    """Say which files could not be read (path, reason, hint)."""
    for path, error, hint in failures[:most]:
        say(f"读不出来：{path}：{error}")
        if hint:
            say(f"    办法：{hint}")
    _say_rest(len(failures), most, "个文件读不出来")


def say_warnings(warnings: "Sequence[Warned]", *, most: int | None = MOST_LINES) -> None:
    """Say what should be known of which file."""
    for warned in warnings[:most]:
        say(f"注意：{warned.path}：{warned.warning}")
    _say_rest(len(warnings), most, "条提醒")


def _say_rest(total: int, most: int | None, what: str) -> None:
    if most is not None and total > most:
        say(f"以上是前 {most} 条，共 {total:,} {what}。全部列出：search-app status --all，或加 --json。")
