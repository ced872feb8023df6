"""S-12, S-13: names that strangers choose do nothing in a page: no script runs, no request leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from scanner.web.held import Held
from scanner.web.kept import Kept
from scanner.web.site import Site
from tests.scanner.web.conftest import Enter

EVIL = '"><img src=x onerror="document.title=1"><script>document.title=2</script>\x1b[31m\u202egpj.{{7*7}}'


@pytest.fixture
def evil(site: Site) -> Iterator[Site]:
    """The site with every name in its inventory chosen by a stranger."""
    before = site.held().inventory
    rows = [replace(row, unit=EVIL, field=f"{EVIL}{at}", owner=EVIL) for at, row in enumerate(before.rows[:50])]
    gaps = [replace(gap, unit=EVIL, field=EVIL, claim=EVIL, owner=EVIL) for gap in before.gaps]
    coverage = [replace(one, reasons={EVIL: 1}) for one in before.coverage]
    inventory = replace(before, rows=rows, gaps=gaps, coverage=coverage)
    held = Held(inventory, site.place_id)
    site.kept = Kept()
    site.kept.get("held", site.stamp(), lambda: held)
    yield site
    site.kept = Kept()


@pytest.mark.slow
def test_names_of_strangers_do_nothing(evil: Site, enter: Enter) -> None:
    """S12, S13."""
    page = enter("dpo")  # which fails on a script's error, on a request to elsewhere and on what the policy forbids
    some = next(iter(evil.held().rows))
    shown = False
    for path in ("/today", "/inventory", "/inventory?system=crm", f"/inventory/{some}", "/gaps", "/coverage"):
        page.goto(path)
        title = page.title()
        assert title.endswith("– Insyn"), path
        assert page.locator("main img, main script").count() == 0, path
        text = page.inner_text("main")
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "gpj.49" not in text
        shown |= "onerror" in text
    assert shown
