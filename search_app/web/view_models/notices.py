"""Notices: what a clerk should know about an answer, each with the one click that mends or undoes it."""

from dataclasses import dataclass, replace

from search_app.query import Note, NoteKind, Undo
from search_app.searching import Request, Results
from search_app.web import urls
from search_app.web.parameters import MAX_VALUE
from search_app.web.view_models.links import Link

#: So many names that an address gives in vain are said again.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence about the answer, and the one click that mends or undoes what it tells of."""

    kind: str
    text: str
    link: Link | None = None


def of_strangers(names: tuple[str, ...]) -> tuple[Notice, ...]:
    """Return the one notice that an address names what is no condition of ours, and that it was not used."""
    if not names:
        return ()
    said = "、".join(f"“{name[:MAX_VALUE]}”" for name in names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    return (Notice(kind="ignored", text=f"网址里的{said}不是检索条件，没有用上。"),)


def notices(results: Results) -> tuple[Notice, ...]:
    """Return what a clerk should know about the answer, each with the link that mends or undoes it, once."""
    told = (*_switched(replace(results.request, page=1)), *(_notice(note, results.request) for note in results.notes))
    offered: set[str] = set()
    once = []
    for notice in told:
        again = notice.link is not None and notice.link.url in offered
        once.append(replace(notice, link=None) if again else notice)
        offered |= {notice.link.url} if notice.link else set()
    return tuple(once)


def _switched(request: Request) -> tuple[Notice, ...]:
    """Return what was switched off by a click, for this question and those typed after it, and the way back."""
    found: list[Notice] = []
    if request.literal:
        link = Link(text="恢复", url=urls.build(replace(request, literal=False)))
        found.append(Notice(kind="literal", text="正在照原样检索：不改错字，不猜意思。", link=link))
    if not request.also:
        link = Link(text="也搜别的说法", url=urls.build(replace(request, also=True)))
        found.append(Notice(kind="only", text="只搜了原词。", link=link))
    return tuple(found)


def _notice(note: Note, request: Request) -> Notice:
    """Return a note with the link that its kind's way back leads to."""
    same, message = replace(request, page=1), note.message
    match note.kind.undo:
        case Undo.TYPED_WORDS:
            link = Link(text="只搜原词", url=urls.build(replace(same, also=False)))
        case Undo.LITERAL:
            corrected = note.kind is NoteKind.CORRECTED
            text = f"仍搜“{request.text.strip()}”" if corrected else "照原样检索"
            link = Link(text=text, url=urls.build(replace(same, literal=True)))
        case Undo.GENRES:
            text = "只查年度报告" if request.all_genres else "全部文种都查"
            link = Link(text=text, url=urls.build(replace(same, all_genres=not request.all_genres)))
        case Undo.QUERY if note.query:
            meant = note.kind is NoteKind.DID_YOU_MEAN  # the sentence ends in the query, which is the link itself
            message = message.removesuffix(note.query) if meant else message
            text = note.query if meant else f"改为检索：{note.query}"
            link = Link(text=text, url=urls.build(replace(same, text=note.query)))
        case Undo.QUERY if note.selection is not None:
            text = "仍只看年度报告" if note.kind is NoteKind.OTHER_GENRES else "改看收录了的"
            link = Link(text=text, url=urls.build(replace(same, selection=note.selection)))
        case _:
            return Notice(kind=note.kind, text=message)
    return Notice(kind=note.kind, text=message, link=link)
