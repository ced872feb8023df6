"""One record of a case read again for whoever decides on it: masked, or plain. Each look is logged first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors import ConnectorError
from scanner import audit
from scanner.cases import hits as case_hits
from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.model import CaseHit
from scanner.errors import ConfigError, InsynError
from scanner.sources import connector

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is now."""

    fields: Mapping[str, str | None] | None = field(repr=False)
    """None: it is gone, or its source cannot be reached."""
    plain: bool


def look(desk: Desk, number: str, hit: int, *, plain: bool, reason: str = "") -> Record:
    """Read a record of a case again.

    Args:
        desk: Who looks.
        number: Of the case.
        hit: Id of the record in the case.
        plain: As it stands; else every word masked but for its first sign.
        reason: Why it must be seen plain; for the log.

    Raises:
        ConfigError: no such record, or no reason to see it plain.
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    case = desk.register.get(number)
    if case.protected and not desk.special:
        raise SpecialHandlingError(f"case {number}: special handling; ask somebody with that task")
    if plain and not reason.strip():
        raise ConfigError(f"case {number}: say why the record must be seen plain; it is logged")
    kept = next((one for one in case_hits.kept(desk, number) if one.id == hit), None)
    if kept is None:
        raise ConfigError(f"case {number}: the record is not in the case")
    action = "case reveal" if plain else "case look"
    audit.record(desk.store, action, f"{number}: {reason.strip()}" if plain else number, by=desk.actor)
    fields = _fetch(desk, kept)
    return Record(
        fields if plain or fields is None else {name: _masked(value) for name, value in fields.items()}, plain
    )


def _fetch(desk: Desk, kept: CaseHit) -> dict[str, str | None] | None:
    try:
        with connector(desk.config, kept.source) as source:
            return next((fields for _, fields in source.fetch(kept.unit, [kept.record])), None)
    except (ConnectorError, InsynError):
        return None


def _masked(value: str | None) -> str | None:
    """`Anna Ek, Storgatan 5` -> `A••• E•, S•••••••• •`: nothing but shapes, whatever is in it."""
    if value is None:
        return None
    return _WORD.sub(lambda word: word[0][0] + "•" * min(len(word[0]) - 1, 8) if len(word[0]) > 1 else "•", value)
