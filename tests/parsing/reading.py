"""Documents for the tests of parsing and labelling, made without the readers."""

from pathlib import Path

import pytest

from search_app.model import Block, Document

REAL = Path(__file__).parents[3] / "shared" / "reports"


def lines(text: str, *, hard_wrapped: bool = True) -> Document:
    """Make a document of one block per non-blank line, as from a .txt file."""
    blocks = tuple(Block(text=line) for line in text.splitlines() if line.strip())
    return Document(format="txt", blocks=blocks, hard_wrapped=hard_wrapped)


def real(name: str) -> Document:
    """Read one of the five real reports, which are not part of this repository."""
    path = REAL / name
    if not path.is_file():
        pytest.skip("the real reports are not on this machine")
    return lines(path.read_text(encoding="utf-8"))
