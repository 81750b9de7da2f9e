"""The oracle: an engine that looks at every passage for every question. Slow, in memory, obviously right.

What rests on the generation alone stands on its shelf (scanning_shelf.py); of answers nothing is kept.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from search_app.engines.base import Ancestor, Generation, Prepared, Preparing, Status, Writer, check
from search_app.engines.lineage import find_generation, number_of
from search_app.engines.score_sentences import not_found, not_held
from search_app.errors import IndexMissing, NoSuchReport
from search_app.language import tokenize
from search_app.language.analysis.text_digest import digest_text
from search_app.model import Collapse, Facet, Found, Match, Passage, Report, Sort
from search_app.query import SPREAD, Search
from search_app.score import Explanation
from tests.engines.scanning_explanations import explain_passage
from tests.engines.scanning_names import Names, narrowing
from tests.engines.scanning_scores import Scorer
from tests.engines.scanning_shelf import Shelf, squeezed

#: What a passage says and who says it: place and year of the report, the text without blanks and in one writing.
Key = tuple[str | None, str | None, int | None, str]


class _Writer:
    def __init__(self, held: dict[str, tuple[Report, tuple[Passage, ...]]]) -> None:
        self.held = held

    def put(self, report: Report, passages: tuple[Passage, ...] | Prepared) -> None:
        self.held[report.id] = (report, passages.held if isinstance(passages, Prepared) else passages)

    def remove(self, report_id: str) -> None:
        self.held.pop(report_id, None)


class ScanningEngine:
    """Holds reports in a dict; see :class:`search_app.engines.base.Engine` for what each method promises."""

    def __init__(self) -> None:
        self._kept: Shelf | None = None
        #: Every generation there was, newest first, and in which one each passage of the newest appeared.
        self._generations: tuple[Ancestor, ...] = ()
        self._added: dict[Key, int] = {}

    @contextmanager
    def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
        held = {} if rebuild or self._kept is None else dict(self._kept.held)
        yield _Writer(held)
        number = len(self._generations) + 1
        present = {_key(report, passage) for report, passages in held.values() for passage in passages}
        self._added = {key: self._added.get(key, number) for key in present}
        now = Ancestor(name=f"gen-{number:06d}", id=secrets.token_hex(16), built_at=datetime.now(UTC))
        self._kept, self._generations = Shelf(held), (now, *self._generations)

    def preparing(self) -> Preparing:
        return Prepared

    def search(self, search: Search) -> Found:
        answer = self._answer(search)
        listed = answer.unspread
        if search.sort == Sort.RELEVANCE:
            spread = answer.names.spread(listed[:SPREAD], search.ranking.same_town)
            listed = [*sorted(spread, key=lambda match: answer.tier(search, match)), *listed[SPREAD:]]
        start = (search.page - 1) * search.size
        return Found(
            total=len(answer.chosen),
            reports=len({report.id for report, _ in answer.chosen}),
            listed=len(listed),
            matches=tuple(listed[start : start + search.size]),
            facets={facet: answer.names.count(search, facet, answer.matching) for facet in Facet},
            generation=self._name(),
            looked_at=answer.looked_at,
            held=len(self._shelf().pairs),
        )

    def _answer(self, search: Search) -> "_Answer":
        check(search)
        shelf = self._shelf()
        names, leaders = shelf.names, shelf.leaders
        scorer = Scorer(shelf, search)
        for named in (search.like, search.unlike):
            if named is not None and named not in leaders:
                raise NoSuchReport(f"索引里没有编号为 {named} 的段落")
        after = 0 if search.since is None else number_of(find_generation(search.since, self.status()).name)
        looked_at = _in_time(shelf.settled, search)
        matching = [
            (report, passage)
            for report, passage in looked_at
            if (search.query is None or scorer.matches(search.query, report, passage))
            and (search.like is None or (leaders[passage.id] == leaders[search.like] and passage.id != search.like))
            and (search.unlike is None or leaders[passage.id] != leaders[search.unlike])
            and (search.unlike is None or report.id != search.unlike.rpartition("-")[0])
            and self._number_of(report, passage) > after
            and (not search.exemplary or passage.exemplary.stamped)
        ]
        asked = narrowing(search)
        chosen = [pair for pair in matching if all(names.kept(search, facet, pair) for facet in asked)]
        ranked = self._ranked(chosen, search, scorer, names)
        groups: dict[object, list[tuple[Report, Passage, float]]] = {}
        for report, passage, score in ranked:
            key: object = {
                Collapse.SIMILAR: leaders[passage.id],
                Collapse.REPORT: report.id,
                Collapse.NONE: passage.id,
            }[search.collapse]
            groups.setdefault(key, []).append((report, passage, score))
        listed = [
            Match(
                report=replace(members[0][0], outline=(), asides=()),
                passage=members[0][1],
                score=members[0][2],
                stands_for=len(members) - 1,
                added=f"gen-{self._number_of(members[0][0], members[0][1]):06d}",
            )
            for members in groups.values()
        ]
        return _Answer(names, scorer, matching, chosen, listed, len(looked_at))

    def explain(self, search: Search, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        return tuple(self._explain(search, passage_id) for passage_id in passage_ids)

    def _explain(self, search: Search, passage_id: str) -> Explanation:
        if passage_id not in {passage.id for _, passage in self._shelf().pairs}:
            raise not_held(passage_id)
        answer = self._answer(replace(search, deadline=None))
        chosen = {passage.id: (report, passage) for report, passage in answer.chosen}
        if passage_id not in chosen:
            raise not_found(passage_id)
        spread = answer.unspread[:SPREAD] if search.sort == Sort.RELEVANCE else []
        counts = answer.names.before([match.report for match in spread])
        before = {match.passage.id: count for match, count in zip(spread, counts, strict=True)}
        return explain_passage(answer.scorer, search, *chosen[passage_id], before=before.get(passage_id))

    def find_text(self, digest: int) -> tuple[tuple[Passage, Report], ...]:
        saying = [
            (report.id, passage.id) for report, passage in self._shelf().pairs if digest_text(passage.text) == digest
        ]
        found = []
        for report_id, passage_id in saying:
            report, passages = self.report(report_id)
            passage = next(each for each in passages if each.id == passage_id)
            found.append((passage, replace(report, outline=(), asides=())))
        return tuple(found)

    def count(self, search: Search) -> int:
        return len(self._answer(search).chosen)

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        shelf = self._shelf()
        if report_id not in shelf.held:
            raise NoSuchReport(f"索引里没有编号为 {report_id} 的报告")
        report = shelf.held[report_id][0]
        return report, tuple(each for owner, each in shelf.settled if owner.id == report_id)

    def near_duplicates(self, report_id: str) -> Mapping[str, tuple[str, ...]]:
        _, passages = self.report(report_id)
        pairs, leaders = self._shelf().pairs, self._shelf().leaders
        return {
            own.id: tuple(
                dict.fromkeys(
                    report.id
                    for report, passage in pairs
                    if report.id != report_id and leaders[passage.id] == leaders[own.id]
                )
            )
            for own in passages
        }

    def reports(self) -> tuple[Report, ...]:
        held = sorted((report for report, _ in self._shelf().held.values()), key=lambda report: report.path)
        return tuple(replace(report, outline=(), asides=()) for report in held)

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        counted = Counter(
            word
            for _, passage in self._shelf().pairs
            for word in {token.text for token in tokenize(passage.text)}
            if len(word.encode()) >= 6
        )
        return dict(counted.most_common(limit))

    def numerals(self) -> frozenset[str]:
        words = (token.text for _, passage in self._shelf().pairs for token in tokenize(passage.text))
        return frozenset(word for word in words if word[0].isdigit())

    def fingerprints(self) -> Mapping[str, str]:
        held = self._kept.held if self._kept else {}
        return {report.id: report.fingerprint for report, _ in held.values()}

    def status(self) -> Status:
        shelf = self._shelf()
        current, *ancestors = self._generations
        return Status(
            current=Generation(
                name=current.name,
                id=current.id,
                built_at=current.built_at,
                reports=len(shelf.held),
                passages=len(shelf.pairs),
                versions={},
            ),
            ancestors=tuple(ancestors),
        )

    def hold(self) -> "ScanningEngine":
        return self

    def verify(self) -> tuple[str, ...]:
        self._name()
        return ()

    def close(self) -> None:
        self._kept = None

    def _shelf(self) -> Shelf:
        if self._kept is None:
            raise IndexMissing("还没有建立索引")
        return self._kept

    def _name(self) -> str:
        self._shelf()
        return self._generations[0].name

    def _number_of(self, report: Report, passage: Passage) -> int:
        return self._added[_key(report, passage)]

    def _ranked(
        self, pairs: list[tuple[Report, Passage]], search: Search, scorer: Scorer, names: Names
    ) -> list[tuple[Report, Passage, float]]:
        scored = [(report, passage, scorer.score(search.query, report, passage)) for report, passage in pairs]

        def key(item: tuple[Report, Passage, float]) -> tuple[object, ...]:
            report, passage, score = item
            tie = (scorer.tier(search.first, report, passage), -round(score, 9), report.path, passage.number)
            match search.sort:
                case Sort.RELEVANCE:
                    return tie
                case Sort.EXEMPLARY:
                    return (-passage.exemplary.score, *tie)
                case Sort.ADDED:
                    return (-self._number_of(report, passage), *tie)
                case Sort.NEWEST:
                    return (report.year is None, -(report.year or 0), *tie)
                case Sort.OLDEST:
                    return (report.year is None, report.year or 0, *tie)
                case Sort.TOWN:
                    year = (report.year is None, -(report.year or 0))
                    return (names.place(report), year, report.path, passage.number)

        return sorted(scored, key=key)


def _key(report: Report, passage: Passage) -> Key:
    return report.county, report.town, report.year, squeezed(passage.text)


def _in_time(pairs: tuple[tuple[Report, Passage], ...], search: Search) -> list[tuple[Report, Passage]]:
    """Return the first passage, and the others until time is up."""
    looked_at: list[tuple[Report, Passage]] = []
    for pair in pairs:
        if looked_at and search.deadline is not None and search.deadline.is_over():
            break
        looked_at.append(pair)
    return looked_at


class _Answer(NamedTuple):
    """What a search comes to, before the list is spread over towns and cut into pages."""

    names: Names
    scorer: Scorer
    matching: list[tuple[Report, Passage]]
    chosen: list[tuple[Report, Passage]]
    unspread: list[Match]
    looked_at: int

    def tier(self, search: Search, match: Match) -> int:
        return self.scorer.tier(search.first, match.report, match.passage)
