"""File names: what a downloaded file is called, in words that every system takes as a name."""

import re

from search_app.exporting.collection import Collection
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.printable import make_line

#: What some system or header takes for something else than a part of a name.
_UNFIT = re.compile(r'[\\/:*?"<>|;%\'`\ufffd]+')
#: So many characters fit everywhere: three octets each are less than the 255 of a name on Linux.
_LONGEST = 60


def name_file(collection: Collection, form: FileFormat) -> str:
    """Return ``检索结果-矛盾纠纷调解-20261129.docx``: what it is, and the day it was made."""
    words = "".join(filter(str.isprintable, make_line(collection.title).replace("：", "-")))
    name = _UNFIT.sub("", words).strip(" .-")[:_LONGEST].strip(" .-") or "导出"
    return f"{name}-{collection.made:%Y%m%d}.{form}"
