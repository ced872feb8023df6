"""What the last scan found, counted once and kept sealed in the store: a large one takes minutes to count.

Kept is what reports are made of: counts and dates by place, and verdicts; no value. It holds until a scan ends, or
somebody decides something that it rests on; the inventory, place by place, for as long as nothing in the place changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from hashlib import sha256
from importlib.metadata import version

from sqlalchemy import delete, insert, select

from reports.ages import Age, Aged, Held
from reports.dates import today
from reports.facts import Estate, FieldFacts
from reports.policy import Policy
from reports.retention import Item
from reports.review import counting
from scanner.config import Config
from scanner.decisions import review
from scanner.reporting import overview, places
from scanner.reporting.packing import Packed, Unpacking, all_rows
from scanner.store import Store
from scanner.store.schema import worked_out as table

_FACTS, _AGES, _VERDICTS = "facts", "ages", "verdicts"


def estate(store: Store, config: Config, min_score: float = overview.LOWEST) -> Estate:
    """All that an inventory is made of; counted only where no count that still holds is kept.

    Args:
        store: Where it is kept.
        config: Says which sources there should be.
        min_score: Of findings that count; for another than the usual one all is counted.
    """
    if min_score != overview.LOWEST:
        return overview.estate(store, config, min_score)
    decided = counting(review.decisions(store), today())
    form = sha256(repr((version("insyn"), [one.name for one in fields(FieldFacts)])).encode()).hexdigest()
    stamp = f"{form} {_stamp(store, *_tokens(overview.dismissed(decided)))}"
    kept, content = _newest(store, _FACTS)
    known = places.unpacked(content) if kept.startswith(form) else {}
    if kept != stamp:
        known = overview.places(store, decided, known)
        _keep(store, _FACTS, stamp, places.packed(known))
    return overview.of_places(store, config, decided, known)


def aged(store: Store, config: Config, promised: Policy, count: Callable[[], Iterable[Aged]]) -> Sequence[Aged]:
    """What is held where, by age; counted only if nothing that still holds is kept.

    Args:
        store: Where it is kept.
        config: Says which tables are registers, and which dates are whose.
        promised: Says where accounting records lie.
        count: Counts it.
    """
    decided = counting(review.decisions(store), today())
    stamp = _stamp(store, _told(config, promised), *_tokens(overview.dismissed(decided)))
    content = _kept(store, _AGES, stamp)
    if content is None:
        made = list(count())
        _keep(store, _AGES, stamp, _packed(made))
        return made
    return _unpacked(content)


def items(store: Store, config: Config, promised: Policy, said: str, judge: Callable[[], Sequence[Item]]) -> list[Item]:
    """Verdicts of retention; judged only if nothing that still holds is kept.

    Args:
        store: Where they are kept.
        config: Says whose and for which purposes each source is.
        promised: Judges.
        said: Changes with the day, and with whatever people decide.
        judge: Works them out.
    """
    stamp = _stamp(store, _told(config, promised), said)
    content = _kept(store, _VERDICTS, stamp)
    if content is None:
        made = list(judge())
        _keep(store, _VERDICTS, stamp, all_rows(made, Item))
        return made
    return Unpacking(content).rows(Item)


def _told(config: Config, promised: Policy) -> str:
    sources = {name: (one.type, one.owner, one.purposes, one.tables) for name, one in config.sources.items()}
    return f"{promised.sha256} {sources!r}"


def _tokens(dismissed: Iterable[bytes]) -> Iterable[str]:
    return (token.hex() for token in dismissed)


def _stamp(store: Store, *parts: str) -> str:
    """Changes with each scan, with this program, and with what else a thing rests on."""
    told = "\x00".join((version("insyn"), *parts))
    return f"{store.last_number()} {store.last_scan()} {sha256(told.encode()).hexdigest()}"


def _packed(parts: Sequence[Aged]) -> bytes:
    packed = Packed()
    for part in parts:
        packed.rows(part.held, Held)
        packed.rows(part.ages, Age)
        for column in (part.spans.ravel(), part.age, part.count):
            packed.numbers(column)
    return packed.content()


def _unpacked(content: bytes) -> list[Aged]:
    unpacking, parts = Unpacking(content), []
    while unpacking.goes_on():
        held, ages = unpacking.rows(Held), unpacking.rows(Age)
        spans = unpacking.numbers().reshape(-1, 2)
        parts.append(Aged(held, spans, ages, unpacking.numbers(), unpacking.numbers()))
    return parts


def _newest(store: Store, name: str) -> tuple[str, bytes]:
    """What was kept last, and its stamp; "" and nothing if there is none."""
    with store.reading() as connection:
        row = connection.execute(select(table.c.stamp, table.c.content).where(table.c.name == name)).first()
    return (row.stamp, store.keys.unseal_bytes(row.content)) if row else ("", b"")


def _kept(store: Store, name: str, stamp: str) -> bytes | None:
    kept, content = _newest(store, name)
    return content if kept == stamp else None


def _keep(store: Store, name: str, stamp: str, content: bytes) -> None:
    sealed = store.keys.seal_bytes(content)
    with store.transaction() as connection:
        connection.execute(delete(table).where(table.c.name == name))
        connection.execute(insert(table).values(name=name, stamp=stamp, content=sealed))
