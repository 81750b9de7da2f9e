"""How tests collect: as a browser with forms, and as a program with JSON."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search_app.web import state

ORIGIN = "http://localhost"


class Program:
    """Edits baskets as a program does: it asks for a token, then sends it along."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token: str = client.get("/api/v1/basket").get_json()["token"]

    def edit(self, **fields: Any) -> TestResponse:
        """Send one edit."""
        return self.client.post("/api/v1/basket", json=fields, headers={"X-Basket-Token": self.token})

    def basket(self, key: str = "current") -> Any:
        """Return a basket with all it holds."""
        return self.client.get(f"/api/v1/baskets/{key}").get_json()

    def add(self, *passages: str) -> list[int]:
        """Collect passages, and return the numbers of all entries."""
        response = self.edit(do="add", passages=list(passages))
        assert response.status_code == 200, response.get_json()
        return [each["entry"] for each in self.basket()["items"]]


class Clerk:
    """Edits baskets as a browser without scripts does: with the forms of the page it last opened."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = ""
        self.path = ""

    def open(self, path: str) -> str:
        """Open a page."""
        self.path = path
        self.page = self.client.get(path).get_data(as_text=True)
        return self.page

    @property
    def token(self) -> str:
        """Return the token of the page that is open."""
        found = re.search(r'name="token" value="([^"]+)"', self.page)
        assert found is not None
        return found[1]

    def send(self, *, origin: str | None = ORIGIN, **fields: str) -> TestResponse:
        """Send a form of the page that is open, as it is filled in."""
        headers = {"Origin": origin} if origin is not None else {}
        return self.client.post("/basket", data={"token": self.token, "back": self.path, **fields}, headers=headers)

    def press(self, nth: int = 0) -> TestResponse:
        """Press the button of a passage of the page that is open."""
        found = re.findall(r'name="do" value="([^"]+)" data-collect', self.page)
        basket = re.search(r'<form id="collect".*?name="basket" value="(\d+)"', self.page)
        return self.send(do=found[nth], **({"basket": basket[1]} if basket is not None else {}))


def browser_cookie(app: Flask) -> str:
    """Return the name of the cookie that holds a browser's key."""
    return state.of(app).secret.name("basket")


def close(app: Flask) -> None:
    """Release the file of an app's baskets."""
    state.of(app).baskets.close()
