"""Gaps are accepted for a time with a reason, taken back, and go out as a file as they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from reports.dates import today
from scanner.decisions import review
from scanner.web.site import Site
from tests.scanner.web.conftest import Browser

pytestmark = pytest.mark.slow
SignIn = Callable[[str], Browser]


def count(text: str) -> int:
    (found,) = re.findall(r'id="h-gaps">(\d+) avvikelse', text)
    return int(found)


def test_a_gap_is_accepted_for_a_time_and_taken_back(signed_in: SignIn, site: Site) -> None:
    browser = signed_in("compliance")
    page = browser.get("/gaps")
    before, (id, kind) = (
        count(page),
        re.findall(r'name="id" value="(\w+)"><input type="hidden" name="kind" value="(\w+)"', page)[0],
    )
    form = {"id": id, "kind": kind, "reason": "Utreds till våren", "until": str(today() + timedelta(days=30))}
    browser.post("/gaps/accept", status=422, **{**form, "reason": " "})
    assert "en dag som inte har varit" in browser.post("/gaps/accept", status=422, **{**form, "until": str(today())})
    browser.post("/gaps/accept", status=404, **{**form, "id": "0" * 32})
    accepted = browser.post("/gaps/accept", **form)
    assert count(accepted) == 1
    assert "compliance: Utreds till våren" in accepted
    assert count(browser.get("/gaps")) == before - 1
    assert "Utreds" not in browser.get("/gaps")
    made = review.decisions(site.store)[-1]
    assert (made.kind, made.by) == ("accept", "compliance")
    browser.post("/gaps/reopen", status=404, number=made.id + 1)
    assert count(browser.post("/gaps/reopen", number=made.id)) == before


@pytest.mark.parametrize(("path", "word"), [
    ("/export/coverage", "kunde inte läsas"), ("/export/decisions", "Beslut"), ("/export/owners", "Kundtjänst"),
])  # fmt: skip
def test_tables_of_pages_go_out_as_files(path: str, word: str, signed_in: SignIn) -> None:
    browser = signed_in("compliance")
    assert word in browser.get(f"{path}.csv")
    assert browser.client.get(f"{path}.pdf").content[:5] == b"%PDF-"
    assert browser.client.get(f"{path}.xlsx").content[:2] == b"PK"
    browser.get(f"{path}.exe", status=404)
    browser.get("/log/export.csv", status=403)


def test_who_takes_out_the_log_is_in_it(signed_in: SignIn) -> None:
    browser = signed_in("dpo")
    first = browser.get("/log/export.csv").splitlines()[1]
    assert "dpo" in first
    assert "tog ut loggen" in first


def test_what_is_shown_goes_out_as_a_file(signed_in: SignIn) -> None:
    browser = signed_in("compliance")
    secrets = count(browser.get("/gaps?kind=secret_in_clear"))
    told = browser.get("/export/gaps.csv?kind=secret_in_clear")
    assert len(told.strip().splitlines()) == secrets + 1
    assert browser.client.get("/export/gaps.pdf").content[:5] == b"%PDF-"
    assert browser.client.get("/export/gaps.xlsx").content[:2] == b"PK"
    browser.get("/export/gaps.exe", status=404)
    signed_in("agent").get("/export/gaps.csv", status=403)
