"""The log of look-ups: nothing is changed, removed, moved or cut off unnoticed; without it nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from scanner import audit
from scanner.errors import InsynError
from scanner.keys import Keys
from scanner.store import Store, schema


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/insyn.db", Keys(b"k" * 32))
    for number in range(5):
        audit.record(opened, "subject", f"CASE-{number}", bytes([number] * 16), by="erik")
    yield opened
    opened.close()


def test_what_was_written_is_whole(store: Store) -> None:
    verdict = audit.verify(store)
    assert verdict.whole
    assert verdict.head.rows == 5
    noted = str(verdict.head)
    audit.record(store, "subject", "CASE-9")
    assert audit.verify(store, noted).whole


@pytest.mark.parametrize("column", ["at", "actor", "action", "case_number"])
def test_a_changed_byte_is_found(store: Store, column: str) -> None:
    """S17."""
    with store.transaction() as connection:
        connection.execute(update(schema.audit).where(schema.audit.c.id == 3).values({column: "x"}))
    assert audit.verify(store).broken == 3


def test_a_removed_row_is_found(store: Store) -> None:
    """S17."""
    with store.transaction() as connection:
        connection.execute(delete(schema.audit).where(schema.audit.c.id == 2))
    assert audit.verify(store).broken == 3


def test_swapped_rows_are_found(store: Store) -> None:
    """S17."""
    table = schema.audit
    with store.transaction() as connection:
        rows = connection.execute(select(table).where(table.c.id.in_((2, 3))).order_by(table.c.id)).mappings().all()
        connection.execute(delete(table).where(table.c.id.in_((2, 3))))
        for number, row in zip((3, 2), rows, strict=True):
            connection.execute(insert(table).values(**(dict(row) | {"id": number})))
    assert audit.verify(store).broken == 2


def test_a_cut_end_is_found(store: Store) -> None:
    """S17."""
    with store.transaction() as connection:
        connection.execute(delete(schema.audit).where(schema.audit.c.id > 3))
    assert audit.verify(store).cut


def test_a_cut_end_with_its_note_is_found_by_a_head_noted_elsewhere(store: Store) -> None:
    noted = str(audit.verify(store).head)
    with store.transaction() as connection:
        connection.execute(delete(schema.audit).where(schema.audit.c.id > 3))
        chain = connection.scalar(select(schema.audit.c.chain).where(schema.audit.c.id == 3))
        assert chain
        connection.execute(update(schema.meta).where(schema.meta.c.name == "audit").values(value=f"3:{chain.hex()}"))
    assert audit.verify(store).whole
    assert audit.verify(store, noted).cut


def test_an_emptied_log_is_found(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(delete(schema.audit))
    assert audit.verify(store).cut


def test_without_a_row_there_is_no_look_up(store: Store) -> None:
    """T70."""
    with store.transaction() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'full'); END")
    with pytest.raises(InsynError, match="failed"):
        audit.record(store, "subject", "CASE-1")


def test_a_person_is_told_when_and_why_not_by_whom(store: Store) -> None:
    """S02."""
    looks = audit.looks(store, {bytes([1] * 16)}, "CASE-4")
    assert [(look.action, look.case) for look in looks] == [("subject", "CASE-1"), ("subject", "CASE-4")]
    assert not hasattr(looks[0], "actor")
    assert audit.today_by(store, "erik") == 5


def test_who_acts_is_the_account_and_no_variable_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = audit.actor()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "another")
    assert audit.actor() == mine != "another"
