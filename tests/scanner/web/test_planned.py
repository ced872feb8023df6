"""The page of sources says what is scanned when, and an operator pauses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from scanner import config as configuration
from scanner.keys import new_key
from scanner.schedule.planned import paused
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.web.conftest import PASSWORD, Browser, serving

pytestmark = pytest.mark.slow

CONFIG = """
sources:
  delad: {type: files, path: delad, schedule: "30 2 * * *"}
  annan: {type: files, path: delad}
"""


@contextmanager
def signed_in(site: Site, name: str) -> Iterator[Browser]:
    with (
        serving(app.create(site, {"127.0.0.1"})) as base,
        httpx2.Client(base_url=base, follow_redirects=True) as client,
    ):
        browser = Browser(client)
        browser.post("/signin", "/signin", name=name, password=PASSWORD)
        yield browser


def test_an_operator_pauses_and_resumes_a_schedule(tmp_path: Path) -> None:
    (tmp_path / "delad").mkdir()
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(CONFIG, "utf-8")
    config = configuration.load(tmp_path / "insyn.yaml")
    with opened(config, create=True) as store:
        site = Site(config, store, policy(config))
        site.warm()
        for role in (Role.OPERATOR, Role.DPO):
            site.users.accept(site.users.add(str(role), [role], "test"), PASSWORD)
        with (
            serving(app.create(site, {"127.0.0.1"})) as base,
            httpx2.Client(base_url=base, follow_redirects=True) as one,
        ):
            operator = Browser(one)
            operator.post("/signin", "/signin", name="operator", password=PASSWORD)
            before = operator.get("/sources")
            assert " 02:30</span>" in before
            assert "pausad" in operator.post("/schedule/delad", "/sources", on="false")
            assert paused(store) == {"delad": "operator"}
            operator.post("/schedule/annan", "/sources", status=400, on="false")
            assert " 02:30</span>" in operator.post("/schedule/delad", "/sources", on="true")
            assert paused(store) == {}
        with (
            serving(app.create(site, {"127.0.0.1"})) as base,
            httpx2.Client(base_url=base, follow_redirects=True) as one,
        ):
            auditor = Browser(one)
            auditor.post("/signin", "/signin", name="dpo", password=PASSWORD)
            assert "Pausa" not in auditor.get("/sources")
            auditor.post("/schedule/delad", status=403, on="false")
