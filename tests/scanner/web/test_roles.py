"""Each role reaches its own pages and no others'."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scanner import config as configuration
from scanner.commands.serve import lacking
from scanner.errors import ConfigError
from scanner.keys import new_key
from scanner.users.roles import Role
from scanner.web import menu
from scanner.web.sessions import IDLE_SECONDS, LONGEST_SECONDS, Limiter, Sessions
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.web.conftest import PASSWORD, Browser

SignIn = Callable[[str], Browser]
COMPLIANCE = {"/today", "/inventory", "/gaps", "/retention", "/coverage", "/policy", "/trend"}
MAY = {
    "admin": {"/users"},
    "operator": {"/sources", "/scans", "/relations"},
    "compliance": COMPLIANCE | {"/sources", "/scans", "/relations"},
    "agent": {"/search", "/cases"},
    "reviewer": {"/cases"},
    "special": {"/search", "/cases"},
    "dpo": COMPLIANCE | {"/search", "/cases", "/sources", "/scans", "/log"},
}


@pytest.mark.parametrize("role", MAY)
def test_a_role_reaches_its_own_pages_only(role: str, signed_in: SignIn) -> None:
    browser = signed_in(role)
    told = {entry.path: browser.client.get(entry.path).status_code for entry in menu.ENTRIES}
    reached = {path for path, status in told.items() if status in (200, 503)}  # 503: is being counted
    assert reached >= MAY[role]
    refused = {entry.path for entry in menu.ENTRIES} - reached
    assert all(browser.client.get(path).status_code == 403 for path in refused)
    if role in ("agent", "reviewer", "special", "operator", "admin"):
        assert not reached & COMPLIANCE
    if role in ("compliance", "operator", "admin"):
        assert not reached & {"/search", "/cases", "/log"}


def test_an_invited_user_chooses_a_password_once(site: Site, stranger: Browser) -> None:
    code = site.users.add("ny@example.se", [Role.AGENT], "test")
    assert "12" in stranger.post(f"/welcome/{code}", f"/welcome/{code}", 422, password="kort")
    stranger.post(f"/welcome/{code}", f"/welcome/{code}", password=PASSWORD)
    assert "/cases" in stranger.get("/account")
    assert stranger.client.get(f"/welcome/{code}").status_code == 404


def test_a_closed_user_is_out_at_once(site: Site, signed_in: SignIn) -> None:
    site.users.accept(site.users.add("slutar@example.se", [Role.AGENT], "test"), PASSWORD)
    leaving, admin = signed_in("slutar@example.se"), signed_in("admin")
    leaving.get("/cases")
    number = next(user.id for user in site.users.all() if user.name == "slutar@example.se")
    admin.post(f"/users/{number}", role="agent")
    assert leaving.client.get("/cases").url.path == "/signin"
    assert site.users.sign_in("slutar@example.se", PASSWORD) is None


def test_the_last_admin_stays(site: Site) -> None:
    admin, *others = (user for user in site.users.all() if Role.ADMIN in user.roles and user.active)
    for other in others:  # whom other tests have made
        site.users.change(other.id, "test", active=False)
    with pytest.raises(ConfigError, match="last admin"):
        site.users.change(admin.id, "test", active=False)
    with pytest.raises(ConfigError, match="last admin"):
        site.users.change(admin.id, "test", roles=[Role.AGENT])


def test_a_session_ends_when_nothing_happens_and_after_a_day(site: Site) -> None:
    """S16."""
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    (user, *_) = site.users.all()
    cookie = sessions.start(user)
    now[0] += IDLE_SECONDS - 1
    assert sessions.user(cookie, touch=False) == user.id
    now[0] += 2
    assert sessions.user(cookie) is None
    cookie = sessions.start(user)
    for _ in range(int(LONGEST_SECONDS / 600) + 1):
        now[0] += 600
        last = sessions.user(cookie)
    assert last is None


def test_a_limit_is_spent_and_comes_back() -> None:
    now = [0.0]
    limiter = Limiter(2, 60, lambda: now[0])
    assert not limiter.is_spent("a")
    limiter.note("a")
    limiter.note("a")
    assert limiter.is_spent("a")
    assert not limiter.is_spent("b")
    now[0] = 61
    assert not limiter.is_spent("a")


def test_who_starts_the_server_is_told_that_nobody_can_give_roles(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text("sources: {s: {type: files, path: .}}\n")
    config = configuration.load(tmp_path / "insyn.yaml")
    with opened(config, create=True) as store:
        made = Site(config, store, policy(config))
        assert f"http://here/first/{made.first_code}" in lacking(made, "http://here")
        made.users.add("eva", [Role.AGENT], "test")
        later = Site(config, store, policy(config))
        assert "insyn user add NAME --role admin" in lacking(later, "http://here")
        later.users.add("chef", [Role.ADMIN], "test")
        assert lacking(Site(config, store, policy(config)), "http://here") == ""
