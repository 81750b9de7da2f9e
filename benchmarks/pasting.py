"""Say what pasted paragraphs cost: whole passages, sentences of them, several in one, changed ones, strange ones.

``python -m benchmarks.pasting FOLDER/100000`` asks over an index that ``benchmarks.engines --folder`` kept, and writes
``benchmarks/results/<date>-pasting-<passages>.md``. Milliseconds of processor time, of whole answers.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.query import MAX_PASTED
from search_app.searching import Request, search

RESULTS = Path(__file__).parent / "results"
_EACH = 40


def main() -> None:
    """Measure, write, print."""
    folder = Path(sys.argv[1])
    engine = open_engine(folder / "ours")
    lines = [
        f"# {folder.name} passages: what pasted paragraphs cost",
        "",
        f"{date.today().isoformat()} · p50 / p95 / most in milliseconds of processor time, one process",
        "",
        "| pasted | characters | time | first is the passage itself |",
        "|---|---|---|---|",
    ]
    search(engine, Request(text="调解"))
    for kind, texts in _texts(engine).items():
        times, right = [], 0
        for text, expected in texts:
            started = time.process_time()
            found = search(engine, Request(text=text))
            times.append((time.process_time() - started) * 1000)
            right += bool(found.hits) and expected in (found.hits[0].match.passage.text, "")
        length = round(float(np.mean([len(text) for text, _ in texts])))
        cells = " / ".join(f"{np.quantile(times, at):.0f}" for at in (0.5, 0.95, 1.0))
        lines.append(f"| {kind} | {length} | {cells} | {right} of {len(texts)} |")
    text = "\n".join((*lines, ""))
    (RESULTS / f"{date.today().isoformat()}-pasting-{folder.name}.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _texts(engine: Engine) -> dict[str, list[tuple[str, str]]]:
    """Return pasted texts by kind, each with the text of the passage that should come first, "" where any may."""
    chance = random.Random(20261129)
    made: dict[str, list[tuple[str, str]]] = {}
    for report in chance.sample(engine.reports(), _EACH):
        texts = [passage.text for passage in engine.report(report.id)[1] if len(passage.text) > 60]
        whole = chance.choice(texts)
        changed = "".join("某" if chance.random() < 0.05 else char for char in whole)
        for kind, text, expected in (
            ("a passage", whole, whole),
            ("half of one", whole[: max(len(whole) // 2, 61)] + "。", ""),
            ("one changed in places", changed, ""),
            ("a report", "".join(texts)[:MAX_PASTED], ""),
            ("what nobody wrote", "".join(_shuffled(whole, chance)), ""),
        ):
            made.setdefault(kind, []).append((text, expected))
    return made


def _shuffled(text: str, chance: random.Random) -> Iterator[str]:
    characters = [*text]
    chance.shuffle(characters)
    yield from characters


if __name__ == "__main__":
    main()
