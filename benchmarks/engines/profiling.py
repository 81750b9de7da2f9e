"""Profiling: where our own time goes, per kind of question, over an index that ``--folder`` kept.

``python -m benchmarks.engines.profiling FOLDER/100000`` prints for each kind the mean time of an answer and the
functions in which most of it is spent, themselves and what they call into C. The profiler makes every call dearer, so
shares matter, not milliseconds.
"""

import cProfile
import pstats
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.engines.contending import Contender, Question, contender
from benchmarks.engines.corpus import survey_of
from benchmarks.engines.questions import draw

_EACH, _SHOWN = 20, 7
#: The stages of an answer: shown with all that they call.
_STAGES = ("parse", "evaluate", "page", "facets", "of", "_matches", "cut", "__getitem__", "_snapshot")


def main() -> None:
    """Profile and print."""
    folder = Path(sys.argv[1])
    engine = contender("ours", folder / "ours")
    engine.open()
    for kind, questions in draw(survey_of(folder / "corpus.pickle"), _EACH).items():
        for question in questions:
            engine.answer(question)
        started = time.process_time()
        for question in questions:
            engine.answer(question)
        mean = (time.process_time() - started) / len(questions) * 1000
        print(f"\n{kind}: {mean:.1f} ms")
        for line in _dearest(engine, questions):
            print(line)


def _dearest(engine: Contender, questions: Sequence[Question]) -> Iterator[str]:
    """Yield the functions with the most time of their own."""
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for question in questions:
        engine.answer(question)
    profile.disable()
    held = pstats.Stats(profile).get_stats_profile()
    for name, one in held.func_profiles.items():
        if name in _STAGES and "search_app" in one.file_name:
            total = one.cumtime / len(questions) * 1000
            yield f"  stage {total:7.2f} ms, {one.ncalls:>6} calls  {name} ({Path(one.file_name).name})"
    ordered = sorted(held.func_profiles.items(), key=lambda one: -one[1].tottime)
    for name, one in ordered[:_SHOWN]:
        share, own = one.tottime / held.total_tt, one.tottime / len(questions) * 1000
        total = one.cumtime / len(questions) * 1000
        place = f"{Path(one.file_name).name}:{one.line_number}"
        label = f"{name} ({place})" if one.line_number else name
        yield f"  {share:5.1%} {own:7.2f} ms own {total:7.2f} ms with calls, {one.ncalls:>7} calls  {label}"


if __name__ == "__main__":
    main()
