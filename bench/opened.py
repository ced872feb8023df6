"""How long a page of a long inventory takes to open in Chromium, and to be filtered: `measure`."""

from __future__ import annotations

import shutil
import statistics
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

_FILTER = """words => words.map(word => {
    const box = document.getElementById("pick-text"), began = performance.now();
    box.value = word;
    box.dispatchEvent(new Event("input"));
    return performance.now() - began;
})"""
_WORDS = ["tabell_17", "kolumn_2", "schema3", "tabell_1999 kolumn", "finns inte", ""]


def measure(page: Path) -> str:
    """Open the page until its rows are shown, then type words into its box; returns a line to print.

    Raises:
        SystemExit: there is no Chromium.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("bench.opened: no chromium; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        started = time.perf_counter()
        tab.goto(page.absolute().as_uri(), wait_until="load", timeout=120_000)
        tab.wait_for_selector("#rows:not([hidden]) tbody tr", timeout=120_000)
        seconds = time.perf_counter() - started
        rows = tab.inner_text("#rows-count")
        times = tab.evaluate(_FILTER, _WORDS * 5)
        browser.close()
    typed = f"filters in {statistics.median(times):.0f} ms (slowest {max(times):.0f})"
    return f"opens in {seconds:.1f} s  {typed}  rows {rows}  requests {len(asked)}"
