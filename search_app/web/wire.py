"""The wire: every answer as UTF-8 that browsers and programs can read, whatever stands in names of files.

A file may be named in bytes that are no UTF-8 (GBK from an old archive); Python hands them on as lone surrogates, which
nothing can be encoded with. They are shown as replacement signs. On pages so are control characters, which HTML has no
place for, and marks that turn the reading direction, with which a name could pass for another.
"""

from flask import Response

from search_app.exporting.wording import replace_surrogates, replace_unfit


class Wire(Response):
    """An answer whose text is made fit for the wire when it is given."""

    def set_data(self, value: bytes | str) -> None:
        """Set the body; of a text, what cannot be encoded is replaced."""
        if isinstance(value, str):
            value = replace_surrogates(value)
            if self.mimetype == "text/html":
                value = replace_unfit(value)
        super().set_data(value)
