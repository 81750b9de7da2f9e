"""The parser: a document -> a report and its passages, step by step, and why year and place are what they are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import cast

from search_app.language import simplify
from search_app.model import Aside, Document, OutlineEntry, Passage, Report
from search_app.parsing.cover.cover_facts import find_document_number, find_issuer, find_published, own_labels
from search_app.parsing.cover.stated_metadata import (
    FRAME_KEYS,
    ISSUER_KEYS,
    PUBLISHED_KEYS,
    SIGNED_KEYS,
    find_page_title,
    find_stated_date,
    read_known_values,
)  # fmt: skip
from search_app.parsing.cover.title_block import PLANNING, Cover, find_cover, tell_genre
from search_app.parsing.evidence import Evidence, explain_place
from search_app.parsing.lines.clean_lines import Cleaned, clean_lines
from search_app.parsing.lines.simplify import restore_printed, simplify_document
from search_app.parsing.lines.unwrap import join_lines
from search_app.parsing.outline.build import Body, Heading, build_outline
from search_app.parsing.outline.passages import cut_passages
from search_app.parsing.place.address_patterns import find_address
from search_app.parsing.place.evidence_texts import Clues
from search_app.parsing.place.find_place import PlaceFound, find_place
from search_app.parsing.place.gazetteer import Gazetteer, gazetteer
from search_app.parsing.place.site_hosts import find_hosts
from search_app.parsing.year.find_year import PLAN, YearFound, find_year

__all__ = ["Evidence", "explain", "parse"]

_MOST_CHROME = 50  # lines of a page around the report that are looked at for the place


def parse(
    document: Document,
    *,
    path: str,
    fingerprint: str = "",
    corrections: Mapping[str, object] | None = None,
    own_places: str = "",
) -> tuple[Report, tuple[Passage, ...]]:
    """Understand one report; ``path`` is relative to the corpus (POSIX), ``corrections`` come from its sidecar.

    ``own_places`` is the text of an administrator's own list of places, "" for none.
    """
    known = read_known_values(document, corrections)
    simple, names = simplify_document(document), gazetteer(own_places)
    read = _read(simple, simplify(path), names)
    report_id = sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    outline, passages = _assemble(report_id, read.headings, read.bodies)
    year, place = _year(known, read), _place(known, read, names)
    report = Report(
        id=report_id,
        path=path,
        title=read.title,
        town=place.town,
        county=place.county,
        city=place.city,
        province=place.province,
        year=year.year,
        year_source=year.source,
        place_source=place.source,
        issued=cast(date | None, known.get("issued")) or read.issued,
        kind=cast(str, known.get("kind")) or tell_genre(read.title, read.opening),
        warnings=_warnings(document, read, year, place, untitled=read.title is None and "title" not in known),
        fingerprint=fingerprint,
        outline=outline,
        asides=_asides(read.cleaned, read.cover),
    )
    report = _with_cover_facts(report, known, simple, read)
    if simple is not document:
        report, passages = restore_printed(report, passages, document)
    return replace(report, title=cast(str | None, known.get("title")) or report.title), passages


def _with_cover_facts(report: Report, known: Mapping[str, object], document: Document, read: "_Read") -> Report:
    """Return a report with its number, issuer and day of publication, as far as they are stated."""
    labels = own_labels(document, read.cleaned, read.cover)
    return replace(
        report,
        published=cast(date | None, known.get("published")) or find_published(labels),
        document_number=cast(str | None, known.get("document_number")) or find_document_number(labels, read.cover),
        issuer=cast(str | None, known.get("issuer")) or find_issuer(labels, read.cover),
    )


def explain(
    document: Document, *, path: str, corrections: Mapping[str, object] | None = None, own_places: str = ""
) -> tuple[Evidence, ...]:
    """Return what year, town and county rest on: each with its source and the words of the document that say it."""
    known = read_known_values(document, corrections)
    names = gazetteer(own_places)
    read = _read(simplify_document(document), simplify(path), names)
    year = _year(known, read)
    value = None if year.year is None else str(year.year)
    told = Evidence(field="year", value=value, source=year.source, text=year.said)
    return (told, *explain_place(_place(known, read, names), _clues(read)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the first steps made of a document, for those that look at it as a whole."""

    cleaned: Cleaned
    cover: Cover
    headings: tuple[Heading, ...]
    bodies: tuple[Body, ...]
    path: str

    @property
    def title(self) -> str | None:
        return self.cover.title or find_page_title(self.cleaned.properties)

    @property
    def signed(self) -> date | None:
        return self.cover.signed or find_stated_date(self.cleaned.properties, SIGNED_KEYS)

    @property
    def issued(self) -> date | None:
        return self.signed or find_stated_date(self.cleaned.properties, PUBLISHED_KEYS) or self.cover.stamped

    @property
    def done(self) -> str:
        """Return the text below headings that announce no plan; of a very long file its beginning."""
        planned = {at for at, heading in enumerate(self.headings) if _is_plan(heading.path[0])}
        told = (body.text for body in self.bodies[:2000] if body.heading >= 0 and body.heading not in planned)
        return "\n".join(told)[:40_000]

    @property
    def intro(self) -> str:
        """Return the text above the first heading."""
        return "\n".join(body.text for body in self.bodies[:50] if body.heading < 0)[:3000]

    @property
    def body(self) -> str:
        """Return the text below headings; of a very long file its beginning."""
        return "\n".join(body.text for body in self.bodies[:2000] if body.heading >= 0)[:40_000]

    @property
    def opening(self) -> str:
        return (self.intro or "".join(body.text for body in self.bodies[:3]))[:1000]


def _read(document: Document, path: str, names: Gazetteer) -> _Read:
    cleaned = clean_lines(document)
    cover = find_cover(cleaned.lines)
    address = find_address(cover.title or "", names)
    headings, bodies = build_outline(
        join_lines(cover.body, hard_wrapped=document.hard_wrapped), town=address.town if address is not None else None
    )
    return _Read(cleaned=cleaned, cover=cover, headings=headings, bodies=bodies, path=path)


def _assemble(
    report_id: str, headings: tuple[Heading, ...], bodies: tuple[Body, ...]
) -> tuple[tuple[OutlineEntry, ...], tuple[Passage, ...]]:
    """Number the passages and hang them below their headings."""
    below: list[list[str]] = [[] for _ in headings]
    passages: list[Passage] = []
    for number, (at, text) in enumerate(cut_passages(bodies), 1):
        passage_id = f"{report_id}-{number}"
        path = headings[at].path if at >= 0 else ()
        passages.append(Passage(id=passage_id, report=report_id, number=number, headings=path, text=text))
        if at >= 0:
            below[at].append(passage_id)
    outline = tuple(
        OutlineEntry(heading=heading.text, level=heading.level, passages=tuple(ids))
        for heading, ids in zip(headings, below, strict=True)
    )
    return outline, tuple(passages)


def _asides(cleaned: Cleaned, cover: Cover) -> tuple[Aside, ...]:
    """Return all asides in reading order; a line of the cover takes the residue inside it along."""
    lines = {aside.at for aside in cover.asides}
    kept = [aside for aside in cleaned.asides if aside.at not in lines]
    kept += [replace(aside, text=cleaned.whole.get(aside.at, aside.text)) for aside in cover.asides]
    return tuple(Aside(text=aside.text, reason=aside.reason) for aside in sorted(kept))


def _year(known: Mapping[str, object], read: _Read) -> YearFound:
    if isinstance(year := known.get("year"), int):
        return YearFound(year=year, source="sidecar")
    return find_year(
        title=read.title or "",
        intro=read.intro,
        headings=tuple(heading.text for heading in read.headings if heading.level == 1),
        body=read.done,
        signed=read.issued or read.cover.month,
        name=read.path,
        frame="\n".join(aside.text for aside in read.cleaned.asides if aside.reason == "网页残留"),
        plans=tell_genre(read.title, read.opening) in PLANNING,
    )


def _is_plan(heading: str) -> bool:
    return PLAN.search(heading) is not None and "问题" not in heading and "不足" not in heading


def _place(known: Mapping[str, object], read: _Read, names: Gazetteer) -> PlaceFound:
    stated = {part: str(known[part]) for part in ("town", "county", "city", "province") if part in known}
    return find_place(_clues(read), stated, names)


def _clues(read: _Read) -> Clues:
    properties = read.cleaned.properties
    header = [properties[key] for key in ISSUER_KEYS if key in properties]
    header += [aside.text for aside in read.cover.asides if aside.reason in ("落款", "页眉", "主送")]
    residue = [aside.text for aside in read.cleaned.asides if aside.reason == "网页残留"][:_MOST_CHROME]
    frame = [value for key, value in properties.items() if key.lower() in FRAME_KEYS]
    page = "\n".join((*properties.values(), *(aside.text for aside in read.cleaned.asides), read.intro, read.path))
    return Clues(
        title=read.title or "",
        issuer=read.cover.issuer or "",
        header=tuple(header),
        frame="\n".join((*frame, *residue))[:5000],
        intro=read.intro,
        headings="\n".join(heading.text for heading in read.headings[:500]),
        body=read.body,
        path=read.path,
        hosts=find_hosts(page[:20_000]),
    )


def _warnings(
    document: Document, read: _Read, year: YearFound, place: PlaceFound, *, untitled: bool
) -> tuple[str, ...]:
    found = [*document.warnings]
    if untitled:
        found.append("未找到标题")
    if year.warning:
        found.append(year.warning)
    found.extend(place.warnings)
    if read.bodies and not read.headings:
        found.append("未找到标题层次，全文按段落编排")
    if not read.bodies:
        found.append("没有可检索的正文")
    return tuple(found)
