"""Engines: where passages are kept and found. ``open_engine`` is the only way in; ``base`` is the contract.

``lineage`` knows what generations are called; ``score_sentences`` says why a passage has its score, for all engines.
"""

from pathlib import Path

from search_app.engines.base import Engine


def open_engine(index: Path) -> Engine:
    """Return the engine over this index folder; nothing on disk is touched, read or created yet."""
    from search_app.engines.whoosh import WhooshEngine

    return WhooshEngine(index)
