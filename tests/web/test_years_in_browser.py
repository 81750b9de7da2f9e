"""Two reports opposite each other in a browser: side by side or one below the other, on paper, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web import years_sample as sample
from tests.web.browser import Tab, serving
from tests.web.years_sample import address as years_of

THIS = years_of("望杉镇", 2023)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(sample.app(tmp_path_factory.mktemp("years"))) as found:
        yield found


def boxes(page: Page, row: str) -> list[dict[str, float]]:
    found = [each.bounding_box() for each in page.locator(f"{row} .face").all()]
    return [{"x": each["x"], "y": each["y"], "width": each["width"]} for each in found if each is not None]


def test_both_years_stand_side_by_side_where_there_is_room(wide: Tab) -> None:
    then, now = boxes(wide.open(THIS), ".row.is-figures")

    assert then["y"] == now["y"]
    assert then["x"] + then["width"] <= now["x"]


def test_on_a_narrow_screen_one_stands_below_the_other_and_nothing_runs_over_the_edge(narrow: Tab) -> None:
    page = narrow.open(THIS)
    page.locator(".by-part > summary").click()
    then, now = boxes(page, ".row.is-figures")

    assert then["x"] == now["x"]
    assert then["y"] < now["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_what_is_new_is_two_clicks_from_the_report(bare: Tab) -> None:
    page = bare.open(THIS.removesuffix("/years"))
    page.locator(".facts a", has_text="%").click()
    page.locator(".kinds a", has_text="新写").click()

    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article .text")).to_have_text(sample.ADDED)


def test_a_passage_is_collected_from_here_with_scripts_and_without(wide: Tab, bare: Tab) -> None:
    for tab in (wide, bare):
        page = tab.open(f"{THIS}?kind=new")
        page.locator("article .collect").click()

        expect(page.locator("article .collect")).to_have_attribute("aria-pressed", "true")


def test_what_differs_is_told_by_a_sign_as_well_as_by_colour(wide: Tab) -> None:
    page = wide.open(f"{THIS}?kind=figures")

    def line(tag: str) -> str:
        script = "each => getComputedStyle(each).textDecorationLine"
        return str(page.locator(f".row {tag}").first.evaluate(script))

    assert (line("ins"), line("del")) == ("underline", "line-through")


def test_on_paper_there_are_the_rows_and_no_buttons(wide: Tab) -> None:
    page = wide.open(THIS)
    page.emulate_media(media="print")

    expect(page.locator(".row").first).to_be_visible()
    for hidden in (".kinds", ".choose", ".row .collect >> nth=0", ".exports"):
        expect(page.locator(hidden)).to_be_hidden()


def test_on_paper_an_empty_bar_is_not_black(wide: Tab) -> None:
    page = wide.open(THIS)
    page.emulate_media(media="print")

    assert (
        page.locator(".share-bar .rail").first.evaluate("rail => getComputedStyle(rail).fill") == "rgb(255, 255, 255)"
    )
