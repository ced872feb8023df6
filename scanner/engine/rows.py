"""Enters pages in the store: rows of records, findings, links and moments, inside the transaction of their unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
from sqlalchemy import Connection, Table, bindparam, update

from connectors import State, Unread
from connectors.day_forms import Form
from connectors.extract.formats import FILE
from scanner.engine.page import Array, Page
from scanner.store import FAILED, Store, schema
from scanner.store.bulk import Row, insert_rows

_REASON = 200
"""Characters."""
_HELD_ROWS = 4096
"""Rows of one table that are held back: those of small units are entered together."""
_END = update(schema.unit).where(schema.unit.c.id == bindparam("number"))
"""Made once: to make a statement takes several times as long as to run it."""


@dataclass(slots=True)
class Tally:
    """How much was read and found."""

    records: int = 0
    values: int = 0
    findings: int = 0


@dataclass(slots=True)
class Part:
    """The unit itself, one member of it, or one chunk of it, while it is written."""

    id: int
    """Number of the unit or member that its rows are of."""
    chunk: int | None = None
    tally: Tally = field(default_factory=Tally)
    totals: dict[int, int] = field(default_factory=dict)
    """Number of a field -> how many values in it are not empty."""
    keys: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    day_forms: dict[int, int] = field(default_factory=dict)
    whole_record: int = 0
    """Number of the record that is the part as a whole, once it is entered."""
    dated: set[str] = field(default_factory=set)
    """Names of the dates that have been entered."""
    state: State = State.SCANNED
    reason: str = ""
    lost: bool = False
    """Not all of it was read, or a recognizer told nothing: what was known of it is worth more."""
    sampled: bool = False
    formats: set[str] = field(default_factory=set)
    """What it was read as, with the versions of the readers."""

    def fail(self, unread: Unread) -> None:
        """Note that it was not read, or not whole."""
        self.state, self.reason = unread.state, unread.reason[:_REASON]
        self.lost = unread.state in FAILED

    def read_as(self, *, has_members: bool = False) -> set[str]:
        """The same without what only says that it is a file, where more is known (its members know) and was read."""
        told = {one for one in self.formats if not one.startswith(f"{FILE}=")}
        known = self.state is not State.UNSUPPORTED and (told or has_members)
        return told if known else self.formats

    def facts(self) -> Iterator[Row]:
        """Facts of the fields: total, whether it is a key, running text, how its dates are written."""
        for name, total in self.totals.items():
            yield name, total, name in self.keys, name in self.texts, self.day_forms.get(name, Form.ISO)


class Rows:
    """Enters pages of one or several units. Lives inside one transaction, before whose end `flush` must be called."""

    def __init__(self, store: Store, connection: Connection) -> None:
        self.store = store
        self.connection = connection
        self._held: dict[Table, list[Row]] = {}
        self._ends: list[Mapping[str, object]] = []
        store.records.begin(connection)

    def add(self, part: Part, page: Page) -> None:
        """Enter a page of a part."""
        fields = [self.store.field_names.number(self.connection, name) for name in page.names]
        self._tally(part, page)
        numbers = self._records(part, page)
        self._findings(part, page, (fields, numbers))
        links = ((numbers[at], fields[name], token, part.id) for at, name, token in page.links)
        self.enter(schema.link, sorted(links))
        self._moments(part, page, numbers)

    def enter(self, table: Table, rows: Iterable[Row]) -> None:
        """Enter rows, now or with those that come later."""
        held, rest = self._held.setdefault(table, []), iter(rows)
        held += islice(rest, _HELD_ROWS - len(held))
        if len(held) == _HELD_ROWS:
            insert_rows(self.connection, table, chain(held, rest))
            held.clear()

    def end(self, values: Mapping[str, object]) -> None:
        """Note what a unit has come to: `number` and some of its columns, the same of each."""
        self._ends.append(values)

    def flush(self) -> None:
        """Enter what is held back."""
        if self._ends:
            self.connection.execute(_END, self._ends)
            self._ends.clear()
        for table, held in self._held.items():
            insert_rows(self.connection, table, held)
            held.clear()

    def _tally(self, part: Part, page: Page) -> None:
        part.tally.records += page.records
        part.tally.findings += len(page.findings.key)
        part.sampled |= page.sampled
        part.formats |= page.formats
        if page.fault and part.state is State.SCANNED:
            part.state, part.reason = State.PARTIAL, page.fault[:_REASON]
        for name, filled in page.totals.items():
            number = self.store.field_names.number(self.connection, self.store.keys.seal_name(name))
            part.totals[number] = part.totals.get(number, 0) + filled
            part.tally.values += filled
            if name in page.keys:
                part.keys.add(number)
            if name in page.texts:
                part.texts.add(number)
            if name in page.day_forms:
                part.day_forms[number] = page.day_forms[name]

    def _records(self, part: Part, page: Page) -> list[int]:
        free = iter(self.store.records.take(self.connection, len(page.locators)))
        numbers, new = [], []
        for sealed in page.locators:
            if sealed is None and part.whole_record:  # path and content of a file are one record
                numbers.append(part.whole_record)
                continue
            number = next(free)
            if sealed is None:
                part.whole_record = number
            numbers.append(number)
            new.append((number, part.id, part.chunk, sealed))
        self.enter(schema.record, new)
        return numbers

    def _findings(self, part: Part, page: Page, known: tuple[Sequence[int], Sequence[int]]) -> None:
        found = page.findings
        fields, records = (np.asarray(numbers, np.int64) for numbers in known)
        words = np.asarray([self.store.terms.number(self.connection, text) for text in page.words], np.int64)
        count = len(found.key)
        if not count:
            return
        # In the order of the table's columns.
        columns: tuple[Array, ...] = (
            records[found.record],
            np.full(count, part.id),
            fields[found.field],
            words[found.why],
            found.start,
            found.end,
            found.score,
            words[found.entity],
            words[found.kind],
            found.test,
        )
        self.enter(schema.finding, zip(*(column.tolist() for column in columns), *found.standing(), strict=True))

    def _moments(self, part: Part, page: Page, numbers: Sequence[int]) -> None:
        for name, days in page.moments:
            term = self.store.terms.number(self.connection, name)
            once = name in part.dated
            part.dated.add(name)
            rows = {numbers[at]: day for at, day in days if not (once and numbers[at] == part.whole_record)}
            self.enter(schema.moment, ((number, term, day) for number, day in rows.items()))
