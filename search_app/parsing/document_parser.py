"""The parser: a document -> a report and its passages, step by step, and why year and place are what they are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import cast

from search_app import genres
from search_app.language import simplify
from search_app.language.analysis.han_numbers import is_number_alone
from search_app.model import Aside, Document, OutlineEntry, Passage, Report
from search_app.parsing.cover.cover_facts import find_document_number, find_issuer, find_published, own_labels
from search_app.parsing.cover.further_titles import find_further_titles
from search_app.parsing.cover.stated_metadata import FRAME_KEYS, ISSUER_KEYS, read_known_values
from search_app.parsing.cover.title_block import Cover
from search_app.parsing.cover.title_lines import SUBJECT
from search_app.parsing.document_steps import Steps, take_steps
from search_app.parsing.evidence import Evidence, explain_genre, explain_place
from search_app.parsing.genre.tell_genre import GenreFound, tell_genre
from search_app.parsing.lines.clean_lines import Cleaned
from search_app.parsing.lines.simplify import restore_printed, simplify_document
from search_app.parsing.outline.build import Body, Heading
from search_app.parsing.outline.passages import cut_passages, tell_leaves
from search_app.parsing.place.evidence_texts import Clues
from search_app.parsing.place.find_place import PlaceFound, find_place
from search_app.parsing.place.gazetteer import Gazetteer, gazetteer
from search_app.parsing.place.site_hosts import find_hosts
from search_app.parsing.year.dates import unless_horizon
from search_app.parsing.year.find_year import YearFound, find_year

__all__ = ["Evidence", "explain", "parse"]

_UNTITLED = "未找到标题"
_HAN = re.compile("[\u4e00-\u9fff]")
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
    read = take_steps(simple, simplify(path), names)
    report_id = sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    outline, passages = _assemble(report_id, read.headings, read.bodies)
    told = _report(document, read, known, names)
    report = replace(told, id=report_id, path=path, fingerprint=fingerprint, outline=outline)
    report = _with_cover_facts(report, known, simple, read)
    if simple is not document:
        report, passages = restore_printed(report, passages, document)
    return _with_known_title(report, known), passages


def _report(document: Document, read: Steps, known: Mapping[str, object], names: Gazetteer) -> Report:
    """Return what is told of a document as a whole; what it is decides what else is told."""
    genre = _genre(known, read)
    year, place = _year(known, read, genre), _place(known, read, genre, names)
    return Report(
        id="",
        path="",
        title=read.title,
        town=place.town,
        county=place.county,
        city=place.city,
        province=place.province,
        year=year.year,
        year_source=year.source,
        place_source=place.source,
        issued=cast(date | None, known.get("issued")) or read.issued,
        kind=genre.kind,
        warnings=_warnings(document, read, genre, year, place),
        asides=_asides(read.cleaned, read.cover),
    )


def _with_known_title(report: Report, known: Mapping[str, object]) -> Report:
    """Return a report with the title that its keeper states, if one is stated."""
    if (title := cast(str | None, known.get("title"))) is None:
        return report
    return replace(report, title=title, warnings=tuple(each for each in report.warnings if each != _UNTITLED))


def _with_cover_facts(report: Report, known: Mapping[str, object], document: Document, read: Steps) -> Report:
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
    """Return what genre, year, town and county rest on, each with its source and the words that say it."""
    known = read_known_values(document, corrections)
    names = gazetteer(own_places)
    read = take_steps(simplify_document(document), simplify(path), names)
    genre = _genre(known, read)
    year = _year(known, read, genre)
    value = None if year.year is None else str(year.year)
    told = Evidence(field="year", value=value, source=year.source, text=year.said)
    place = explain_place(_place(known, read, genre, names), _clues(read, genre))
    return (explain_genre(genre, of_keeper="kind" in known), told, *place)


def _assemble(
    report_id: str, headings: tuple[Heading, ...], bodies: tuple[Body, ...]
) -> tuple[tuple[OutlineEntry, ...], tuple[Passage, ...]]:
    """Number the passages, and hang them below their headings; a number alone names nothing, and is in no path."""
    below: list[list[str]] = [[] for _ in headings]
    passages: list[Passage] = []
    for number, (at, text) in enumerate(cut_passages(headings, tell_leaves(headings, bodies)), 1):
        passage_id = f"{report_id}-{number}"
        path = tuple(name for name in headings[at].path if not is_number_alone(name)) if at >= 0 else ()
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


def _genre(known: Mapping[str, object], read: Steps) -> GenreFound:
    if kind := known.get("kind"):
        return GenreFound(kind=genres.as_kind(str(kind)), confidence="high")
    return tell_genre(read.title, read.texts)


def _stands_apart(genre: GenreFound, read: Steps) -> bool:
    """Say whether a document does not tell of who wrote it; what has neither title nor signs of a genre may."""
    return genre.kind in genres.APART and not (genre.kind == genres.OTHER and read.title is None)


def _year(known: Mapping[str, object], read: Steps, genre: GenreFound) -> YearFound:
    if isinstance(year := known.get("year"), int):
        return YearFound(year=year, source="sidecar")
    if _stands_apart(genre, read):
        titled = "" if genre.kind == genres.NEWS else read.title or ""  # the year of a meeting is not reported on
        found = find_year(title=titled, intro="", headings=(), body="", signed=None, name="")
        year = unless_horizon(found.year, read.issued)
        return replace(found, year=year, source="none" if year is None else "inferred", warning=None)
    # A letter is no account of the year before its date: what never speaks of the rule of law is told no year by that.
    account = genre.kind != genres.OTHER or any(SUBJECT.search(text) for text in (read.intro, read.body))
    return find_year(
        title=read.title or "",
        intro=read.intro,
        headings=tuple(heading.text for heading in read.headings if heading.level == 1),
        body=read.done,
        signed=(read.issued or read.cover.month) if account else None,
        name=read.path,
        frame="\n".join(aside.text for aside in read.cleaned.asides if aside.reason == "网页残留"),
        plans=genre.kind in genres.PLANNING,
    )


def _place(known: Mapping[str, object], read: Steps, genre: GenreFound, names: Gazetteer) -> PlaceFound:
    stated = {part: str(known[part]) for part in ("town", "county", "city", "province") if part in known}
    return find_place(_clues(read, genre), stated, names)


def _clues(read: Steps, genre: GenreFound) -> Clues:
    properties = read.cleaned.properties
    header = [properties[key] for key in ISSUER_KEYS if key in properties]
    header += [aside.text for aside in read.cover.asides if aside.reason in ("落款", "页眉", "主送")]
    residue = [aside.text for aside in read.cleaned.asides if aside.reason == "网页残留"][:_MOST_CHROME]
    frame = [value for key, value in properties.items() if key.lower() in FRAME_KEYS]
    page = "\n".join((*properties.values(), *(aside.text for aside in read.cleaned.asides), read.intro, read.path))
    return Clues(
        title=read.title or "",
        of_title=read.address,
        issuer=read.cover.issuer or "",
        header=tuple(header),
        frame="\n".join((*frame, *residue))[:5000],
        intro=read.intro,
        headings="\n".join(heading.text for heading in read.headings[:500]),
        body=read.body,
        path=read.path,
        hosts=find_hosts(page[:20_000]),
        ours=not _stands_apart(genre, read),
        around=tuple(aside.text for aside in read.cover.asides),
    )


def _warnings(
    document: Document, read: Steps, genre: GenreFound, year: YearFound, place: PlaceFound
) -> tuple[str, ...]:
    """Return what the keeper should know; of what is no account nobody expects a town or headings."""
    found = [*document.warnings]
    if read.title is None:
        found.append(_UNTITLED)
    if genre.confidence == "low":
        found.append(f"文种“{genre.kind}”是推定的，请核对")
    if year.warning:
        found.append(year.warning)
    if not _stands_apart(genre, read):
        found.extend(place.warnings)
        if read.bodies and not read.headings:
            found.append("未找到标题层次，全文按段落编排")
    if read.bodies and not any(_HAN.search(text) for text in (read.title or "", read.intro, read.body)):
        found.append("全文没有汉字，可能是文字编码认错了，请打开原文件核对")
    if further := find_further_titles(read.title, read.cover.body):
        listed = "、".join(further[:3]) + ("等" if len(further) > 3 else "")
        found.append(f"文件里好像还有别的报告（{listed}），都算在第一份名下；请拆成一份一个文件")
    if not read.bodies:
        found.append("没有可检索的正文")
    return tuple(found)
