"""Vanished sources: a corpus folder that goes away while it is read must not become an index that misses its reports.

A drive that is disconnected makes every file that is not yet read fail. An update keeps what it held of them; an index
that is built anew would hold nothing: so it is not put into use.
"""

from collections.abc import Iterable
from pathlib import Path

from search_app.errors import ConfigError, ReadError
from search_app.indexing.sources import Source


def refuse_vanished(corpus: Path, found: tuple[Source, ...], failed: Iterable[ReadError]) -> None:
    """Raise ConfigError where the corpus folder, or most of what was found in it, is not there any more."""
    lost = {error.path for error in failed}
    gone = [source for source in found if source.path in lost and not _is_there(source.file)]
    if gone and (len(gone) * 2 > len(found) or not _holds_anything(corpus)):
        raise ConfigError(
            f"重建索引时，资料文件夹 {corpus} 里有 {len(gone)} 个文件中途不见了，索引没有改动。",
            hint="请确认网络盘已连接、文件还在，再运行：search-app index --rebuild",
        )


def _is_there(file: Path) -> bool:
    """Tell whether a file can be looked at; whatever the system answers instead, it is not there to be read."""
    try:
        file.lstat()
    except OSError:
        return False
    return True


def _holds_anything(corpus: Path) -> bool:
    try:
        return any(True for _ in corpus.iterdir())
    except OSError:
        return False
