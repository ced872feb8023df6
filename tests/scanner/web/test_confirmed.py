"""A decision that a possible record is the person's: the page tells what a new search found, and shows it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page

from scanner import config as configuration
from scanner.cases import hits as case_hits
from scanner.cases.model import Decision
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.case_estate import ANNA, Office
from tests.scanner.shared_orders import make_shared
from tests.scanner.web.conftest import PASSWORD, Browser, context, fill_in, serving

pytestmark = pytest.mark.slow

HTMX = {"hx-request": "true"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_shared(tmp_path_factory.mktemp("confirmed"), marked=False)


@pytest.fixture(scope="module")
def served(office: Office) -> Iterator[str]:
    with site_of(office) as base:
        yield base


@contextmanager
def site_of(office: Office) -> Iterator[str]:
    """The address of the pages of a company."""
    config = configuration.load(office.directory / "insyn.yaml")
    with opened(config) as store:
        site = Site(config, store, policy(config))
        for role in (Role.AGENT, Role.SPECIAL):
            site.users.accept(site.users.add(str(role), [role], "test"), PASSWORD)
        with serving(app.create(site, {"127.0.0.1"})) as base:
            yield base


@pytest.fixture
def agent(served: str) -> Iterator[Browser]:
    with Browser.at(served) as browser:
        browser.post("/signin", "/signin", name="agent", password=PASSWORD)
        yield browser


@contextmanager
def possible_orders(chromium: Chromium, served: str, path: str) -> Iterator[tuple[Page, Locator]]:
    """The page of a case in a browser, and on it what is decided on: orders that are possibly the person's, opened."""
    with context(chromium, served) as made:
        page = made.new_page()
        fill_in(page, "agent")
        page.goto(path)
        page.locator("details.grade > summary", has_text="Möjlig").click()
        row = page.locator("details.hit", has_text="ordrar")
        row.locator("summary").first.click()
        yield page, row


def new_case(agent: Browser) -> tuple[str, dict[str, str]]:
    """The address of a case about Anna, and its groups on the page: unit and grade -> id."""
    answer = agent.client.post(
        "/search", data={"_token": agent.token(), "typed": ANNA, "case": "new", "channel": "phone"}
    )
    assert answer.status_code == 200, answer.text[-500:]
    return answer.url.path, groups(answer.text)


def groups(text: str) -> dict[str, str]:
    found = re.findall(r'id="hit-(\d+)".*?<strong>crm</strong> (\w+)', text, re.DOTALL)
    return {unit: id for id, unit in reversed(found)}


def alone(text: str) -> list[str]:
    """The records that can be decided on by themselves."""
    return re.findall(r'name="hit" value="(\d+)"><input [^>]*name="group"[^>]*><input [^>]*><button [^>]*"mask"', text)


def decided(agent: Browser, path: str, hit: str, decision: str, **more: str) -> httpx2.Response:
    fields = {"_token": agent.token(), "hit": hit, "decision": decision, "reason": "hennes egen", **more}
    return agent.client.post(f"{path}/decide", data=fields, headers=HTMX)


def test_the_answer_tells_how_many_more_were_found_and_leads_to_them(agent: Browser) -> None:
    path, shown = new_case(agent)
    assert "orderrader" not in shown
    answer = decided(agent, path, shown["ordrar"], "mask").text
    assert "Genom beslutet hittades 5 poster till." in answer
    assert f'<a href="{path}">Visa dem</a>' in answer
    page = agent.get(path)
    assert groups(page)["ordrar"] == shown["ordrar"], "the decision can be taken back in the same place"
    assert "orderrader" in groups(page)
    assert "någon här har beslutat att det gäller den som det frågats efter" in page
    back = decided(agent, path, shown["ordrar"], "withhold").text
    assert "Genom beslutet hittas 5 poster inte längre." in back
    assert "Visa vad som är kvar" in back
    assert "orderrader" not in groups(agent.get(path))


def test_one_of_several_possible_records_is_decided_on_by_itself(agent: Browser) -> None:
    path, _ = new_case(agent)
    page = agent.get(path)
    assert len(alone(page)) > 1
    answer = decided(agent, path, alone(page)[0], "mask", alone="1").text
    assert "Genom beslutet hittades" in answer
    assert "beslutat en för en" in agent.get(path)


def test_one_of_several_is_left_out_by_itself_with_a_reason_and_handed_out_again(
    agent: Browser, office: Office
) -> None:
    path, shown = new_case(agent)
    decided(agent, path, shown["ordrar"], "mask")
    first, *others = alone(agent.get(path))

    def decisions() -> dict[str, Decision]:
        with office.desk("agent") as desk:
            number = desk.register.listed()[-1].number
            return {str(one.id): one.decision for one in case_hits.kept(desk, number)}

    assert decided(agent, path, first, "withhold", alone="1", reason="").status_code == 400
    assert decisions()[first] is Decision.MASK
    assert "hittas 3 poster inte längre" in decided(agent, path, first, "withhold", alone="1").text
    assert [decisions()[one] for one in (first, *others)] == [Decision.WITHHOLD, Decision.MASK, Decision.MASK]
    assert "hittades 3 poster till" in decided(agent, path, first, "mask", alone="1").text
    assert decisions()[first] is Decision.MASK


def test_in_a_browser_the_reason_to_leave_one_out_leaves_it_out_and_all_verdicts_agree(
    agent: Browser, served: str, chromium: Chromium
) -> None:
    """Enter in the reason must not be taken for the first button, which hands it out."""
    path, _ = new_case(agent)
    with possible_orders(chromium, served, path) as (_, row):
        row.get_by_text("Utelämna bara denna").first.click()
        reason = row.locator(".leave[open] input[name=reason]")
        reason.fill("var hans")
        reason.press("Enter")
        told = row.locator(".alone .verdict", has_text="agent")
        told.wait_for()
        assert "utelämnas" in told.inner_text()
        row.get_by_role("button", name="Lämna ut bara denna").last.click()
        row.locator("summary > .verdict", has_text="beslutat en för en").wait_for()
        row.get_by_role("button", name="Maska M").click()
        row.locator("summary > .verdict", has_text="lämnas ut, andra maskas").wait_for()
        assert row.locator(".alone .verdict", has_text="lämnas ut, andra maskas").count() == 3


def foreseen(agent: Browser, path: str, hit: str, **more: str) -> httpx2.Response:
    return agent.client.post(f"{path}/foresee", data={"_token": agent.token(), "hit": hit, **more}, headers=HTMX)


def test_it_is_told_what_would_come_along_before_anything_is_decided(agent: Browser) -> None:
    path, shown = new_case(agent)
    page = agent.get(path)
    assert f'action="{path}/foresee"' in page
    assert "Vad skulle följa med alla 3?" in page
    answer = foreseen(agent, path, shown["ordrar"]).text
    assert "5 poster till skulle hittas." in answer
    assert "Inget är beslutat än." in answer
    assert re.search(r"<td>crm</td><td>orderrader</td><td class=.n.>4</td>", answer)
    assert "<main" not in answer
    assert "3 poster till skulle hittas." in foreseen(agent, path, alone(page)[0], alone="1").text
    assert "Inga andra poster skulle följa av beslutet." in foreseen(agent, path, shown["kunder"]).text
    assert groups(agent.get(path)) == shown
    assert "agent</small>" not in page


def test_without_scripts_it_is_a_page_of_its_own(agent: Browser) -> None:
    path, shown = new_case(agent)
    page = agent.post(f"{path}/foresee", hit=shown["ordrar"])
    assert "5 poster till skulle hittas." in page
    assert f'href="{path}#hit-{shown["ordrar"]}"' in page


def test_a_decision_that_leads_nowhere_says_so_or_nothing(agent: Browser) -> None:
    path, shown = new_case(agent)
    answer = decided(agent, path, shown["larmkontakter"], "mask").text
    assert "Genom beslutet" not in answer
    assert "Inga andra poster" not in answer


def test_without_scripts_the_page_that_follows_shows_it(agent: Browser) -> None:
    path, shown = new_case(agent)
    page = agent.post(f"{path}/decide", hit=shown["ordrar"], decision="mask")
    assert "orderrader" in groups(page)


def test_what_is_decided_elsewhere_is_on_the_page_at_once(agent: Browser, office: Office) -> None:
    """The page remembers its search for some minutes; a command may have decided meanwhile."""
    path, shown = new_case(agent)
    assert "orderrader" not in groups(agent.get(path))
    with office.desk("agent") as desk:
        number = desk.register.listed()[-1].number
        chosen = case_hits.beside(desk, number, int(shown["ordrar"]))
        case_hits.settle(desk, number, chosen, Decision.MASK)
    assert "orderrader" in groups(agent.get(path))


def test_the_page_lists_decisions_that_lapsed_when_something_else_is_searched_for(agent: Browser) -> None:
    path, shown = new_case(agent)
    decided(agent, path, shown["ordrar"], "mask")
    assert "gäller inte längre" not in agent.get(path)
    agent.post("/search", typed="sven@example.se", case=path.rpartition("/")[2])
    page = agent.get(path)
    assert "3 tidigare beslut gäller inte längre, för nu söks något annat." in page
    assert re.search(r"<strong>crm</strong> ordrar id 71: lämnas ut, andra maskas <small>agent</small>", page)
    assert "beslut slutade gälla: det som ska sökas byttes ut" in page


def test_a_decision_that_shows_who_is_protected_is_refused_and_not_kept(tmp_path: Path) -> None:
    office = make_shared(tmp_path)
    with site_of(office) as base, Browser.at(base) as browser:
        browser.post("/signin", "/signin", name="agent", password=PASSWORD)
        path, shown = new_case(browser)
        asked = foreseen(browser, path, shown["ordrar"])
        assert (asked.status_code, "orderrader" in asked.text) == (403, False)
        browser.get(path)
        refused = decided(browser, path, shown["ordrar"], "mask")
        assert refused.status_code == 403
        assert "Det här görs av den som har uppgiften skyddade personuppgifter." in unescape(refused.text)
        assert "<main" not in refused.text, "the answer is put into the page"
        browser.get(path, 403)
    with office.desk("eva", special=True) as desk:
        number = desk.register.listed()[-1].number
        assert not any(one.decided_by for one in case_hits.kept(desk, number))


def test_enter_in_a_reason_that_is_for_either_of_two_buttons_decides_nothing(
    agent: Browser, served: str, chromium: Chromium
) -> None:
    path, _ = new_case(agent)
    with possible_orders(chromium, served, path) as (page, row):
        reason = row.locator("form.decide input[name=reason]")
        reason.fill("hans egen")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        reason.press("Enter")
        row.get_by_role("button", name="Visa maskad").first.click()
        row.locator(".masked").first.wait_for()
        assert asked == ["POST"], "nothing but what was asked for afterwards"
        row.get_by_role("button", name="Utelämna U").click()
        row.locator("summary > .verdict", has_text="utelämnas").wait_for()


def test_in_a_browser(agent: Browser, served: str, chromium: Chromium) -> None:
    path, _ = new_case(agent)
    with possible_orders(chromium, served, path) as (page, row):
        row.get_by_role("button", name="Maska M").click()
        told = row.locator(".searched")
        told.wait_for()
        assert "Genom beslutet hittades 5 poster till." in told.inner_text()
        told.get_by_role("link", name="Visa dem").click()
        page.locator("details.hit", has_text="orderrader").first.wait_for()
