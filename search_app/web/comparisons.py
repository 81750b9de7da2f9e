"""The use cases behind comparing: what an address asks to be put side by side, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search_app import searching
from search_app.comparing.passages_beside import FEWEST, MOST, Column, put_beside
from search_app.comparing.reports_beside import Beside, find_beside
from search_app.errors import NoSuchPassage, NoSuchReport
from search_app.exporting import citation
from search_app.model import Report
from search_app.searching import Subject
from search_app.web import urls
from search_app.web.parameters import MAX_VALUE, BadParameter, clean, read_scalars
from search_app.web.state import site


class TooMany(BadParameter):
    """More than can stand side by side; ``kept`` are the first of them."""

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        super().__init__(
            f"一次最多对照 {MOST} {'段' if name == 'p' else '份报告'}，网址里写了 {len(ids)} 个",
            name=name,
            hint="请去掉几个再对照。",
        )
        self.kept = tuple((name, each) for each in ids[:MOST])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks to be compared: passages (``p``) or reports (``r``), each once, and against which of them.

    ``repeated``: one was named twice. ``text`` is what more is looked for with.
    """

    kind: str
    ids: tuple[str, ...]
    base: str
    repeated: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What of it is held: ``subjects`` or ``reports`` in the order asked for; ``lost`` are the names of nothing."""

    wanted: Wanted
    subjects: tuple[Subject, ...] = ()
    reports: tuple[Report, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many can be compared."""
        return len(self.subjects) + len(self.reports)


def read_wanted(parameters: urls.Parameters) -> Wanted:
    """Return what an address asks to be compared. Raises BadParameter where both kinds are named, or too many."""
    scalars = read_scalars(parameters, ("base", "q"))
    given = {name: [text for each in parameters.get(name, ()) if (text := clean(each).strip())] for name in ("p", "r")}
    if given["p"] and given["r"]:
        raise BadParameter("段落（p）和报告（r）不能放在一起对照", name="r", hint="请只对照几段，或只对照几份报告。")
    kind = "r" if given["r"] else "p"
    ids = tuple(dict.fromkeys(given[kind]))
    if len(ids) > MOST:
        raise TooMany(kind, ids)
    base = scalars.get("base", "").strip()
    if base and base not in ids:
        shown = base if len(base) <= MAX_VALUE else f"{base[:MAX_VALUE]}…"
        message = f"网址里“以哪一个为准”（base）写成了“{shown}”，它不在对照的这几个里"
        raise BadParameter(message, name="base", hint="请写其中一个的编号，或去掉这一项，以第一个为准。")
    return Wanted(
        kind=kind,
        ids=ids,
        base=base or (ids[0] if ids else ""),
        repeated=len(ids) < len(given[kind]),
        text=scalars.get("q", ""),
    )


def look_up(wanted: Wanted) -> LookedUp:
    """Return what of it is held. A citation code stands for the first passage it leads to."""
    subjects: dict[str, Subject] = {}
    reports: dict[str, Report] = {}
    lost, base = [], wanted.base
    with site().gate:
        for name in wanted.ids:
            try:
                if wanted.kind == "r":
                    reports[name] = site().engine.report(name)[0]
                else:
                    found = _find_passage(name)
                    subjects[found.passage.id] = found
                    base = found.passage.id if name == wanted.base else base
            except NoSuchReport:
                lost.append(name)
    repeated = wanted.repeated or len(subjects) + len(reports) + len(lost) < len(wanted.ids)
    ids = tuple(subjects) or tuple(reports)
    known = replace(wanted, ids=ids, base=base if base in ids or not ids else ids[0], repeated=repeated)
    return LookedUp(wanted=known, subjects=tuple(subjects.values()), reports=tuple(reports.values()), lost=tuple(lost))


def _find_passage(name: str) -> Subject:
    """Return a passage by its id or its citation code. Raises NoSuchReport."""
    code = citation.read_code(name) if citation.looks_like_code(name) else None
    if code is None:
        return searching.find_subject(site().engine, name)
    found = searching.find_cited(site().engine, code.digest, code.is_of)
    return (*found.here, *found.elsewhere)[0]


def require(found: LookedUp) -> None:
    """Raise where what is wanted is not held, or is too little to be compared."""
    if found.lost:
        named = "、".join(each if len(each) <= MAX_VALUE else f"{each[:MAX_VALUE]}…" for each in found.lost)
        kind, error = ("报告", NoSuchReport) if found.wanted.kind == "r" else ("段落", NoSuchPassage)
        raise error(f"要对照的{kind}里，索引里没有这些：{named}")
    if found.count < FEWEST:
        message = f"对照要有 {FEWEST} 至 {MOST} 个，现在是 {found.count} 个"
        raise BadParameter(
            message, name=found.wanted.kind, hint="几段写成 p=段落编号&p=…，几份报告写成 r=报告编号&r=…。"
        )


def compare_passages(found: LookedUp) -> tuple[Column, ...]:
    """Return the passages beside each other."""
    with site().gate:
        return put_beside(found.subjects, found.wanted.base)


def compare_reports(found: LookedUp) -> Beside:
    """Return the reports beside each other. Raises NoSuchReport where one went meanwhile."""
    with site().gate:
        return find_beside(site().engine, found.wanted.ids, found.wanted.base)
