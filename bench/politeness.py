"""How much a scan slows down whoever writes to the same database: `python -m bench.politeness URL`.

A writer, a process of its own, commits one update after another for some seconds, in turn alone and beside
`insyn scan`, the whole command, over its table. Three more rows tell what of it is the reading: beside a busy loop that
touches no database (what a core less costs), beside a plain `SELECT *`, and beside our connector that does nothing but
read the table over and over, as no scan does. URL is of an empty database that may be written to. Run it on an idle
machine.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from connectors import Unit
from connectors.database import DatabaseConnector

ROWS = 100_000
SECONDS = 8.0
ROUNDS = 3
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {{type: database, url: "{url}"}}
"""


def prepare(url: str) -> None:
    """Make and fill the table anew."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS artighet")
        connection.exec_driver_sql("CREATE TABLE artighet (id INTEGER PRIMARY KEY, v VARCHAR(200))")
        rows = [{"id": number, "v": f"kund {number} " * 8} for number in range(ROWS)]
        connection.execute(sa.text("INSERT INTO artighet VALUES (:id, :v)"), rows)


def write(url: str) -> None:
    """Commit for some seconds; print each commit's milliseconds."""
    times = []
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        end = time.monotonic() + SECONDS
        for number in itertools.count():
            began = time.perf_counter()
            connection.exec_driver_sql(f"UPDATE artighet SET v = 'x{number}' WHERE id = {number * 7919 % ROWS}")
            connection.commit()
            times.append(round((time.perf_counter() - began) * 1000, 3))
            time.sleep(0.002)
            if time.monotonic() > end:
                break
    sys.stdout.write(json.dumps(times))


def nothing(url: str) -> None:  # noqa: ARG001
    """Leave the writer alone."""
    time.sleep(0.05)


def busy(url: str) -> None:  # noqa: ARG001
    """Take a core, and touch no database."""
    sum(range(100_000))


def plain(url: str) -> None:
    """Read the table as a script would: one statement, its rows taken as they come."""
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        found = connection.execution_options(stream_results=True).exec_driver_sql("SELECT * FROM artighet")
        for _ in found.partitions(1000):
            pass


def reading(url: str) -> None:
    """Read the table as a scan does, and look at nothing."""
    with DatabaseConnector(url=url) as connector:
        for unit in connector.units():
            for _ in connector.read(unit) if isinstance(unit, Unit) else ():
                pass


def scan(url: str) -> None:
    """Scan the table, the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "insyn.yaml").write_text(_CONFIG.format(url=url))
        for command in (["key", "new"], ["scan"]):
            subprocess.run([sys.executable, "-m", "scanner", *command], cwd=folder, check=True, capture_output=True)


BESIDE: dict[str, Callable[[str], None]] = {
    "alone": nothing,
    "beside a busy loop": busy,
    "beside SELECT *": plain,
    "beside our reading": reading,
    "beside insyn scan": scan,
}


def measured(url: str, work: Callable[[str], None]) -> list[float]:
    """The commits of one round."""
    command = [sys.executable, "-m", "bench.politeness", url, "write"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        while writer.poll() is None:
            work(url)
        return list(json.loads(writer.communicate()[0]))


def main(url: str) -> None:
    """Measure, in turn alone and beside each."""
    prepare(url)
    found: dict[str, list[float]] = {name: [] for name in BESIDE}
    for name in [*BESIDE] * ROUNDS:
        found[name] += measured(url, BESIDE[name])
    for name, times in found.items():
        cuts = statistics.quantiles(times, n=20)
        print(
            f"{name:<20} n={len(times):>6}  median {cuts[9]:>6.2f} ms  p95 {cuts[-1]:>6.2f} ms"
            f"  {_beyond(times, found['alone'])}  longest {max(times):>4.0f} ms"
        )


def _beyond(times: list[float], alone: list[float]) -> str:
    p95, usual = (statistics.quantiles(each, n=20)[-1] for each in (times, alone))
    return f"{p95 / usual - 1:>+5.0%}"


if __name__ == "__main__":
    write(sys.argv[1]) if sys.argv[2:] == ["write"] else main(sys.argv[1])
