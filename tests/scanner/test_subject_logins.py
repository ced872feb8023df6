"""What people sign in with leads to what was done under it: lines of a web server's log that name nobody otherwise."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_joined import ANNA, TENANTS, sure

pytestmark = pytest.mark.slow

LOGINS = [f"{one[2].lower()[:4]}{at}x" for at, one in enumerate(TENANTS)]


def line(login: str) -> str:
    return f'203.0.113.34 - {login} [06/May/2024:10:00:01 +0200] "GET /sidor HTTP/1.1" 200 7414'


def visits() -> Rows:
    return [{"id": f"v{at}", "rad": line(login)} for at, login in enumerate(LOGINS)]


def accounts(logins: list[str]) -> Rows:
    return [{"id": f"k{at}", "pnr": one[1], "login": logins[at]} for at, one in enumerate(TENANTS)]


def test_a_line_of_a_log_is_of_whoever_was_signed_in(store: Store) -> None:
    rows = sure(store, {"konton": accounts(LOGINS), "besok": visits()}, ANNA)
    assert rows == {("konton", "k0"), ("besok", "v0")}


def test_what_two_sign_in_with_leads_to_neither(store: Store) -> None:
    shared = [LOGINS[0]] * len(LOGINS)
    assert sure(store, {"konton": accounts(shared), "besok": visits()}, ANNA) == {("konton", "k0")}


def test_who_signs_rows_of_people_is_none_of_them(store: Store) -> None:
    """Not even of the one person of whom somebody has signed a row only."""
    signed = [LOGINS[0], *(LOGINS[1 + at % 2] for at in range(len(TENANTS) - 1))]
    tickets: Rows = [
        {"id": f"a{at}", "pnr": one[1], "signatur": by}
        for (at, one), by in zip(enumerate(TENANTS), signed, strict=True)
    ]
    assert sure(store, {"arenden": tickets, "besok": visits()}, ANNA) == {("arenden", "a0")}
