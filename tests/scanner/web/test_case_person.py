"""Who acts for the person, what the person is to the company, what others hand in, and what owners have to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.web.site import Site
from scanner.web.support import number_of
from tests.scanner.web.conftest import Browser

pytestmark = pytest.mark.slow
SignIn = Callable[[str], Browser]
PERSON = "19781015-9942"


def opened(browser: Browser, right: str = "access") -> str:
    """Search for a new case; the address of its page."""
    fields = {"_token": browser.token(), "typed": PERSON, "case": "new", "channel": "phone", "right": right}
    answer = browser.client.post("/search", data=fields)
    assert answer.status_code == 200, answer.text[-500:]
    return answer.url.path


def test_a_guardian_is_noted_and_the_mandate_is_missing_until_it_is_checked(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    case = opened(agent)
    text = agent.post(f"{case}/represent", kind="guardian", name="Olof Ek")
    assert "Olof Ek · god man eller förvaltare" in text
    assert "inte kontrollerad" in text
    text = agent.post(f"{case}/represent", kind="guardian", name="Olof Ek", checked="1", how="registerutdrag")
    assert re.search(r"god man eller förvaltare <small>kontrollerad \d{4}-\d\d-\d\d av agent", text)
    assert "inte kontrollerad" not in text
    assert "Olof Ek" not in agent.post(f"{case}/represent", kind="none")


def test_a_representative_without_a_name_is_refused_in_a_line(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    text = agent.post(f"{opened(agent)}/represent", kind="parent", name=" ", status=400)
    assert "Ange namnet på den som företräder personen." in text


def test_a_role_of_the_policy_is_kept_and_another_refused(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    case = opened(agent)
    assert "Tidigare kund</dd>" in agent.post(f"{case}/person", name="", contact="", role="former_customer")
    agent.post(f"{case}/person", role="emperor", status=422)


def test_files_that_an_owner_hands_in_are_kept_for_the_answer(signed_in: SignIn, site: Site) -> None:
    agent = signed_in("agent")
    case = opened(agent)
    task = next(int(found) for found in re.findall(rf"{case}/tasks/(\d+)", agent.get(case)))
    files = [
        ("files", ("C:\\temp\\utdrag.txt", b"en rad", "text/plain")),
        ("files", ("kort.pdf", b"%PDF", "application/pdf")),
        ("files", ("kort.pdf", b"%PDF 2", "application/pdf")),
    ]
    answer = agent.client.post(
        f"{case}/tasks/{task}", data={"_token": agent.token(case), "note": "två filer"}, files=files
    )
    assert answer.status_code == 200
    assert "två filer" in answer.text
    number = number_of(site.store, int(case.rpartition("/")[2]))
    desk = Desk(site.store, site.config, site.policy, site.analyzer, actor="agent")
    handed_in = [(one.name, one.content) for one in case_tasks.handed_in(desk, number)]
    assert handed_in == [("utdrag.txt", b"en rad"), ("kort.pdf", b"%PDF"), ("kort.pdf", b"%PDF 2")]


def test_more_than_the_form_may_hold_is_refused_elsewhere_and_taken_there(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    case = opened(agent)
    many = b"x" * 2_000_000
    token = agent.token(case)
    refused = agent.client.post(f"{case}/person", data={"_token": token, "name": "a"}, files={"x": ("a", many)})
    assert refused.status_code == 413
    task = next(int(found) for found in re.findall(rf"{case}/tasks/(\d+)", agent.get(case)))
    taken = agent.client.post(
        f"{case}/tasks/{task}", data={"_token": token, "note": "en fil"}, files={"files": ("a.bin", many)}
    )
    assert taken.status_code == 200


def test_so_much_is_taken_from_a_user_only(signed_in: SignIn, stranger: Browser) -> None:
    """A form is read whole before its page asks who sends it."""
    case = opened(signed_in("agent"))
    refused = stranger.client.post(f"{case}/tasks/1", data={"note": "a"}, files={"files": ("a", b"x" * 2_000_000)})
    assert refused.status_code == 413


def test_what_each_owner_has_to_erase_is_a_page_and_a_workbook(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    assert "worklist" not in agent.get(opened(agent))
    case = opened(agent, "erasure")
    assert f"{case}/worklist" in agent.get(case)
    text = agent.get(f"{case}/worklist")
    for part in ("Kundtjänst", "radera", "behåll: en lag kräver det", "Insyn ändrar inget i systemen"):
        assert part in text
    assert PERSON[2:8] not in text
    book = agent.client.get(f"{case}/worklist.xlsx")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book.content)).namelist()
    agent.get(f"{case}/worklist.exe", status=404)


def test_a_case_for_access_has_no_such_lists(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    assert "changes nothing" in agent.get(f"{opened(agent)}/worklist", status=400)


def test_an_erasure_leads_to_the_owners_and_to_no_package(signed_in: SignIn) -> None:
    agent = signed_in("agent")
    case = opened(agent, "erasure")
    page = agent.get(case)
    assert f"{case}/worklist" in page
    assert "Ägarna är klara och ärendet är stängt" in page
    assert not any(f'action="{case}/{step}"' in page for step in ("package", "release", "deliver"))
    agent.post(f"{case}/close", outcome="answered")
    assert f'action="{case}/close"' not in agent.get(case)
    access = opened(agent, "access")
    assert f'action="{access}/package"' in agent.get(access)
