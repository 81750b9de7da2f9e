"""The secret: 32 random bytes with which cookies and forms are signed, kept beside the baskets.

Nothing is written before something is collected: until then a draft is used, and the first edit puts it on the disk.
Several processes agree on the one that was there first.
"""

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from search_app.errors import BasketsUnusable
from search_app.keeping.kept_files import SECRET, SECRET_BYTES

FILE, _LENGTH = SECRET, SECRET_BYTES


class Secret:
    """Signs texts, each for one purpose, and tells whether a signature is its own."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._draft = secrets.token_bytes(_LENGTH)
        self._kept: bytes | None = None

    def keep(self) -> None:
        """Put the secret on the disk, readable for nobody else. Raises BasketsUnusable."""
        if self._kept is None:
            try:
                self._kept = self._read() or self._write()
            except OSError as error:
                raise BasketsUnusable(
                    "素材夹存不下来：磁盘是只读的，或没有写入权限",
                    hint="检索不受影响。请管理员检查素材夹所在文件夹的写入权限。",
                ) from error

    def sign(self, purpose: str, text: str) -> str:
        """Return the signature of a text."""
        made = hmac.digest(self._key(), f"{purpose}\0{text}".encode(), sha256)
        return urlsafe_b64encode(made[:24]).decode()

    def is_signed(self, purpose: str, text: str, signature: str) -> bool:
        """Tell whether a signature was made by this secret for this purpose and text."""
        return hmac.compare_digest(self.sign(purpose, text).encode(), signature.encode("utf-8", "replace"))

    def name(self, cookie: str) -> str:
        """Return the name of a cookie: another for another secret, as all ports of a machine share their cookies."""
        return f"{cookie}-{sha256(b'name' + self._key()).hexdigest()[:8]}"

    def _key(self) -> bytes:
        if self._kept is None:
            with suppress(OSError, BasketsUnusable):  # who edits is told
                self._kept = self._read()
        return self._kept or self._draft

    def _read(self) -> bytes | None:
        try:
            found = self._path.read_bytes()
        except FileNotFoundError:
            return None
        if len(found) != _LENGTH:
            raise BasketsUnusable(
                f"素材夹的密钥文件 {FILE} 已损坏",
                hint="检索不受影响。请管理员从备份恢复它；删去它，程序会另做一个，但浏览器就找不回原来的素材夹了。",
            )
        return found

    def _write(self) -> bytes:
        """Write the draft under another name first: whoever reads the file finds all of it or none."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_name(f"{FILE}.{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self._draft)
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(draft, self._path)
        finally:
            draft.unlink(missing_ok=True)
        return self._read() or self._draft


def _put_in_place(draft: Path, path: Path) -> None:
    """Give the file its name, unless there is one of that name."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            draft.replace(path)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
