"""Faults: foreign errors -> ours, at the seam. On a damaged file Whoosh raises a dozen kinds, even MemoryError."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from search_app.errors import IndexDamaged, IndexProblem, SearchAppError

_log = logging.getLogger(__name__)


@contextmanager
def own_errors() -> Iterator[None]:
    """Let none but our errors out of the block; the foreign one stays its cause and goes to the log."""
    try:
        yield
    except SearchAppError:
        raise
    except OSError as error:
        raise IndexProblem(
            f"索引读写出错：{error.strerror or error}", hint="请检查磁盘空间和文件夹权限后再试。"
        ) from error
    except Exception as error:
        _log.exception("the index could not be used")
        raise IndexDamaged(f"索引内容已损坏（{type(error).__name__}）") from error
