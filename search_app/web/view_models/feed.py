"""The feed of a question: what it finds, newest first, as Atom (RFC 4287) has it.

In: the answer to a question, ordered by when passages were added, and what is known of the generations. Out: a feed
whose ids stay the same: of the feed as long as the question does, of an entry as long as the text. The surprise: texts
may hold what XML 1.0 cannot say in any way, not even escaped; it is left out.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from search_app.engines.base import Status
from search_app.engines.lineage import known_generations
from search_app.exporting import citation
from search_app.searching import Hit, Request, Results
from search_app.web import urls
from search_app.web.view_models.find_again import feed_url, name_of_question

#: Whose names and ids these are, whatever the address of the server: a tag URI (RFC 4151) of the program.
AUTHORITY = "search-app.invalid,2026"
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One passage; ``by`` is the place that says it."""

    id: str
    url: str
    title: str
    by: str
    updated: str
    summary: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The passages that a question finds, those that were added last first; ``subtitle`` says how many are left out."""

    id: str
    title: str
    subtitle: str
    updated: str
    url: str
    about: str
    entries: tuple[Entry, ...]


def view_feed(results: Results, asked: Request, status: Status, *, host: str) -> Feed:
    """Return the feed of a question from its answer, for a server at this address (without a slash at its end)."""
    built = {each.name: each.built_at for each in known_generations(status)}
    entries: dict[str, Entry] = {}
    for hit in results.hits:  # two files of one place and year may say the same: that is one entry
        entry = _entry(hit, built, status.current.built_at, host)
        entries.setdefault(entry.id, entry)
    total, listed = results.found.total, len(results.hits)
    more = f"，这里是新收录在前的 {listed} 段" if total > listed else ""
    return Feed(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"tag:{AUTHORITY}:{feed_url(asked)}").urn,
        title=fit(name_of_question(asked)),
        subtitle=f"共 {total:,} 段{more}。只含检索词全部出现（或换个说法出现）的段落，不含内容相近的。",
        updated=max((entry.updated for entry in entries.values()), default=_moment(status.current.built_at)),
        url=host + feed_url(asked),
        about=host + urls.build(asked),
        entries=tuple(entries.values()),
    )


def fit(text: str) -> str:
    """Return a text without what XML cannot say."""
    return _NO_XML.sub("", text)


def _entry(hit: Hit, built: Mapping[str, datetime], current: datetime, host: str) -> Entry:
    passage, report = hit.match.passage, hit.match.report
    code = citation.code(passage, report)
    heading = passage.headings[-1] if passage.headings else citation.title(report)
    return Entry(
        id=f"tag:{AUTHORITY}:c/{code}",
        url=f"{host}/c/{code}",
        title=fit(f"{citation.where(report)} · {' '.join(heading.split())}"),
        by=fit(citation.place(report)),
        updated=_moment(built.get(hit.match.added, current)),
        summary=fit(citation.quotation(passage, report)),
        terms=tuple(map(fit, (passage.section, *passage.topics))),
    )


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
