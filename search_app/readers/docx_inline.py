"""The inside of one .docx paragraph -> its text, with ``\\n`` where the typist broke the line by hand.

Tracked deletions, hidden runs, field codes and the results of page number and table-of-contents fields are left out.
The surprise: a field may begin in one paragraph and end many paragraphs later, so the open fields outlive a paragraph.
"""

from xml.etree.ElementTree import Element

from search_app.readers.docx_package import attribute, child, is_on, name_of

#: Fields whose result is no text of the author: page numbers change with the paper, a contents list repeats headings.
_DROPPED_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "INDEX", "FILENAME")
_SKIPPED = (
    "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:delText", "w:delInstrText", "w:rt", "w:sdtPr", "w:sdtEndPr",
    "w:fldData", "w:tbl", "w:footnoteRef", "w:endnoteRef", "w:annotationRef",
)  # fmt: skip
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
#: The Wingdings characters that carry meaning in forms.
_WINGDINGS = {"F0FE": "☑", "F052": "☑", "F0FC": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0FD": "☒", "F051": "☒"}


class FieldStack:
    """The fields open at this point of the document, innermost last."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []  # instruction so far, whether its result has begun

    def mark(self, kind: str | None) -> None:
        """Take a ``w:fldChar``: begin, separate or end; an end without a beginning is ignored."""
        if kind == "begin":
            self._open.append(("", False))
        elif kind == "separate" and self._open:
            self._open[-1] = (self._open[-1][0], True)
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """Take a piece of the innermost field's instruction."""
        if self._open and not self._open[-1][1]:
            self._open[-1] = (self._open[-1][0] + text, False)

    def hides_text(self) -> bool:
        """Tell whether text here is an instruction or the result of a field that is left out."""
        return any(not begun or is_dropped_field(instruction) for instruction, begun in self._open)


def is_dropped_field(instruction: str) -> bool:
    """Tell whether a field's result is left out, by the first word of its instruction."""
    words = instruction.split(maxsplit=1)
    return bool(words) and words[0].upper() in _DROPPED_FIELDS


def chosen(alternatives: Element) -> Element | None:
    """Return the one branch of ``mc:AlternateContent`` to read: the first that holds text, else the first."""
    branches = [part for part in alternatives if name_of(part) in ("mc:Choice", "mc:Fallback")]
    for branch in branches:
        if any(name_of(part) == "w:t" for part in branch.iter()):
            return branch
    return branches[0] if branches else None


class Inline:
    """Collects the text and the text boxes of one paragraph."""

    def __init__(self, fields: FieldStack) -> None:
        self.boxes: list[Element] = []
        self._fields = fields
        self._pieces: list[str] = []

    def text(self) -> str:
        """Return what was collected."""
        return "".join(self._pieces)

    def take(self, element: Element, *, hidden: bool = False) -> None:
        """Collect everything below an element, in order."""
        for part in element:
            name = name_of(part)
            if name in _SKIPPED:
                continue
            if name == "w:fldChar":
                self._fields.mark(attribute(part, "fldCharType"))
            elif name == "w:instrText":
                self._fields.instruct(part.text or "")
            elif name == "w:r":
                self.take(part, hidden=hidden or is_on(child(part, "w:rPr"), "w:vanish"))
            elif name == "w:fldSimple":
                self.take(part, hidden=hidden or is_dropped_field(attribute(part, "instr") or ""))
            elif name == "mc:AlternateContent":
                branch = chosen(part)
                if branch is not None:
                    self.take(branch, hidden=hidden)
            elif name == "w:txbxContent":
                self.boxes.append(part)
            elif name == "w:sdt" and child(child(part, "w:sdtPr"), "w:showingPlcHdr") is not None:
                continue
            elif not (hidden or self._fields.hides_text()):
                self._sign(part, name)
            else:
                self.take(part, hidden=hidden)

    def _sign(self, part: Element, name: str) -> None:
        """Collect a piece of visible text, or look inside what is none."""
        if name in ("w:t", "m:t"):
            self._pieces.append((part.text or "").replace("\n", " "))
        elif name == "w:sym":
            self._pieces.append(_WINGDINGS.get((attribute(part, "char") or "").upper(), ""))
        elif name in _SIGNS:
            self._pieces.append(_SIGNS[name])
        else:
            self.take(part)
