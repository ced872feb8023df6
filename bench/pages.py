"""Server time of each page on an estate: `python -m bench.pages DIR [--rows N]`.

DIR is what `insyn demo DIR` made and scanned. With `--rows` the inventory is made to have so many rows, by repeating
those that there are under other names. Each page is asked for over HTTP from the same machine, once to warm up and then
so often; the median and the slowest are told, and the bytes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import httpx2

from reports.inventory import Inventory
from scanner import config as configuration
from scanner.commands.serve import listener
from scanner.roles import Role
from scanner.web import app, menu
from scanner.web.held import Held
from scanner.web.kept import Kept
from scanner.web.site import Site
from scanner.workflow import opened, policy

PASSWORD = "fyra små gula bilar"
PORT = 8049


def grown(inventory: Inventory, count: int) -> Inventory:
    """The inventory with so many rows."""
    rows = [
        replace(row, unit=f"{row.unit}-{copy}")
        for copy in range(count // len(inventory.rows) + 1)
        for row in inventory.rows
    ]
    return replace(inventory, rows=rows[:count])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        estate = Path(temporary) / "estate"
        shutil.copytree(options.directory, estate)
        _measure(estate, options.rows, options.times)


def _measure(estate: Path, rows: int, times: int) -> None:
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        site = Site(config, store, policy(config))
        roles = [role for role in Role if role is not Role.ADMIN]
        site.users.accept(site.users.add("bench", roles, "bench"), PASSWORD)
        if rows:
            held = Held(grown(site.held().inventory, rows), site.place_id)
            site.kept = Kept()
            site.kept.get("held", site.stamp(), lambda: held)
        site.warm()
        server = listener(app.create(site, {"127.0.0.1"}), "127.0.0.1", PORT)
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.01)
        with httpx2.Client(base_url=f"http://127.0.0.1:{PORT}", follow_redirects=True, timeout=120) as client:
            _sign_in(client)
            for path in [
                *(entry.path for entry in menu.ENTRIES if set(roles) & entry.roles),
                "/inventory?category=ssn",
            ]:
                _tell(client, path, times)
        server.should_exit = True


def _sign_in(client: httpx2.Client) -> None:
    found = re.search(r'name="_token" value="([0-9a-f]+)"', client.get("/signin").text)
    assert found
    client.post("/signin", data={"_token": found.group(1), "name": "bench", "password": PASSWORD})


def _tell(client: httpx2.Client, path: str, times: int) -> None:
    client.get(path)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        size = len(client.get(path).content)
        took.append(1000 * (time.perf_counter() - began))
    print(f"{path:<28} median {statistics.median(took):7.1f} ms   slowest {max(took):7.1f} ms   {size:>8} bytes")


if __name__ == "__main__":
    main()
