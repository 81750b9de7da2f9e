"""The helper process of the sandbox: answers on one file after the other, within limits that the system enforces.

The surprise: nothing here reacts to a limit of time. The signal that the system sends ends the process, since a foreign
parser in the middle of its work would come back to no handler of ours; the other side sees what it ended by. Where the
system sends no such signal (Windows), a thread looks at the processor time that this process has taken, and ends it.
"""

import json
import math
import os
import signal
import sys
import threading
import time
from base64 import b64encode
from contextlib import nullcontext, suppress
from functools import cache
from typing import Any

from search_app.errors import DamagedFile, ReadError
from search_app.model import Block
from search_app.readers import reading
from search_app.readers.doc_conversion import in_memory_alone
from search_app.readers.limits import MAX_FILE_BYTES, MAX_MEMORY, seconds_for
from search_app.readers.messages import DRAW, OUT_OF_TIME, receive, send

_LOOK = 0.2  #: seconds between two looks at the processor time, where no signal tells of it


def main() -> None:
    """Answer on one file after the other until there are no more."""
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, whose end is ours
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may speak there
    with suppress(EOFError, OSError):  # whoever started us is gone, or wants no more
        while True:
            suffix = receive(questions, MAX_FILE_BYTES).decode("utf-8", "surrogatepass")
            in_memory = bool(receive(questions, 1))
            data = receive(questions, 2 * MAX_FILE_BYTES)
            _limit_time(seconds_for(data))
            found = json.dumps(_answer(data, suffix, in_memory=in_memory), ensure_ascii=False, separators=(",", ":"))
            answer = found.encode("utf-8", "surrogatepass")
            _limit_time(0)
            send(answers, answer)


def _answer(data: bytes, suffix: str, *, in_memory: bool) -> dict[str, Any]:
    """Return what is read of a file, or why it cannot be; of ``draw:N`` a picture of that page of a PDF."""
    try:
        if suffix.startswith(DRAW):
            return _drawn(data, int(suffix.removeprefix(DRAW)))
        with in_memory_alone() if in_memory else nullcontext():
            document = reading.read_bytes(data, f"x{suffix}")
    except ReadError as error:
        return {"error": type(error).__name__, "reason": error.reason, "hint": error.hint}
    except Exception as error:  # noqa: BLE001 - telling the kind of a file is reading too
        said = DamagedFile("", f"文件已损坏，读不出来（{type(error).__name__}）。")
        return {"error": "DamagedFile", "reason": said.reason, "hint": said.hint}
    return {
        "format": document.format,
        "blocks": [
            block.text if block == Block(text=block.text) else (block.kind, block.text, block.level, block.rows)
            for block in document.blocks
        ],
        "properties": dict(document.properties),
        "hard_wrapped": document.hard_wrapped,
        "warnings": document.warnings,
    }


def _drawn(data: bytes, number: int) -> dict[str, Any]:
    from search_app.readers.page_pictures import draw

    made = draw(data, number, "")
    return {"png": b64encode(made.png).decode(), "height": made.height, "dpi": made.dpi, "pages": made.pages}


def _limit_memory() -> None:
    """Bound this process's memory, where the system can; what asks for more ends here and not in the run."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit, macOS may refuse it
        import resource

        # The soft limit alone: an office suite that converts a file for us needs more, and gets it.
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Have this process end after so much processor time; 0 lifts the limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
    else:
        _own_watch().limit = time.process_time() + seconds if seconds else math.inf


class _Watch:
    """A thread that ends this process once it has taken more processor time than ``limit``."""

    def __init__(self) -> None:
        self.limit = math.inf
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK)
            if time.process_time() > self.limit:
                os._exit(OUT_OF_TIME)


@cache
def _own_watch() -> _Watch:
    return _Watch()


if __name__ == "__main__":
    main()
