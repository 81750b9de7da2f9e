"""Layers of a PDF (optional content): which of them are not shown, as for drafts and marks of the printing house.

PDFium says what layer something is drawn in, but not whether it is shown; pypdf reads that, once, where it is asked.
The surprise: what is drawn names its layer only by the layer's name; where a shown one has the same, nothing is hidden.
"""

import io
from collections.abc import Iterator
from typing import Any


class Layers:
    """The layers of one document, read when first asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._hidden: frozenset[bytes] | None = None

    def hide(self, names: frozenset[bytes]) -> bool:
        """Tell whether what is drawn in layers of these names is not shown."""
        if self._hidden is None:
            self._hidden = _hidden(self._data)
        return not self._hidden.isdisjoint(names)


def _hidden(data: bytes) -> frozenset[bytes]:
    """Return the names of the layers that are off and of no other."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        content: Any = reader.trailer["/Root"].get_object().get("/OCProperties", {})  # type: ignore[union-attr]
        content = content.get_object()
        usual = content.get("/D", {}).get_object()
        every = dict(_named(content.get("/OCGs", [])))
        off = dict(_named(usual.get("/OFF", [])))
        if usual.get("/BaseState") == "/OFF":
            on = dict(_named(usual.get("/ON", [])))
            off = {key: name for key, name in every.items() if key not in on}
    except Exception:  # noqa: BLE001 - a broken list of layers hides nothing
        return frozenset()
    shown = {name for key, name in every.items() if key not in off}
    return frozenset(off.values()) - shown


def _named(groups: Any) -> Iterator[tuple[int, bytes]]:
    """Yield number and name of layers; the name as the file writes it."""
    for reference in groups.get_object() if hasattr(groups, "get_object") else groups:
        name = reference.get_object().get("/Name")
        if name is not None:
            yield reference.idnum, getattr(name, "original_bytes", str(name).encode("utf-8"))
