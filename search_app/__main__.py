"""The way in: ``search-app`` starts here, and Ctrl-C ends it in one line from the first moment on.

Nothing else is imported before the handler stands, because the rest takes tenths of a second to load. The surprise:
until a command runs, the handler ends the process itself, because an exception that is raised while modules are loaded
comes out as a traceback or is swallowed; only then it raises KeyboardInterrupt, so that what is under way is put in
order. Whoever presses again wants it to end now.
"""

import gc
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
#: So many objects are made before Python looks for rings of garbage among them: starting makes many and drops none.
_RARELY = 100_000
_SAID = "已中断。\n".encode()
_state = "loading"


def _interrupt(_: int, __: "FrameType | None") -> None:
    global _state
    if _state == "running":
        _state = "interrupted"
        raise KeyboardInterrupt
    _say_so()
    os._exit(INTERRUPTED)


def _say_so() -> None:
    try:  # noqa: SIM105 - contextlib is not loaded yet
        os.write(2, _SAID)
    except OSError:  # nobody is there to read it
        pass


def _lost(lost: "sys.UnraisableHookArgs") -> None:
    """End the process where an interruption fell into a place that nothing can be raised out of."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _interrupt(signal.SIGINT, None)
    sys.__unraisablehook__(lost)


def _stand_by() -> None:
    """Answer Ctrl-C from now on; a process that reads files for another leaves it to that one."""
    family = sys.modules.get("multiprocessing.process")
    if family is not None and family.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    else:
        sys.unraisablehook = _lost
        signal.signal(signal.SIGINT, _interrupt)


def _run() -> int:
    """Run the command; 130 where it was interrupted, whatever came of that on its way through other libraries."""
    global _state
    said = False
    try:
        from search_app.cli import run

        _state = "running"
        code = run(sys.argv[1:])
        said = code == INTERRUPTED
    except BaseException:
        if _state != "interrupted":
            raise
    if _state != "interrupted":
        return code
    if not said:
        _say_so()
    return INTERRUPTED


def main() -> None:
    """Run the command line of this process and exit with its code."""
    gc.set_threshold(_RARELY)
    try:
        code = _run()
    finally:
        # What was asked is done, or given up: what is left takes a moment and is not to be interrupted.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Python remembers an interruption that passed through a text being executed, as dataclasses do, and would die of it
    # at the very end; executing any text lets it forget.
    exec("")  # noqa: S102
    # The system takes back all memory at once: Python need not look for rings in it first, which takes some
    # 60 ms after a search. What holds nothing but itself ends with the process.
    gc.freeze()
    sys.exit(code)


# A program that answers Ctrl-C in its own way keeps it.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    _stand_by()

if __name__ == "__main__":
    main()
