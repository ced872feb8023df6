"""T60: no page that is not for one person's case tells a value, nor its files; what fails repeats nothing of a form."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import wraps
from html import unescape
from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute

from reports.review import Decision
from scanner.decisions import review
from scanner.users.roles import SEARCHERS, SUPPORT, Role
from scanner.web import app
from scanner.web.app import PARTS
from scanner.web.site import Site
from tests.scanner.conftest import Demo
from tests.scanner.test_leaks import held, values
from tests.scanner.test_leaks_commands import FOLDER, OURS
from tests.scanner.unpacked import unpacked
from tests.scanner.web.conftest import PASSWORD, Browser, serving
from tests.scanner.web.test_matrix import STRANGERS, allowed, routes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
OTHERS = sorted(set(Role) - SUPPORT - SEARCHERS)
"""Who never sees a person's data."""
A_FEW = 4
"""Addresses of a kind that are opened: rows of the inventory are many and alike."""
LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#]*)"')
CANARY = "Kanarina 900118-9811"
EVERYBODY = "alla"
"""A user with every role."""
BEGINNINGS = ["/", "/scans/progress", *(f"/export/incident.{form}?system=crm" for form in ("csv", "xlsx", "pdf"))]
"""The first page, and what scripts and forms ask for."""
DECIDED = (("hold", ""), ("confirm", "path"))


def patterns() -> dict[str, re.Pattern[str]]:
    """Addresses that can be opened by who never sees a person's data, each with what fits it."""
    routes = [route for part in PARTS for route in part.router.routes if isinstance(route, APIRoute)]
    opened = [one.path for one in routes if "GET" in (one.methods or ())]
    return {path: re.compile(re.sub(r"{\w+}", "[^/]+", path.replace(".", r"\."))) for path in opened}


def kind(address: str, known: dict[str, re.Pattern[str]]) -> str:
    """Which route answers: what is written out comes before what stands for anything."""
    path = address.partition("?")[0]
    fitting = [name for name, pattern in known.items() if pattern.fullmatch(path)]
    return min(fitting, key=lambda name: name.count("{"), default="")


def crawled(browser: Browser) -> Iterator[tuple[str, str, bytes]]:
    """Kind, address and content of all that links lead to, a few of each kind and query."""
    known, waiting, met, seen = patterns(), deque(BEGINNINGS), {*BEGINNINGS}, Counter[tuple[str, str]]()
    while waiting:
        address = waiting.popleft()
        if address == "/signout":
            continue
        form = kind(address, known), re.sub(r"=[^&]*", "", address.partition("?")[2])
        seen[form] += 1
        if seen[form] > A_FEW:
            continue
        answer = browser.client.get(address)
        while answer.status_code == 503:
            answer = browser.client.get(address)
        if answer.status_code != 200:
            assert answer.status_code == 403, (address, answer.status_code)
            continue
        yield form[0], address, answer.content
        if "html" in answer.headers["content-type"]:
            new = [unescape(one) for one in LINK.findall(answer.text)]
            waiting += [one for one in dict.fromkeys(new) if one not in met]
            met |= set(new)


@pytest.fixture
def decided(site: Site) -> Iterator[None]:
    """Places that bear a name are held, and dismissed."""
    made = review.decide_all(
        site.store,
        [Decision(0, said, "share", FOLDER, field, "", "", "tvist", "", "") for said, field in DECIDED],
    )
    yield
    review.undo_all(site.store, [one.id for one in made])


@pytest.mark.usefixtures("decided")
def test_no_page_and_no_file_of_one_tells_a_value(base: str, site: Site, demo: Demo) -> None:
    """T60: pages and exports of everybody but support, as they link to each other."""
    site.users.accept(site.users.add("utan personer", OTHERS, "test"), PASSWORD)
    told, kinds = {}, set()
    searched = values(demo) - OURS
    with Browser.at(base) as browser:
        browser.post("/signin", "/signin", name="utan personer", password=PASSWORD)
        for form, address, content in crawled(browser):
            kinds.add(form)
            told[address] = held(unpacked(content), searched)
    assert {address: found[:5] for address, found in told.items() if found} == {}
    mine = {name for name in routes() if name.startswith("GET ") and name not in STRANGERS}
    assert {name for name in mine if allowed(name) & set(OTHERS)} - {f"GET {one}" for one in kinds} == set()
    files = {address.partition("?")[0].rpartition(".")[2] for address in told}
    assert {"csv", "xlsx", "pdf"} <= files


def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, str]]]:
    """All addresses that forms are sent to, each made to fail with what it was given, and the fields that it takes."""
    for route in (one for part in PARTS for one in part.router.routes):
        if isinstance(route, APIRoute) and "POST" in (route.methods or ()):

            @wraps(route.endpoint)
            def fails(**given: Any) -> None:
                raise ValueError(f"{given} of {CANARY}")

            monkeypatch.setattr(route, "endpoint", fails)
            yield route.path, {one.alias: str(one.field_info.annotation) for one in route.dependant.body_params}


def filled(fields: dict[str, str]) -> dict[str, str]:
    return {name: "1" if "int" in kind else CANARY for name, kind in fields.items() if name != "_token"}


def test_what_fails_repeats_nothing_that_was_sent(
    base: str, site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """T60, S15: a form with a value in each of its fields, to every address that takes one, which fails over it."""
    site.users.accept(site.users.add(EVERYBODY, list(Role), "test"), PASSWORD)
    with Browser.at(base) as browser:
        browser.post("/signin", "/signin", name=EVERYBODY, password=PASSWORD)
        token, cookies = browser.token(), browser.client.cookies
    fields = dict(failing(monkeypatch))
    answers: dict[str, httpx2.Response] = {}
    with serving(app.create(site, {"127.0.0.1"})) as failing_base, Browser.at(failing_base) as browser:
        browser.client.cookies = cookies
        for path, taken in fields.items():
            sent = {"_token": token, **filled(taken)}
            answers[path] = browser.client.post(re.sub(r"{\w+}", "1", path), data=sent)
    log = capfd.readouterr().err
    assert CANARY not in log
    assert "Traceback" not in log
    repeating = [path for path, one in answers.items() if CANARY in unescape(one.text) + str(one.headers)]
    assert repeating == []
    failed = [path for path, one in answers.items() if one.status_code == 500]
    assert len(failed) > 30, {path: one.status_code for path, one in answers.items()}
    assert log.count("internal error") == len(failed)
