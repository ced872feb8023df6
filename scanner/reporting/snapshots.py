"""What was held when a scan ended, so that the next can say what has changed: counts by place, sealed, no value.

No policy is in it: all are judged by today's policy and decisions, so that neither makes a change here.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from connectors import State
from reports.facts import Coverage, Estate, FieldFacts
from reports.inventory import Inventory, build
from reports.policy import Policy
from reports.trend import Apart, Point, Trend, between
from scanner.config import Config
from scanner.engine.readings import version_of
from scanner.engine.results import SourceResult
from scanner.reporting.overview import NEVER, counted, coverage
from scanner.store import FAILED, READING, Store, schema

KEPT = 12
"""Snapshots of which the places are kept; of older ones only the sums."""
SUMS = 400
"""Snapshots of which the sums are kept."""
_SCOPE = ("type", "path", "bucket", "prefix", "endpoint_url", "include", "exclude", "rows", "skip")
_FACT = ("source", "unit", "unit_kind", "field", "entity", "kind", "units", "values", "total", "extensions")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A moment of the store."""

    at: str
    facts: Sequence[FieldFacts]
    coverage: Sequence[Coverage]
    unread: Sequence[tuple[str, str, str]]
    """Source, unit and place of what was not read whole."""
    ways: dict[str, list[str]]
    """Source -> what decides how it is read: versions of the recognizers, options, what is left out."""


def take(store: Store, config: Config, results: Iterable[SourceResult]) -> None:
    """Remember what is held now, unless nothing has changed since the last time."""
    last = _last(store)
    before = _opened(store, last.content) if last and not _is_cut(store, last) else None
    now = _now(store, config, before, _changed(results))
    if before and _same(before, now):
        return
    found = [fact for fact in now.facts if fact.entity is not None]
    values = {
        "scan_id": store.last_number(),
        "at": now.at,
        "units": sum(one.count for one in now.coverage),
        "fields": len({(fact.source, fact.unit, fact.field) for fact in found}),
        "findings": sum(fact.values for fact in found),
        "content": _sealed(store, now),
    }
    with store.transaction() as connection:
        connection.execute(insert(schema.snapshot).values(**values))
        _thin(connection)


def _last(store: Store) -> Row[Any] | None:
    table = schema.snapshot
    with store.reading() as connection:
        return connection.execute(select(table).order_by(table.c.id.desc()).limit(1)).first()


def _is_cut(store: Store, last: Row[Any]) -> bool:
    """Whether a scan was killed since, or is still running: it may have changed any source."""
    scan = schema.scan
    cut = scan.c.status.in_(["running", "interrupted"])
    with store.reading() as connection:
        return bool(connection.scalar(select(func.count()).select_from(scan).where(scan.c.id > last.scan_id, cut)))


def _changed(results: Iterable[SourceResult]) -> set[str]:
    """Sources of which something was read, be it again."""
    return {one.source for one in results if set(one.units) - {State.UNCHANGED} or one.findings or one.error}


def _same(before: Snapshot, now: Snapshot) -> bool:
    """Two snapshots tell the same, whenever they were taken."""
    one, other = (json.dumps(_plain(replace(shot, at=""))) for shot in (before, now))
    return one == other


def trend(store: Store, config: Config, policy: Policy, now: Inventory) -> Trend | None:
    """What the last scan that found a change has changed; None: there is nothing earlier.

    Args:
        store: With the snapshots.
        config: Of today.
        policy: To judge both by.
        now: Its sources and decisions count for both.
    """
    table = schema.snapshot
    query = select(table.c.content).where(table.c.content.is_not(None)).order_by(table.c.id.desc())
    with store.reading() as connection:
        kept = list(connection.scalars(query.limit(2)))
        sums = connection.execute(select(table.c.at, table.c.fields, table.c.findings).order_by(table.c.id)).all()
    if len(kept) == 1 or not kept:
        return None
    before, after = (_opened(store, content) for content in reversed(kept))
    earlier, later = (
        build(Estate(now.sources, one.facts, one.coverage, one.at, now.decisions), policy) for one in (before, after)
    )
    points = [Point(row.at, row.fields, row.findings) for row in sums]
    return between(earlier, later, apart(before, after, config), points)


def newest(store: Store) -> int:
    """Number of the last snapshot; 0 if there is none."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(schema.snapshot.c.id))) or 0


def around(store: Store, number: int) -> tuple[Snapshot | None, Snapshot | None]:
    """What was held before a scan, and after it: as far as it is remembered."""
    table = schema.snapshot
    query = select(table.c.scan_id, table.c.content).where(table.c.scan_id <= number).order_by(table.c.id.desc())
    with store.reading() as connection:
        rows = connection.execute(query.limit(2)).all()
    kept = [_opened(store, row.content) if row.content else None for row in rows]
    if not rows or rows[0].scan_id != number:  # it changed nothing
        return (kept[0], kept[0]) if kept else (None, None)
    return (kept[1] if len(kept) > 1 else None), kept[0]


def apart(before: Snapshot, after: Snapshot, config: Config) -> Apart:
    """Where the two cannot be compared: not read whole, read in another way, or not read at all in one of them."""
    never = {one.source for shot in (before, after) for one in shot.coverage if one.state == NEVER}
    other = {name for name in config.sources if before.ways.get(name) != after.ways.get(name)}
    closed: dict[str, set[str]] = defaultdict(set)
    for source, unit, place in (*before.unread, *after.unread):
        closed[source] |= {unit.rstrip("/"), place}

    def is_apart(source: str, unit: str) -> bool:
        return source in never | other or any(one in closed[source] for one in _around(unit))

    return is_apart


def _around(unit: str) -> Iterable[str]:
    """A place, and the folders and archives that it lies in."""
    yield unit
    for sign in ("/", "!/"):
        at = unit.rfind(sign)
        while at > 0:
            yield unit[:at]
            at = unit.rfind(sign, 0, at)


def _now(store: Store, config: Config, before: Snapshot | None, changed: Collection[str]) -> Snapshot:
    """What is held; sources of which nothing was read, and nothing has gone, are as they were."""
    states = coverage(store, config)
    still = {one.source for one in states} - set(changed) if before else set()
    if before:
        still = {name for name in still if _units(states, name) == _units(before.coverage, name)}
    kept = [fact for fact in before.facts if fact.source in still] if before else []
    facts = sorted((*kept, *counted(store, still)), key=_place)
    with store.reading() as connection:
        ways = _ways(connection)
    for name in config.sources:
        ways.setdefault(name, []).append(_scope(store, config, name))
    return Snapshot(store.last_scan(), facts, states, _unread(store), ways)


def _units(states: Iterable[Coverage], source: str) -> int:
    return sum(one.count for one in states if one.source == source)


def _place(fact: FieldFacts) -> tuple[str, ...]:
    return fact.source, fact.unit, fact.field, fact.entity or "", fact.kind


def _unread(store: Store) -> list[tuple[str, str, str]]:
    """Source, unit and place of what was not read whole."""
    unit, source, unseal = schema.unit, schema.source, store.keys.unseal
    query = select(source.c.name, unit.c.key, unit.c.place).join(unit, unit.c.source_id == source.c.id)
    with store.reading() as connection:
        rows = connection.execute(query.where(unit.c.state.in_([*map(str, FAILED), READING]))).all()
    return [(row.name, unseal(row.key), unseal(row.place)) for row in rows]


def _ways(connection: Connection) -> dict[str, list[str]]:
    unit, source = schema.unit, schema.source
    query = select(source.c.name, unit.c.analyzer).join(unit, unit.c.source_id == source.c.id).distinct()
    found: dict[str, list[str]] = {}
    for name, analyzer in connection.execute(query.order_by(source.c.name, unit.c.analyzer)):
        ways = found.setdefault(name, [])
        ways += [version_of(analyzer)] * (version_of(analyzer) not in ways)
    return found


def _scope(store: Store, config: Config, name: str) -> str:
    """A digest of what is looked at in a source."""
    one = config.sources[name]
    options = {key: value for key, value in ({"type": one.type} | one.options).items() if key in _SCOPE}
    return store.keys.token("snapshot/scope", json.dumps(options, sort_keys=True, default=str)).hex()


def _sealed(store: Store, snapshot: Snapshot) -> bytes:
    return store.keys.seal_bytes(zlib.compress(json.dumps(_plain(snapshot)).encode()))


def _plain(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "at": snapshot.at,
        "facts": [[getattr(fact, name) for name in _FACT] for fact in snapshot.facts],
        "coverage": [asdict(replace(one, reasons=dict(one.reasons))) for one in snapshot.coverage],
        "unread": snapshot.unread,
        "ways": snapshot.ways,
    }


def _opened(store: Store, content: bytes) -> Snapshot:
    plain = json.loads(zlib.decompress(store.keys.unseal_bytes(content)))
    facts = [dict(zip(_FACT, one, strict=True)) for one in plain["facts"]]
    return Snapshot(
        plain["at"],
        [FieldFacts(**(one | {"extensions": tuple(one["extensions"])})) for one in facts],
        [Coverage(**one) for one in plain["coverage"]],
        [(source, unit, place) for source, unit, place in plain["unread"]],
        plain["ways"],
    )


def _thin(connection: Connection) -> None:
    """Let go of the places of old snapshots, and at last of their sums."""
    table = schema.snapshot
    numbers = list(connection.scalars(select(table.c.id).order_by(table.c.id.desc())))
    for ids, statement in (
        (numbers[KEPT:], update(table).values(content=None)),
        (numbers[SUMS:], delete(table)),
    ):
        if ids:
            connection.execute(statement.where(table.c.id <= ids[0]))
