"""The oracle: an engine that looks at every passage for every question. Slow, in memory, obviously right."""

import copy
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from search_app.engines.base import Generation, Prepared, Preparing, Status, Writer, check
from search_app.errors import IndexMissing, NoSuchReport
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR, settled
from search_app.language import SIGNATURE_BYTES, UNIT, clusters, packed_meaning, signature, squeeze, words
from search_app.model import UNKNOWN, Collapse, Facet, FacetValue, Found, Match, Passage, Report, Sort, Value
from search_app.query import (
    SPREAD,
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Search,
    SomeOf,
    Words,
    Years,
)

Held = dict[str, tuple[Report, tuple[Passage, ...]]]


class _Writer:
    def __init__(self, held: Held) -> None:
        self.held = held

    def put(self, report: Report, passages: tuple[Passage, ...] | Prepared) -> None:
        self.held[report.id] = (report, passages.held if isinstance(passages, Prepared) else passages)

    def remove(self, report_id: str) -> None:
        self.held.pop(report_id, None)


class ScanningEngine:
    """Holds reports in a dict; see :class:`search_app.engines.base.Engine` for what each method promises."""

    def __init__(self) -> None:
        self._held: Held | None = None
        self._number = 0
        self._built_at = datetime.now(UTC)

    @contextmanager
    def writing(self, *, rebuild: bool = False) -> Iterator[Writer]:
        held: Held = {} if rebuild or self._held is None else copy.copy(self._held)
        yield _Writer(held)
        self._held, self._number, self._built_at = held, self._number + 1, datetime.now(UTC)

    def preparing(self) -> Preparing:
        return Prepared

    def search(self, search: Search) -> Found:
        check(search)
        pairs = self._pairs()
        names = _Names([report for report, _ in (self._held or {}).values()])
        leaders = self._leaders(pairs)
        sizes = Counter(leaders.values())
        pairs = [(report, settled(passage, similar=sizes[leaders[passage.id]] - 1)) for report, passage in pairs]
        scorer = _Scorer([passage for _, passage in pairs], {report.id: report for report, _ in pairs}, names, search)
        for named in (search.like, search.unlike):
            if named is not None and named not in leaders:
                raise NoSuchReport(f"索引里没有编号为 {named} 的段落")
        matching = [
            (report, passage)
            for report, passage in pairs
            if (search.query is None or scorer.matches(search.query, report, passage))
            and (search.like is None or (leaders[passage.id] == leaders[search.like] and passage.id != search.like))
            and (search.unlike is None or leaders[passage.id] != leaders[search.unlike])
            and (not search.exemplary or passage.exemplary.score >= EXEMPLARY_FLOOR)
        ]
        chosen = [pair for pair in matching if all(names.kept(search, facet, pair) for facet in Facet)]
        ranked = self._ranked(chosen, search, scorer)
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
            )
            for members in groups.values()
        ]
        if search.sort == Sort.RELEVANCE:
            listed = [*names.spread(listed[:SPREAD], search.ranking.same_town), *listed[SPREAD:]]
        start = (search.page - 1) * search.size
        return Found(
            total=len(chosen),
            reports=len({report.id for report, _ in chosen}),
            listed=len(listed),
            matches=tuple(listed[start : start + search.size]),
            facets={facet: names.count(search, facet, matching) for facet in Facet},
            generation=self._name(),
        )

    def count(self, search: Search) -> int:
        return self.search(search).total

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        pairs = self._pairs()
        leaders = self._leaders(pairs)
        sizes = Counter(leaders.values())
        held = self._held or {}
        if report_id not in held:
            raise NoSuchReport(f"索引里没有编号为 {report_id} 的报告")
        report, passages = held[report_id]
        return report, tuple(settled(each, similar=sizes[leaders[each.id]] - 1) for each in passages)

    def reports(self) -> tuple[Report, ...]:
        self._name()
        held = sorted((report for report, _ in (self._held or {}).values()), key=lambda report: report.path)
        return tuple(replace(report, outline=(), asides=()) for report in held)

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        counted = Counter(
            word
            for _, passage in self._pairs()
            for word in {token.text for token in words(passage.text)}
            if len(word.encode()) >= 6
        )
        return dict(counted.most_common(limit))

    def fingerprints(self) -> Mapping[str, str]:
        return {report.id: report.fingerprint for report, _ in (self._held or {}).values()}

    def status(self) -> Status:
        name = self._name()
        pairs = self._pairs()
        return Status(
            current=Generation(
                name=name,
                built_at=self._built_at,
                reports=len(self._held or {}),
                passages=len(pairs),
                versions={},
            )
        )

    def verify(self) -> tuple[str, ...]:
        self._name()
        return ()

    def close(self) -> None:
        self._held = None

    def _name(self) -> str:
        if self._held is None:
            raise IndexMissing("还没有建立索引")
        return f"gen-{self._number:06d}"

    def _pairs(self) -> list[tuple[Report, Passage]]:
        self._name()
        held = sorted((self._held or {}).values(), key=lambda item: item[0].path)
        return [(report, passage) for report, passages in held for passage in passages]

    @staticmethod
    def _leaders(pairs: list[tuple[Report, Passage]]) -> dict[str, int]:
        raw = b"".join(signature(passage.text) for _, passage in pairs)
        found = clusters(np.frombuffer(raw, dtype=np.uint8).reshape(-1, SIGNATURE_BYTES)).tolist()
        return {passage.id: leader for (_, passage), leader in zip(pairs, found, strict=True)}

    @staticmethod
    def _ranked(
        pairs: list[tuple[Report, Passage]], search: Search, scorer: "_Scorer"
    ) -> list[tuple[Report, Passage, float]]:
        scored = [(report, passage, scorer.score(search.query, report, passage)) for report, passage in pairs]

        def key(item: tuple[Report, Passage, float]) -> tuple[object, ...]:
            report, passage, score = item
            tie = (-round(score, 9), report.path, passage.number)
            match search.sort:
                case Sort.RELEVANCE:
                    return tie
                case Sort.EXEMPLARY:
                    return (-passage.exemplary.score, *tie)
                case Sort.NEWEST:
                    return (report.year is None, -(report.year or 0), *tie)
                case Sort.OLDEST:
                    return (report.year is None, report.year or 0, *tie)

        return sorted(scored, key=key)


class _Names:
    """Facet values of passages, by the rule that an ambiguous place is named with what it lies in."""

    def __init__(self, reports: list[Report]) -> None:
        self._cities_of = self._parents((report.county, report.city) for report in reports)
        self._counties_of = self._parents((report.town, self.county(report)) for report in reports if report.county)

    @staticmethod
    def _parents(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, parent in pairs:
            if name and parent:
                found.setdefault(name, set()).add(parent)
        return found

    def county(self, report: Report) -> str | None:
        return self._named(report.county, report.city, self._cities_of)

    def town(self, report: Report) -> str | None:
        return self._named(report.town, self.county(report), self._counties_of)

    @staticmethod
    def _named(name: str | None, parent: str | None, parents: dict[str, set[str]]) -> str | None:
        if name is None or len(parents.get(name, ())) < 2:
            return name
        return (parent or UNKNOWN) + name

    def values(self, facet: Facet, report: Report, passage: Passage) -> tuple[Value, ...]:
        match facet:
            case Facet.YEAR:
                return (report.year,)
            case Facet.SECTION:
                return (passage.section,)
            case Facet.TOPIC:
                return passage.topics or (None,)
            case Facet.COUNTY:
                return (self.county(report),)
            case Facet.TOWN:
                return (self.town(report),)

    def accepts(self, facet: Facet, wanted: Value, report: Report, passage: Passage) -> bool:
        match facet:
            case Facet.YEAR:
                return report.year == wanted
            case Facet.SECTION:
                return passage.section == wanted
            case Facet.TOPIC:
                return wanted in passage.topics if wanted is not None else not passage.topics
            case Facet.COUNTY:
                return wanted in (report.county, self.county(report), self._under(report.county, report.city))
            case Facet.TOWN:
                return wanted in (
                    report.town,
                    self.town(report),
                    self._under(report.town, report.county),
                    self._under(report.town, self.county(report)),
                )

    def spread(self, listed: list[Match], share: float) -> list[Match]:
        seen: Counter[str] = Counter()
        lowered = []
        for match in listed:
            town = self.town(match.report) or match.report.id
            lowered.append(replace(match, score=match.score * share ** seen[town]))
            seen[town] += 1
        return sorted(lowered, key=lambda match: -round(match.score, 9))

    @staticmethod
    def _under(name: str | None, parent: str | None) -> str | None:
        return (parent or "") + name if name else None

    def kept(self, search: Search, facet: Facet, pair: tuple[Report, Passage]) -> bool:
        wanted = search.selection.of(facet)
        return not wanted or any(self.accepts(facet, value, *pair) for value in wanted)

    def count(self, search: Search, facet: Facet, matching: list[tuple[Report, Passage]]) -> tuple[FacetValue, ...]:
        pairs = [pair for pair in matching if all(self.kept(search, other, pair) for other in Facet if other != facet)]
        counts: Counter[Value] = Counter()
        reports: dict[Value, set[str]] = {}
        answered: set[Value] = set()
        for report, passage in pairs:
            for value in self.values(facet, report, passage):
                counts[value] += 1
                reports.setdefault(value, set()).add(report.id)
        for wanted in search.selection.of(facet):
            hits = {
                value
                for report, passage in pairs
                if self.accepts(facet, wanted, report, passage)
                for value in self.values(facet, report, passage)
                if facet != Facet.TOPIC or value == wanted
            }
            answered |= hits or {wanted}
        found = [
            FacetValue(
                value=value,
                count=counts[value],
                reports=len(reports.get(value, ())),
                selected=value in answered,
            )
            for value in {*counts, *answered}
        ]
        if facet == Facet.YEAR:
            return tuple(sorted(found, key=lambda item: (item.value is None, -int(item.value or 0))))
        return tuple(sorted(found, key=lambda item: (-item.count, item.value is None, str(item.value))))


class _Scorer:
    """Matching and BM25F by the book, over all passages of the index."""

    def __init__(self, passages: list[Passage], reports: dict[str, Report], names: _Names, search: Search) -> None:
        self.reports = reports
        self.passages = passages
        self.names = names
        self.ranking, self.leaning = search.ranking, search.leaning
        self.tokens = {
            passage.id: (
                [token.text for token in words(passage.text)],
                [token.text for heading in passage.headings for token in words(heading)],
            )
            for passage in passages
        }
        count = max(len(passages), 1)
        self.average = tuple(sum(len(both[field]) for both in self.tokens.values()) / count or 1.0 for field in (0, 1))

    def matches(self, node: Node, report: Report, passage: Passage) -> bool:
        match node:
            case Words():
                texts = self._texts(node, report, passage)
                if self._contains(node.text, texts, whole_figures=True):
                    return True
                return not node.whole and self._holds_words(node, texts)
            case Phrase(field="any"):
                return self._contains(node.text, [passage.text])
            case Phrase():
                return self._contains(node.text, self._texts(node, report, passage))
            case In(facet=facet, value=value):
                return self.names.accepts(facet, value, report, passage)
            case Years(first=first, last=last):
                return report.year is not None and (first or 0) <= report.year <= (last or 9999)
            case Not(child=child):
                return not self.matches(child, report, passage)
            case AllOf(children=children):
                return all(self.matches(child, report, passage) for child in children)
            case AnyOf(children=children):
                return any(self.matches(child, report, passage) for child in children)
            case SomeOf(children=children, least=least):
                return sum(self.matches(child, report, passage) for child in children) >= least
            case BestOf(children=ways):
                return any(self.matches(way.node, report, passage) for way in ways)
            case Raised(child=child):
                return self.matches(child, report, passage)
            case About(least=least):
                return self._nearness(node, passage) >= least

    def _holds_words(self, node: Words, texts: list[str]) -> bool:
        """Tell whether texts hold all words: as characters, but a lone character beside words as a word."""
        found = words(node.text)
        longest = {
            token.text
            for token in found
            if not any(other != token and other.start <= token.start and token.end <= other.end for other in found)
        }
        held = {token.text for text in texts for token in words(text)}
        return bool(longest) and all(
            self._contains(word, texts, whole_figures=True) if len(word) > 1 or len(longest) == 1 else word in held
            for word in longest
        )

    def score(self, query: Node | None, report: Report, passage: Passage) -> float:
        relevance = self._relevance(query, report, passage) if query is not None else 0.0
        worth = 1 + self.ranking.exemplary * passage.exemplary.score / 100
        if self.leaning:
            worth *= 1 if passage.section in self.leaning else self.ranking.elsewhere
        else:
            worth *= dict(self.ranking.sections).get(passage.section, 1)
        return (1 + relevance) * worth / (1 + self.ranking.common * math.log(passage.similar + 1))

    def _relevance(self, node: Node, report: Report, passage: Passage) -> float:
        match node:
            case In() | Years():
                return 1.0
            case Not():
                return 0.0
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                return sum(
                    self._relevance(child, report, passage)
                    for child in children
                    if self.matches(child, report, passage)
                )
            case BestOf(children=ways):
                return max(
                    (
                        way.weight * self._relevance(way.node, report, passage)
                        for way in ways
                        if self.matches(way.node, report, passage)
                    ),
                    default=0.0,
                )
            case Raised(child=child, by=others):
                return self._relevance(child, report, passage) + sum(
                    other.weight * self._relevance(other.node, report, passage)
                    for other in others
                    if self.matches(other.node, report, passage)
                )
            case About():
                return self._nearness(node, passage)
            case Phrase():
                texts = [passage.text] if node.field == "any" else self._texts(node, report, passage)
                needle = squeeze(node.text)[0]
                often = sum(squeeze(text)[0].startswith(needle, at) for text in texts for at in range(len(text)))
                return self._idf(node) * self._saturated(often)
            case Words():
                wanted = sorted({token.text for token in words(node.text)})
                total = sum(self._bm25f(token, passage, node) for token in wanted)
                if self._contains(node.text, self._texts(node, report, passage), whole_figures=True):
                    total += self.ranking.literal * (
                        sum(self._word_idf(token, node) for token in wanted) if wanted else self._idf(node)
                    )
                return total

    @staticmethod
    def _nearness(node: About, passage: Passage) -> float:
        wanted = np.frombuffer(packed_meaning([token.text for token in words(node.text)]), dtype=np.int8)
        said = [token.text for text in (passage.text, *passage.headings[-1:]) for token in words(text)]
        own = np.frombuffer(packed_meaning(said), dtype=np.int8)
        return max(0, int(own.astype(np.int64) @ wanted.astype(np.int64))) / UNIT**2

    def _bm25f(self, token: str, passage: Passage, node: Words) -> float:
        text, headings = self.tokens[passage.id]
        if node.field == "heading":
            text = []
        weight = text.count(token) / self._norm(text, 0) + self.ranking.heading * headings.count(token) / self._norm(
            headings, 1
        )
        return self._word_idf(token, node) * self._saturated(weight or self.ranking.fragment)

    def _saturated(self, often: float) -> float:
        return often * (self.ranking.k1 + 1) / (often + self.ranking.k1)

    def _norm(self, tokens: list[str], field: int) -> float:
        return 1 - self.ranking.b + self.ranking.b * len(tokens) / self.average[field]

    def _word_idf(self, token: str, node: Words) -> float:
        fields = (1,) if node.field == "heading" else (0, 1)
        return self._weight(max(sum(token in both[field] for both in self.tokens.values()) for field in fields))

    def _idf(self, node: Words | Phrase) -> float:
        literal = Phrase(text=node.text, field=node.field) if isinstance(node, Phrase) else node
        return self._weight(sum(self._literal(literal, passage) for passage in self.passages))

    def _literal(self, node: Words | Phrase, passage: Passage) -> bool:
        report = self.reports[passage.report]
        texts = (
            [passage.text] if isinstance(node, Phrase) and node.field == "any" else self._texts(node, report, passage)
        )
        return self._contains(node.text, texts, whole_figures=isinstance(node, Words))

    def _weight(self, holding: int) -> float:
        return math.log(1 + (len(self.passages) - holding + 0.5) / (holding + 0.5))

    @staticmethod
    def _texts(node: Words | Phrase, report: Report, passage: Passage) -> list[str]:
        if node.field == "heading":
            return [*passage.headings, report.title or ""]
        return [passage.text, *passage.headings]

    @staticmethod
    def _contains(text: str, places: list[str], *, whole_figures: bool = False) -> bool:
        needle = squeeze(text)[0]
        if not needle:
            return False
        pattern = re.escape(needle)
        if whole_figures:
            pattern = f"{'(?<![0-9])' if needle[0] in '0123456789' else ''}{pattern}"
            pattern += "(?![0-9])" if needle[-1] in "0123456789" else ""
        return any(re.search(pattern, squeeze(place)[0]) for place in places)
