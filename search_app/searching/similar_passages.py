"""Similar passages: the other passages of a near-duplicate cluster, each in parts that say what it words otherwise.

In: a passage's id, and what was being searched for, which may narrow them. Out: one page of them, newest first.
"""

from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.model import Collapse, Found, Match, Sort
from search_app.query import Search
from search_app.searching.paging import count_pages
from search_app.searching.reference_passage import Subject, find_subject
from search_app.searching.wording_diff import Part, diff_wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A passage that says nearly the same; ``parts`` are its text, held against the subject's."""

    match: Match
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """One page of the passages that say nearly the same as the subject, newest first; the counts leave it out."""

    subject: Subject
    found: Found
    variants: tuple[Variant, ...]
    pages: int


def find_similar(engine: Engine, passage_id: str, within: Search | None = None) -> Similar:
    """Return the page that ``within`` asks for of those that say nearly the same and that it finds, newest first.

    Raises NoSuchPassage, NoSuchPage.
    """
    subject, within = find_subject(engine, passage_id), within or Search()
    found = engine.search(replace(within, like=passage_id, collapse=Collapse.NONE, sort=Sort.NEWEST))
    variants = (
        Variant(match=match, parts=diff_wording(match.passage.text, subject.passage.text)) for match in found.matches
    )
    return Similar(
        subject=subject,
        found=found,
        variants=tuple(variants),
        pages=count_pages(found, page=within.page, size=within.size),
    )
