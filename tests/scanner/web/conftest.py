"""A site over the demo estate, with a user of each role, asked as a browser would."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from itertools import product
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, sync_playwright

from reports.language import LANGUAGES
from scanner import config as configuration
from scanner.commands.serve import listener
from scanner.users.roles import Role
from scanner.web import app, documents
from scanner.web.kept import BeingMadeError
from scanner.web.pages import catalogue
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.conftest import Demo

PASSWORD = "fyra små gula bilar"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
Enter = Callable[[str], Page]


@dataclass(frozen=True)
class Browser:
    """Keeps cookies as a browser does and fills in the form token of the page it came from."""

    client: httpx2.Client

    @classmethod
    @contextmanager
    def at(cls, base: str) -> Iterator[Browser]:
        """A new one at an address."""
        with httpx2.Client(base_url=base, follow_redirects=True, timeout=60) as client:
            yield cls(client)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        end = time.monotonic() + 60
        while answer.status_code == 503 != status and time.monotonic() < end:  # it is being counted; a page asks again
            time.sleep(0.2)
            answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-800:])
        return unescape(answer.text)

    def post(self, path: str, origin: str = "/account", status: int = 200, **fields: object) -> str:
        answer = self.client.post(path, data={"_token": self.token(origin), **fields})
        if answer.status_code == 503 != status and answer.request.method == "GET":  # done, and what it leads to waits
            return self.get(str(answer.url), status)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-800:])
        return unescape(answer.text)

    def token(self, path: str = "/account") -> str:
        found = re.search(r'name="_token" value="([0-9a-f]+)"', self.client.get(path).text)
        assert found, path
        return found.group(1)


@pytest.fixture(scope="session")
def estate(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo estate that tests may change."""
    copy = tmp_path_factory.mktemp("web") / "estate"
    shutil.copytree(demo.directory, copy)
    return copy


@pytest.fixture(scope="session")
def site(estate: Path) -> Iterator[Site]:
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        made = Site(config, store, policy(config))
        made.warm()
        for name, code in product(documents.REPORTS, LANGUAGES):
            while not _is_made(made, name, code):
                time.sleep(0.05)
        for role in Role:
            made.users.accept(made.users.add(str(role), [role], "test"), PASSWORD)
        yield made


def _is_made(site: Site, name: str, code: str) -> bool:
    try:
        return bool(documents.document(site, name, catalogue(code)))
    except BeingMadeError:
        return False


@contextmanager
def serving(application: FastAPI) -> Iterator[str]:
    """Address of a real server of an application, until the block is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = listener(application, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def base(site: Site) -> Iterator[str]:
    """Address of a server of the site."""
    with serving(app.create(site, {"127.0.0.1"})) as address:
        yield address


@pytest.fixture
def stranger(base: str) -> Iterator[Browser]:
    """A browser in which nobody is signed in."""
    with httpx2.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        yield Browser(client)


@pytest.fixture
def signed_in(base: str) -> Iterator[Callable[[str], Browser]]:
    """Gives a browser in which the user with a role's name is signed in."""
    clients = []

    def sign_in(name: str) -> Browser:
        clients.append(httpx2.Client(base_url=base, follow_redirects=True, timeout=60))
        browser = Browser(clients[-1])
        browser.post("/signin", "/signin", name=name, password=PASSWORD)
        return browser

    yield sign_in
    for client in clients:
        client.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("INSYN_REQUIRE_SERVERS") == "1":
            pytest.fail("chromium not found: apt-get install chromium")
        pytest.skip("chromium not found: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def context(
    chromium: Chromium, base: str, *, theme: str = "light", lang: str = "sv", width: int = 1280
) -> BrowserContext:
    made = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if theme == "dark" else "light", base_url=base
    )
    made.set_default_timeout(120_000)  # a busy machine is no fault
    made.add_cookies([{"name": "lang", "value": lang, "url": base}])
    return made


def fill_in(page: Page, name: str) -> None:
    page.goto("/signin")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/signin'] button")


def _is_fault(told: ConsoleMessage) -> bool:
    """Not that a form was refused, or that a page is being counted and asks again: the browser notes these, too."""
    return told.type == "error" and not any(f"status of {status}" in told.text for status in (422, 503))


@pytest.fixture
def enter(chromium: Chromium, base: str) -> Iterator[Enter]:
    """Gives a page on which the user with a role's name is signed in; no script may fail and nothing leave the site."""
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def into(name: str) -> Page:
        opened.append(context(chromium, base))
        page = opened[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if _is_fault(told) else None)
        page.on(
            "request", lambda asked: faults.append(asked.url) if not asked.url.startswith((base, "data:")) else None
        )
        fill_in(page, name)
        return page

    yield into
    for one in opened:
        one.close()
    assert not faults
