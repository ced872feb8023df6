"""Writes the customer register: the same rows into any database that SQLAlchemy reaches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Table, create_engine, insert

from scanner.demo import customers, ledger, tables, traffic
from scanner.demo.rows import Cell, Row, leaves, plain
from scanner.demo.texts import Text
from scanner.demo.truth import Place, Record, Truth
from scanner.demo.world import World, build

SOURCE = "crm"
FILLS: tuple[tuple[Table, Callable[[World], Iterator[Row]]], ...] = (
    (tables.PERSONAL, ledger.personal),
    (tables.KUNDER, customers.kunder),
    (tables.AVTAL, customers.avtal),
    (tables.ANLAGGNINGAR, customers.anlaggningar),
    (tables.LARMKONTAKTER, customers.larmkontakter),
    (tables.FAKTUROR, ledger.fakturor),
    (tables.BETALNINGAR, ledger.betalningar),
    (tables.ARENDEN, ledger.arenden),
    (tables.INLOGGNINGAR, traffic.inloggningar),
    (tables.LARMLOGG, traffic.larmlogg),
    (tables.OFFERTER, ledger.offerter),
    (tables.REKOMMENDATIONER, ledger.rekommendationer),
    (tables.NYHETSBREV, traffic.nyhetsbrev),
    (tables.WEBB_EVENTS, traffic.webb_events),
    (tables.ARTIKLAR, ledger.artiklar),
    (tables.IMPORT_2019, traffic.import_2019),
)
"""Parents before children, as declared keys want it."""


def fill_crm(url: str, *, seed: int = 1) -> int:
    """Create and fill the register of a seed in an empty database (SQLAlchemy URL); returns the number of rows."""
    return fill(url, build(seed), Truth())


def fill(url: str, world: World, truth: Truth) -> int:
    """Create and fill the tables from a world and note what is in them."""
    engine = create_engine(url)
    try:
        tables.METADATA.create_all(engine)
        with engine.begin() as connection:
            return sum(_fill_table(table, make(world), truth, connection.execute) for table, make in FILLS)
    finally:
        engine.dispose()


def _fill_table(table: Table, rows: Iterable[Row], truth: Truth, execute: Callable[..., object]) -> int:
    values = []
    for number, row in enumerate(rows, 1):
        place = Place(SOURCE, table.name, _locator(table, row, number))
        truth.concern(place, *row.about)
        for column, cell in row.cells.items():
            for path, text in leaves(cell, column):
                truth.see(place, path, text)
        values.append(
            {column.name: _value(row.cells.get(column.name), column.type.python_type) for column in table.columns}
        )
    execute(insert(table), values)
    return len(values)


def _locator(table: Table, row: Row, number: int) -> Record:
    keys = [column.name for column in table.primary_key]
    if not keys:
        return {"row": number}
    return {name: _value(row.cells[name], table.columns[name].type.python_type) for name in keys}


def _value(cell: Cell, kind: type) -> Any:
    if isinstance(cell, dict):
        return json.dumps(plain(cell), ensure_ascii=False)
    if isinstance(cell, Text):
        return kind(cell.text)
    return cell
