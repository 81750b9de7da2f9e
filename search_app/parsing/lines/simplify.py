"""Simplifying: a half traditional document is understood in simplified characters, reported as it is.

Titles, headings and passages are runs of the document in reading order, white space aside. So each is found in the
simplified text from where the last one ended, and the original characters at the same place are put back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from search_app.language import simplify
from search_app.model import Aside, Block, Document, Passage, Report
from search_app.parsing.lines.clean_lines import is_blank

_AHEAD = 50_000  # characters looked through for the next text


def simplify_document(document: Document) -> Document:
    """Return the document in simplified characters; the document itself where it has no others."""
    texts = [*(block.text for block in document.blocks), *document.properties, *document.properties.values()]
    whole = "\n".join(texts)
    if simplify(whole) == whole:
        return document
    return replace(
        document,
        blocks=tuple(_block(block) for block in document.blocks),
        properties={simplify(key): simplify(value) for key, value in document.properties.items()},
    )


def restore_printed(
    report: Report, passages: tuple[Passage, ...], document: Document
) -> tuple[Report, tuple[Passage, ...]]:
    """Return report and passages with the characters of the original document; places stay simplified."""
    texts = [block.text for block in document.blocks]
    headings = [entry.heading for entry in report.outline]
    outline = dict(zip(headings, _restored(headings, texts), strict=True))
    title = next(_restored((report.title or "",), [*texts, *document.properties.values()]))
    made = tuple(
        replace(passage, text=text, headings=tuple(outline.get(heading, heading) for heading in passage.headings))
        for passage, text in zip(passages, _restored((one.text for one in passages), texts), strict=True)
    )
    asides = _restored((aside.text for aside in report.asides), texts)
    return (
        replace(
            report,
            title=title or None,
            outline=tuple(replace(entry, heading=outline[entry.heading]) for entry in report.outline),
            asides=tuple(
                Aside(text=text, reason=aside.reason) for aside, text in zip(report.asides, asides, strict=True)
            ),
        ),
        made,
    )


def _block(block: Block) -> Block:
    rows = tuple(tuple(simplify(cell) for cell in row) for row in block.rows)
    return replace(block, text=simplify(block.text), rows=rows)


def _restored(texts: Iterable[str], originals: Iterable[str]) -> Iterator[str]:
    """Yield each text with the characters that stand in the originals at its place."""
    printed = "".join(char for text in originals for char in text if not is_blank(char))
    source = simplify(printed)
    cursor = 0
    for text in texts:
        bare = "".join(char for char in text if not is_blank(char))
        at = source.find(bare, cursor, cursor + len(bare) + _AHEAD)
        at = source.find(bare, 0, _AHEAD) if at < 0 else at
        places = range(at, at + len(bare)) if at >= 0 else _scattered(bare, source, cursor)
        if not places:
            yield text
            continue
        cursor = places[-1] + 1
        characters = (printed[place] for place in places)
        yield "".join(char if is_blank(char) else next(characters) for char in text)


def _scattered(bare: str, source: str, cursor: int) -> Sequence[int]:
    """Return the places of a text's characters where something was cut out of it, or () if they are not all there."""
    places: list[int] = []
    for char in bare:
        cursor = source.find(char, cursor, cursor + _AHEAD)
        if cursor < 0:
            return ()
        places.append(cursor)
        cursor += 1
    return places
