"""The page of keys between tables: for engineers, as the command shows them, also before anything was scanned."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner import config as configuration
from scanner.keys import new_key
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.web.conftest import PASSWORD, Browser, serving

SignIn = Callable[[str], Browser]


def rows(page: str, table: str) -> list[list[str]]:
    """The cells of a table."""
    part = page.partition(f'<section id="{table}"')[2].partition("</section>")[0]
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", part, re.DOTALL)
    return [[re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in found]


def test_an_operator_sees_which_column_refers_to_which(signed_in: SignIn) -> None:
    page = signed_in("operator").get("/relations")
    known = {(row[1], row[2]): (row[3], row[6]) for row in rows(page, "relations") if row}
    assert known["anlaggningar.kundnr", "kunder.kundnr"] == ("av källan", "en person")
    assert known["larmlogg.anlaggning", "anlaggningar.anl_id"] == ("funnen", "en person")
    assert known["teknik/artiklar.csv.artnr", "crm: artiklar.artnr"][1] == "ingen"


def test_they_are_narrowed_down_to_a_source(signed_in: SignIn) -> None:
    operator = signed_in("operator")
    assert {row[0] for row in rows(operator.get("/relations?source=share"), "relations") if row} == {"share"}
    assert "Ingen nyckel mellan tabeller är känd." in operator.get("/relations?source=samtal")
    assert "Där sägs inget om nycklar." in operator.get("/relations?table=said")
    operator.get("/relations?source=nowhere", 404)
    listed = operator.get("/relations/export.csv?source=share")
    assert "teknik/artiklar.csv.artnr" in listed
    assert "anlaggningar.kundnr;" not in listed
    operator.get("/relations/export.exe", 404)


def test_an_agent_is_told_whom_it_is_for(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    told = re.search(r"Den här sidan är för: ([^.]+)\.", agent.get("/relations", 403))
    assert told and "drift" in told.group(1).split(", ")
    agent.get("/relations/export.csv", 403)


@pytest.fixture
def unscanned(tmp_path: Path) -> Iterator[Browser]:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(
        "sources:\n  share:\n    type: files\n    path: share\n    relations: [{from: a.csv.kund, to: b.csv.nr}]\n"
    )
    config = configuration.load(tmp_path / "insyn.yaml")
    with opened(config, create=True) as store:
        site = Site(config, store, policy(config))
        site.users.accept(site.users.add("operator", [Role.OPERATOR], "test"), PASSWORD)
        with serving(app.create(site, {"127.0.0.1"})) as base, Browser.at(base) as browser:
            browser.post("/signin", "/signin", name="operator", password=PASSWORD)
            yield browser


def test_before_a_scan_the_page_says_how_to_begin(unscanned: Browser) -> None:
    page = unscanned.get("/relations")
    assert "Ingen genomsökning ännu." in page
    assert 'href="/sources" role="button"' in page
    assert "/relations/export" not in page
