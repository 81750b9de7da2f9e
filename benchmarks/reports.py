"""Grow the sample corpus: the same reports again under other town names and with other figures.

The surprise: a corpus grown this way has a small vocabulary and many near-copies. Its timings compare engines with each
other on one machine; they do not foretell the time on as many real reports.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from search_app.model import Passage, Report

Item: TypeAlias = tuple[Report, tuple[Passage, ...]]
_FIGURE = re.compile(r"\d+")


def grown(sample: Sequence[Item], count: int, *, seed: int = 2) -> Iterator[Item]:
    """Yield ``count`` reports: the sample itself first, then copies of it, the same ones for the same seed."""
    rng = random.Random(seed)
    for number in range(count):
        copy, place = divmod(number, len(sample))
        yield _copied(sample[place], copy, rng) if copy else sample[place]


def _copied(item: Item, copy: int, rng: random.Random) -> Item:
    report, passages = item
    path = f"{copy:04d}/{report.path}"
    identity = hashlib.sha256(path.encode()).hexdigest()[:12]
    moved = replace(
        report,
        id=identity,
        path=path,
        town=report.town and f"{report.town}{copy}",
        outline=tuple(
            replace(entry, passages=tuple(identity + name[len(report.id) :] for name in entry.passages))
            for entry in report.outline
        ),
    )
    return moved, tuple(
        replace(
            passage,
            id=identity + passage.id[len(report.id) :],
            report=identity,
            text=_FIGURE.sub(lambda found: str(rng.randrange(10 ** len(found.group()))), passage.text),
        )
        for passage in passages
    )
