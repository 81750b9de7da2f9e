"""Tell what stands both in what was learnt from and in what is judged with, by content.

In go texts with where they stand, out come lines for what is the same on both sides. White space, punctuation and
width do not count, so that a copy in another format or with other line breaks is found. The surprise: a text that says
nearly the same is none of it; reports of this genre share formulas, and those are no leak.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from search_app.parsing import parse
from search_app.readers import read
from training.labelled_sets import normalised

#: Where each content stands, by its hash.
Contents: TypeAlias = Mapping[str, str]


def contents(texts: Iterable[tuple[str, str]]) -> Contents:
    """Return by hash of content where each text stands; texts without a letter or digit are nothing."""
    return {content_hash(text): f"{where}: {text[:40]}" for where, text in texts if normalised(text)}


def content_hash(text: str) -> str:
    """Return the digest of the letters, digits and Han characters of a text."""
    return sha256(normalised(text).encode()).hexdigest()


def overlap(taught: Contents, judged: Contents) -> list[str]:
    """Return a line for each content that stands on both sides."""
    return [f"{taught[key]} | {judged[key]}" for key in sorted(taught.keys() & judged.keys())]


def document(file: Path, path: str) -> Iterator[tuple[str, str]]:
    """Yield a document as a whole, then each passage the program cuts from it, as if it lay at ``path``."""
    raw = read(file)
    yield file.name, "\n".join(block.text for block in raw.blocks)
    _, passages = parse(raw, path=path)
    for passage in passages:
        yield f"{file.name} {passage.number}", passage.text
