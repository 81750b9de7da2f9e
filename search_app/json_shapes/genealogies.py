"""Genealogies, as JSON: who wrote a passage first, and from which earlier one each later passage may come."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, TypeAlias

from search_app.comparing.genealogy import Genealogy, Kinship, Member
from search_app.json_shapes.reports import passage, report
from search_app.searching import diff_wording

Json: TypeAlias = dict[str, Any]


def genealogy(found: Genealogy, shown: Sequence[Member], *, page: int, pages: int) -> Json:
    """Return a genealogy, one page of its members in full; ``first`` is decided where one report had it first."""
    return {
        "passage": passage(found.subject.passage, found.subject.report),
        "report": report(found.subject.report),
        "total": found.total,
        "compared": len(found.members),
        "first": {"decided": found.is_first_known, "passages": [member.id for member in found.firsts]},
        "lineage": [member.id for member in found.lineage],
        "years": [_year(year, list(members)) for year, members in groupby(found.members, _year_of)],
        "members": [_member(found, member) for member in shown],
        "page": page,
        "pages": pages,
        "generation": found.generation,
    }


def _year_of(member: Member) -> int | None:
    return member.report.year


def _year(year: int | None, members: Sequence[Member]) -> Json:
    kinds = [member.kinship for member in members]
    return {
        "year": year,
        "passages": len(members),
        "reports": len({member.report.id for member in members}),
        **{kind.value: kinds.count(kind) for kind in Kinship},
    }


def _member(found: Genealogy, member: Member) -> Json:
    text = member.match.passage.text
    parent = found.by_id[member.parent].match.passage.text if member.parent is not None else None
    return {
        "passage": passage(member.match.passage, member.report),
        "report": report(member.report),
        "kinship": member.kinship.value,
        "parent": member.parent,
        "letters": member.letters,
        "shared": member.shared,
        "share": round(member.share, 4),
        "rivals": member.rivals,
        "differs": [{"text": part.text, "instead": part.instead} for part in diff_wording(text, parent)]
        if parent is not None
        else [],
    }
