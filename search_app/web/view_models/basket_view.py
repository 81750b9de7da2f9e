"""The basket view: what is collected as its page shows it, each passage beside what became of it since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from search_app.collecting import Basket, Heading, Kept, Label, Removal, Standing, State, was
from search_app.exporting import citation
from search_app.searching import diff_wording
from search_app.web.view_models import safe_html
from search_app.web.view_models.links import Link, passage_url

_SAID = {
    State.SAME: "",
    State.MOVED: "原文换了位置",
    State.CHANGED: "原文已改动",
    State.GONE: "原文已不在",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a basket: a heading of one's own (``heading``), or a passage as it was collected.

    ``words`` is the note or the heading and ``was`` its mark; ``below`` tells whether a heading stands above it.
    ``state`` says what became of the passage, ``told`` in
    words; ``url`` leads to where it stands now, ``differs`` shows the wording of today against the collected one.
    """

    id: int
    heading: bool
    words: str
    was: str
    below: bool = False
    first: bool = False
    last: bool = False
    number: int = 0
    where: str = ""
    path: tuple[str, ...] = ()
    html: Markup | None = None
    source: str = ""
    code: str = ""
    quotation: str = ""
    passage: str = ""
    collected_at: datetime | None = None
    state: str = ""
    told: str = ""
    url: Link | None = None
    differs: Markup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A basket as its page shows it."""

    number: int
    name: str
    was: str
    count: int
    changed: int
    share: str | None
    changed_at: datetime
    entries: tuple[Entry, ...]


def view(basket: Basket, standings: Mapping[int, Standing]) -> Shown:
    """Return a basket as its page shows it."""
    entries: list[Entry] = []
    for item in basket.items:
        if isinstance(item, Heading):
            entries.append(Entry(id=item.id, heading=True, words=item.text, was=was(item.text)))
        else:
            entries.append(_entry(item, standings[item.id]))
    return Shown(
        number=basket.number,
        name=basket.name,
        was=was(basket.name),
        count=len(basket.kept),
        changed=sum(each.state in (State.CHANGED, State.GONE) for each in standings.values()),
        share=f"/basket/{basket.share}" if basket.share else None,
        changed_at=basket.changed_at,
        entries=_numbered(entries),
    )


def others(labels: tuple[Label, ...], basket: int) -> tuple[Label, ...]:
    """Return the baskets to which a passage of this one can go."""
    return tuple(each for each in labels if each.number != basket)


def say_removal(removal: Removal) -> str:
    """Return in words what was taken out, and where it would come back."""
    counted = [f"{removal.passages:,} 段"] if removal.passages else []
    counted += [f"{removal.headings:,} 个小标题"] if removal.headings else []
    first = removal.first
    what = "、".join(counted) + (f"（{citation.where(first.report)}{'等' * (removal.passages > 1)}）" if first else "")
    return f"整个素材夹“{removal.basket}”，里面有 {what}" if removal.whole else f"从“{removal.basket}”移出的 {what}"


def _numbered(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return the entries with the passages counted, and the first and last one marked."""
    numbered, count, below = [], 0, False
    for at, each in enumerate(entries):
        count += not each.heading
        below = below or each.heading
        numbered.append(replace(each, number=count, below=below, first=at == 0, last=at == len(entries) - 1))
    return tuple(numbered)


def _entry(item: Kept, standing: Standing) -> Entry:
    passage, report = item.snapshot.passage, item.snapshot.report
    now = standing.passage if standing.state is State.CHANGED else None
    return Entry(
        id=item.id,
        heading=False,
        words=item.note,
        was=was(item.note),
        where=citation.where(report),
        path=passage.headings,
        html=_html(passage.text),
        source=item.snapshot.source,
        code=item.snapshot.code,
        quotation=f"{passage.text.strip()}——{item.snapshot.source}",
        passage=standing.passage.id if standing.passage is not None else passage.id,
        collected_at=item.collected_at,
        state=standing.state.value,
        told=_SAID[standing.state],
        url=_way(standing),
        differs=safe_html.changes(diff_wording(now.text, passage.text)) if now is not None else None,
    )


def _html(text: str) -> Markup:
    """Return a passage as HTML; one without lines and tables, as most are, needs no Markdown and its time."""
    if "\n" in text or " | " in text:
        return safe_html.passage(text)
    return Markup("<p>{}</p>").format(text)


def _way(standing: Standing) -> Link | None:
    """Return the way to where a passage stands now, or to its report where it stands nowhere."""
    if standing.passage is not None:
        text = "看现在的原文" if standing.state is State.CHANGED else "看原文"
        return Link(text=text, url=passage_url(standing.passage))
    if standing.report is not None:
        return Link(text="看这份报告", url=f"/reports/{standing.report.id}")
    return None
