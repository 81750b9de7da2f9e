"""How fast text becomes labelled passages: ``python -m benchmarks.understanding [--megabytes N]``.

The sample corpus is read once and gone through again and again until that much text (counted in UTF-8) has been parsed
and labelled; the time is that of the processor, so that other programs count little. Each round changes every paragraph
a little, so that no cache of ours makes it look faster.
"""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.goals import Goal, beside_goals
from search_app.labelling import label
from search_app.model import Document, Passage, Report
from search_app.parsing import parse
from search_app.readers import read

CORPUS = Path(__file__).parent.parent / "corpus"
#: Reports are understood one by one: two processes understand twice as much.
PROCESSES = 2
_SUFFIXES = {".txt", ".md", ".html", ".docx"}


def main() -> None:
    """Print MB of text per second for parsing, for labelling, and for both."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description="Measure understanding.")
    parser.add_argument("--megabytes", type=float, default=8.0, help="text to go through (default 8)")
    parser.add_argument("--repeat", action="store_true", help="go through the same text, caches and all")
    options = parser.parse_args()
    samples = [(str(path.relative_to(CORPUS)), read(path)) for path in sorted(CORPUS.rglob("*")) if _is_sample(path)]
    for _ in range(2):  # the first round loads tables and gazetteer
        megabytes, parsing, labelling = measured(samples, 1.0, repeat=False)
    megabytes, parsing, labelling = measured(samples, options.megabytes, repeat=options.repeat)
    for name, seconds in (("parse", parsing), ("label", labelling), ("both", parsing + labelling)):
        sys.stdout.write(f"{name:6} {megabytes / seconds:6.2f} MB/s   ({megabytes:.1f} MB in {seconds:.2f} s)\n")
    both = {Goal.UNDERSTANDING: PROCESSES * megabytes / (parsing + labelling)}
    sys.stdout.write("\n".join(("", *beside_goals(both), "")))


def measured(samples: list[tuple[str, Document]], megabytes: float, *, repeat: bool) -> tuple[float, float, float]:
    """Return the megabytes gone through and the seconds that parsing and labelling took."""
    done = parsing = labelling = 0.0
    for turn in range(1_000_000):
        for path, sample in samples:
            document = sample if repeat else _varied(sample, turn)
            start = time.process_time()
            understood: tuple[Report, tuple[Passage, ...]] = parse(document, path=path)
            between = time.process_time()
            label(*understood)
            labelling += time.process_time() - between
            parsing += between - start
            done += sum(len(block.text.encode()) for block in document.blocks) / 1e6
            if done >= megabytes:
                return done, parsing, labelling
    return done, parsing, labelling


def _is_sample(path: Path) -> bool:
    return path.suffix in _SUFFIXES


def _varied(document: Document, turn: int) -> Document:
    """Return the document with another number in every longer paragraph."""
    blocks = tuple(
        replace(block, text=f"{block.text[:-1]}共{turn}件。")
        if len(block.text) > 40 and block.text.endswith("。")
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


if __name__ == "__main__":
    main()
