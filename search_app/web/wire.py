"""The wire: every answer as UTF-8 that browsers and programs can read, whatever stands in names of files.

A file may be named in bytes that are no UTF-8 (GBK from an old archive); Python hands them on as lone surrogates, which
nothing can be encoded with. They are shown as replacement signs. On pages so are control characters, which HTML has no
place for, and marks that turn the reading direction, with which a name could pass for another.
"""

from io import BytesIO

from flask import Request, Response

from search_app.exporting.wording import replace_surrogates, replace_unfit


class Wire(Response):
    """An answer whose text is made fit for the wire when it is given."""

    def set_data(self, value: bytes | str) -> None:
        """Set the body; of a text, what cannot be encoded is replaced."""
        if isinstance(value, str):
            value = replace_unfit(value) if self.mimetype == "text/html" else replace_surrogates(value)
        super().set_data(value)


class Asked(Request):
    """A request whose files are held in memory, whatever their size: what is sent to be checked is kept nowhere."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - that of werkzeug's
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> BytesIO:
        return BytesIO()
