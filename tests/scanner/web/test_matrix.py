"""Every route of the application for every role: who may is let through, who may not is refused before anything.

The routes are the application's own, so a new one without a line here fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.routing import APIRoute

from scanner.users.roles import (
    ADMINS,
    AUDITORS,
    COMPLIANCE,
    ENGINEERS,
    OPERATORS,
    SEARCHERS,
    SUPPORT,
    Role,
)
from scanner.web.app import PARTS
from scanner.web.site import Site
from tests.scanner.web.conftest import Browser

pytestmark = pytest.mark.slow
SignIn = Callable[[str], Browser]
EVERYONE = frozenset(Role)
STRANGERS = frozenset({
    "GET /signin", "POST /signin", "POST /language", "GET /health", "GET /static/{digest}/{name}", "GET /first/{code}",
    "POST /first/{code}", "GET /welcome/{code}", "POST /welcome/{code}", "GET /attest/{code}", "POST /attest/{code}",
})  # fmt: skip
"""What needs no account: signing in, and links that are a secret themselves."""
ALLOWED: dict[str, frozenset[Role]] = {
    r"/|/account|/password|/signout": EVERYONE,
    r"/search(/.*)?": SEARCHERS,
    r"/cases(/.*)?": SUPPORT,
    r"/(today|inventory|gaps|retention|coverage|review|sample|trend)(/.*)?": COMPLIANCE,
    r"/(article30|incident|owners|policy|reports|export)(/.*)?": COMPLIANCE,
    r"GET /(sources|scans|relations)(/.*)?": ENGINEERS,
    r"POST /(scans|schedule)(/.*)?": OPERATORS,
    r"/(users|tokens)(/.*)?": ADMINS,
    r"/(log|lookups)(/.*)?": AUDITORS,
}
FILLED = {"format": "csv", "hit": "1", "task": "1", "question": "C21", "digest": "x", "code": "x"}


FORMS = {"POST /search": {"typed": "x", "case": "999999"}}
"""Where an empty form is refused for another reason than who sends it."""


def routes() -> dict[str, tuple[str, str]]:
    """`METHOD /path` -> both, of all that the application answers."""
    found = [route for part in PARTS for route in part.router.routes if isinstance(route, APIRoute)]
    pairs = [(method, one.path) for one in found for method in (one.methods or set()) - {"HEAD"}]
    pairs.sort(key=lambda pair: pair[1] == "/signout")  # which ends the session: last
    return {" ".join(pair): pair for pair in pairs}


def allowed(name: str) -> frozenset[Role]:
    method, path = routes()[name]
    rules = [roles for rule, roles in ALLOWED.items() if re.fullmatch(rule, path) or re.fullmatch(rule, name)]
    assert len(rules) == 1, f"{method} {path}: say in ALLOWED who may"
    return rules[0]


def asked(browser: Browser, name: str, token: str) -> int:
    """The status that a role gets; forms are sent without what they need, so that nothing is changed."""
    method, path = routes()[name]
    filled = re.sub(r"{(\w+)}", lambda one: FILLED.get(one[1], "999999"), path)
    if method == "GET":
        return browser.client.get(filled, follow_redirects=False).status_code
    return browser.client.post(
        filled, data={"_token": token, **FORMS.get(name, {})}, follow_redirects=False
    ).status_code


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reaches_its_own_routes_and_no_other(role: Role, signed_in: SignIn, site: Site) -> None:
    browser = signed_in(str(role))
    token = browser.token()
    wrong = []
    for name in routes():
        if name in STRANGERS or name in CHANGING:
            continue
        refused = asked(browser, name, token) == 403
        if refused == (role in allowed(name)):
            wrong.append(name)
    assert wrong == []


CHANGING = frozenset({"POST /scans", "POST /scans/stop"})
"""Which need nothing that could be left out; who may not is refused all the same."""


@pytest.mark.parametrize("role", sorted(set(Role) - OPERATORS))
def test_nobody_else_starts_or_stops_a_scan(role: Role, signed_in: SignIn, site: Site) -> None:
    browser = signed_in(str(role))
    token = browser.token()
    assert {asked(browser, name, token) for name in CHANGING} == {403}
    assert not site.scans.is_running


def test_a_stranger_is_sent_to_sign_in_from_everywhere(stranger: Browser) -> None:
    """S16."""
    token = stranger.token("/signin")
    answers = {name: asked(stranger, name, token) for name in routes() if name not in STRANGERS}
    assert {name: status for name, status in answers.items() if status != 303} == {}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "Den här sidan är för: dataskydd, dataskyddsombud."),
        ("en", "This page is for: compliance, data protection officer."),
    ],
)
def test_who_may_not_is_told_who_may(language: str, told: str, signed_in: SignIn) -> None:
    browser = signed_in("agent")
    browser.post("/language", code=language, back="/account")
    assert told in browser.get("/inventory", status=403)
