"""A whole file: written beside the one that is meant and put in its place in one step, so nobody finds half of one.

In: a path. Out: a file to write into. What cannot be written is said in plain words, and what was there is as it was.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from search_app.errors import CannotWrite
from search_app.system_reasons import why_not_written

_FULL, _SHUT = "请腾出空间，或换一个磁盘再试。", "请换一个能写的文件夹。"
_OPEN_ELSEWHERE = f"如果文件正在 Word、Excel 或 WPS 里打开，请先关闭；否则{_SHUT}"
_HINTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _SHUT,
    errno.EACCES: _OPEN_ELSEWHERE,
    errno.EPERM: _OPEN_ELSEWHERE,
    errno.ENOENT: "请先建好文件夹，或检查路径。",
    errno.ENOTDIR: "请检查路径。",
    errno.EISDIR: "请在后面写上文件名。",
    errno.ENAMETOOLONG: "请换一个短的名字。",
}


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Give a file beside the one that is meant, and put it in its place at the end. Raises CannotWrite.

    A ``private`` one can be read by nobody else.
    """
    made: Path | None = None
    try:
        number, name = tempfile.mkstemp(prefix=".search-app-", suffix=path.suffix, dir=path.parent)
        made = Path(name)
        with os.fdopen(number, "w+b") as into:
            yield into
            into.flush()
            os.fsync(into.fileno())
        if not private:
            made.chmod(_usual_mode(path))
        made.replace(path)
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "请换一个文件夹再试。")
        raise CannotWrite(f"文件“{path}”写不进去：{why_not_written(error)}", hint=hint) from error
    finally:
        if made is not None:
            with suppress(OSError):
                made.unlink(missing_ok=True)


def _usual_mode(path: Path) -> int:
    """Return the mode that a file here would have had without us, or that of the file which is replaced."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
