"""Decisions about findings, kept in the store: made, approved by a second person, undone; each is logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from reports.review import HANDLE, KINDS, Decision
from scanner import audit
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.review_schema import review_decision as table


def decisions(store: Store, *, latest: int = 0) -> list[Decision]:
    """All decisions, the first made first; with `latest`, so many of the last ones."""
    unseal = store.keys.unseal
    query = select(table).order_by(table.c.id)
    if latest:
        newest = select(table.c.id).order_by(table.c.id.desc()).limit(latest)
        query = query.where(table.c.id.in_(newest.scalar_subquery()))
    with store.reading() as connection:
        return [
            Decision(
                id=row.id,
                kind=row.kind,
                source=row.source,
                unit=unseal(row.unit),
                field=unseal(row.field),
                entity=row.entity,
                category=row.category,
                reason=unseal(row.reason),
                by=row.by,
                at=row.at,
                until=date.fromisoformat(row.until) if row.until else None,
                approved_by=row.approved_by,
                undone_by=row.undone_by,
                token=row.token,
            )
            for row in connection.execute(query)
        ]


def stamp(store: Store) -> str:
    """Changes with every decision about findings that is made, approved or undone."""
    query = select(
        func.count(),
        func.max(table.c.id),
        func.count().filter(table.c.approved_by != ""),
        func.count().filter(table.c.undone_by != ""),
    ).where(table.c.kind != HANDLE)  # which changes no report: the next scan tells
    with store.reading() as connection:
        row = connection.execute(query).one()
    return "/".join(map(str, row))


def decide(store: Store, decision: Decision, by: str = "") -> Decision:
    """Keep a new decision; `id`, `by` and `at` are filled in.

    Raises:
        ConfigError: it says too little.
    """
    return decide_all(store, [decision], by)[0]


def decide_all(store: Store, wanted: Sequence[Decision], by: str = "") -> list[Decision]:
    """Keep decisions that are made together, all or none.

    Raises:
        ConfigError: one of them says too little.
    """
    for one in wanted:
        check(one)
    who, at = by or audit.actor(), now()
    for kind in dict.fromkeys(one.kind for one in wanted):
        audit.record(store, f"review {kind}", f"{len(wanted)}" if len(wanted) > 1 else "", by=who)
    with store.transaction() as connection:
        return [_insert(connection, store, replace(one, by=who, at=at)) for one in wanted]


def _insert(connection: Connection, store: Store, made: Decision) -> Decision:
    seal = store.keys.seal
    values = {
        "kind": made.kind,
        "source": made.source,
        "unit": seal(made.unit),
        "field": seal(made.field),
        "entity": made.entity,
        "category": made.category,
        "reason": seal(made.reason),
        "token": made.token,
        "until": made.until.isoformat() if made.until else "",
        "by": made.by,
        "at": made.at,
    }
    result = connection.execute(insert(table).values(**values))
    return replace(made, id=int(result.inserted_primary_key[0]))  # type: ignore[index]


def check(decision: Decision) -> None:
    """Whether a decision says all that its kind needs.

    Raises:
        ConfigError: it says too little.
    """
    if decision.kind not in KINDS:
        raise ConfigError(f"review: {decision.kind} is no decision; there are {', '.join(KINDS)}")
    if decision.kind != "confirm" and not decision.reason.strip():
        raise ConfigError(f"review {decision.kind}: say why with --reason")
    if decision.kind == "reclassify" and not decision.category:
        raise ConfigError("review reclassify: say which category with --to")
    if decision.kind == "accept" and decision.until is None:
        raise ConfigError("review accept: say until when with --until; nothing is accepted for ever")
    if decision.token is None and not decision.unit and not decision.source:
        raise ConfigError(f"review {decision.kind}: say where: SOURCE and UNIT")


def approve(store: Store, id: int, by: str = "") -> Decision:
    """A second person approves a wide decision.

    Raises:
        ConfigError: there is none such, it needs no approval, or it is the same person's.
    """
    decision, who = _one(store, id), by or audit.actor()
    if not decision.wide:
        raise ConfigError(f"review approve: {id} is about one field; it counts already")
    if who == decision.by:
        raise ConfigError(f"review approve: {id} was made by {who}; another person must approve it")
    audit.record(store, "review approved", "", by=who)
    with store.transaction() as connection:
        connection.execute(update(table).where(table.c.id == id).values(approved_by=who))
    return replace(decision, approved_by=who)


def undo(store: Store, id: int, by: str = "") -> Decision:
    """A decision no longer counts; it stays on the list.

    Raises:
        ConfigError: there is none such.
    """
    return undo_all(store, [id], by)[0]


def undo_all(store: Store, ids: Sequence[int], by: str = "") -> list[Decision]:
    """Decisions no longer count; they stay on the list.

    Raises:
        ConfigError: there is none such.
    """
    known = {one.id: one for one in decisions(store)}
    missing = [id for id in ids if id not in known]
    if missing:
        raise _unknown(missing[0])
    who = by or audit.actor()
    audit.record(store, "review undone", f"{len(ids)}" if len(ids) > 1 else "", by=who)
    with store.transaction() as connection:
        connection.execute(update(table).where(table.c.id.in_(ids)).values(undone_by=who))
    return [replace(known[id], undone_by=who) for id in ids]


def _one(store: Store, id: int) -> Decision:
    for decision in decisions(store):
        if decision.id == id:
            return decision
    raise _unknown(id)


def _unknown(id: int) -> ConfigError:
    return ConfigError(f"review: there is no decision {id}; `insyn review list` shows all")
