"""What the last scan found, counted once and kept sealed in the store: a large one takes minutes to count.

Kept is what reports are made of, counts and dates by place; no value. It holds until a scan ends, or somebody dismisses
a value.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from hashlib import sha256

from sqlalchemy import delete, insert, select

from reports.dates import today
from reports.facts import Estate, FieldFacts
from reports.review import counting
from scanner.config import Config
from scanner.decisions import review
from scanner.reporting import overview
from scanner.store import Store
from scanner.store.schema import worked_out as table

_NAMES = tuple(one.name for one in fields(FieldFacts))
_DAYS = tuple(_NAMES.index(name) for name in ("oldest", "newest"))
_EXTENSIONS = _NAMES.index("extensions")
_FACTS = "facts"


def estate(store: Store, config: Config) -> Estate:
    """All that an inventory is made of; counted only if nothing that still holds is kept."""
    decided = counting(review.decisions(store), today())
    told = ",".join(_NAMES).encode() + b"".join(overview.dismissed(decided))
    stamp = f"{store.last_number()} {store.last_scan()} {sha256(told).hexdigest()}"
    facts = _kept(store, stamp)
    if facts is None:
        made = overview.estate(store, config)
        _keep(store, stamp, made.facts)
        return made
    covered = overview.coverage(store, config)
    return Estate(overview.sources(config), facts, covered, store.last_scan(), decided)


def _kept(store: Store, stamp: str) -> list[FieldFacts] | None:
    with store.reading() as connection:
        query = select(table.c.content).where(table.c.name == _FACTS, table.c.stamp == stamp)
        content = connection.scalar(query)
    if content is None:
        return None
    return [_opened(one) for one in json.loads(zlib.decompress(store.keys.unseal_bytes(content)))]


def _keep(store: Store, stamp: str, facts: Sequence[FieldFacts]) -> None:
    plain = json.dumps([[getattr(fact, name) for name in _NAMES] for fact in facts], default=date.isoformat)
    content = store.keys.seal_bytes(zlib.compress(plain.encode(), 1))
    with store.transaction() as connection:
        connection.execute(delete(table).where(table.c.name == _FACTS))
        connection.execute(insert(table).values(name=_FACTS, stamp=stamp, content=content))


def _opened(plain: list[object]) -> FieldFacts:
    for at in _DAYS:
        plain[at] = date.fromisoformat(str(plain[at])) if plain[at] else None
    plain[_EXTENSIONS] = tuple(plain[_EXTENSIONS])  # type: ignore[arg-type]
    return FieldFacts(*plain)  # type: ignore[arg-type]
