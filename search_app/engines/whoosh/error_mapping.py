"""Error mapping: foreign errors -> ours, at the seam. Damaged arrays raise a dozen kinds, from struct.error on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from search_app.errors import IndexDamaged, IndexProblem, SearchAppError
from search_app.system_reasons import why_not_opened, why_not_written

_log = logging.getLogger(__name__)


@contextmanager
def own_errors(*, writing: bool = False) -> Iterator[None]:
    """Let none but our errors out of the block; the foreign one stays its cause and goes to the log.

    A fault while reading means that the index is not what was written. While ``writing`` it means only that this
    run failed: what it builds upon was checked before.
    """
    try:
        yield
    except SearchAppError:
        raise
    except OSError as error:
        why = why_not_written(error) if writing else why_not_opened(error)
        raise IndexProblem(f"索引读写出错：{why}", hint="请检查磁盘空间和文件夹权限后再试。") from error
    except MemoryError as error:
        raise IndexProblem("内存不够，索引没有改动", hint="请关闭其他程序后再试。") from error
    except Exception as error:
        _log.exception("the index could not be %s", "written" if writing else "used")
        if writing:
            raise IndexProblem(f"写索引时程序出错（{type(error).__name__}），索引没有改动") from error
        raise IndexDamaged(f"索引内容已损坏（{type(error).__name__}）") from error
