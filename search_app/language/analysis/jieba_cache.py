"""The cache folder of jieba: the one place where language touches the disk.

jieba unmarshals whatever it finds in its cache folder, so the folder has to be one that only this user can write.
"""

import atexit
import os
import shutil
import stat
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path


def private_folder() -> str:
    """Return a folder that only this user can write, made if need be."""
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".cache"
        folder = folder / "search-app" / f"jieba-{version('jieba')}-py{sys.version_info.major}{sys.version_info.minor}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and _is_private(folder):
            return str(folder)
    except (OSError, RuntimeError):
        pass  # no home, or one that cannot be written (a service account): a fresh folder each time is slower, but safe
    fresh = tempfile.mkdtemp(prefix="search-app-")
    atexit.register(shutil.rmtree, fresh, ignore_errors=True)
    return fresh


def _is_private(folder: Path) -> bool:
    if sys.platform == "win32":
        return True  # LOCALAPPDATA belongs to the user; the mode bits say nothing there
    state = folder.lstat()
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o022
