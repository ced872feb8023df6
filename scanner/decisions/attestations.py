"""Owners say once a year whether what was found in their system is right: asked by a link, answered without an account.

Who answers sees categories and counts of his own system, nothing else and no value.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Row, insert, select, update

from scanner import audit
from scanner.config import Config
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.attestation_schema import attestation
from scanner.users import digest

RIGHT, WRONG = "right", "wrong"
VALID = timedelta(days=365)
"""How long an answer counts."""
LINK_SECONDS = 14 * 86400
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, repr=False)
class Attestation:
    """What an owner was asked, and what he said."""

    id: int
    source: str
    owner: str
    asked_by: str
    asked_at: str
    answer: str
    """`right`, `wrong`, "" while there is none."""
    answered_at: str
    note: str

    @property
    def holds(self) -> bool:
        """He said that it is right, and that is not too long ago."""
        if self.answer != RIGHT:
            return False
        said = datetime.strptime(self.answered_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        return datetime.now(UTC) - said < VALID


def ask(config: Config, store: Store, source: str, by: str) -> str:
    """Make a link's code for the owner of a source; links that he has not answered are void. Logged.

    Raises:
        ConfigError: there is no such source, or it has no owner.
    """
    if source not in config.sources:
        raise ConfigError(f"attest: there is no source {source}; there are: {', '.join(config.sources)}")
    owner = config.sources[source].owner
    if not owner:
        raise ConfigError(f"attest: {source} has no owner; write owner: under it in {config.path.name}")
    code = secrets.token_urlsafe(32)
    audit.record(store, "attest ask", source, by=by)
    table = attestation
    with store.transaction() as connection:
        open_ones = (table.c.source == source) & (table.c.answer == "")
        connection.execute(update(table).where(open_ones).values(expires=0))
        row = {"source": source, "owner": owner, "digest": digest(code).hex(), "asked_by": by, "asked_at": now()}
        connection.execute(insert(table).values(expires=int(time.time()) + LINK_SECONDS, **row))
    return code


def asked(store: Store, code: str) -> Attestation | None:
    """What a link asks; None if it is unknown, too old, or answered."""
    table = attestation
    query = select(table).where(
        table.c.digest == digest(code).hex(), table.c.expires > int(time.time()), table.c.answer == ""
    )
    with store.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _read(store, row)


def answer(store: Store, code: str, said: str, note: str) -> Attestation | None:
    """Keep an answer; the link is used up. Logged.

    Returns:
        What was asked; None if the link is unknown, too old, or answered.

    Raises:
        ConfigError: it says neither, or that something is wrong, but not what.
    """
    if said not in (RIGHT, WRONG):
        raise ConfigError("attest: answer right or wrong")
    if said == WRONG and not note.strip():
        raise ConfigError("attest: say what is wrong")
    found = asked(store, code)
    if found is None:
        return None
    audit.record(store, f"attest {said}", found.source, by=found.owner)
    table, sealed = attestation, store.keys.seal(note.strip()[:LONGEST_NOTE])
    with store.transaction() as connection:
        waiting = (table.c.id == found.id) & (table.c.answer == "")
        changed = connection.execute(update(table).where(waiting).values(answer=said, answered_at=now(), note=sealed))
        return found if changed.rowcount else None


def latest(store: Store) -> Mapping[str, Attestation]:
    """Source -> the last answer, or the last question where none was ever answered."""
    with store.reading() as connection:
        rows = connection.execute(select(attestation).order_by(attestation.c.id)).all()
    found: dict[str, Attestation] = {}
    for row in rows:
        before = found.get(row.source)
        if row.answer or before is None or not before.answer:
            found[row.source] = _read(store, row)
    return found


def unattested(config: Config, store: Store) -> list[str]:
    """Sources of which no owner has said within a year that what was found is right."""
    said = latest(store)
    return [name for name in config.sources if name not in said or not said[name].holds]


def _read(store: Store, row: Row[tuple[object, ...]]) -> Attestation:
    note = store.keys.unseal(row.note) if row.note else ""
    return Attestation(
        row.id, row.source, row.owner, row.asked_by, row.asked_at, row.answer, row.answered_at, note
    )  # fmt: skip
