""".txt -> Document: one block per line that holds text.

The surprise: the white space at the start of a line is kept, because in a hard-wrapped file an indent is often all that
tells the first line of a paragraph from a continued one. White space at the end goes.
"""

from search_app.model import Block, Document
from search_app.readers.clean_text import visible
from search_app.readers.limits import check_characters
from search_app.readers.text_decoding import decode


def read(data: bytes, path: str) -> Document:
    """Read a plain text file in any of the encodings used in China. Raises DamagedFile, UnsupportedFile."""
    decoded = decode(data, path)
    check_characters(path, decoded.text)
    lines = (line.rstrip() for line in visible(decoded.text).splitlines())
    return Document(
        format="txt",
        blocks=tuple(Block(text=line) for line in lines if line.strip()),
        hard_wrapped=True,
        warnings=decoded.warnings,
    )
