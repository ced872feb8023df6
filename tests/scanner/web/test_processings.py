"""The record of processing: what is missing is filled in on its page, approved, and in the files at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from scanner.web.site import Site
from tests.scanner.web.conftest import Browser

pytestmark = pytest.mark.slow
SignIn = Callable[[str], Browser]
CRM = {"source": "crm", "purpose": "direct_marketing"}


def lacking(text: str) -> int:
    (figure,) = re.findall(r"<dt>uppgifter saknas</dt><dd>(\d+)</dd>", text)
    return int(figure)


def test_a_cell_is_filled_in_and_a_processing_approved(signed_in: SignIn, site: Site) -> None:
    browser = signed_in("compliance")
    before = lacking(browser.get("/article30"))
    after = browser.post("/article30/fill", column="security", words="Spärrlista 4711", scope="system", **CRM)
    assert "Spärrlista 4711" in after
    assert lacking(after) < before
    approved = browser.post("/article30/approve", **CRM)
    assert re.search(r"godkänd \d{4}-\d\d-\d\d, compliance<", approved)
    assert "Spärrlista 4711" in browser.get("/reports/article30.csv")
    changed = browser.post("/article30/fill", column="security", words="", scope="system", **CRM)
    assert lacking(changed) == before - 1  # the approval's own cell
    assert "ändrad sedan dess" in changed


def test_what_is_not_there_is_not_filled_in(signed_in: SignIn) -> None:
    browser = signed_in("compliance")
    for wrong in ({"source": "hr"}, {"purpose": "fun"}, {"column": "purpose"}):
        browser.post("/article30/fill", status=404, **{**CRM, "column": "security", "words": "x", **wrong})
    browser.post("/article30/fill", status=422, column="security", words="x", scope="world", **CRM)
    browser.post("/article30/approve", status=404, source="crm", purpose="fun")
    signed_in("agent").post("/article30/fill", status=403, column="security", words="x", **CRM)
