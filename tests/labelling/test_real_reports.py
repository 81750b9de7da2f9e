"""The five real reports against their labels; the floors are pinned together with a digest of the labels.

Lowering a floor or changing a label needs a new digest here, with the reason in the commit.
"""

from hashlib import sha256

import pytest

from search_app.labelling import label
from search_app.parsing import parse
from tests.labelling.judging import REAL, by_digest, cover, f1, judged
from tests.parsing.reading import real

LABELS = "5012f623dafbb729"
HEADINGS, SECTIONS_RIGHT, TOPICS_F1 = 0.98, 0.97, 0.90


def test_the_labels_are_those_the_floors_were_set_for() -> None:
    assert sha256(REAL.read_bytes()).hexdigest()[:16] == LABELS


@pytest.mark.parametrize("judgement", judged(), ids=lambda judgement: str(judgement["file"])[:3])
def test_town_county_year_and_date_are_right(judgement: dict[str, object]) -> None:
    name = str(judgement["file"])

    report, _ = parse(real(name), path=name)

    assert cover(report) == tuple(
        judgement.get(key) for key in ("town", "county", "city", "province", "year", "issued")
    )


def test_headings_are_found_with_their_levels() -> None:
    right = wanted = found = 0
    for judgement in judged():
        report, _ = parse(real(judgement["file"]), path=judgement["file"])
        got = [(entry.heading, entry.level) for entry in report.outline]
        truth = [(start, level) for start, level in judgement["headings"]]
        found += len(got)
        wanted += len(truth)
        for start, level in truth:
            at = next((at for at, (heading, one) in enumerate(got) if heading.startswith(start) and one == level), None)
            if at is not None:
                right += 1
                del got[: at + 1]

    assert right / wanted >= HEADINGS
    assert right / found >= HEADINGS


def test_sections_of_passages_are_right() -> None:
    right = wanted = 0
    for judgement in judged():
        _, passages = label(*parse(real(judgement["file"]), path=judgement["file"]))
        held = by_digest(passages)
        for name, section, _, _ in judgement["passages"]:
            wanted += 1
            right += name in held and held[name].section == section

    assert right / wanted >= SECTIONS_RIGHT


def test_topics_of_passages_are_right() -> None:
    pairs = []
    for judgement in judged():
        _, passages = label(*parse(real(judgement["file"]), path=judgement["file"]))
        held = by_digest(passages)
        for name, _, topics, arguable in judgement["passages"]:
            found = set(held[name].topics) if name in held else set()
            pairs.append((found - set(arguable), set(topics)))

    assert f1(pairs) >= TOPICS_F1


def test_the_report_without_title_and_year_has_neither() -> None:
    name = "002_f280fe17ca84793a.txt"

    report, _ = parse(real(name), path=name)

    assert (report.title, report.year, report.year_source) == (None, None, "none")


def test_a_place_that_needed_a_guess_is_marked_inferred() -> None:
    name = "004_119657a4a92bf313.txt"

    report, _ = parse(real(name), path=name)

    assert report.place_source == "inferred"
