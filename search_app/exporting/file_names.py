"""File names: what a downloaded file is called, in words that every system takes as a name."""

import re
from datetime import datetime
from typing import Protocol

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.printable import make_line

#: What some system or header takes for something else than a part of a name.
_UNFIT = re.compile(r'[\\/:*?"<>|;%\'`\ufffd]+')
#: So many characters fit everywhere: three octets each are less than the 255 of a name on Linux.
_LONGEST = 60


class Titled(Protocol):
    """What a file is made of, a collection or a table, as far as its name goes."""

    @property
    def title(self) -> str:
        """Return what it is."""

    @property
    def made(self) -> datetime:
        """Return when it was made."""


def name_file(held: Titled, form: FileFormat) -> str:
    """Return ``检索结果-矛盾纠纷调解-20261129.docx``: what it is, and the day it was made."""
    words = "".join(filter(str.isprintable, make_line(held.title).replace("：", "-")))
    name = _UNFIT.sub("", words).strip(" .-")[:_LONGEST].strip(" .-") or "导出"
    return f"{name}-{held.made:%Y%m%d}.{form}"
