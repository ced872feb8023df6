"""Signing in at an identity provider: a real one, on the loopback interface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI

from scanner.config import Oidc, Web
from scanner.users.roles import Role
from scanner.web.app import create
from scanner.web.site import Site
from tests.scanner.web.conftest import serving
from tests.servers.identity import CLIENT, SECRET, Provider


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    with serving(made.application()) as base:
        made.issuer = base
        yield made


@pytest.fixture(scope="module")
def entrance(provider: Provider, site: Site) -> Iterator[str]:
    """Address of a server that trusts the provider."""
    roles = {"kundtjanst": ("agent",), "dso": ("dpo", "reviewer")}
    oidc = Oidc(issuer=provider.issuer, client=CLIENT, secret=SECRET, roles=roles, label="Omnipoint")
    other = Site(replace(site.config, web=Web(oidc=oidc)), site.store, site.policy)
    with serving(create(other, {"127.0.0.1"})) as base:
        yield base


def arrive(entrance: str) -> tuple[httpx2.Response, str]:
    """Go to the provider and back; the page there, and where the start page then leads."""
    with httpx2.Client(base_url=entrance, follow_redirects=True, timeout=60) as browser:
        answer = browser.get("/oidc/start")
        return answer, browser.get("/").url.path


def test_the_sign_in_page_offers_it(entrance: str) -> None:
    assert "Logga in med Omnipoint" in httpx2.get(f"{entrance}/signin").text


def test_groups_give_roles_and_other_groups_other_roles(provider: Provider, entrance: str, site: Site) -> None:
    provider.claims = {"sub": "17", "email": "kim@example.se", "groups": ["kundtjanst", "annat"]}
    answer, path = arrive(entrance)
    assert answer.status_code == 200
    assert 'http-equiv="refresh"' in answer.text
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert path == "/search"
    provider.claims["groups"] = ["dso"]
    assert arrive(entrance)[1] == "/today"
    user = next(user for user in site.users.all() if user.name == "kim@example.se")
    assert user.roles == {Role.DPO, Role.REVIEWER}


@pytest.mark.parametrize(
    ("claims", "wrong"),
    [
        ({"sub": "18", "email": "ingen@example.se", "groups": ["annat"]}, {}),
        ({"sub": "19", "email": "ingen@example.se"}, {}),
        ({"sub": "20", "email": "fel@example.se", "groups": ["dso"]}, {"nonce": "another"}),
        ({"sub": "20", "email": "fel@example.se", "groups": ["dso"]}, {"aud": "another"}),
        ({"sub": "20", "email": "fel@example.se", "groups": ["dso"]}, {"exp": 1}),
        ({"sub": "20", "email": "fel@example.se", "groups": ["dso"]}, {"iss": "https://evil.example.com"}),
        ({"sub": "21", "email": "admin", "groups": ["dso"]}, {}),
    ],
    ids=["no role", "no groups", "nonce", "audience", "old", "issuer", "name of a local user"],
)
def test_who_is_not_vouched_for_stays_out(
    claims: dict[str, object], wrong: dict[str, object], provider: Provider, entrance: str
) -> None:
    provider.claims, provider.wrong = claims, wrong
    try:
        answer, path = arrive(entrance)
    finally:
        provider.wrong = {}
    assert answer.status_code == 403
    assert path == "/signin"


@contextmanager
def trusting(site: Site, issuer: str) -> Iterator[str]:
    oidc = Oidc(issuer=issuer, client=CLIENT, secret=SECRET, roles={}, label="Omnipoint")
    other = Site(replace(site.config, web=Web(oidc=oidc)), site.store, site.policy)
    with serving(create(other, {"127.0.0.1"})) as base:
        yield base


def test_a_provider_that_is_down_is_told_in_one_line(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with trusting(site, "http://127.0.0.1:1") as base:
        answer = httpx2.get(f"{base}/oidc/start")
    assert answer.status_code == 502
    assert "Identitetsleverantören går inte att nå" in answer.text
    assert capsys.readouterr().err == (
        "insyn: sign-in: http://127.0.0.1:1 cannot be reached (ConnectError); check web.oidc.issuer\n"
    )


@pytest.mark.parametrize("told", [{}, [1], "<html>"], ids=["nothing", "a list", "a page"])
def test_a_provider_that_tells_nothing_of_use_is_no_fault_of_ours(told: object, site: Site) -> None:
    wrong = FastAPI()
    wrong.get("/.well-known/openid-configuration")(lambda: told)
    with serving(wrong) as issuer, trusting(site, issuer) as base:
        answer = httpx2.get(f"{base}/oidc/start")
    assert answer.status_code == 502
    assert "kontrollera adressen" in answer.text


def test_a_made_up_answer_is_refused(entrance: str) -> None:
    assert httpx2.get(f"{entrance}/oidc/callback?code=x&state=y").status_code == 403
