"""Call lists that are tables of a database: a switchboard's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.base import Batch, State, Unit, Unread
from connectors.recordings import columns
from connectors.recordings.described import Described, Fields
from connectors.recordings.listing import Entry
from connectors.recordings.survey import Describing, Settings

if TYPE_CHECKING:
    from connectors.database import DatabaseConnector


@dataclass(frozen=True, slots=True, repr=False)
class CallTables:
    """Where the tables are. `repr` is left out: the URL holds a password."""

    url: str
    tables: tuple[str, ...]
    """Globs."""


def read_tables(where: CallTables, settings: Settings) -> Iterator[Describing | Unread]:
    """Read all rows; tables that the globs leave out are no part of the source.

    Raises:
        ConnectorError: the database cannot be reached or listed: without its rows every call would look unknown.
    """
    from connectors.database import DatabaseConnector  # the confined child starts without it: half of its time

    with DatabaseConnector(url=where.url, include=where.tables) as connector:
        for item in connector.units():
            if isinstance(item, Unit):
                yield _described(connector, item, settings)
            elif item.state is not State.SKIPPED:
                yield item


def _described(connector: DatabaseConnector, unit: Unit, settings: Settings) -> Describing:
    rows: list[Fields] = []
    failure: Unread | None = None
    for item in connector.read(unit):
        if isinstance(item, Batch):
            rows += _rows(item)
        else:
            failure = item
    version = unit.version or hashlib.blake2b(repr(rows).encode("utf-8", "replace"), digest_size=16).hexdigest()
    clues = [columns.clues(row, settings.zone, of_call=True).without(settings.own) for row in rows]
    return Describing(Entry(Unit(unit.key, version, "cdr", unit.size, unit.readers)), Described(rows), clues, failure)


def _rows(batch: Batch) -> Iterator[Fields]:
    for index in range(len(batch.records)):
        cells = ((name, column[index]) for name, column in batch.fields.items())
        yield {name: cell for name, cell in cells if cell is not None}
