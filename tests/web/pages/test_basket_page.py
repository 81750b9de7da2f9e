"""The basket's pages without scripts: every edit is a form, comes from our pages only, and loses nothing."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask, make_response
from flask.testing import FlaskClient

from search_app.settings import Settings
from search_app.web import create_app, state, visitor
from search_app.web.pages.basket_pages import way_back
from tests.web import sample
from tests.web.collecting_from_pages import Clerk, browser_cookie, close
from tests.web.reading_pages import page, text, texts

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
SEARCH = "/?q=%E8%B0%83%E8%A7%A3"
NOTE = "这一段写得好，<b>照抄</b>。\n第二行"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = create_app(sample.settings(tmp_path), engine=sample.engine())
    yield made
    close(made)


@pytest.fixture
def clerk(app: Flask) -> Clerk:
    return Clerk(app.test_client())


def collected(clerk: Clerk, *places: int) -> list[str]:
    """Collect passages of the report and return the numbers of the entries."""
    clerk.open(f"/reports/{REPORT}")
    for place in places:
        assert clerk.press(place).status_code == 303
    tree = page(clerk.client.get("/basket"))
    clerk.open("/basket")
    return [each.get("data-entry") for each in tree.xpath("//li[@data-entry]")]


def shown(clerk: Clerk, path: str = "/basket") -> list[str]:
    """Return what the basket's page shows in its order: where each passage is from, and headings."""
    tree = page(clerk.client.get(path))
    return texts(tree, "//li[@data-entry]//*[self::h2[@class='own-heading'] or self::div[@class='text']]")


def test_reading_sets_no_cookie_and_makes_no_file(app: Flask, clerk: Clerk) -> None:
    for path in ("/", SEARCH, "/basket", f"/reports/{REPORT}"):
        assert "Set-Cookie" not in clerk.client.get(path).headers

    assert not app.extensions["search-app"].settings.basket_folder().exists()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        SEARCH,
        "/exemplary",
        f"/reports/{REPORT}",
        f"/passages/{REPORT}-2/similar",
        f"/passages/{REPORT}-2/related",
        f"/passages/{REPORT}-2/why?q=%E8%B0%83%E8%A7%A3",
    ],
)
def test_every_page_with_passages_collects_and_leads_back_to_the_passage(clerk: Clerk, path: str) -> None:
    clerk.open(path)

    response = clerk.press()
    assert response.status_code == 303
    assert re.fullmatch(re.escape(path) + "#c-[0-9a-f]{12}-[0-9]+", response.headers["Location"])
    tree = page(clerk.client.get(path))
    assert text(tree, "//p[@id='said-text']") == "已加入素材夹（1 段）"
    assert text(tree, "//a[@class='basket-link']") == "素材夹 1"
    assert text(tree, "//button[@data-collect][@aria-pressed='true']") == "已加入 · 移出"
    assert tree.xpath(f"//*[@id='{response.headers['Location'].partition('#')[2]}']")


def test_what_was_done_is_told_once(clerk: Clerk) -> None:
    collected(clerk, 0)

    assert 'id="said" hidden' in clerk.client.get("/").get_data(as_text=True)


def test_a_second_press_takes_the_passage_out_and_can_be_undone(clerk: Clerk) -> None:
    collected(clerk, 1)
    clerk.open(SEARCH)
    clerk.open(f"/reports/{REPORT}")
    clerk.press(1)
    clerk.open(f"/reports/{REPORT}")
    tree = page(clerk.client.get(f"/reports/{REPORT}"))
    assert not tree.xpath("//button[@data-collect][@aria-pressed='true']")

    removal = re.search(r'value="(undo:\d+)"', clerk.page)
    assert removal is not None
    assert clerk.send(do=removal[1]).status_code == 303
    assert len(shown(clerk)) == 1


def test_the_same_passage_twice_is_told(clerk: Clerk) -> None:
    clerk.open(f"/reports/{REPORT}")
    clerk.press(1)
    clerk.press(1)

    assert "已在素材夹里（第 1 段），没有重复加入" in clerk.open("/basket")
    assert len(shown(clerk)) == 1


def test_the_order_notes_headings_and_the_name_are_ones_own(clerk: Clerk) -> None:
    one, two, _ = collected(clerk, 0, 1, 2)
    clerk.send(do="down", basket="1", entry=one)
    clerk.send(do="heading", basket="1", before=two, text="矛盾化解")
    clerk.send(do="note", basket="1", entry=two, text=NOTE, was=was_of(clerk, two))
    clerk.send(do="rename", basket="1", text="写年报用", was=name_was(clerk))

    tree = page(clerk.client.get("/basket"))
    assert shown(clerk)[0] == "矛盾化解"
    assert "板凳议事会" in shown(clerk)[1]
    assert text(tree, "//h1").startswith("写年报用 3 段")
    assert tree.xpath("//p[@class='note-text']")[0].text_content() == NOTE


def was_of(clerk: Clerk, entry: str) -> str:
    """Return the mark of the note that the page shows."""
    tree = page(clerk.client.get("/basket"))
    return str(tree.xpath(f"//li[@data-entry='{entry}']//input[@name='was']/@value")[0])


def name_was(clerk: Clerk) -> str:
    tree = page(clerk.client.get("/basket"))
    return str(tree.xpath("//details[@id='basket-rename']//input[@name='was']/@value")[0])


@pytest.mark.parametrize("button", ["up", "down", "remove"])
def test_a_note_that_was_typed_is_kept_whatever_button_is_pressed(clerk: Clerk, button: str) -> None:
    _, two, _ = collected(clerk, 0, 1, 2)
    clerk.send(do=button, basket="1", entry=two, text="打了一半", was=was_of(clerk, two))
    if button == "remove":
        found = re.search(r"undo:\d+", clerk.open("/basket"))
        assert found is not None
        clerk.send(do=found[0])

    assert "打了一半" in clerk.open("/basket")


def test_emptying_is_asked_first_and_can_be_undone(clerk: Clerk) -> None:
    collected(clerk, 0, 1)
    asked = clerk.open("/basket?basket=1&ask=empty")
    assert "清空素材夹“未命名”？" in asked
    assert len(shown(clerk)) == 2

    clerk.send(do="empty", basket="1", back="/basket")
    told = clerk.open("/basket")
    assert "素材夹还是空的" in told
    found = re.search(r"undo:\d+", told)
    assert found is not None
    clerk.send(do=found[0])
    assert len(shown(clerk)) == 2


def test_what_was_removed_can_be_brought_back_long_after_its_message_is_gone(clerk: Clerk) -> None:
    one, _ = collected(clerk, 0, 1)
    clerk.send(do="remove", basket="1", entry=one, back="/basket")
    clerk.send(do="delete", basket="1", back="/basket")
    clerk.open("/basket")
    tree = page(clerk.client.get("/basket"))
    said = text(tree, "//*[@id='basket-removed']//li[1]")
    (undo,) = tree.xpath("//*[@id='basket-removed']//button/@value")
    clerk.send(do=undo)

    assert said.startswith("整个素材夹“未命名”，里面有 1 段（澄岭县望杉镇")
    assert len(shown(clerk)) == 1
    assert text(page(clerk.client.get("/basket")), "//*[@id='basket-removed']//li[1]").startswith(
        "从“未命名”移出的 1 段"
    )


def test_several_baskets_are_made_used_and_deleted(clerk: Clerk) -> None:
    one, _ = collected(clerk, 0, 1)
    clerk.send(do="create", text="另一个")
    clerk.send(do="copy_to", basket="1", entry=one, to="2")
    assert (len(shown(clerk, "/basket?basket=1")), len(shown(clerk))) == (2, 1)

    clerk.send(do="delete", basket="2")
    assert clerk.client.get("/basket?basket=2").status_code == 404
    assert len(shown(clerk)) == 2


def test_the_list_of_baskets_counts_and_names_what_it_holds(clerk: Clerk) -> None:
    collected(clerk, 0)
    clerk.send(do="create", text="另一个")

    told = page(clerk.client.get("/basket?basket=1"))
    assert texts(told, "//details[@id='basket-others']/summary") == ["全部素材夹（2）"]
    assert len(told.xpath("//details[@id='basket-others']//li")) == 2


def test_a_shared_basket_is_read_by_others_and_changed_by_nobody(app: Flask, clerk: Clerk) -> None:
    one, _ = collected(clerk, 0, 1)
    clerk.send(do="note", basket="1", entry=one, text="请看", was=was_of(clerk, one))
    clerk.send(do="share", basket="1")
    found = re.search(r'href="(/basket/[\w-]{32})"', clerk.open("/basket"))
    assert found is not None
    other = Clerk(app.test_client())
    read = other.open(found[1])

    assert "请看" in read
    assert len(shown(other, found[1])) == 2
    assert not page(other.client.get(found[1])).xpath("//form[@class='entry-form']")
    for verb in ("up", "remove", "note"):
        assert other.send(do=verb, basket="1", entry=one, text="改掉", was="x").status_code == 404
    assert other.client.post(found[1], data={"token": other.token}).status_code == 405
    assert other.send(do="adopt", share=found[1].rpartition("/")[2], text="学来的").status_code == 303
    assert len(shown(other)) == 2

    clerk.send(do="withdraw", basket="1")
    assert other.client.get(found[1]).status_code == 404


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", {"Origin": "http://localhost"}),
        ("forged", {"Origin": "http://localhost"}),
        (None, {"Origin": "http://evil.example"}),
        (None, {"Origin": "null"}),
        (None, {"Referer": "http://evil.example/basket"}),
        (None, {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}),
        (None, {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_an_edit_that_comes_from_elsewhere_does_nothing(
    clerk: Clerk, token: str | None, headers: dict[str, str]
) -> None:
    one, _ = collected(clerk, 0, 1)
    sent = {"token": clerk.token if token is None else token, "do": "remove", "basket": "1", "entry": one}

    response = clerk.client.post("/basket", data=sent, headers=headers)
    assert response.status_code == 403
    assert "没有存上" in response.get_data(as_text=True)
    assert len(shown(clerk)) == 2


def test_a_token_of_another_browser_does_nothing(app: Flask, clerk: Clerk) -> None:
    one, _ = collected(clerk, 0, 1)
    other = Clerk(app.test_client())
    collected(other, 0)

    response = clerk.client.post(
        "/basket",
        data={"token": other.token, "do": "remove", "basket": "1", "entry": one},
        headers={"Origin": "http://localhost"},
    )
    assert response.status_code == 403


def test_a_page_from_before_the_first_edit_still_edits_where_the_browser_says_it_is_ours(clerk: Clerk) -> None:
    clerk.open(SEARCH)
    old = clerk.token
    clerk.press(0)

    again = {"token": old, "do": f"add:{REPORT}-3"}
    assert clerk.client.post("/basket", data=again).status_code == 403
    assert clerk.client.post("/basket", data=again, headers={"Origin": "http://localhost"}).status_code == 303


def test_a_refused_edit_shows_what_was_typed_and_can_be_sent_again(clerk: Clerk) -> None:
    one = collected(clerk, 0)[0]
    refused = clerk.client.post(
        "/basket",
        data={"token": "old", "do": "note", "basket": "1", "entry": one, "text": NOTE, "was": was_of(clerk, one)},
    )
    tree = page(refused)
    assert refused.status_code == 403
    form = tree.xpath("//form[@class='refused-text']")[0]
    sent = {each.get("name"): each.get("value") for each in form.xpath(".//input")}
    assert form.xpath(".//textarea")[0].text.lstrip("\n") == NOTE

    assert clerk.client.post("/basket", data=sent | {"text": NOTE}).status_code == 303
    assert "照抄" in clerk.open("/basket")


def test_a_note_changed_in_another_window_is_shown_beside_ones_own(clerk: Clerk) -> None:
    one = collected(clerk, 0)[0]
    was = was_of(clerk, one)
    clerk.send(do="note", basket="1", entry=one, text="第一个窗口", was=was)

    response = clerk.send(do="note", basket="1", entry=one, text="第二个窗口", was=was)
    tree = page(response)
    assert response.status_code == 409
    assert text(tree, "//p[@class='note-text']") == "第一个窗口"
    sent = {each.get("name"): each.get("value") for each in tree.xpath("//form[@class='refused-text']//input")}
    assert clerk.client.post("/basket", data=sent | {"text": "第一个窗口\n第二个窗口"}).status_code == 303
    assert "第一个窗口\n第二个窗口" in clerk.open("/basket")


def test_a_note_that_is_too_long_is_told_with_the_text(clerk: Clerk) -> None:
    one = collected(clerk, 0)[0]

    for length in (2_001, 20_000):
        response = clerk.send(do="note", basket="1", entry=one, text="长" * length, was=was_of(clerk, one))
        assert response.status_code == 400
        assert f"{length:,} 个字" in response.get_data(as_text=True)
        assert "长" * length in response.get_data(as_text=True)


def test_no_field_cuts_what_is_pasted_into_it(clerk: Clerk) -> None:
    collected(clerk, 0)

    assert not page(clerk.client.get("/basket")).xpath("//main//*[@name='text'][@maxlength]")


def test_the_token_is_written_otherwise_on_every_page_and_each_of_them_counts(clerk: Clerk) -> None:
    one, other = collected(clerk, 0, 1)
    first, tag = clerk.token, clerk.client.get("/basket").headers["ETag"]
    clerk.open("/basket")

    assert clerk.token != first
    assert clerk.client.get("/basket").headers["ETag"] == tag
    for token, entry in ((first, one), (clerk.token, other)):
        sent = {"token": token, "do": "remove", "basket": "1", "entry": entry}
        assert clerk.client.post("/basket", data=sent).status_code == 303


@pytest.mark.parametrize("token", ["", "a", "A" * 88, "=", "é", "\ud800", "_" * 5_000, "AAAA" * 22])
def test_what_is_no_token_of_ours_does_nothing(clerk: Clerk, token: str) -> None:
    one = collected(clerk, 0)[0]
    sent = {"token": token.encode("utf-8", "surrogatepass"), "do": "remove", "basket": "1", "entry": one}

    assert clerk.client.post("/basket", data=sent, headers={"Origin": "http://localhost"}).status_code == 403
    assert len(shown(clerk)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "explode"},
        {"do": ""},
        {"do": "add:../../etc"},
        {"do": "add:0123456789ab-1"},
        {"do": "remove:999", "basket": "1"},
        {"do": "remove:1", "basket": "99999999999999999999"},
        {"do": "note", "basket": "1", "entry": "x", "text": "x"},
        {"do": "undo:12345"},
        {"do": "rename", "basket": "1"},
        {"do": "delete"},
    ],
)
def test_what_cannot_be_meant_is_refused_in_plain_words(clerk: Clerk, fields: dict[str, str]) -> None:
    collected(clerk, 0)

    response = clerk.send(**fields)
    assert response.status_code in (400, 404)
    assert re.search("[\u4e00-\u9fff]{4}", text(page(response), "//h1"))
    assert len(shown(clerk)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "http://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/a\r\nSet-Cookie: x=1",
        "http:evil",
        "/api/v1/search",
        "///evil",
        "/.//evil.example",
    ],
)
def test_an_edit_never_leads_to_another_site(address: str) -> None:
    assert way_back(address) == "/basket"


def test_an_edit_leads_back_to_pages_of_ours() -> None:
    assert way_back("/?q=%E8%B0%83%E8%A7%A3&year=2023") == "/?q=%E8%B0%83%E8%A7%A3&year=2023"


def test_a_cookie_that_was_tampered_with_is_no_cookie_and_is_told(app: Flask, clerk: Clerk) -> None:
    collected(clerk, 0)
    clerk.client.set_cookie(browser_cookie(app), "somebodyelse.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

    told = clerk.open("/basket")
    assert "标记对不上" in told
    assert "素材夹还是空的" in told


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(clerk: Clerk) -> None:
    clerk.open(SEARCH)
    cookies = clerk.press(0).headers.getlist("Set-Cookie")

    assert len(cookies) == 3
    assert all("HttpOnly" in each and "SameSite=Lax" in each and "Path=/" in each for each in cookies)
    assert all("Secure" not in each for each in cookies), "offices open the page over plain http"


def test_a_page_that_shows_a_basket_is_for_its_browser_alone(clerk: Clerk) -> None:
    headers = clerk.client.get(SEARCH).headers

    assert "Cookie" in headers["Vary"]
    assert headers["Cache-Control"] == "private, no-cache"


def test_where_nothing_can_be_kept_that_is_told_and_searching_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(index=tmp_path / "index", baskets=tmp_path / "file" / "baskets", time_budget=0)
    clerk = Clerk(create_app(settings, engine=sample.engine()).test_client())
    clerk.open(SEARCH)

    response = clerk.press(0)
    assert response.status_code == 503
    assert "素材夹存不下来" in text(page(response), "//h1")
    assert clerk.client.get(SEARCH).status_code == 200
    assert clerk.client.get("/basket").status_code == 200


def test_a_damaged_store_is_told_on_its_page_only(app: Flask, clerk: Clerk) -> None:
    collected(clerk, 0)
    close(app)
    file = app.extensions["search-app"].settings.basket_folder() / "baskets.sqlite"
    file.write_bytes(b"x" * 5_000)

    assert clerk.client.get("/basket").status_code == 503
    assert clerk.client.get(SEARCH).status_code == 200
    assert file.read_bytes() == b"x" * 5_000


def test_hostile_names_and_notes_stay_text(clerk: Clerk) -> None:
    one = collected(clerk, 0)[0]
    clerk.send(do="create", text=sample.HOSTILE)
    clerk.send(do="heading", basket="1", text=sample.HOSTILE)
    clerk.send(do="note", basket="1", entry=one, text=sample.HOSTILE, was=was_of_in(clerk, "1", one))

    tree = page(clerk.client.get("/basket?basket=1"))
    assert not tree.xpath("//script[not(@src)] | //@onmouseover")
    assert text(tree, "//h2[@class='own-heading']") == sample.HOSTILE


def was_of_in(clerk: Clerk, basket: str, entry: str) -> str:
    tree = page(clerk.client.get(f"/basket?basket={basket}"))
    return str(tree.xpath(f"//li[@data-entry='{entry}']//input[@name='was']/@value")[0])


@pytest.mark.parametrize("url", ["/basket?basket=abc", "/basket?ask=x", "/basket/nothing"])
def test_an_address_that_leads_nowhere_says_so(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code in (400, 404)


def test_a_browser_remembers_by_itself_what_it_collected_and_recalls_it_where_the_file_is_lost(
    app: Flask, clerk: Clerk
) -> None:
    collected(clerk, 0, 1, 2)
    close(app)
    for path in app.extensions["search-app"].settings.basket_folder().glob("baskets.sqlite*"):
        path.unlink()
    told = clerk.open("/basket")
    assert "浏览器自己还记着 3 段" in told

    assert clerk.send(do="recall").status_code == 303
    assert "已恢复 3 段" in clerk.open("/basket")
    assert len(shown(clerk)) == 3


def test_the_copy_in_the_browser_ends_where_a_cookie_does(app: Flask, clerk: Clerk) -> None:
    collected(clerk, 0)
    name = app.extensions["search-app"].secret.name("basket-ids")
    assert clerk.client.get_cookie(name) is not None
    with app.test_request_context():
        visitor.remember(f"{REPORT}-{number}" for number in range(visitor.MOST_IDS // len(REPORT)))
        response = visitor.dress(make_response(""))

    assert f"{name}=;" in response.headers["Set-Cookie"]
    assert "Max-Age=0" in response.headers["Set-Cookie"]


def test_what_a_browser_claims_to_remember_must_be_signed(app: Flask, clerk: Clerk) -> None:
    clerk.client.set_cookie(app.extensions["search-app"].secret.name("basket-ids"), f"{REPORT}-1.forged")

    assert "还记着" not in clerk.open("/basket")
    assert clerk.send(do="recall").status_code == 400


def test_a_basket_that_holds_something_stands_in_line(
    app: Flask, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected(clerk, 0)
    gate = state.of(app).gate
    monkeypatch.setattr(gate, "_patience", 0.01)

    with ExitStack() as taken:
        for _ in range(state.of(app).settings.threads):
            taken.enter_context(gate)
        assert clerk.client.get("/basket").status_code == 503
        assert clerk.send(do=f"add:{REPORT}-2").status_code == 503
    assert len(shown(clerk)) == 1


def test_an_edit_leads_to_the_entry_or_to_what_stood_beside_it(clerk: Clerk) -> None:
    one, two, three = collected(clerk, 0, 1, 2)

    def landing(**fields: str) -> str:
        return clerk.send(basket="1", back="/basket?basket=1", **fields).headers["Location"]

    assert landing(do="down", entry=one) == f"/basket?basket=1#e-{one}"
    assert landing(do="remove", entry=one) == f"/basket?basket=1#e-{three}"
    assert landing(do="remove", entry=three) == f"/basket?basket=1#e-{two}"
