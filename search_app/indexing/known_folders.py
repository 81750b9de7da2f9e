"""Known folders: which folders held reports after the last run, kept beside the index.

In: the folders of the files in the index. Out: the same, for a run that cannot ask the index itself because another
version wrote it. Where nothing usable was kept, nothing is known, and nothing fails.
"""

from collections.abc import Set
from pathlib import Path

from search_app.indexing.kept_beside import keep, kept

MEMORY = "folders.json"


def remember_folders(index: Path, folders: Set[str]) -> None:
    """Keep which folders hold reports; nothing is written where they are the same as before."""
    if recall_folders(index) != folders:
        keep(index, MEMORY, sorted(folders))


def recall_folders(index: Path | None) -> Set[str]:
    """Return which folders held reports; none where nothing usable was kept."""
    names = kept(index, MEMORY)
    # a mapping of names to counts is what programs kept before this one
    return {name for name in names if isinstance(name, str)} if isinstance(names, (list, dict)) else frozenset()
