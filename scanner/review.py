"""Decisions about findings, kept in the store: made, approved by a second person, undone; each is logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import insert, select, update

from reports.review import KINDS, Decision
from scanner import audit
from scanner.errors import ConfigError
from scanner.review_schema import review_decision as table
from scanner.store import Store, now


def decisions(store: Store) -> list[Decision]:
    """All decisions, the first made first."""
    unseal = store.keys.unseal
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
            for row in connection.execute(select(table).order_by(table.c.id))
        ]


def decide(store: Store, decision: Decision, by: str = "") -> Decision:
    """Keep a new decision; `id`, `by` and `at` are filled in.

    Raises:
        ConfigError: it says too little.
    """
    _check(decision)
    made = replace(decision, by=by or audit.actor(), at=now())
    audit.record(store, f"review {made.kind}", "", by=made.by)
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
    with store.transaction() as connection:
        result = connection.execute(insert(table).values(**values))
        return replace(made, id=int(result.inserted_primary_key[0]))  # type: ignore[index]


def _check(decision: Decision) -> None:
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
    return _mark(store, decision, approved_by=who)


def undo(store: Store, id: int, by: str = "") -> Decision:
    """A decision no longer counts; it stays on the list.

    Raises:
        ConfigError: there is none such.
    """
    return _mark(store, _one(store, id), undone_by=by or audit.actor())


def _one(store: Store, id: int) -> Decision:
    for decision in decisions(store):
        if decision.id == id:
            return decision
    raise ConfigError(f"review: there is no decision {id}; `insyn review list` shows all")


def _mark(store: Store, decision: Decision, **who: str) -> Decision:
    column, actor = next(iter(who.items()))
    audit.record(store, f"review {column.partition('_')[0]}", "", by=actor)
    with store.transaction() as connection:
        connection.execute(update(table).where(table.c.id == decision.id).values(**who))
    return replace(decision, **who)  # type: ignore[arg-type]
