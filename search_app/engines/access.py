"""Access: whose an index folder is, and who else could write into it; asked before anything in it is read.

Whoever can write there can make the index answer wrongly, hashes and all. Windows keeps folders private by other means.
"""

import os
import shlex
import sys
from pathlib import Path

from search_app.errors import IndexProblem

_OTHERS_WRITE = 0o022


def refuse_strangers(folder: Path) -> None:
    """Raise IndexProblem where the folder is another user's or others can write into it, OSError where none is there.

    Root is no exception: what another user wrote would be believed with root's rights.
    """
    if sys.platform == "win32":
        return
    held = folder.stat()
    if held.st_uid == os.geteuid() and not held.st_mode & _OTHERS_WRITE:
        return
    named = shlex.quote(str(folder))
    if held.st_uid != os.geteuid():
        raise IndexProblem(
            f"索引文件夹 {folder} 属于另一个用户，为安全起见不用它",
            hint=f"请用建立它的账号运行；确认里面的内容没有被人动过后，也可以运行：chown -R {os.geteuid()} {named}",
        )
    raise IndexProblem(
        f"索引文件夹 {folder} 可以被其他用户改写，为安全起见不用它",
        hint=f"请运行：chmod 700 {named}，确认里面的内容没有被人动过，或换一个文件夹。",
    )
