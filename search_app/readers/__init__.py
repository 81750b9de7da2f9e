"""Readers: a file on disk -> Document. One file per format; ``read`` picks it by content and suffix."""

from pathlib import Path

from search_app.model import Document


def read(path: Path) -> Document:
    """Read one file. Raises UnsupportedFile, DamagedFile (also: password) or NoText, nothing else."""
    raise NotImplementedError
