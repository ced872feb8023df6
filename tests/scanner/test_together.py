"""Small units are written several in one transaction: what becomes of each stays as if it had been written alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select

from connectors import State, Unit, Unread
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine import Scanner
from scanner.engine.holders import Holder
from scanner.engine.writing import write_all
from scanner.store import Store, schema
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector
from tests.scanner.test_ledger import entered, job, store, units

__all__ = ["store"]


class _Share(MemoryConnector):
    """Its units are small files."""

    def units(self) -> Iterator[Unit | Unread]:
        for unit in super().units():
            yield replace(unit, kind="file", size=9) if isinstance(unit, Unit) else unit


def written(store: Store, texts: Mapping[str, object]) -> list[set[str]]:
    """The units that each transaction has entered, when files are scanned."""
    entered: list[set[str]] = []

    def note(connection: Connection) -> None:
        there = {KEYS.unseal(key) for key in connection.scalars(select(schema.unit.c.key)) if len(key) > 1}
        if new := there - set().union(*entered):
            entered.append(new)

    event.listen(store.engine, "commit", note)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": _Share(texts)})  # type: ignore[arg-type]
    event.remove(store.engine, "commit", note)
    return entered


def test_small_units_are_written_several_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.engine.working.TOGETHER", 2)
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    texts = {name: [{"id": "1", "text": f"192.0.2.{at}"}] for at, name in enumerate("abcde")}
    assert written(store, texts) == [{"a", "b"}, {"c", "d"}, {"e"}]
    assert {key: state for key, (state, _) in units(store).items()} == dict.fromkeys("abcde", State.SCANNED)
    store.close()


def test_what_does_not_fit_beside_others_is_written_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.engine.working.HELD_BYTES", 1000)
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    texts = {
        name: [{"id": str(at), "text": f"192.0.2.{at}"} for at in range(count)]
        for name, count in zip("abc", (1, 40, 1), strict=True)
    }
    assert written(store, texts) == [{"a"}, {"b"}, {"c"}]
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.finding)) == 42
    store.close()


def test_of_units_written_at_once_one_that_another_took_over_is_left_out(store: Store) -> None:
    with Holder(store) as mine, Holder(store) as other:
        (first, second), (theirs,) = entered(store, mine.id, 60).take(2), entered(store, other.id, 60).take(1)
        jobs = [job(store, mine.id, task) for task in (first, theirs, second)]
        done = write_all(store, [(one, [Unread(one.unit.key, State.UNREADABLE, "cut")]) for one in jobs])
    assert [one.lost for one in done] == [False, True, False]
    assert units(store) == dict.fromkeys("ab", (State.UNREADABLE, "cut"))
    with store.reading() as connection:
        assert [KEYS.unseal(key) for key in connection.scalars(select(schema.task.c.key))] == ["c"]
