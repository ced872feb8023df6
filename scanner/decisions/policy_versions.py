"""Versions of the policy that reports have been made by: kept when they are first met, so that two can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select

from reports.policy import Policy
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.policy_schema import policy_version as table

LONGEST = 300
"""Characters of a text that a comparison shows."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the policy."""

    id: int
    sha256: str
    at: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one part of the policy said, and says; "" where it was or is not there."""

    part: str
    before: str
    after: str


def note(store: Store, policy: Policy) -> None:
    """Keep the policy if it is another than the last one met."""
    known = versions(store)
    if known and known[0].sha256 == policy.sha256:
        return
    row = {"sha256": policy.sha256, "at": now(), "document": json.dumps(_plain(policy), ensure_ascii=False)}
    with store.transaction() as connection:
        connection.execute(insert(table).values(**row))


def versions(store: Store) -> list[Version]:
    """The versions, the last first."""
    with store.reading() as connection:
        rows = connection.execute(select(table.c.id, table.c.sha256, table.c.at).order_by(table.c.id.desc()))
        return [Version(*row) for row in rows]


def changes(store: Store, number: int, policy: Policy) -> list[Change]:
    """What is otherwise in the policy of today than in an earlier version.

    Raises:
        ConfigError: there is no version of that number.
    """
    with store.reading() as connection:
        kept = connection.scalar(select(table.c.document).where(table.c.id == number))
    if kept is None:
        raise ConfigError(f"policy: there is no version {number}")
    before, after = dict(_parts(json.loads(kept))), dict(_parts(_plain(policy)))
    names = [*before, *(name for name in after if name not in before)]
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return [Change(*one) for one in pairs if one[1] != one[2]]


def _plain(policy: Policy) -> object:
    return json.loads(policy.document.model_dump_json(by_alias=True))


def _parts(plain: object, name: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a document by where they stand: `retention_rules.R_LAW.months`; a list of words is one text."""
    if isinstance(plain, Mapping):
        for key, value in plain.items():
            yield from _parts(value, f"{name}.{key}" if name else str(key))
    elif isinstance(plain, list) and any(isinstance(one, Mapping) for one in plain):
        for at, value in enumerate(plain):
            yield from _parts(value, f"{name}.{value.get('id', at) if isinstance(value, Mapping) else at}")
    elif plain not in (None, "", []):
        text = ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain)
        yield name, text[:LONGEST]
