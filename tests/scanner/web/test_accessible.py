"""Every page that the application has, without a fault that axe-core knows, on a phone and wide, light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from reports.elusion import silent
from scanner.decisions import attestations, sampling
from scanner.reporting import remembered
from scanner.users.roles import Role
from scanner.web import app, menu
from scanner.web.pages import ASSETS, asset, content
from scanner.web.site import Site
from tests.scanner.web.conftest import PASSWORD, Browser, context, fill_in

pytestmark = pytest.mark.slow
HEAVIEST = 250_000
EXPORTS = ("/export/coverage.{format}", "/export/decisions.{format}", "/export/owners.{format}", "/log/export.{format}")
FILES = frozenset({"/", "/health", "/static/{digest}/{name}", "/reports/{name}.{format}",
                   "/export/inventory.{format}", "/export/gaps.{format}", *EXPORTS, "/export/incident.{format}",
                   "/relations/export.{format}",
                   "/cases/{id}/preview.html", "/cases/{id}/worklist.{format}", "/scans/progress"})  # fmt: skip
"""What is no page of ours: files, the document that is sent, and a part that a page fetches into itself."""
STATES = (("dpo", "/nowhere"), ("agent", "/inventory"), ("dpo", "/signin?ended=1"), ("agent", "/cases?closed=1"))
"""What is shown when there is no such page, no permission, no session any more."""


@pytest.fixture(scope="module")
def examples(site: Site, base: str, estate: Path) -> Iterator[dict[str, tuple[str, str]]]:
    """Address with names in it -> a role, and the address of an example."""
    with Browser.at(base) as agent:
        agent.post("/signin", "/signin", name="agent", password=PASSWORD)
        subjects = json.loads((estate / "truth.json").read_text("utf-8"))["subjects"]
        person = max((one for one in subjects if one["personnummer"]), key=lambda one: len(one["records"]))
        asked = {"_token": agent.token(), "typed": person["personnummer"], "case": "new"}
        case, erasure = (
            agent.client.post("/search", data=asked | {"right": right}).url.path for right in ("access", "erasure")
        )
        agent.post(f"{case}/represent", kind="guardian", name="Olof Ek")
    row = next(id for id, row in site.held().rows.items() if row.entity)
    sampling.draw(site.store, silent(remembered.estate(site.store, site.config)), 5, "test")
    site.first_code = "first"
    yield {
        "/cases/{id}": ("agent", case),
        "/cases/calendar": ("agent", "/cases/calendar?month=2027-01"),
        "/cases/{id}/preview": ("agent", f"{case}/preview"),
        "/cases/{id}/worklist": ("agent", f"{erasure}/worklist"),
        "/inventory/{id}": ("compliance", f"/inventory/{row}"),
        "/sources/{name}": ("operator", "/sources/share"),
        "/scans/{number}": ("operator", "/scans/1"),
        "/attest/{code}": ("compliance", f"/attest/{attestations.ask(site.config, site.store, 'crm', 'test')}"),
        "/welcome/{code}": ("compliance", f"/welcome/{site.users.add('ny', [Role.AGENT], 'test')}"),
        "/first/{code}": ("compliance", "/first/first"),
        "/review/many": ("compliance", "/review/many"),
        "/account": ("agent", "/account"),
        "/signin": ("dpo", "/signin"),
    }
    site.first_code = ""


def pages(examples: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """A role and an address for each page that there is: one that is new and not known here fails."""
    roles = {entry.path: ("admin", "operator", "dpo") for entry in menu.ENTRIES}
    found = list(STATES)
    for path in app.addresses():
        if path in examples:
            found.append(examples[path])
        elif path not in FILES:
            entry = next(one for one in menu.ENTRIES if one.path == path)
            found.append((next(role for role in roles[path] if Role(role) in entry.roles), path))
    return [*found, ("compliance", "/incident?system=crm"), ("compliance", "/inventory?category=email"),
            ("compliance", "/retention?table=details")]  # fmt: skip


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("theme", "lang", "width"), [("light", "sv", 360), ("dark", "en", 1600)])
def test_no_page_has_a_fault(
    theme: str, lang: str, width: int, chromium: Chromium, base: str, site: Site, examples: dict[str, tuple[str, str]]
) -> None:
    faults: list[str] = []
    wanted = pages(examples)
    for role in sorted({role for role, _ in wanted}):
        opened = context(chromium, base, theme=theme, lang=lang, width=width)
        page = opened.new_page()
        fill_in(page, role)
        for path in (path for one, path in wanted if one == role):
            page.goto(path)
            page.locator("[data-waiting]").wait_for(state="detached")  # it is being counted, and comes by itself
            faults += [f"{path}: {fault}" for fault in (*_faults(page), *_outside(page, width))]
        opened.close()
    assert faults == []


def _faults(page: Page) -> Iterator[str]:
    for one in Axe().run(page).response["violations"]:
        yield from (f"{one['id']}: {node['html'][:160]}" for node in one["nodes"][:3])


def _outside(page: Page, width: int) -> Iterator[str]:
    """A page wider than the screen, or too heavy with all that it fetches."""
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "is wider than its screen"
    text = page.content()
    weight = len(text.encode()) + sum(len(content(name)) for name in ASSETS if asset(name) in text)
    if weight >= HEAVIEST:
        yield f"weighs {weight} bytes"
