"""Each user's main path in a real browser, and every page without a fault that axe-core knows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from scanner.web import kept
from scanner.web.site import Site
from tests.scanner.web.conftest import Enter

pytestmark = pytest.mark.slow


def caller(estate: Path) -> str:
    """The number of somebody who has called and is a customer with a personnummer."""
    subjects = json.loads((estate / "truth.json").read_text("utf-8"))["subjects"]
    known = [one for one in subjects if one["personnummer"] and len(one["phones"]) == 1]
    alone = [one for one in known if sum(one["phones"][0] in other["phones"] for other in subjects) == 1]
    return str(max(alone, key=lambda one: len(one["records"]))["phones"][0])


def test_from_a_callers_number_to_a_released_package(enter: Enter, estate: Path) -> None:
    agent, steps = enter("agent"), 0

    def did(what: object) -> None:
        nonlocal steps
        assert what is None
        steps += 1

    did(agent.locator("#typed").press_sequentially(caller(estate), delay=5))
    agent.locator("#read .chips").wait_for()
    assert "Telefonnummer" in agent.inner_text("#read")
    did(agent.check("input[name=case][value=new]"))
    did(agent.click("form[action='/search'] button.wide"))
    agent.wait_for_url("**/cases/*")
    assert agent.locator("details.hit").count() > 1
    number = agent.inner_text("h1").removeprefix("Ärende ")
    did(agent.locator("summary", has_text="Registrera identitet").click())
    did(agent.locator("form[action$='/identity'] button").click())
    did(agent.fill("[name=because]", "Arkivet är skadat och kan inte läsas."))
    did(agent.get_by_role("button", name="Bygg paketet").click())
    agent.locator(".reference").wait_for()
    reviewer = enter("reviewer")
    did(reviewer.get_by_role("link", name=number).click())
    with reviewer.expect_response("**/preview.html"):
        did(reviewer.click("a[href$='/preview']"))
    reviewer.frame_locator("iframe.sheet").locator("h1").wait_for()
    did(reviewer.get_by_role("button", name="Godkänn").click())
    reviewer.locator(".badge", has_text="godkänt").first.wait_for()
    did(agent.get_by_role("button", name="Tillbaka till ärendet").click())
    did(agent.get_by_role("button", name="Notera att det är utlämnat").click())
    assert agent.locator(".badge", has_text="utlämnat").count() == 1
    assert steps <= 12


def test_hits_are_decided_by_keyboard(enter: Enter, estate: Path) -> None:
    agent = enter("agent")
    agent.fill("#typed", caller(estate))
    agent.check("input[name=case][value=new]")
    agent.click("form[action='/search'] button.wide")
    agent.wait_for_url("**/cases/*")
    agent.keyboard.press("j")
    agent.keyboard.press("Enter")
    row = agent.locator("details.hit[open]")
    row.get_by_role("button", name="Visa maskad").first.click()
    row.locator(".values").first.wait_for()
    assert "•" in row.locator(".values").first.inner_text()
    agent.locator("details.hit[open] > summary").focus()
    agent.keyboard.press("m")
    row.locator(".verdict", has_text="agent").wait_for()
    agent.keyboard.press("?")
    assert agent.locator("dialog#keys").is_visible()
    agent.keyboard.press("Escape")
    assert not agent.locator("dialog#keys").is_visible()


def test_from_sign_in_to_the_evidence_of_a_field(enter: Enter) -> None:
    page = enter("compliance")
    assert page.url.endswith("/today")
    page.get_by_role("link", name="Inventering").first.click()
    page.locator(".map td a").first.click()
    page.locator(".rows a").first.click()
    assert page.get_by_role("heading", name="Varför vi säger det").is_visible()
    page.fill("[name=reason]", "stickprov")
    page.get_by_role("button", name="Visa fem maskade exempel").click()
    page.locator(".masked").wait_for()


def test_a_scan_is_followed(enter: Enter, site: Site) -> None:
    page = enter("operator")
    before = page.request.get("/scans").text().count("<tr>")
    page.goto("/sources")
    page.get_by_role("row", name="share").get_by_role("button").click()
    page.locator("#progress .banner").wait_for()
    while site.scans.is_running:
        page.wait_for_timeout(300)
    page.locator("#progress .banner").wait_for(state="detached")
    assert page.request.get("/scans").text().count("<tr>") == before + 1


def scan(page: Page, site: Site, source: str) -> None:
    """Scan a source from its button, until it is done."""
    page.goto("/sources")
    page.get_by_role("row", name=source).get_by_role("button").click()
    page.wait_for_url(f"**/sources/{source}")
    while site.scans.is_running:
        page.wait_for_timeout(300)
    assert site.scans.exit_code in (0, 3)


def test_what_is_dismissed_stays_dismissed_after_a_scan(enter: Enter, site: Site) -> None:
    page = enter("compliance")
    page.get_by_role("link", name="Granskning").first.click()
    about = page.locator("article.judge").first.inner_text()
    before = page.locator("#h-queue").inner_text()
    page.keyboard.press("n")
    page.locator("details[open] input[name=reason]:focus").wait_for()
    page.keyboard.type("gäller ingen person")
    page.keyboard.press("Enter")
    ours = page.locator("#decided tbody tr", has_text="gäller ingen person")
    ours.wait_for()
    for again in (True, False):
        assert page.locator("#h-queue").inner_text() != before
        assert about not in page.locator("article.judge").all_inner_texts()
        assert "gäller ingen person" in page.inner_text("#decided")
        if again:
            scan(enter("operator"), site, "crm")
            page.reload()
    ours.get_by_role("button", name="Ångra").click()
    page.wait_for_url("**/review#decided")
    assert page.locator("#h-queue").inner_text() == before


def test_from_a_failed_source_to_its_reason(enter: Enter) -> None:
    page = enter("operator")
    page.get_by_role("row", name="share").get_by_role("link").click()
    row = page.get_by_role("row", name="arkiv/trasig.zip")
    assert "skadad" in row.inner_text()


def test_from_a_scan_to_what_it_did_not_read_and_what_it_changed(
    enter: Enter, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit that is met again is the later scan's: the first page says how many, the last one which and why."""
    monkeypatch.setattr(kept, "PATIENCE", 0)  # what a scan changed is not counted at once: the page asks again
    page = enter("operator")
    scan(page, site, "share")
    page.get_by_role("link", name="Genomsökningar").first.click()
    page.get_by_role("link", name="Genomsökning 1", exact=True).click()
    assert "kunde inte läsas: 2" in page.get_by_role("row", name="share").first.inner_text()
    assert "Det finns inget att jämföra med" in page.inner_text("section[aria-labelledby=h-shifts]")
    assert "har mötts igen av en senare genomsökning" in page.inner_text("section[aria-labelledby=h-unread]")
    assert page.get_by_role("row", name="arkiv/skyddad.zip").count() == 0
    page.get_by_role("link", name="Genomsökningar").first.click()
    page.get_by_role("link", name=re.compile(r"^Genomsökning \d+$")).first.click()
    assert "har lösenord" in page.get_by_role("row", name="arkiv/skyddad.zip").inner_text()


def test_many_fields_are_dismissed_at_once_and_undone(enter: Enter) -> None:
    page = enter("compliance")
    page.goto("/review")
    before = page.locator("#h-queue").inner_text()
    page.get_by_role("button", name="Granska många på en gång").click()
    page.locator("input[name=id]").nth(0).check()
    page.locator("input[name=id]").nth(1).check()
    page.get_by_role("button", name="Inte personuppgift").click()
    assert "Skriv varför" in page.locator(".notice.bad").inner_text()
    page.locator("[data-all]").check()
    ticked = page.locator("input[name=id]:checked").count()
    assert ticked > 2
    page.fill("[name=reason]", "testdata")
    page.get_by_role("button", name="Inte personuppgift").click()
    assert f"{ticked} fält är bedömda" in page.locator(".notice.good").inner_text()
    page.get_by_role("button", name="Ångra alla").click()
    page.wait_for_url("**/review#decided")
    assert page.locator("#h-queue").inner_text() == before


def test_a_sample_is_looked_through_by_keyboard(enter: Enter) -> None:
    page = enter("compliance")
    page.get_by_role("link", name="Stickprov").first.click()
    page.fill("[name=size]", "12")
    page.get_by_role("button", name="Dra", exact=True).click()
    assert page.locator("article.judge").count() == 12
    first = page.locator("article.judge").first
    first.focus()
    page.keyboard.press("v")
    first.locator(".plainvalues li, .doubt").first.wait_for()
    page.keyboard.press("n")
    page.wait_for_url("**/sample#f-*")
    assert "1 / 12" in page.inner_text(".figures")
    page.locator("article.judge").nth(1).focus()
    page.keyboard.press("p")
    page.get_by_text("1 innehöll personuppgifter").wait_for()
    assert "%" in page.inner_text(".figures .watch")


def test_an_open_question_of_the_policy_is_answered(enter: Enter) -> None:
    page = enter("compliance")
    page.get_by_role("link", name="Policy").first.click()
    question = page.locator("details.question").first
    question.locator("summary").click()
    question.get_by_role("button", name="Det är på annat sätt").click()
    assert "Skriv hur det är i stället" in page.locator(".notice.bad").inner_text()
    page.locator("details.question[open] textarea").fill("Vi har bestämt 24 månader.")
    page.locator("details.question[open]").get_by_role("button", name="Det är på annat sätt").click()
    page.wait_for_url("**/policy#q-*")
    assert "bestämt på annat sätt" in page.locator("details.question").first.inner_text()
    assert "24 månader" in page.inner_text("section[aria-labelledby=h-answers]")


@pytest.mark.parametrize(("path", "heading"), [("/gaps", "Allvar"), ("/inventory", "Kategori")])
def test_a_printed_table_begins_under_its_title_with_its_head_on_every_sheet(
    path: str, heading: str, enter: Enter
) -> None:
    page = enter("compliance")
    page.goto(path)
    sheets = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(page.pdf(format="A4"))]
    assert len(sheets) > 1
    assert [heading in sheet for sheet in sheets[:-1]] == [True] * (len(sheets) - 1)
    assert not [word for word in ("Logga ut", "Ladda ned", "Godta", "Visa") if word in "".join(sheets)]
