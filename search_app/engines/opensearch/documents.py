"""Documents: passages -> what a row of the index holds, ready to be sent; nearly all of the work of writing.

Depends on nothing but the passages, so it is done in any process; numbers that the index gives (which report, which
place, which cluster) are added by the writer.
"""

from base64 import b64encode
from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeAlias

from search_app.engines.opensearch.schema import ABOVE, PASSAGE, REPORT, SAID
from search_app.engines.records import pack_head, pack_outline, pack_passage
from search_app.language import cut_terms, minhash_all, pack_embedding, squeeze
from search_app.language.analysis.text_digest import digest_origin, digest_text
from search_app.language.similarity.minhash import BANDS, ROWS
from search_app.model import Passage, Report

Document: TypeAlias = dict[str, Any]

#: Lucene takes no longer terms than 32 KB; a run of letters as long as this is no word.
_LONGEST = 1_000


def prepare(passages: tuple[Passage, ...]) -> list[Document]:
    """Return passages as rows, in order; without what the index knows of them."""
    above = {headings: [cut_terms(one) for one in headings] for headings in {each.headings for each in passages}}
    signatures = minhash_all([each.text for each in passages])
    return [
        _row(passage, above[passage.headings], signature)
        for passage, signature in zip(passages, signatures, strict=True)
    ]


def _row(passage: Passage, above: Sequence[Sequence[str]], signature: bytes) -> Document:
    words, headings = cut_terms(passage.text), list(chain.from_iterable(above))
    squeezed = [squeeze(heading) for heading in passage.headings]
    distinct = set(words)
    return {
        "role": PASSAGE,
        "passage": passage.id,
        "number": passage.number,
        "section": passage.section,
        "topics": passage.topics,
        "rated": passage.exemplary.score,
        "digest": str(digest_text(passage.text)),
        SAID: [squeeze(passage.text), *squeezed],
        ABOVE: squeezed,
        "words": join_words(words),
        "heading_words": join_words(headings),
        "words_length": len(words),
        "headings_length": len(headings),
        "distinct": sorted({short(word) for word in distinct if len(word.encode()) >= 6}),  # two characters of Chinese
        "numerals": sorted({short(word) for word in distinct if word[0].isdigit()}),
        "meaning": as_text(pack_embedding([*words, *(above[-1] if above else ())])),
        "signature": as_text(signature),
        "bands": bands(signature),
        "record": as_text(pack_passage(passage)),
    }


def report_row(report: Report) -> Document:
    """Return a report as a row."""
    return {"role": REPORT, "record": as_text(pack_head(report)), "outline": as_text(pack_outline(report))}


def origin_of(report: Report, digest: str) -> str:
    """Return what names a text that stands in a report of a place and year."""
    return f"{digest_origin(report.county, report.town, report.year)}-{digest}"


def short(word: str) -> str:
    """Return a word as a term."""
    return word[:_LONGEST]


def join_words(words: Sequence[str]) -> str:
    """Return words as one text, which the cluster parts at blanks; no word holds one."""
    return " ".join(map(short, words))


def bands(signature: bytes) -> list[str]:
    """Return the bands of a signature as terms: passages that are near each other have one in common."""
    return [f"{band}-{signature[band * ROWS : (band + 1) * ROWS].hex()}" for band in range(BANDS)]


def as_text(data: bytes) -> str:
    """Return bytes as JSON holds them."""
    return b64encode(data).decode("ascii")


def writable(text: str) -> str:
    """Return a text that UTF-8 can write: halves of characters, which names of files may hold, are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
