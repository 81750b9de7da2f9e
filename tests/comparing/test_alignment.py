import itertools
import random
from collections.abc import Iterator
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.comparing.alignment import NEAR, Kind, Row, align
from search_app.comparing.likeness import measure_pair, read_wording
from tests.comparing.writing import file_passages, refigure, split, write_paragraph

Said: TypeAlias = tuple[Kind, list[str], list[str]]

OTHER = "b" * 12
SEEDS = st.lists(st.integers(0, 10_000), min_size=1, max_size=14, unique=True)
#: What may be done to a paragraph of last year.
EDITS = ("keep", "figures", "drop", "split", "reword")


def texts_of(seeds: list[int]) -> list[str]:
    return [write_paragraph(seed) for seed in seeds]


def aligned(ours: list[str], theirs: list[str]) -> tuple[Row, ...]:
    return align(file_passages(ours, section="其他"), file_passages(theirs, report=OTHER, section="其他")).rows


def said(rows: tuple[Row, ...]) -> list[Said]:
    return [(row.kind, [each.text for each in row.ours], [each.text for each in row.theirs]) for row in rows]


@given(SEEDS)
def test_a_report_is_the_same_as_itself_paragraph_by_paragraph(seeds: list[int]) -> None:
    texts = texts_of(seeds)

    rows = aligned(texts, texts)

    assert said(rows) == [(Kind.SAME, [text], [text]) for text in texts]
    assert not any(row.moved for row in rows)


@given(SEEDS)
def test_where_figures_alone_were_changed_figures_alone_differ(seeds: list[int]) -> None:
    before = texts_of(seeds)
    now = [refigure(text) for text in before]

    rows = aligned(now, before)

    assert said(rows) == [(Kind.FIGURES, [text], [was]) for text, was in zip(now, before, strict=True)]
    assert all(int(new) == int(old) + 1 for row in rows for old, new in row.figures())
    assert all(len(row.figures()) == 4 for row in rows)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from((*EDITS, "insert")), st.integers(0, 10_000)), min_size=1, max_size=16))
def test_every_edit_is_found_where_it_was_made(edits: list[tuple[str, int]]) -> None:
    before: list[str] = []
    now: list[str] = []
    expected: list[Said] = []
    for place, (edit, seed) in enumerate(edits):
        text = write_paragraph(seed * 100 + place)
        if edit != "insert":
            before.append(text)
        match edit:
            case "keep":
                now.append(text)
                expected.append((Kind.SAME, [text], [text]))
            case "figures":
                now.append(refigure(text))
                expected.append((Kind.FIGURES, [now[-1]], [text]))
            case "drop":
                expected.append((Kind.GONE, [], [text]))
            case "split":
                now += split(text)
                expected.append((Kind.SAME, list(split(text)), [text]))
            case "reword":
                now.append(split(text)[0] + write_paragraph(seed * 100 + place + 50, sentences=2))
                expected.append((Kind.CHANGED, [now[-1]], [text]))
            case "insert":
                now.append(text)
                expected.append((Kind.NEW, [text], []))

    rows = said(aligned(now, before))

    assert rows == list(in_convention(expected))


def in_convention(rows: list[Said]) -> Iterator[Said]:
    gap: list[Said] = []
    for row in rows:
        if row[0] in (Kind.NEW, Kind.GONE):
            gap.append(row)
            continue
        yield from settled(gap)
        gap = []
        yield row
    yield from settled(gap)


def settled(gap: list[Said]) -> list[Said]:
    """Between two that stand in both, what is gone comes first: nothing says whether it stood before what is new."""
    new, gone = ([row for row in gap if row[0] is kind] for kind in (Kind.NEW, Kind.GONE))
    return [*gone, *new]


@given(SEEDS.filter(lambda seeds: len(seeds) > 3), st.data())
def test_a_paragraph_that_was_moved_is_moved_and_not_gone_and_new(seeds: list[int], data: st.DataObject) -> None:
    before = texts_of(seeds)
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(0, len(before) - 1).filter(lambda end: abs(end - start) > 1))
    now = before.copy()
    now.insert(end, now.pop(start))

    rows = aligned(now, before)

    assert [row.kind for row in rows] == [Kind.SAME] * len(before)
    assert [row.ours[0].text for row in rows if row.moved] == [before[start]]


@given(SEEDS)
def test_paragraphs_that_were_merged_stand_opposite_the_one_they_became(seeds: list[int]) -> None:
    before = [part for seed in seeds for part in split(write_paragraph(seed))]
    now = texts_of(seeds)

    rows = aligned(now, before)

    assert said(rows) == [(Kind.SAME, [text], list(split(text))) for text in now]
    assert all(row.merged and not row.split for row in rows)


def test_the_same_text_in_another_part_of_the_report_was_moved() -> None:
    text = write_paragraph(1)
    ours = file_passages([text], section="下年度安排")
    theirs = file_passages([text], report=OTHER, section="不足和原因")

    (row,) = align(ours, theirs).rows

    assert (row.kind, row.moved, row.section) == (Kind.SAME, True, "下年度安排")


def test_a_number_that_opens_a_paragraph_is_no_wording() -> None:
    text = write_paragraph(1)

    rows = aligned([f"（一）{write_paragraph(2)}", f"（二）{text}"], [f"（一）{text}"])

    assert [row.kind for row in rows] == [Kind.NEW, Kind.SAME]


def test_of_equal_paragraphs_the_one_with_the_same_figures_stands_opposite() -> None:
    text = write_paragraph(1)

    rows = aligned([text], [refigure(text), text])

    assert said(rows) == [(Kind.GONE, [], [refigure(text)]), (Kind.SAME, [text], [text])]


def test_a_report_without_passages_has_everything_new_or_gone() -> None:
    text = write_paragraph(1)

    assert [row.kind for row in aligned([text], [])] == [Kind.NEW]
    assert [row.kind for row in aligned([], [text])] == [Kind.GONE]
    assert aligned([], []) == ()


WILD = st.lists(st.text(alphabet="法治镇一二0139。、（）a", max_size=24), max_size=9)


@settings(max_examples=200)
@given(WILD, WILD)
def test_whatever_is_written_each_passage_appears_once_and_ours_in_order(ours: list[str], theirs: list[str]) -> None:
    left, right = file_passages(ours), file_passages(theirs, report=OTHER)

    alignment = align(left, right)

    assert [each for row in alignment.rows for each in row.ours] == left
    assert sorted((each for row in alignment.rows for each in row.theirs), key=lambda each: each.number) == right
    assert alignment == align(left, right)
    assert sum(alignment.counts.values()) == len(alignment.rows)
    for row in alignment.rows:
        assert (not row.ours, not row.theirs) == (row.kind is Kind.GONE, row.kind is Kind.NEW)
        assert row.kind is not Kind.FIGURES or row.figures()


@settings(max_examples=200)
@given(WILD, WILD)
def test_the_parts_of_a_row_joined_are_its_texts(ours: list[str], theirs: list[str]) -> None:
    rows = aligned(ours, theirs)

    for row in rows:
        if row.ours and row.theirs:
            assert "".join(part.text for part in row.parts()) == "\n".join(each.text for each in row.ours)
            assert "".join(part.text for part in row.former_parts()) == "\n".join(each.text for each in row.theirs)


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_no_other_way_without_crossing_pairs_more_likeness(seed: int) -> None:
    draw = random.Random(seed)
    pool = [write_paragraph(number, sentences=2) for number in range(4)]
    ours, theirs = ([draw.choice(pool) + draw.choice(pool) for _ in range(draw.randrange(1, 5))] for _ in range(2))

    rows = aligned(ours, theirs)

    paired = sum(
        measure_pair(read_wording(row.ours[0].text), read_wording(row.theirs[0].text))
        for row in rows
        if row.ours and row.theirs and not row.moved
    )
    joined = any(row.split or row.merged for row in rows)
    assert joined or paired == most_likeness(ours, theirs)


def most_likeness(ours: list[str], theirs: list[str]) -> int:
    """Try every way to pair without crossing."""
    best = 0
    for count in range(1, min(len(ours), len(theirs)) + 1):
        for mine in itertools.combinations(ours, count):
            for its in itertools.combinations(theirs, count):
                alike = [measure_pair(read_wording(a), read_wording(b)) for a, b in zip(mine, its, strict=True)]
                best = max(best, sum(each for each in alike if each >= NEAR))
    return best
