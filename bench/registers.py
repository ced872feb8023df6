"""Registers of any size for the speed benches: the demo's customer register of several seeds, table under table."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from connectors import Batch, Unit
from connectors.database import DatabaseConnector
from scanner.demo.crm import fill_crm
from scanner.keys import new_key

Table = Mapping[str, Sequence[str | None]]
"""Field -> cells."""

_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {type: database, url: "sqlite:///crm.db", owner: Kundtjänst, purposes: [service_provision]}
"""


def register(seeds: int, first: int = 1) -> Path:
    """Make a folder with `crm.db` of so many seeds, `insyn.yaml` and a key; a seed is some 94,000 cells.

    Keys of later seeds are left out of the tables: rows lie as they come, as in a register without declared keys.
    """
    folder = Path(tempfile.mkdtemp(prefix="insyn-bench-"))
    fill_crm(f"sqlite:///{folder / 'crm.db'}", seed=first)
    for seed in range(first + 1, first + seeds):
        other = folder / f"{seed}.db"
        fill_crm(f"sqlite:///{other}", seed=seed)
        _append(folder / "crm.db", other)
        other.unlink()
    new_key(folder / "insyn.key")
    (folder / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    return folder


def _append(target: Path, other: Path) -> None:
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("ATTACH ? AS other", (str(other),))
    names = [name for (name,) in connection.execute("SELECT name FROM other.sqlite_master WHERE type = 'table'")]
    for name in names:
        _drop_keys(connection, name)
        connection.execute(f'INSERT INTO "{name}" SELECT * FROM other."{name}"')
    connection.close()


def _drop_keys(connection: sqlite3.Connection, name: str) -> None:
    """Make the table anew without its keys, once."""
    (sql,) = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", (name,)).fetchone()
    if "KEY" not in sql and "UNIQUE" not in sql:
        return
    connection.execute(f'CREATE TABLE main.copy AS SELECT * FROM main."{name}"')
    connection.execute(f'DROP TABLE main."{name}"')
    connection.execute(f'ALTER TABLE main.copy RENAME TO "{name}"')


def batches(folder: Path) -> list[tuple[str, Table]]:
    """All batches of a register as its connector reads them: table, cells."""
    with DatabaseConnector(url=f"sqlite:///{folder / 'crm.db'}") as connector:
        units = [unit for unit in connector.units() if isinstance(unit, Unit)]
        return [(unit.key, part.fields) for unit in units for part in connector.read(unit) if isinstance(part, Batch)]


def count(columns: Sequence[Table]) -> int:
    """Non-empty cells."""
    return sum(1 for table in columns for values in table.values() for value in values if value)
