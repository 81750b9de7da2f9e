"""Document steps: the lines, cover, outline and texts of a document, which everything that is told of it rests on.

In: a document in simplified characters. Out: what the first steps made of it, each text put together once.
"""

from dataclasses import dataclass
from datetime import date

from search_app.model import Document
from search_app.parsing.cover.stated_metadata import PUBLISHED_KEYS, SIGNED_KEYS, find_page_title, find_stated_date
from search_app.parsing.cover.title_block import Cover, find_cover
from search_app.parsing.genre.text_signs import Texts
from search_app.parsing.lines.clean_lines import Cleaned, clean_lines
from search_app.parsing.lines.unwrap import join_lines
from search_app.parsing.outline.build import Body, Heading, build_outline
from search_app.parsing.place.address_patterns import Address, find_address
from search_app.parsing.place.gazetteer import Gazetteer
from search_app.parsing.year.find_year import PLAN

_MOST_TOLD, _LONGEST_TOLD = 150, 4000  # paragraphs and characters that the genre is told by
_LAST_ASIDES = 6
_MOST_BODIES, _LONGEST_BODY = 2000, 40_000  # paragraphs and characters that year and place are looked for in


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What the first steps made of a document, for those that look at it as a whole.

    ``intro`` is the text above the first heading, ``body`` that below headings; of a very long file their beginnings.
    ``address`` is what the title says of the place.
    """

    cleaned: Cleaned
    cover: Cover
    headings: tuple[Heading, ...]
    bodies: tuple[Body, ...]
    path: str
    title: str | None
    address: Address | None
    issued: date | None
    intro: str
    body: str

    @property
    def done(self) -> str:
        """Return the text below headings that announce no plan; of a very long file its beginning."""
        planned = {at for at, heading in enumerate(self.headings) if _is_plan(heading.path[0])}
        if not planned:
            return self.body
        told = (body.text for body in self.bodies[:_MOST_BODIES] if body.heading >= 0 and body.heading not in planned)
        return "\n".join(told)[:_LONGEST_BODY]

    @property
    def texts(self) -> Texts:
        """Return what the genre is told by, beside the title."""
        told = "\n".join(body.text for body in self.bodies[:_MOST_TOLD])
        asides = (*self.cleaned.asides[-_LAST_ASIDES:], *self.cover.asides[-_LAST_ASIDES:])
        return Texts(
            headings=tuple(heading.text for heading in self.headings[:500] if heading.level == 1),
            text=told if len(told) <= _LONGEST_TOLD else f"{told[: _LONGEST_TOLD - 500]}\n{told[-500:]}",
            closing="\n".join(aside.text for aside in asides),
        )


def take_steps(document: Document, path: str, names: Gazetteer) -> Steps:
    """Return the lines, cover, outline and texts of a document."""
    cleaned = clean_lines(document)
    cover = find_cover(cleaned.lines)
    title = cover.title or find_page_title(cleaned.properties)
    address = find_address(title, names) if title else None
    headings, bodies = build_outline(
        join_lines(cover.body, hard_wrapped=document.hard_wrapped), town=address.town if address is not None else None
    )
    signed = cover.signed or find_stated_date(cleaned.properties, SIGNED_KEYS)
    return Steps(
        cleaned=cleaned,
        cover=cover,
        headings=headings,
        bodies=bodies,
        path=path,
        title=title,
        address=address,
        issued=signed or find_stated_date(cleaned.properties, PUBLISHED_KEYS) or cover.stamped,
        intro="\n".join(body.text for body in bodies[:50] if body.heading < 0)[:3000],
        body="\n".join(body.text for body in bodies[:_MOST_BODIES] if body.heading >= 0)[:_LONGEST_BODY],
    )


def _is_plan(heading: str) -> bool:
    return PLAN.search(heading) is not None and "问题" not in heading and "不足" not in heading
