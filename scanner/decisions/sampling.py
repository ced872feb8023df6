"""Random samples of fields in which nothing was found: drawn, looked through by a person, and what they prove.

What a person finds there was missed, and bounds what was missed in all such fields of the company's own data.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, insert, select, update

from connectors import Batch, ConnectorError, Unit
from reports.elusion import bound
from reports.elusion import draw as drawn
from reports.facts import FieldFacts
from scanner import audit
from scanner.config import Config
from scanner.errors import ConfigError, InsynError
from scanner.sources import connector
from scanner.store import Store, now, schema
from scanner.store.sample_schema import sample, sample_field

CLEAN, MISSED = "clean", "missed"
VERDICTS = (CLEAN, MISSED)
SIZE, LARGEST = 60, 500
SHOWN, LONGEST = 5, 120
"""Values of a field that are shown, and so many characters of each."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field of a sample. Its names are plain: mask them before they are shown."""

    id: int
    source: str
    unit: str
    field: str
    filled: int
    verdict: str
    by: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample and how far it has been looked through."""

    id: int
    at: str
    by: str
    population: int
    fields: Sequence[Drawn]

    @property
    def looked(self) -> int:
        """Fields that somebody has looked at."""
        return sum(bool(one.verdict) for one in self.fields)

    @property
    def missed(self) -> int:
        """Fields that held personal data after all."""
        return sum(one.verdict == MISSED for one in self.fields)

    @property
    def most(self) -> float | None:
        """The share of all fields without findings that hold something, at most (95 %); None: nobody has looked."""
        return bound(self.missed, self.looked) if self.looked else None


def draw(store: Store, fields: Sequence[FieldFacts], size: int, by: str = "") -> None:
    """Draw a new sample. Logged.

    Args:
        store: Where it is kept.
        fields: All fields without findings.
        size: How many to draw.
        by: Who draws.

    Raises:
        ConfigError: there is nothing to draw from, or the size is not possible.
    """
    if not fields or not 1 <= size <= LARGEST:
        raise ConfigError(f"sample: {size} of {len(fields)} fields cannot be drawn; 1 to {LARGEST} can")
    who, seal = by or audit.actor(), store.keys.seal
    audit.record(store, "sample draw", "", by=who)
    chosen = drawn(fields, size, secrets.randbits(64))
    with store.transaction() as connection:
        made = connection.execute(insert(sample).values(at=now(), by=who, population=len(fields)))
        number = made.inserted_primary_key[0]  # type: ignore[index]
        rows = [
            {"sample_id": number, "source": one.source, "unit": seal(one.unit), "field": seal(one.field),
             "filled": one.values}
            for one in chosen
        ]  # fmt: skip
        connection.execute(insert(sample_field), rows)


def latest(store: Store) -> Sample | None:
    """The sample that was drawn last."""
    with store.reading() as connection:
        head = connection.execute(select(sample).order_by(sample.c.id.desc()).limit(1)).mappings().first()
        if head is None:
            return None
        query = select(sample_field).where(sample_field.c.sample_id == head["id"]).order_by(sample_field.c.id)
        fields = [_drawn(store, row) for row in connection.execute(query).mappings()]
    return Sample(head["id"], head["at"], head["by"], head["population"], fields)


def _drawn(store: Store, row: RowMapping) -> Drawn:
    unseal = store.keys.unseal
    names = unseal(row["unit"]), unseal(row["field"])
    return Drawn(row["id"], row["source"], *names, row["filled"], row["verdict"], row["by"])


def field(store: Store, number: int) -> Drawn:
    """A field of the last sample.

    Raises:
        ConfigError: there is none of that number.
    """
    found = latest(store)
    for one in found.fields if found else ():
        if one.id == number:
            return one
    raise ConfigError(f"sample: there is no field {number} in the last sample")


def mark(store: Store, number: int, verdict: str, by: str = "") -> None:
    """Say of a field of the last sample whether it holds personal data. Logged.

    Raises:
        ConfigError: there is no such field or no such verdict.
    """
    if verdict not in VERDICTS:
        raise ConfigError(f"sample: {verdict} is no verdict; there are {', '.join(VERDICTS)}")
    field(store, number)
    who = by or audit.actor()
    audit.record(store, "sample mark", "", by=who)
    with store.transaction() as connection:
        named = sample_field.c.id == number
        connection.execute(update(sample_field).where(named).values(verdict=verdict, by=who, at=now()))


def look(store: Store, config: Config, number: int, by: str = "") -> list[str] | None:
    """A few values of a field, read from its source. Logged before anything is read.

    Returns:
        The values, cut short; None: the source cannot be reached, or holds no such field any more.

    Raises:
        ConfigError: there is no such field.
    """
    one = field(store, number)
    audit.record(store, "sample look", "", by=by)
    unit = _unit(store, one)
    if unit is None:
        return None
    try:
        with connector(config, one.source) as source:
            for item in source.read(unit):
                values = _values(item, one.field) if isinstance(item, Batch) else []
                if values:
                    return values
    except (ConnectorError, InsynError):
        return None
    return None


def _values(batch: Batch, name: str) -> list[str]:
    """Different values from all over a batch."""
    found = list(dict.fromkeys(text for text in batch.fields.get(name, ()) if text))
    step = max(1, len(found) // SHOWN)
    return [text if len(text) <= LONGEST else f"{text[:LONGEST]} …" for text in found[::step][:SHOWN]]


def _unit(store: Store, one: Drawn) -> Unit | None:
    """A unit of the place in which the field holds something; that of most values."""
    unit, fact, source = schema.unit, schema.field_fact, schema.source
    query = (
        select(unit.c.key, unit.c.version, unit.c.kind, unit.c.size)
        .join(fact, fact.c.unit_id == unit.c.id)
        .join(source, source.c.id == unit.c.source_id)
        .where(source.c.name == one.source, unit.c.place == store.keys.seal(one.unit), unit.c.parent_id.is_(None))
        .order_by(fact.c.total.desc(), unit.c.id)
        .limit(1)
    )
    with store.reading() as connection:
        number = store.field_names.find(connection, store.keys.seal(one.field))
        row = connection.execute(query.where(fact.c.field_id == number)).first()
    return None if row is None else Unit(store.keys.unseal(row.key), row.version, row.kind, row.size)
