"""The columns of keys are counted in one pass over the links, however many ask for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine import Scanner
from scanner.engine.key_columns import TABLES, KeyColumns
from scanner.store import Store, schema
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

CUSTOMERS = [{"id": str(at), "kundnr": str(1000 + at)} for at in range(9)]
ORDERS = [{"id": str(at), "kundnr": str(1000 + at // 2)} for at in range(9)]


def test_links_are_counted_once_a_source(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    counted: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        del connection, cursor, rest
        if "GROUP BY link.unit_id, link.field_id" in statement:
            counted.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"kunder": CUSTOMERS, "order": ORDERS})})
    assert len(counted) == 1
    with store.reading() as connection:
        known = KeyColumns(store, connection)
        there = known.of(schema.unit.c.id.is_not(None), TABLES)
        assert [(one.table, one.name, one.rows, one.distinct) for one in there] == [
            ("kunder", "id", 9, 9), ("kunder", "kundnr", 9, 9), ("order", "id", 9, 9), ("order", "kundnr", 9, 5),
        ]  # fmt: skip
        assert known.of(schema.unit.c.id == there[-1].unit, TABLES) == there[2:]
    assert len(counted) == 2
    store.close()
