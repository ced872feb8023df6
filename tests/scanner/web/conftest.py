"""A site over the demo estate, with a user of each role, asked as a browser would."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from scanner import config as configuration
from scanner.commands.serve import listener
from scanner.roles import Role
from scanner.web import app
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.conftest import Demo

PASSWORD = "fyra små gula bilar"


@dataclass(frozen=True)
class Browser:
    """Keeps cookies as a browser does and fills in the form token of the page it came from."""

    client: httpx2.Client

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-800:])
        return unescape(answer.text)

    def post(self, path: str, origin: str = "/account", status: int = 200, **fields: object) -> str:
        answer = self.client.post(path, data={"_token": self.token(origin), **fields})
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
        for role in Role:
            made.users.accept(made.users.add(str(role), [role], "test"), PASSWORD)
        yield made


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
