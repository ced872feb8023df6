"""The JSON API: tokens and scopes, and what its own description promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx2
import pytest

from scanner.config import Config
from scanner.errors import ConfigError
from scanner.users import User
from scanner.users.api_tokens import Scope, Tokens
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.scans import Scans
from scanner.web.site import Site
from tests.scanner.web.conftest import PASSWORD, serving


def user(site: Site, name: str) -> User:
    return next(one for one in site.users.all() if one.name == name)


def token(site: Site, name: str, *scopes: Scope) -> dict[str, str]:
    return {"authorization": f"Bearer {Tokens(site.store).add('test', user(site, name), scopes, 'test')}"}


@pytest.fixture
def api(base: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{base}/api", timeout=60) as client:
        yield client


def test_a_token_opens_what_its_scope_says_and_nothing_else(api: httpx2.Client, site: Site) -> None:
    reads = token(site, "agent", Scope.CASES_READ)
    assert api.get("/cases").status_code == 401
    assert api.get("/cases", headers={"authorization": "Bearer insyn_guessed"}).status_code == 401
    assert api.get("/cases", headers=reads).status_code == 200
    assert api.post("/cases", headers=reads, json={"received": "2026-11-22"}).status_code == 401
    assert api.get("/inventory", headers=reads).status_code == 401
    number = next(one.id for one in Tokens(site.store).all() if one.user == "agent")
    Tokens(site.store).remove(number, "test")
    assert api.get("/cases", headers=reads).status_code == 401


def test_a_path_with_a_line_break_is_not_found_as_json(api: httpx2.Client, site: Site) -> None:
    answer = api.get("/cases/A%0A1", headers=token(site, "agent", Scope.CASES_READ))
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_no_scope_beyond_the_roles(site: Site) -> None:
    with pytest.raises(ConfigError, match="inventory:read"):
        Tokens(site.store).add("CRM", user(site, "agent"), [Scope.INVENTORY_READ], "test")
    with pytest.raises(ConfigError, match="scopes are needed"):
        Tokens(site.store).add("CRM", user(site, "agent"), ["everything"], "test")


def test_a_crm_opens_a_case_that_an_agent_then_sees(api: httpx2.Client, site: Site) -> None:
    both = token(site, "agent", Scope.CASES_READ, Scope.CASES_WRITE)
    asked = {"received": "2026-11-22", "channel": "email", "identifiers": ["900118-9811"], "search": True}
    made = api.post("/cases", headers=both, json=asked)
    assert made.status_code == 201, made.text
    assert "9811" not in made.text
    assert api.get(f"/cases/{made.json()['id']}", headers=both).json() == made.json()
    others = token(site, "special", Scope.CASES_READ)
    assert api.get(f"/cases/{made.json()['id']}", headers=others).status_code == 404
    assert made.json()["answer_by"] == "2026-12-22"


@pytest.mark.parametrize(
    "wrong", [{}, {"received": "2999-01-01"}, {"received": "2026-11-22", "search": True}, {"x": 1}]
)
def test_what_is_wrong_is_told_without_repeating_it(wrong: dict[str, object], api: httpx2.Client, site: Site) -> None:
    answer = api.post("/cases", headers=token(site, "agent", Scope.CASES_WRITE), json=wrong)
    assert answer.status_code == 422
    assert "2999" not in answer.text


def test_the_inventory_and_the_gaps_come_a_page_at_a_time(api: httpx2.Client, site: Site) -> None:
    reads = token(site, "compliance", Scope.INVENTORY_READ)
    whole = api.get("/inventory", headers=reads, params={"limit": 5000}).json()
    assert whole["total"] == len(whole["rows"]) == len(site.held().inventory.rows)
    some = api.get("/inventory", headers=reads, params={"offset": 10, "limit": 5}).json()
    assert (some["total"], some["rows"]) == (whole["total"], whole["rows"][10:15])
    emails = api.get("/inventory", headers=reads, params={"source": "crm", "category": "email"}).json()
    assert {(row["source"], row["category"]) for row in emails["rows"]} == {("crm", "email")}
    assert api.get("/inventory", headers=reads, params={"offset": 10**6}).json()["rows"] == []
    assert api.get("/inventory", headers=reads, params={"limit": 5001}).status_code == 422
    gaps = api.get("/gaps", headers=reads, params={"kind": "secret_in_clear", "limit": 2}).json()
    assert len(gaps["gaps"]) == 2 < gaps["total"]
    assert {one["kind"] for one in gaps["gaps"]} == {"secret_in_clear"}
    assert api.get("/gaps", headers=token(site, "agent", Scope.CASES_READ)).status_code == 401


@pytest.mark.slow
def test_the_api_does_what_its_description_says(site: Site, tmp_path: Path) -> None:
    noted = Noted(site.config)
    other = Site(site.config, site.store, site.policy, noted)
    other.warm()
    with serving(app.create(other, {"127.0.0.1"})) as base:
        _ask_everything(base, other, tmp_path)
    assert [] in noted.wanted


class Noted(Scans):
    """Starts nothing."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.wanted: list[list[str]] = []

    def start(self, names: Sequence[str]) -> bool:
        self.wanted.append(list(names))
        return True


def _ask_everything(base: str, site: Site, tmp_path: Path) -> None:
    site.users.accept(site.users.add("crm", list(Role), "test"), PASSWORD)
    value = token(site, "crm", *Scope)["authorization"]
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{base}/api/openapi.json"),
        *("-H", f"Authorization: {value}", "--max-examples", "8", "--seed", "4711", "--no-color"),
        *("--exclude-checks", "positive_data_acceptance"),  # that a day has come is in no schema
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stdout[-4000:]
