"""What takes long is made once, and nobody waits long for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium

from scanner import config as configuration
from scanner.decisions import review
from scanner.reporting import overview, remembered
from scanner.users.roles import Role
from scanner.web import app, site
from scanner.web.kept import PATIENCE, BeingMadeError, Kept
from scanner.web.paging import Paged
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.web.conftest import PASSWORD, Browser, context, fill_in, serving


def test_what_takes_long_the_first_time_is_told_to_be_in_the_making() -> None:
    kept, goes_on = Kept(), threading.Event()
    began = time.monotonic()
    with pytest.raises(BeingMadeError):
        kept.near("a", "1", goes_on.wait)
    assert time.monotonic() - began < 20 * PATIENCE
    goes_on.set()
    assert kept.get("a", "1", goes_on.wait)
    assert kept.near("a", "1", lambda: pytest.fail("it is there"))


def test_what_takes_long_is_shown_as_it_was_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.web.kept.SOON", 0.0)
    kept, goes_on = Kept(), threading.Event()
    kept.get("a", "1", lambda: "old")
    assert kept.near("a", "2", lambda: "new" if goes_on.wait() else "") == "old"
    assert not kept.is_current("a", "2")
    goes_on.set()
    assert kept.get("a", "2", lambda: "new") == "new"
    assert kept.is_current("a", "2")


def test_what_takes_no_time_is_waited_for() -> None:
    kept = Kept()
    kept.get("a", "1", lambda: "old")
    assert kept.near("a", "2", lambda: [time.sleep(2 * PATIENCE), "new"][1]) == "new"


def test_what_fails_is_told_and_tried_again() -> None:
    kept = Kept()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept.near("a", "1", lambda: 1 // 0)
    assert kept.near("a", "1", lambda: 7) == 7


@pytest.mark.parametrize(("page", "first", "last"), [(-3, 0, 3), (2, 10, 3), (99, 20, 3)])
def test_a_page_that_there_is(page: int, first: int, last: int) -> None:
    paged = Paged(range(25), page, 10)
    assert (paged.rows[0], paged.last, paged.count) == (first, last, 25)


@pytest.mark.slow
def test_counts_are_kept_until_somebody_dismisses_a_value(site: Site) -> None:
    store, config = site.store, site.config
    counted = overview.estate(store, config)
    assert remembered.estate(store, config) == counted
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(overview, "places", lambda *_: pytest.fail("it is kept"))
        assert remembered.estate(store, config) == counted
    row = next(row for row in site.held().inventory.rows if row.entity == "EMAIL_ADDRESS")
    token = store.keys.token("EMAIL_ADDRESS", "nobody@example.se")
    made = review.decide(
        store, review.Decision(0, "dismiss", "", "", "", row.entity or "", "", "x", "", "", token=token)
    )
    try:
        assert remembered.estate(store, config) == overview.estate(store, config)
    finally:
        review.undo(store, made.id)


@pytest.fixture
def counting(
    estate: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[tuple[str, str, Callable[[], None]]]:
    """Where a site is served that was just started, a user, and what lets it count its figures to the end."""
    config, goes_on, name = configuration.load(estate / "insyn.yaml"), threading.Event(), request.node.name
    with opened(config) as store:
        fresh = Site(config, store, policy(config))
        fresh.users.accept(fresh.users.add(name, [Role.DPO], "test"), PASSWORD)
        hold = fresh._hold
        monkeypatch.setattr(fresh, "_hold", lambda: goes_on.wait() and hold())

        def count() -> None:
            goes_on.set()
            fresh.warm()

        with serving(app.create(fresh, {"127.0.0.1"})) as base:
            yield base, name, count
            goes_on.set()


@pytest.mark.slow
def test_a_page_comes_at_once_also_after_the_start(counting: tuple[str, str, Callable[[], None]]) -> None:
    base, name, count = counting
    with Browser.at(base) as browser:
        browser.post("/signin", "/signin", 503, name=name, password=PASSWORD)
        assert "Räknas fram" in browser.get("/inventory", 503)
        assert "Sök" in browser.get("/search")
        count()
        assert "Räknas fram" not in browser.get("/inventory")


@pytest.mark.slow
def test_a_page_that_is_counted_comes_by_itself(
    counting: tuple[str, str, Callable[[], None]], chromium: Chromium
) -> None:
    base, name, count = counting
    with context(chromium, base) as made:
        page = made.new_page()
        fill_in(page, name)
        page.goto("/inventory?category=email")
        page.get_by_role("heading", name="Räknas fram").wait_for()
        assert Axe().run(page).response["violations"] == []
        count()
        page.get_by_role("heading", name="Räknas fram").wait_for(state="detached")
        assert page.url.endswith("/inventory?category=email")
        assert page.get_by_role("heading", level=1).inner_text() == "Inventering"


@pytest.mark.slow
def test_nobody_waits_for_the_coverage_after_the_start(estate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands on the first page of whoever runs the scans."""
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        fresh = Site(config, store, policy(config))
        fresh.warm()
        monkeypatch.setattr(site, "coverage", lambda *_: pytest.fail("counted again"))
        assert fresh.coverage()
