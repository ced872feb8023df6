"""What a database of very many small tables costs: `python -m bench.tables URL [--tables 10000]`.

The tables are made in the database of URL, an empty one of PostgreSQL that may be written to: 40 schemas, columns as
registers have them, a few rows each, a key to the table before. `insyn scan` is run over them twice as a user runs it,
the second time with nothing changed. Told are the processor seconds of the scanner's own processes (the database's work
is not counted), milliseconds a table, and the greatest resident set of a process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from scanner.keys import new_key

SCHEMAS, ROWS = 40, 10
_INSYN = str(Path(sys.executable).with_name("insyn"))
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {{type: database, url: "{url}"}}
"""
_TABLE = """CREATE TABLE "s{schema}"."kund_{n}" (id integer PRIMARY KEY, namn text, epost text, telefon text,
    skapad date, ovrigt_{n} text{reference});
INSERT INTO "s{schema}"."kund_{n}" SELECT i, 'Anna Ek', 'anna' || i || '@example.se', '070-174 06 05',
    date '2024-01-01' + i, 'larm kvitterat' FROM generate_series(1, {rows}) i"""


class Cost(NamedTuple):
    """What a scan took."""

    seconds: float
    """Of processor time, all processes."""
    resident: int
    """Greatest of a process, MiB."""
    told: str
    """Last line of what it said."""


def prepare(url: str, tables: int) -> None:
    """Make the tables, in transactions that the server has locks for."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for schema in range(SCHEMAS):
            connection.exec_driver_sql(f"CREATE SCHEMA s{schema}")
    for first in range(0, tables, 100):
        with engine.begin() as connection:
            for n in range(first, min(first + 100, tables)):
                before = f', forra integer REFERENCES "s{(n - 1) % SCHEMAS}"."kund_{n - 1}"' if n % 3 else ""
                text = _TABLE.format(n=n, schema=n % SCHEMAS, rows=ROWS, reference=before)
                connection.exec_driver_sql(text.replace("%", "%%"))


def scan(folder: Path) -> Cost:
    """Run the command over what is configured in a folder."""
    process = subprocess.Popen([_INSYN, "scan"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    told = process.stdout.read().decode() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10, told.strip().rpartition("\n")[2])


def main() -> None:
    """Make the tables, scan them twice, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--tables", type=int, default=10_000)
    options = parser.parse_args()
    prepare(options.url, options.tables)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "insyn.yaml").write_text(_CONFIG.format(url=options.url))
        new_key(folder / "insyn.key")
        for run in ("first", "again"):
            cost = scan(folder)
            each = cost.seconds / options.tables * 1000
            print(f"{run}\t{cost.seconds:.1f} s\t{each:.1f} ms a table\t{cost.resident} MiB\t{cost.told}", flush=True)


if __name__ == "__main__":
    main()
