"""The inside of one .docx paragraph -> its text, with ``\\n`` where the typist broke the line by hand.

Tracked deletions, hidden runs, field codes and the results of page number and table-of-contents fields are left out;
what a clerk should know of that is counted. The surprise: a field may begin in one paragraph and end many paragraphs
later, so the open fields outlive a paragraph; one that never ends hides nothing.
"""

import re
from xml.etree.ElementTree import Element

from search_app.readers.docx_package import attribute, child, is_on, name_of, value_of
from search_app.readers.symbol_fonts import sign
from search_app.readers.word_fields import is_dropped_field, kind_of_field, text_of_field

_SKIPPED = (
    "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:delText", "w:delInstrText", "w:rt", "w:sdtPr", "w:sdtEndPr",
    "w:fldData", "w:tbl", "w:footnoteRef", "w:endnoteRef", "w:annotationRef",
)  # fmt: skip
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_LONGEST_INSTRUCTION = 4_000
#: What Word asks for in a control that is not filled in; forms of our offices ask the same way.
_PROMPT = re.compile(
    r"[\s\[【（(<《]*(?:请?(?:单击|点击|双击)(?:或点击|或轻触)?(?:此|这里|以|输入|选择|添加|编辑|图标)|"
    r"请(?:在此|输入|填写|选择|填入)|在此(?:处)?(?:输入|键入)|选择一项|选择日期|"
    r"(?:Click|Choose|Enter|Type|Select)\b).{0,60}",
    re.I | re.S,
)


class FieldStack:
    """The fields open at this point of the document, innermost last; ``unended`` are those known never to end."""

    def __init__(self, unended: frozenset[int] = frozenset()) -> None:
        self._open: list[tuple[int, str, bool, str]] = []  # which one, instruction so far, result begun, what it shows
        self._unended = unended
        self._begun = 0

    def mark(self, kind: str | None, shown: str = "") -> str:
        """Take a ``w:fldChar`` and return what the field shows of itself; an end without a beginning is ignored."""
        if kind == "begin":
            self._begun += 1
            if self._begun not in self._unended:
                self._open.append((self._begun, "", False, shown))
        elif kind == "separate" and self._open:
            number, instruction, _, shown = self._open.pop()
            self._open.append((number, instruction, True, shown))
        elif kind == "end" and self._open:
            _, instruction, begun, shown = self._open.pop()
            if not begun or kind_of_field(instruction) == "EQ":
                shown = shown or text_of_field(instruction)
                if self._open and not self._open[-1][2]:  # a field inside another's instruction is a part of it
                    self.instruct(shown)
                    return ""
                return "" if self.hides_text() else shown
        return ""

    def instruct(self, text: str) -> None:
        """Take a piece of the innermost field's instruction."""
        if self._open and not self._open[-1][2]:
            number, instruction, _, shown = self._open[-1]
            self._open[-1] = (number, (instruction + text)[:_LONGEST_INSTRUCTION], False, shown)

    def hides_text(self) -> bool:
        """Tell whether text here is an instruction or the result of a field that is left out."""
        return any(not begun or _hides_result(instruction) for _, instruction, begun, _ in self._open)

    def still_open(self) -> frozenset[int]:
        """Return which fields, counted from 1, have begun and not ended."""
        return frozenset(number for number, *_ in self._open)


def _hides_result(instruction: str) -> bool:
    """Tell a field whose result is left out, or is no other than what its instruction says."""
    return is_dropped_field(instruction) or kind_of_field(instruction) == "EQ"


def is_unfilled(control: Element) -> bool:
    """Tell a content control that says it shows its prompt; programs that fill it in leave that mark."""
    return child(child(control, "w:sdtPr"), "w:showingPlcHdr") is not None


def is_prompt(text: str) -> bool:
    """Tell the words that ask to fill something in."""
    return not text.strip() or _PROMPT.fullmatch(text) is not None


def chosen(alternatives: Element) -> Element | None:
    """Return the one branch of ``mc:AlternateContent`` to read: the first that holds text, else the first."""
    branches = [part for part in alternatives if name_of(part) in ("mc:Choice", "mc:Fallback")]
    for branch in branches:
        if any(name_of(part) == "w:t" for part in branch.iter()):
            return branch
    return branches[0] if branches else None


class Inline:
    """Collects the text and the text boxes of one paragraph."""

    def __init__(self, fields: FieldStack, placeholders: frozenset[str] = frozenset()) -> None:
        self.boxes: list[Element] = []
        self.left_out: list[tuple[str, str]] = []  # why, and which text
        self.page_number = False  # a PAGEREF stands here, as in a line of contents
        self.related: list[str] = []  # ids of the parts that diagrams are in
        self._fields = fields
        self._placeholders = placeholders
        self._pieces: list[str] = []

    def text(self) -> str:
        """Return what was collected."""
        return "".join(self._pieces)

    def take(self, element: Element, *, hidden: bool = False, unfilled: bool = False) -> None:
        """Collect everything below an element, in order; ``unfilled`` is inside a control that shows its prompt."""
        for part in element:
            name = name_of(part)
            if name in _SKIPPED:
                continue
            if name == "w:fldChar":
                self._pieces.append(self._fields.mark(attribute(part, "fldCharType"), _chosen_entry(part)))
            elif name == "w:instrText":
                self._fields.instruct(part.text or "")
                self.page_number |= "PAGEREF" in (part.text or "")
            elif name == "w:r":
                self._run(part, hidden=hidden, unfilled=unfilled)
            elif name == "w:fldSimple":
                self._simple_field(part, hidden=hidden, unfilled=unfilled)
            elif name == "mc:AlternateContent":
                branch = chosen(part)
                if branch is not None:
                    self.take(branch, hidden=hidden, unfilled=unfilled)
            elif name == "w:txbxContent":
                self.boxes.append(part)
            elif name == "w:sdt":
                asks = unfilled or is_unfilled(part)
                if not (asks and is_prompt(text_in(part))):
                    self.take(part, hidden=hidden, unfilled=asks)
            elif not (hidden or self._fields.hides_text()):
                self._sign(part, name, unfilled=unfilled)
            elif name == "w:t" and not hidden:
                self._fields.instruct(part.text or "")  # a piece of an instruction, where one is open
            else:
                self.take(part, hidden=hidden, unfilled=unfilled)

    def _run(self, part: Element, *, hidden: bool, unfilled: bool) -> None:
        properties = child(part, "w:rPr")
        if not hidden and is_on(properties, "w:vanish"):
            hidden = True
            self.left_out.append(("隐藏文字", text_in(part)))
        if unfilled and not hidden:
            text = text_in(part)
            marked = value_of(properties, "w:rStyle") in self._placeholders
            if is_prompt(text) or marked:
                self.left_out.append(("未填写的内容控件", "" if is_prompt(text) else text))
                return
        self.take(part, hidden=hidden, unfilled=unfilled)

    def _simple_field(self, part: Element, *, hidden: bool, unfilled: bool) -> None:
        instruction = attribute(part, "instr") or ""
        self.page_number |= "PAGEREF" in instruction
        shown = "" if hidden or self._fields.hides_text() else text_of_field(instruction)
        if shown and (kind_of_field(instruction) == "EQ" or not text_in(part).strip()):
            self._pieces.append(shown)
        else:
            self.take(part, hidden=hidden or is_dropped_field(instruction), unfilled=unfilled)

    def _sign(self, part: Element, name: str, *, unfilled: bool) -> None:
        """Collect a piece of visible text, or look inside what is none."""
        if name in ("w:t", "m:t"):
            self._pieces.append((part.text or "").replace("\n", " "))
        elif name == "w:sym":
            code = attribute(part, "char") or ""
            self._pieces.append(sign(int(code, 16), attribute(part, "font") or "") if _HEX.fullmatch(code) else "")
        elif name in _SIGNS:
            self._pieces.append(_SIGNS[name])
        elif name == "other:relIds":
            self.related.append(attribute(part, "dm") or "")
        else:
            self.take(part, unfilled=unfilled)


_HEX = re.compile("[0-9a-fA-F]{1,4}")


def text_in(element: Element) -> str:
    """Return the text of all runs below an element."""
    return "".join(part.text or "" for part in element.iter() if name_of(part) == "w:t")


def _chosen_entry(mark: Element) -> str:
    """Return what the form field that begins here shows: the entry picked from a list, a ticked box."""
    data = child(mark, "w:ffData")
    if data is None:
        return ""
    entries = child(data, "w:ddList")
    if entries is not None:
        listed = [attribute(entry, "val") or "" for entry in entries if name_of(entry) == "w:listEntry"]
        picked = value_of(entries, "w:result") or value_of(entries, "w:default") or "0"
        return listed[int(picked)] if picked.isdigit() and int(picked) < len(listed) else ""
    box = child(data, "w:checkBox")
    if box is None:
        return ""
    return "☑" if is_on(box, "w:checked" if child(box, "w:checked") is not None else "w:default") else "□"
