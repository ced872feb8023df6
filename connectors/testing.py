"""The contract of `connectors.base` as a test that any connector, ours or another's, can run.

from connectors.testing import assert_contract

def test_contract():
    assert_contract(lambda: MyConnector(path="testdata"))
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from connectors.base import (
    LOCATOR,
    Batch,
    Check,
    Connector,
    ConnectorError,
    Record,
    State,
    Unit,
    Unread,
    hashable,
    unfit,
)

FETCHED = 50
"""So many records of a unit are fetched again: the first and the last."""
_Values = dict[str, str | None]


def assert_contract(make: Callable[[], Connector], secrets: Sequence[str] = ()) -> None:
    """Hold a connector to the contract, on a source that has some units and does not change meanwhile.

    Args:
        make: Makes a connector of that source, a new one each time.
        secrets: Passwords among its options: they may be shown nowhere.

    Raises:
        AssertionError: what is broken, one line for each thing.
    """
    broken = list(violations(make, secrets))
    if broken:
        raise AssertionError("\n".join(broken))


def violations(make: Callable[[], Connector], secrets: Sequence[str] = ()) -> Iterator[str]:
    """What of the contract a connector breaks, in words. Arguments as of `assert_contract`."""
    with make() as connector:
        yield from _options(type(connector))
        units = list(connector.units())
        yield from _listing(units, list(connector.units()))
        yield from _check(connector, units)
        for unit in units:
            if isinstance(unit, Unit):
                yield from _unit(connector, make, unit)
        yield from _gone(connector)
        shown = repr(connector)
    connector.close()  # closing twice is allowed
    yield from (f"repr(connector) shows a secret ({len(secret)} characters)" for secret in secrets if secret in shown)


def _options(kind: type[Connector]) -> Iterator[str]:
    for name, parameter in inspect.signature(kind).parameters.items():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            yield f"option {name} is not keyword-only"
        elif parameter.annotation is parameter.empty:
            yield f"option {name} has no annotation: `insyn.yaml` is checked by it"


def _listing(units: Sequence[Unit | Unread], again: Sequence[Unit | Unread]) -> Iterator[str]:
    keys = [_key(item) for item in units]
    yield from (f"units(): {key!r} is listed {count} times" for key, count in Counter(keys).items() if count > 1)
    if keys != [_key(item) for item in again]:
        yield "units(): another order, or other keys, the second time"
    elif list(units) != list(again):
        yield "units(): another version or size the second time, of a source that has not changed"
    yield from (f"units(): {item.key!r} has no kind" for item in units if isinstance(item, Unit) and not item.kind)
    for item in units:
        if isinstance(item, Unread):
            yield from _unread(item)


def _check(connector: Connector, units: Sequence[Unit | Unread]) -> Iterator[str]:
    check = connector.check()
    if not isinstance(check, Check):
        yield "check(): gives no Check"
    elif check.units < sum(isinstance(item, Unit) for item in units):
        yield "check(): fewer units than are listed"


def _unit(connector: Connector, make: Callable[[], Connector], unit: Unit) -> Iterator[str]:
    where = f"read({unit.key!r})"
    batches, problems = _read(connector.read(unit))
    problems += [problem for batch in batches for problem in _batch(batch, unit)]
    yield from (f"{where}: {problem}" for problem in problems)
    if problems:
        return
    rows = _rows(batches)
    yield from (f"{where}: {problem}" for problem in _doubled(batches))
    with make() as other:  # another process, which has listed nothing
        if _rows(_read(other.read(unit))[0]) != rows:
            yield f"{where}: another connector reads something else"
        yield from _fetched(other, rows)
        chunks = [_read(other.read_chunk(unit, chunk))[0] for chunk in other.chunks(unit)]
    if _rows([batch for part in chunks for batch in part]) != rows:
        yield f"read_chunk({unit.key!r}): the chunks together are not the unit"


def _read(items: Iterator[Batch | Unread]) -> tuple[list[Batch], list[str]]:
    batches: list[Batch] = []
    problems: list[str] = []
    for item in items:
        if isinstance(item, Batch):
            batches.append(item)
        elif isinstance(item, Unread):
            problems += _unread(item)
        else:
            problems.append(f"yields a {type(item).__name__}")
    return batches, problems


def _batch(batch: Batch, unit: Unit) -> Iterator[str]:
    if batch.unit != unit.key and not batch.unit.startswith(f"{unit.key}!/"):
        yield f"a batch of {batch.unit!r}, which is neither the unit nor a member of it"
    for name, column in batch.fields.items():
        if len(column) != len(batch.records):
            yield f"field {name!r} has {len(column)} values for {len(batch.records)} records"
        yield from (f"field {name!r} holds a {kind}" for kind in {*map(_kind, column)} - {"str", "NoneType"})
    for name, told in batch.named.items():
        if len(told) != len(batch.records):
            yield f"what is named {name!r} has {len(told)} values for {len(batch.records)} records"
    for name, days in batch.dates.items():
        if len(days) != len(batch.records):
            yield f"date {name!r} has {len(days)} values for {len(batch.records)} records"
        yield from (f"date {name!r}: a text that is no ISO date" for day in days if day and not _is_date(day))
    for record in batch.records:
        yield from _locator(record)


def _locator(record: object) -> Iterator[str]:
    wrong = unfit(record)
    if wrong:
        yield f"{wrong}; {LOCATOR}"


def _doubled(batches: Sequence[Batch]) -> Iterator[str]:
    seen = Counter(
        (batch.unit, hashable(record)) for batch in batches for record in batch.records if record is not None
    )
    if any(count > 1 for count in seen.values()):
        yield "a locator is given twice"


def _fetched(connector: Connector, rows: Sequence[tuple[str, Record, _Values]]) -> Iterator[str]:
    by_unit: dict[str, list[tuple[Record, _Values]]] = {}
    for unit, record, values in rows:
        by_unit.setdefault(unit, []).append((record, values))
    for unit, read in by_unit.items():
        chosen = read if len(read) <= FETCHED else [*read[: FETCHED // 2], *read[-FETCHED // 2 :]]
        expected = {hashable(record): _filled(values) for record, values in chosen}
        asked: list[Record] = [*(record for record, _ in chosen), {"row": 10**9, "finns": "inte"}]
        found = {hashable(record): _filled(values) for record, values in connector.fetch(unit, asked)}
        if found != expected:
            yield f"fetch({unit!r}): not what read() gave"


def _gone(connector: Connector) -> Iterator[str]:
    """A unit that is not there (any more) is named, and has no records."""
    where = "read() of a unit that is gone"
    try:
        items = list(connector.read(Unit("finns-inte-4711", "", "file")))
    except ConnectorError:
        yield f"{where}: ConnectorError; one unit does not stop a source"
        return
    if any(isinstance(item, Batch) for item in items) or not items:
        yield f"{where}: should yield an Unread ({State.VANISHED}) alone"


def _unread(unread: Unread) -> Iterator[str]:
    if not unread.reason or "\n" in unread.reason:
        yield f"{unread.unit!r}: {unread.state} without a reason of one line"
    if unread.state in (State.SCANNED, State.UNCHANGED):
        yield f"{unread.unit!r}: {unread.state} is not for a connector to say"


def _rows(batches: Sequence[Batch]) -> list[tuple[str, Record, _Values]]:
    """All records with what is in them; path and content of a unit that is one record are one."""
    rows: list[tuple[str, Record, _Values]] = []
    alone: dict[str, _Values] = {}
    for batch in batches:
        for index, record in enumerate(batch.records):
            values = {name: column[index] for name, column in batch.fields.items()}
            if record is None and batch.unit in alone:
                alone[batch.unit] |= values
                continue
            rows.append((batch.unit, record, values))
            if record is None:
                alone[batch.unit] = values
    return [(unit, record, _filled(values)) for unit, record, values in rows]


def _filled(values: _Values) -> _Values:
    return {name: value for name, value in values.items() if value is not None}


def _key(item: Unit | Unread) -> str:
    return item.key if isinstance(item, Unit) else item.unit


def _kind(value: object) -> str:
    return type(value).__name__


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
