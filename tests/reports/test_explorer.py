"""A long inventory is data and one script of ours: nothing in a name can act, and a browser shows it."""

import base64
import hashlib
import json
import shutil
from array import array
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import sync_playwright

from reports import explorer
from reports.escape import visible
from reports.facts import Estate, FieldFacts, Source
from reports.formats import (
    render_inventory,
)
from reports.inventory import Inventory, build
from reports.policy import Policy

pytestmark = pytest.mark.slow

NAMED = ("field", "owner")


def long_inventory(policy: Policy, name: str = "namn") -> Inventory:
    facts = [
        FieldFacts("crm", f"tabell_{n}", "table", f"{name}_{n}", "PERSON", values=1, total=1)
        for n in range(explorer.MANY + 1)
    ]
    return build(Estate([Source("crm", "database", owner=name)], facts, [], "2026-11-22"), policy)


@pytest.mark.parametrize("name", ["namn", "</script><script>alert(1)</script>", "<!--", "\u202ex", "]]>&amp;"])
def test_a_long_inventory_is_data_and_one_script_allowed_by_its_hash(policy: Policy, name: str) -> None:
    page = render_inventory(long_inventory(policy, name), "html").decode()
    tree = html.fromstring(page)
    data, script = tree.xpath("//script")
    assert data.get("type") == "application/json"
    (rule,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in rule
    assert "unsafe" not in rule
    told = json.loads(data.text)
    fields, owners = (array(size, base64.b64decode(packed)) for size, packed in map(told["columns"].get, NAMED))
    assert len(fields) == explorer.MANY + 1
    assert told["texts"][owners[0]] == visible(name)
    assert not tree.xpath("//table[@class='rows']")


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([], "b"), ([-1, 127], "b"), ([0, 255], "B"), ([-1, 255], "h"), ([65_535], "H"), ([-1, 65_535], "i"),
        ([0, 2**31 - 1], "i"), ([0, 2**31], "d"),
    ],
)  # fmt: skip
def test_a_column_is_as_narrow_as_its_numbers(numbers: list[int], code: str) -> None:
    size, packed = explorer._packed(numbers)
    assert (size, list(array(size, base64.b64decode(packed)))) == (code, numbers)


def test_a_long_inventory_in_a_browser(policy: Policy, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or pytest.skip("no chromium")
    page = tmp_path / "inventory.html"
    page.write_bytes(render_inventory(long_inventory(policy, "<svg onload=alert(1)>"), "html"))
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("dialog", lambda dialog: asked.append(dialog.message))
        tab.goto(page.as_uri())
        tab.wait_for_selector("#rows:not([hidden])")
        tab.fill("#pick-text", "tabell_4711 onload")
        assert tab.inner_text("#rows-count").startswith("1 / 5")
        assert tab.locator("#rows-body tr").count() == 1
        assert tab.locator("#rows svg").count() == 0
        browser.close()
    assert asked == [page.as_uri()]
