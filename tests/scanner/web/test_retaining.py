"""What is overdue is marked as taken care of; the next scan tells whether it is gone."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reports.retention import Item
from reports.retention_tables import TO_LOOK_AT
from scanner import config as configuration
from scanner.decisions import review
from scanner.decisions.handled import handled
from scanner.keys import new_key
from scanner.reporting import judged
from scanner.store import schema
from scanner.store.scan_schema import scan_source
from scanner.users.roles import Role
from scanner.web import app, documents
from scanner.web.retaining import holds, marks
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.forking import insyn
from tests.scanner.web.conftest import PASSWORD, Browser, serving

pytestmark = pytest.mark.slow
SignIn = Callable[[str], Browser]
FORM = re.compile(r'name="source" value="([^"]*)"><input type="hidden" name="unit" value="([^"]*)"')


def scanned(site: Site, source: str) -> int:
    """Note a scan of a source, as one that begins now and changes nothing does."""
    number = site.store.start_scan()
    values = {
        "scan_id": number, "source_id": site.store.source_id(source), "program": "", "reading": "", "units": "{}",
        "records": 0, "amount": 0, "bytes": 0, "findings": 0, "seconds": 0,
    }  # fmt: skip
    with site.store.transaction() as connection:
        connection.execute(
            schema.scan.update().where(schema.scan.c.id == number).values(started="2999-01-01T00:00:00Z")
        )
        connection.execute(scan_source.insert().values(**values))
    site.store.end_scan(number, "complete")
    return number


def undone(site: Site, number: int) -> None:
    with site.store.transaction() as connection:
        connection.execute(scan_source.delete().where(scan_source.c.scan_id == number))
        connection.execute(schema.scan.delete().where(schema.scan.c.id == number))


def test_what_is_taken_care_of_is_checked_by_the_next_scan(signed_in: SignIn, site: Site) -> None:
    browser = signed_in("compliance")
    page = browser.get("/retention")
    source, unit = FORM.findall(page)[0]
    before = page.count("Markera som åtgärdat")
    assert "Skriv vad som gjordes" in browser.post("/retention/handle", status=422, source=source, unit=unit)
    browser.post("/retention/handle", status=404, source=source, unit="finns inte", reason="x")
    said = browser.post("/retention/handle", source=source, unit=unit, reason="raderat i CRM")
    assert "raderat i CRM" in said
    assert "väntar på nästa genomsökning" in said
    assert said.count("Markera som åtgärdat") < before
    number = scanned(site, source)
    try:
        assert f"finns kvar efter genomsökning {number}" in browser.get("/retention")
        assert [one.state for one in marks(site, [])] == ["gone"]
    finally:
        undone(site, number)
    (one,) = handled(site.store)
    browser.post("/retention/reopen", number=one.said.id)
    assert handled(site.store) == []
    assert browser.get("/retention").count("Markera som åtgärdat") == before
    browser.post("/retention/reopen", status=404, number=one.said.id)


def test_what_must_not_be_erased_yet_is_held_from_here(signed_in: SignIn, site: Site) -> None:
    browser = signed_in("compliance")
    source, unit = FORM.findall(browser.get("/retention"))[0]
    assert "Skriv varför" in browser.post("/retention/hold", status=422, source=source, unit=unit, reason=" ")
    browser.post("/retention/hold", status=404, source=source, unit="finns inte", reason="x")
    said = browser.post("/retention/hold", source=source, unit=unit, reason="tvist 12", until="2999-12-31")
    assert "Får inte raderas" in said
    assert said.count("tvist 12") >= 2
    ((place, [made]),) = holds(site).items()
    assert (place, made.by, made.reason) == ((source, unit), "compliance", "tvist 12")
    assert any(item.held == "tvist 12" for item in judged.kept(site.store, site.config, site.policy))
    browser.post("/retention/lift", number=made.id)
    assert holds(site) == {}
    browser.post("/retention/lift", status=404, number=made.id)


def test_places_that_are_shown_masked_are_held_each(signed_in: SignIn, site: Site) -> None:
    browser = signed_in("compliance")
    forms = [form for page in (1, 2, 3) for form in FORM.findall(browser.get(f"/retention?page={page}"))]
    source, unit = next(form for form in forms if "***" in form[1])
    meant = {item.unit for item in judged.kept(site.store, site.config, site.policy) if overdue_as(site, item, unit)}
    assert meant
    assert unit not in meant
    browser.post("/retention/hold", source=source, unit=unit, reason="tvist 13")
    held = {item.unit for item in judged.kept(site.store, site.config, site.policy) if item.held == "tvist 13"}
    assert held == meant
    ((place, made),) = holds(site).items()
    assert (place, len(made)) == ((source, unit), len(meant))
    browser.post("/retention/lift", number=made[0].id)
    assert holds(site) == {}


def overdue_as(site: Site, item: Item, unit: str) -> bool:
    return item.verdict in TO_LOOK_AT and site.shown(item.unit) == unit


def test_a_mark_changes_no_report(signed_in: SignIn, site: Site) -> None:
    browser, stamp = signed_in("compliance"), site.judged_stamp()
    source, unit = FORM.findall(browser.get("/retention"))[0]
    browser.post("/retention/handle", source=source, unit=unit, reason="raderat")
    assert site.judged_stamp() == stamp
    review.undo_all(site.store, [one.said.id for one in handled(site.store)], "test")


def test_where_nothing_tells_when_customers_left_it_is_asked(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
        connection.execute("CREATE TABLE part (kund_id INTEGER PRIMARY KEY, namn TEXT, civic_no TEXT, avslutad TEXT)")
        connection.execute("INSERT INTO part VALUES (1, 'Anna Ek', '900118-9811', NULL)")
    crm = "{type: database, url: 'sqlite:///crm.db', owner: IT}"
    (tmp_path / "insyn.yaml").write_text(
        f"policy: omnipoint\nstore: sqlite:///insyn.db\nkey: file:insyn.key\nsources:\n  crm: {crm}\n"
    )
    assert insyn("scan", cwd=tmp_path).code == 0
    config = configuration.load(tmp_path / "insyn.yaml")
    with opened(config) as store:
        site = Site(config, store, policy(config))
        site.users.accept(site.users.add("compliance", [Role.COMPLIANCE], "test"), PASSWORD)
        site.warm()
        documents.warm(site)
        end = time.monotonic() + 60
        while not documents.asked(site) and time.monotonic() < end:  # it is worked out beside
            time.sleep(0.1)
        with serving(app.create(site, {"127.0.0.1"})) as base, Browser.at(base) as browser:
            browser.post("/signin", "/signin", name="compliance", password=PASSWORD)
            page = browser.get("/retention")
            assert "Vilken dag slutade kunderna?" in page
            assert "<code>sources.crm.tables: {part: {relationship_end: avslutad}}</code>" in page


def test_where_a_register_tells_it_nothing_is_asked(signed_in: SignIn) -> None:
    assert "Vilken dag slutade kunderna?" not in signed_in("compliance").get("/retention")
