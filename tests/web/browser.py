"""A headless Chromium and a server with the sample shelf for it to open."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--font-render-hinting=none",
)


def executable() -> str:
    """Return the path of a browser; where there is none, fail on build machines and skip elsewhere."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        message = f"no browser on the PATH (looked for {', '.join(NAMES)}): the pages are not tried in one"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the app on a free port of this machine and give its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(5)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a browser without a window."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Tab:
    """A page of the browser that remembers what went wrong in it."""

    def __init__(self, context: BrowserContext, address: str, page: Page | None = None) -> None:
        self.page: Page = page or context.new_page()
        self.complaints: list[str] = []
        self.address = address
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def open(self, path: str) -> Page:
        """Open one of our pages."""
        self.page.goto(self.address + path)
        return self.page


@contextmanager
def fresh_tab(browser: Browser, address: str, **options: Any) -> Iterator[Tab]:
    """Give a fresh tab that must not have complained in the end."""
    context = browser.new_context(locale="zh-CN", **({"viewport": {"width": 1280, "height": 800}} | options))
    context.set_default_timeout(15_000)
    opened = Tab(context, address)
    try:
        yield opened
    finally:
        context.close()
    assert opened.complaints == []


def wait_until(page: Page, expression: str) -> None:
    """Wait until an expression is true; Playwright's own way to do so is forbidden by the pages' policy."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")
