"""Server time and weight of each page: `python -m bench.pages DIR [--times N] [--fresh | --search]`.

DIR is what `insyn demo DIR` made and scanned, or what `bench.scale.wide DIR` made: half a million rows, twenty million
tokens. It is changed (a user, a case), so give a copy of what you want to keep. The pages are those of the application:
each address without a name in it is asked for, and of the others an example. Each is asked for over HTTP from the same
machine, at first to warm up and then so often; the median and the slowest are told, the median of the processor's time
that the server took, which says more on a busy machine, and the weight: the page with all that it fetches. `--search`
only asks for a person, each time for a new case: from the question to the page with what was found, nothing read again.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2
from sqlalchemy import delete

from scanner import config as configuration
from scanner.commands.serve import listener
from scanner.store.schema import worked_out
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.pages import ASSETS, content
from scanner.web.site import Site
from scanner.web.warm import Warmer
from scanner.workflow import opened, policy

PASSWORD = "fyra små gula bilar"
PERSON = "900118-9811"
"""Whom the large estate holds; of the demo, whoever is met most often."""
EXAMPLES = (
    "/inventory?category=personal_identity_number", "/inventory?certainty=low", "/inventory?owner=IT&certainty=low",
    "/gaps?page=2", "/review?skip=5", "/review/many?page=2", "/retention?table=details", "/retention?page=2",
    "/scans/1", "/article30?table=system-1",
)  # fmt: skip
BEING_MADE = 503
_NOT_PAGES = ("/signin", "/health")
FETCHED = sum(len(content(name)) for name in ASSETS)
"""Bytes of styles and scripts, which a browser fetches once and then keeps."""


def paths() -> list[str]:
    """Addresses of all pages that take nothing."""
    return [path for path in app.addresses() if "{" not in path and path != "/" and not path.startswith(_NOT_PAGES)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--search", action="store_true")
    options = parser.parse_args()
    with _signed_in(options.directory, fresh=options.fresh) as (client, site):
        person = _person(options.directory)
        _cold(client, site)
        if options.search:
            _searches(client, person, options.times)
            return
        _sum([_tell(client, path, options.times) for path in [*paths(), *EXAMPLES, *_found(client, person)]])


@contextmanager
def _signed_in(estate: Path, *, fresh: bool) -> Iterator[tuple[httpx2.Client, Site]]:
    """A server of this process, and a client whose user may do everything."""
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        if fresh:
            with store.transaction() as connection:
                connection.execute(delete(worked_out))
        site = Site(config, store, policy(config))
        name = f"bench {time.time():.0f}"
        site.users.accept(site.users.add(name, list(Role), "bench"), PASSWORD)
        application = app.create(site, {"127.0.0.1"})
        port = _free_port()
        server = listener(application, "127.0.0.1", port)
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.01)
        once = httpx2.Limits(max_keepalive_connections=0)  # a connection that rests is closed by the server
        with httpx2.Client(
            base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=600, limits=once
        ) as client:
            _post(client, "/signin", "/signin", name=name, password=PASSWORD)
            yield client, site
        server.should_exit = True


def _searches(client: httpx2.Client, person: str, times: int) -> None:
    """Search so often; the first one also makes what a server makes once."""
    asked = [_searched(client, person) for _ in range(times + 1)]
    (first, first_worked, found), rest = asked[0], asked[1:]
    took, worked, _ = zip(*rest, strict=True)
    print(f"POST /search, first: {first:.0f} ms, processor {first_worked:.0f} ms, {found} rows of hits on the page")
    print(
        f"then, of {times}: median {statistics.median(took):.0f} ms, slowest {max(took):.0f} ms, "
        f"processor {statistics.median(worked):.0f} ms"
    )


def _searched(client: httpx2.Client, person: str) -> tuple[float, float, int]:
    """Milliseconds until the case with what was found is there, of the processor's time, and rows of hits."""
    fields = {"_token": _first(client, "/search", r'name="_token" value="([0-9a-f]+)"'), "typed": person, "case": "new"}
    began, work = time.perf_counter(), _work()
    answer = client.post("/search", data=fields)
    took, worked = 1000 * (time.perf_counter() - began), 1000 * (_work() - work)
    assert "/cases/" in answer.url.path, answer.status_code
    return took, worked, answer.text.count("data-row")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cold(client: httpx2.Client, site: Site) -> None:
    """Right after the start nobody may have to wait either; then until all has been worked out."""
    began = time.perf_counter()
    answer = client.get("/inventory")
    print(f"/inventory at the start: {1000 * (time.perf_counter() - began):.0f} ms, status {answer.status_code}")
    warmer = Warmer(site)
    warmer.start()
    for path in ("/inventory", "/retention", "/article30", "/trend"):
        status, _seconds = _made(client, path)
        assert status == 200, (path, status)
        print(f"{path} shows figures after {time.perf_counter() - began:.0f} s", flush=True)
    warmer.stop()


def _made(client: httpx2.Client, path: str) -> tuple[int, float]:
    """Status of a page once it is no longer being made, and for how long it was."""
    began = time.perf_counter()
    while (status := client.get(path).status_code) == BEING_MADE:
        time.sleep(0.5)
    return status, time.perf_counter() - began


def _person(estate: Path) -> str:
    truth = estate / "truth.json"
    if not truth.exists():
        return PERSON
    people = [one for one in json.loads(truth.read_text("utf-8"))["subjects"] if one["personnummer"]]
    return str(max(people, key=lambda one: len(one["records"]))["personnummer"])


def _found(client: httpx2.Client, person: str) -> Iterator[str]:
    """A field, a system, a place of an incident, and a case with its hits and preview."""
    for path, pattern in (
        ("/inventory?category=personal_identity_number", r"/inventory/[0-9a-f]{32}"), ("/sources", r"/sources/[^\"/]+"),
        ("/incident?system=" + _first(client, "/sources", r"/sources/([^\"/]+)"), r"/incident\?system=[^\"]+place=\w+"),
    ):  # fmt: skip
        yield _first(client, path, pattern).replace("&amp;", "&")
    answer = _post(client, "/search", "/search", typed=person, case="new")
    yield answer.url.path
    yield f"{answer.url.path}/preview"


def _first(client: httpx2.Client, path: str, pattern: str) -> str:
    found = re.search(pattern, client.get(path).text)
    assert found, (path, pattern)
    return found.group(found.re.groups)


def _post(client: httpx2.Client, origin: str, path: str, **fields: str) -> httpx2.Response:
    token = _first(client, origin, r'name="_token" value="([0-9a-f]+)"')
    return client.post(path, data={"_token": token, **fields})


def _tell(client: httpx2.Client, path: str, times: int) -> tuple[float, int, str]:
    """Measure a page; its median in milliseconds, its bytes, and its address."""
    _status, waited = _made(client, path)
    took, worked = [], []
    for _ in range(times):
        began, work = time.perf_counter(), _work()
        answer = client.get(path)
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (_work() - work))
    shown = re.sub(r"[0-9a-f]{32}", "…", path)
    figures = (
        f"median {statistics.median(took):7.1f} ms   slowest {max(took):7.1f} ms   "
        f"processor {statistics.median(worked):7.1f} ms   {(len(answer.content) + FETCHED) / 1000:6.0f} kB"
    )
    more = f"   was made for {waited:.0f} s" if waited > 2 else ""
    status = "" if answer.status_code == 200 else f"   status {answer.status_code}"
    print(f"{shown:<42} {figures}{status}{more}", flush=True)
    return statistics.median(took), len(answer.content) + FETCHED, shown


def _sum(pages: Sequence[tuple[float, int, str]]) -> None:
    slowest, heaviest = max(pages), max(pages, key=lambda one: one[1])
    print(
        f"{len(pages)} pages: median {statistics.median(one[0] for one in pages):.0f} ms; "
        f"slowest {slowest[0]:.0f} ms ({slowest[2]}); heaviest {heaviest[1] / 1000:.0f} kB ({heaviest[2]})"
    )


def _work() -> float:
    """Processor seconds of the process without those of the client, which is this thread."""
    return time.process_time() - time.thread_time()


if __name__ == "__main__":
    main()
