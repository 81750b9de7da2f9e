"""Copied wording: which sentences of a draft stand in last year's report of the same town, or in other towns' reports.

In: an engine and a draft. Out: :class:`Copies`: for each passage that shares wording what is shared, with whom, and how
much of the whole draft that is. Every letter is counted once: as last year's own where it stands there, else as another
town's, else as common wording, which so many towns write that it is nobody's. Measured by ``shared_wording``, so a text
of which the figures alone were changed is the same text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from search_app.engines.base import Engine
from search_app.language.similarity.shared_wording import RUN, Overlap, Wording, find_shared
from search_app.model import Facet, Match, Passage, Report
from search_app.query import Deadline, In, Node, Not
from search_app.reviewing.draft import Draft
from search_app.reviewing.source_search import (
    Letters,
    Looking,
    OutOfTime,
    Source,
    SourceSearch,
    Span,
    Spread,
    count_letters,
)

#: What so many other towns write is common wording: no town's own, and no copy of one.
COMMON_TOWNS = 5
#: Fewer letters in a row are a set phrase or the name of a law, which two towns may well use by chance.
TELLING = 20
#: What is laid down word for word for the whole country: whoever writes it copied nobody.
_LAID_DOWN = re.compile(
    r"以?习近平新时代中国特色社会主义思想(?:为指导)?|习近平法治思想|党的[一二三十]+(?:大|届[一二三四五六七]中全会)精神|《[^》]*》"
    r"|重要工作亲自部署[，,、]?重大问题亲自过问[，,、]?重点环节亲自协调[，,、]?重要任务亲自督办|履行推进法治建设第一责任人职责"
    r"|行政执法公示(?:制度)?[，,、]?(?:行政)?执法全过程记录(?:制度)?[，,、和]?重大(?:行政)?执法决定法制审核(?:制度)?"
)
#: So many sources of one passage are named, those first that hold most of it.
NAMED = 3


class Origin(StrEnum):
    """Where shared wording stands: in the town's own last report, in other towns', or in very many towns'."""

    LAST_YEAR = "last_year"
    ELSEWHERE = "elsewhere"
    COMMON = "common"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What one passage of a draft shares with one kind of origin; ``spans`` are places of its text.

    ``sources`` are the first few that hold it; ``spread`` tells of the widest of common wording.
    """

    origin: Origin
    passage: Passage
    spans: tuple[Span, ...]
    overlap: Overlap
    sources: tuple[Source, ...]
    spread: Spread | None = None

    @property
    def tells(self) -> bool:
        """Tell whether enough is shared to be no set phrase that two towns use by chance: much in a row, or half."""
        return self.overlap.share >= 0.5 or any(
            count_own_letters(self.passage.text, span) >= TELLING for span in self.spans
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """All that a draft shares; ``last_year`` is the report of the same town that it was held against, if one is held.

    ``hurried`` are the passages of which shorter runs were not looked for, ``unread`` those that nothing was looked for
    of, as time was up.
    """

    letters: int
    shared: tuple[Shared, ...]
    last_year: Report | None = None
    hurried: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()

    def total(self, origin: Origin) -> Overlap:
        """Return how much of the whole draft stands there."""
        return Overlap(
            letters=self.letters, shared=sum(each.overlap.shared for each in self.shared if each.origin is origin)
        )


def count_own_letters(text: str, span: Span) -> int:
    """Return how many letters of a span its writer chose: those of formulas laid down for all do not count."""
    laid_down = (found.span() for found in _LAID_DOWN.finditer(text, *span))
    return count_letters(text, (span,)) - count_letters(text, laid_down)


def find_copies(
    engine: Engine,
    draft: Draft,
    last_year: Report | None,
    deadline: Deadline | None = None,
    *,
    latest: Deadline | None = None,
) -> Copies:
    """Return what a draft shares with last year's report and with other towns'. Raises IndexProblem.

    Sources are looked for until the deadline; how widely a wording is written, until the latest.
    """
    search = SourceSearch(engine, _elsewhere(draft.report), deadline)
    own = tuple(_as_matches(engine, last_year)) if last_year is not None else ()
    looks, unread, hurried = _look(search, draft.passages)
    search.deadline = latest
    weights = _weigh(looks.values())
    shared: list[Shared] = []
    for passage in draft.passages:
        own_spans = _spans_of_own(passage, own)
        if own_spans:
            shared.append(_of_own(passage, own, own_spans))
        if passage.number in looks:
            shared += _of_others(passage, looks[passage.number], own_spans, search, weights)
    letters = sum(len(Letters(passage.text)) for passage in draft.passages)
    return Copies(letters=letters, shared=tuple(shared), last_year=last_year, hurried=hurried, unread=unread)


def _elsewhere(report: Report) -> Node | None:
    """Return what a passage of another town fulfils; None where the draft's own town is not known."""
    if report.town is None:
        return None
    return Not(child=In(facet=Facet.TOWN, value=f"{report.county or ''}{report.town}"))


def _look(
    search: SourceSearch, passages: Sequence[Passage]
) -> tuple[dict[int, Looking], tuple[int, ...], tuple[int, ...]]:
    """Look for what shares most of each passage first, then more closely, as long as there is time."""
    looks: dict[int, Looking] = {}
    done: set[int] = set()
    try:
        for passage in passages:
            looks[passage.number] = search.look(passage.text)
        for number, looking in looks.items():
            search.look_closer(looking)
            done.add(number)
    except OutOfTime:
        pass
    numbers = tuple(passage.number for passage in passages)
    unread = tuple(number for number in numbers if number not in looks)
    hurried = tuple(number for number in numbers if number in looks and number not in done)
    return looks, unread, hurried


def _weigh(looks: Iterable[Looking]) -> dict[str, int]:
    """Return how many letters of the draft each report shares: of equal sources, that of the likelier report is named.

    A writer copies from one report rather than from many.
    """
    weights: dict[str, int] = {}
    for looking in looks:
        for source in looking.found.values():
            much = sum(end - start for start, end in source.spans)
            weights[source.match.report.id] = weights.get(source.match.report.id, 0) + much
    return weights


def _as_matches(engine: Engine, report: Report) -> Iterator[Match]:
    held, passages = engine.report(report.id)
    return (Match(passage=passage, report=held, score=0.0) for passage in passages)


def _spans_of_own(passage: Passage, own: Sequence[Match]) -> tuple[Span, ...]:
    """Return where a passage stands in the town's own report, whichever of its passages hold it."""
    if len(Letters(passage.text)) < RUN or not own:
        return ()
    return find_shared(passage.text, Wording(match.passage.text for match in own))


def _of_own(passage: Passage, own: Sequence[Match], spans: tuple[Span, ...]) -> Shared:
    sources = (Source(match=match, spans=find_shared(passage.text, Wording((match.passage.text,)))) for match in own)
    letters = Letters(passage.text)
    return Shared(
        origin=Origin.LAST_YEAR,
        passage=passage,
        spans=spans,
        overlap=Overlap(letters=len(letters), shared=len(_covered(letters, spans))),
        sources=_name([source for source in sources if source.spans], letters, {}),
    )


def _of_others(
    passage: Passage, looking: Looking, own: tuple[Span, ...], search: SourceSearch, weights: dict[str, int]
) -> Iterator[Shared]:
    """Yield what a passage shares with other towns, told apart by whether very many of them write it."""
    letters, sources = looking.letters, list(looking.found.values())
    kept = taken = _covered(letters, own)
    common: list[tuple[Span, Spread]] = []
    rare: list[Span] = []
    for span in _merge(span for source in sources for span in source.spans):
        spread = _spread(passage.text, span, search)
        if spread.towns >= COMMON_TOWNS:
            common.append((span, spread))
        else:
            rare.append(span)
    for origin, spans in ((Origin.ELSEWHERE, rare), (Origin.COMMON, [span for span, _ in common])):
        new = _without_crumbs(letters, _covered(letters, spans) - kept) - taken
        if not new:
            continue
        taken = taken | new
        within = [_cut(source, spans) for source in sources]
        yield Shared(
            origin=origin,
            passage=passage,
            spans=_as_spans(letters, new),
            overlap=Overlap(letters=len(letters), shared=len(new)),
            sources=_name([source for source in within if _covered(letters, source.spans) & new], letters, weights),
            spread=max((spread for _, spread in common), key=lambda each: each.reports)
            if origin is Origin.COMMON
            else None,
        )


def _without_crumbs(letters: Letters, left: set[int]) -> set[int]:
    """Return what is left where the town's own words were taken out, but for ends too short to be a run themselves."""
    whole = (_covered(letters, (span,)) & left for span in _as_spans(letters, left))
    return set().union(*(run for run in whole if len(run) >= min(RUN, len(letters))))


def _spread(text: str, span: Span, search: SourceSearch) -> Spread:
    """Return how widely a span is written."""
    try:
        return search.spread(text, span)
    except OutOfTime:  # nobody is told to have copied what was not looked at: its words stand in many passages
        return Spread(reports=0, towns=COMMON_TOWNS)


def _merge(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that no other one holds, each once: what is written so in one source, not what overlaps."""
    longest: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not longest or end > longest[-1][1]:
            longest.append((start, end))
    return iter(longest)


def _cut(source: Source, spans: Sequence[Span]) -> Source:
    """Return a source with what of it lies within spans."""
    kept = (
        (max(start, first), min(end, last))
        for start, end in source.spans
        for first, last in spans
        if start < last and first < end
    )
    return replace(source, spans=tuple(dict.fromkeys(kept)))


def _name(sources: Sequence[Source], letters: Letters, weights: dict[str, int]) -> tuple[Source, ...]:
    """Return the few sources that together hold most, the one that holds most first."""
    chosen: list[Source] = []
    left = set(range(len(letters)))
    rest = [(source, _covered(letters, source.spans)) for source in sources]
    while rest and len(chosen) < NAMED:
        best = max(
            rest,
            key=lambda each: (
                len(each[1] & left),
                weights.get(each[0].match.report.id, 0),
                each[0].match.report.year or 0,
                each[0].match.passage.id,
            ),
        )
        if not best[1] & left:
            break
        chosen.append(best[0])
        left -= best[1]
        rest.remove(best)
    return tuple(chosen)


def _covered(letters: Letters, spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in range(*letters.within(*span))}


def _as_spans(letters: Letters, covered: set[int]) -> tuple[Span, ...]:
    """Return the letters as spans of the text, neighbours together with the marks and figures between them."""
    spans: list[Span] = []
    last = -2
    for at in sorted(covered):
        place = letters.places[at]
        if at == last + 1:
            spans[-1] = spans[-1][0], place + 1
        else:
            spans.append((place, place + 1))
        last = at
    return tuple(spans)
