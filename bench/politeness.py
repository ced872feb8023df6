"""How much a scan slows down whoever writes to the same database: `python -m bench.politeness URL`.

A writer, a process of its own, commits one update after another for some seconds, alone and beside a scan that reads
its table over and over, in turn. URL is of an empty database that may be written to. Run it on an idle machine.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import time

import sqlalchemy as sa

from connectors import Unit
from connectors.database import DatabaseConnector

ROWS = 100_000
SECONDS = 5.0
ROUNDS = 4


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


def measured(url: str, *, scanned: bool) -> list[float]:
    """The commits of one round."""
    command = [sys.executable, "-m", "bench.politeness", url, "write"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer, DatabaseConnector(url=url) as connector:
        while scanned and writer.poll() is None:
            for unit in connector.units():
                for _ in connector.read(unit) if isinstance(unit, Unit) else ():
                    pass
        return list(json.loads(writer.communicate()[0]))


def main(url: str) -> None:
    """Measure, in turn alone and beside a scan."""
    prepare(url)
    found: dict[bool, list[float]] = {False: [], True: []}
    for scanned in [False, True] * ROUNDS:
        found[scanned] += measured(url, scanned=scanned)
    p95 = {scanned: statistics.quantiles(times, n=20)[-1] for scanned, times in found.items()}
    for scanned, times in found.items():
        name = "beside a scan" if scanned else "alone"
        sys.stdout.write(f"{name}: n={len(times)} p95={p95[scanned]:.2f} ms, longest {max(times):.0f} ms\n")
    sys.stdout.write(f"p95 beside a scan: {p95[True] / p95[False] - 1:+.0%}\n")


if __name__ == "__main__":
    write(sys.argv[1]) if sys.argv[2:] == ["write"] else main(sys.argv[1])
