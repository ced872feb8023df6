"""S-16 and S-12: who may ask, by what name, from where; what a browser may do with an answer."""

import re
from collections.abc import Callable

import httpx2
import pytest
from fastapi.routing import APIRoute

from scanner.web.app import PARTS
from scanner.web.site import Site
from scanner.web.visitor import form_token
from tests.scanner.web.conftest import PASSWORD, Browser

SignIn = Callable[[str], Browser]


def ends_at(browser: Browser, path: str, cookie: str) -> str:
    """Where another browser with that cookie ends up."""
    with httpx2.Client(base_url=browser.client.base_url, cookies={"insyn": cookie}, follow_redirects=True) as other:
        return other.get(path).url.path


def test_without_sign_in_only_the_sign_in_page_answers(stranger: Browser, site: Site, base: str) -> None:
    """S16."""
    for path in ("/", "/inventory", "/cases", "/search", "/users", "/log", "/sources", "/reports/retention.csv"):
        answer = stranger.client.get(path)
        assert answer.url.path == "/signin", path
        assert "crm" not in answer.text
    assert stranger.client.get("/openapi.json").status_code == 404
    assert stranger.client.get("/first/guessed").status_code == 404


def test_an_unknown_host_is_refused(base: str) -> None:
    """S16."""
    answer = httpx2.get(f"{base}/signin", headers={"host": "evil.example.com"})
    assert answer.status_code == 421
    assert "Insyn" not in answer.text


def test_headers_forbid_scripts_caches_and_frames(signed_in: SignIn) -> None:
    """S12."""
    headers = signed_in("compliance").client.get("/inventory").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_no_page_has_an_inline_script_or_style(signed_in: SignIn) -> None:
    """S12."""
    browser = signed_in("dpo")
    for path in ("/today", "/inventory", "/gaps", "/retention", "/policy", "/sources", "/search", "/cases", "/log"):
        text = browser.get(path)
        assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son\w+=", text), path
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text), path


def test_a_form_without_our_token_changes_nothing(signed_in: SignIn, site: Site) -> None:
    """S16."""
    admin = signed_in("admin")
    before = len(site.users.all())
    for token in ("", "0" * 64, signed_in("admin").token()):
        answer = admin.client.post("/users", data={"_token": token, "name": "mallory", "role": "dpo"})
        assert answer.status_code == 403
    assert len(site.users.all()) == before


def test_a_form_from_another_site_is_refused(signed_in: SignIn) -> None:
    """S16."""
    admin = signed_in("admin")
    fields = {"_token": admin.token(), "name": "mallory", "role": "dpo"}
    assert admin.client.post("/users", data=fields, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_session_is_a_new_one_after_sign_in_and_no_script_sees_it(stranger: Browser) -> None:
    """S16."""
    stranger.get("/signin")
    before = stranger.client.cookies["insyn"]
    answer = stranger.client.post(
        "/signin",
        data={"_token": stranger.token("/signin"), "name": "agent", "password": PASSWORD},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert stranger.client.cookies["insyn"] != before
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ends_at(stranger, "/cases", before) == "/signin"


def test_signing_out_ends_the_session(signed_in: SignIn) -> None:
    browser = signed_in("agent")
    cookie = browser.client.cookies["insyn"]
    browser.post("/signout")
    assert ends_at(browser, "/cases", cookie) == "/signin"


def test_wrong_passwords_are_counted(stranger: Browser, site: Site) -> None:
    """S16."""
    try:
        for _ in range(5):
            stranger.post("/signin", "/signin", 401, name="special", password="fel")
        stranger.post("/signin", "/signin", 429, name="special", password=PASSWORD)
    finally:
        site.tries_of_name.forget("special")


def test_whatever_changes_something_needs_a_form_of_ours() -> None:
    routes = [route for part in PARTS for route in part.router.routes if isinstance(route, APIRoute)]
    posts = [route for route in routes if "GET" not in route.methods]
    assert len(posts) > 15
    for route in posts:
        assert route.methods == {"POST"}
        checks = {one.call for one in route.dependant.dependencies}
        assert form_token in checks or route.path.startswith("/api/"), route.path


def test_an_error_tells_a_number_and_nothing_else(
    signed_in: SignIn, site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    browser = signed_in("compliance")
    monkeypatch.setattr(site, "held", lambda: {}["900118-9811"])
    answer = browser.client.get("/inventory")
    assert answer.status_code == 500
    assert "900118" not in answer.text
    assert "Traceback" not in answer.text
    log = capfd.readouterr().err
    assert any(number in log for number in re.findall(r"\b[0-9a-f]{8}\b", answer.text))
    assert "900118" not in log
