"""Agreeing: whether engines that mean the same found the same, before anybody is timed.

The truth is a scan: for each question all passages are read, by words and by characters. It takes a while, so it is
made for small corpora; for larger ones the engines are held against each other. Two meanings are told apart. By words:
all words of what was typed stand in the text or the headings (phrases and characters: exactly these, in the text or,
for one character, the headings). Ours finds besides what stands there literally though it is cut otherwise; for a
prefix it finds those characters anywhere.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines.contending import Answer, Question, tokens
from benchmarks.engines.corpus import read
from search_app.language import squeeze
from search_app.model import Facet, Passage, Report, Value

#: A scan of more passages than this would take longer than all the rest.
SCANNED_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Right:
    """How many passages answer a question: by words, and with what stands there literally."""

    by_words: int
    literally: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of one kind of questions: how many were compared, and for each engine what was not as it should be."""

    kind: str
    questions: int
    notes: tuple[str, ...]


def truth(corpus: Path, questions: Iterable[Question]) -> dict[Question, Right]:
    """Scan the corpus for every question."""
    tests = {question: _Test(question) for question in questions}
    counts = {question: [0, 0] for question in tests}
    for (report, passages), cut in read(corpus):
        for passage in passages:
            words = set(cut(passage.text)).union(*map(cut, passage.headings))
            text, above = squeeze(passage.text), squeeze("\x02".join(passage.headings))
            for question, test in tests.items():
                if test.selected(report, passage):
                    found = test.by_words(words, text, above)
                    counts[question][0] += found
                    counts[question][1] += found or test.literally(words, text, above)
    return {question: Right(*found) for question, found in counts.items()}


class _Test:
    """Tells of a passage whether it answers a question."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._cut = [frozenset(tokens(word)) for word in question.words]
        self._join: Callable[[Iterable[bool]], bool] = any if question.means == "any" else all

    def selected(self, report: Report, passage: Passage) -> bool:
        held: Mapping[Facet, Collection[Value]] = {
            Facet.YEAR: (report.year,),
            Facet.COUNTY: (f"{report.city}{report.county}",),
            Facet.TOWN: (f"{report.county}{report.town}",),
            Facet.SECTION: (passage.section,),
            Facet.TOPIC: passage.topics,
        }
        chosen = ((set(self._question.selection.of(facet)), values) for facet, values in held.items())
        return all(not ticked or not ticked.isdisjoint(values) for ticked, values in chosen)

    def by_words(self, words: set[str], text: str, above: str) -> bool:
        match self._question.means:
            case "phrase":
                return all(word in text for word in self._question.words)
            case "character":
                return all(word in text or word in above for word in self._question.words)
            case "prefix":
                return any(word.startswith(self._question.words[0]) for word in words)
            case _:
                return self._join(cut <= words for cut in self._cut)

    def literally(self, words: set[str], text: str, above: str) -> bool:
        if self._question.means == "phrase":
            return False
        pairs = zip(self._question.words, self._cut, strict=True)
        return self._join(cut <= words or word in text or word in above for word, cut in pairs)


def compare(
    kind: str,
    questions: Sequence[Question],
    answers: Mapping[str, Mapping[Question, Answer]],
    true: Mapping[Question, Right] | None,
) -> Agreement:
    """Hold the answers to questions of one kind against the truth, or where there is none, against each other."""
    notes = []
    for name, held in answers.items():
        asked = [question for question in questions if question in held]
        if true is not None:
            wanted = [true[question].literally if name == "ours" else true[question].by_words for question in asked]
            notes += _against(f"{name} against the scan", wanted, [held[question].total for question in asked])
        elif "tantivy" in answers and name != "tantivy":
            asked = [question for question in asked if question in answers["tantivy"]]
            wanted = [answers["tantivy"][question].total for question in asked]
            notes += _against(f"{name} against tantivy", wanted, [held[question].total for question in asked])
    notes += _facets(questions, answers)
    return Agreement(kind=kind, questions=len(questions), notes=tuple(notes))


def _against(what: str, wanted: Sequence[int], found: Sequence[int]) -> list[str]:
    fewer = sum(each < should for each, should in zip(found, wanted, strict=True))
    more = sum(each > should for each, should in zip(found, wanted, strict=True))
    if not fewer and not more:
        return []
    return [f"{what}: more for {more}, fewer for {fewer} of {len(found)}; {sum(found):,} passages for {sum(wanted):,}"]


def _facets(questions: Sequence[Question], answers: Mapping[str, Mapping[Question, Answer]]) -> list[str]:
    """Say where engines that found equally many counted facets differently."""
    first, *rest = answers
    wrong: dict[str, int] = {}
    for question in questions:
        for name in rest:
            one, other = answers[first].get(question), answers[name].get(question)
            if one and other and one.total == other.total:
                for facet in (Facet.YEAR, Facet.SECTION, Facet.TOPIC):
                    if _known(one, facet) != _known(other, facet):
                        wrong[f"{name}, {facet.value}"] = wrong.get(f"{name}, {facet.value}", 0) + 1
    return [f"facets differ from {first}'s: {what}, {count} questions" for what, count in wrong.items()]


def _known(answer: Answer, facet: Facet) -> dict[object, int]:
    return {value: count for value, count in answer.facets[facet].items() if value is not None and count}
