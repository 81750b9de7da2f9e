"""Watching: when is it time to bring an index up to date? Every two seconds a look at times and sizes, seldom at all.

Times and sizes do not tell everything: copying tools and synchronised folders keep them, clocks are set back, and a
share may hand out old ones for a while. So every file is read and compared now and then, whatever its time says.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, Protocol

from search_app.cli.output import say
from search_app.errors import SearchAppError

if TYPE_CHECKING:
    from search_app.indexing import Tally
    from search_app.indexing.corpus_folder import Snapshot

#: Seconds between two looks at times and sizes.
POLL = 2.0
#: Seconds between two looks at every byte, at least; after a long one the disk rests for so many times as long.
FULL_LOOK = 600.0
RESTS = 20


class Update(Protocol):
    """Updates once, and says so; of a run ``before``, only what is new since."""

    def __call__(self, *, before: "Tally | None") -> "Tally": ...


def watch(look: "Callable[[], Snapshot]", update: Update, seen: "Snapshot", last: "Tally") -> NoReturn:
    """Update whenever it is time, until somebody ends it.

    ``seen`` is how the folder looked before the ``last`` run began. A change counts once the folder has then kept still
    for one look. What an update raises is told once, and tried again.
    """
    before, said = seen, ""
    due = time.monotonic() + FULL_LOOK
    while True:
        time.sleep(POLL)
        try:
            now = look()
            if now == before and (now != seen or time.monotonic() >= due):
                began = time.monotonic()
                last = update(before=last if now == seen else None)
                seen, ended = now, time.monotonic()
                due = ended + FULL_LOOK + RESTS * (ended - began)
            before, said = now, ""
        except SearchAppError as error:  # the folder is not connected, another process writes: it may pass
            if error.message != said:
                say(f"{error.message}，稍后再试。")
            said = error.message
