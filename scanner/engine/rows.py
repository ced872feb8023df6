"""Enters pages in the store: rows of records, findings, links and moments, inside the transaction of their unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat

import numpy as np
from sqlalchemy import Connection, Table, bindparam, update

from connectors import State, Unread
from connectors.day_forms import Form
from connectors.extract.formats import FILE
from scanner.engine.packed import Array, Findings, Links, opened
from scanner.engine.page import Page
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
        fields = np.asarray([self.store.field_names.number(self.connection, name) for name in page.names], np.int64)
        self._tally(part, page)
        numbers = self._records(part, page)
        records = np.asarray(numbers, np.int64)
        self._findings(part, page, (fields, records))
        self.enter(schema.link, _link_rows(part, page.links, (fields, records)))
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

    def _findings(self, part: Part, page: Page, known: tuple[Array, Array]) -> None:
        words = np.asarray([self.store.terms.number(self.connection, text) for text in page.words], np.int64)
        self.enter(schema.finding, _finding_rows(part, page.findings, (*known, words)))

    def _moments(self, part: Part, page: Page, numbers: Sequence[int]) -> None:
        for name, (records, days) in page.moments.items():
            term = self.store.terms.number(self.connection, name)
            once = name in part.dated
            part.dated.add(name)
            dated = zip(map(numbers.__getitem__, records.tolist()), days.tolist(), strict=True)
            rows = {number: day for number, day in dated if not (once and number == part.whole_record)}
            self.enter(schema.moment, ((number, term, day) for number, day in rows.items()))


def _finding_rows(part: Part, found: Findings, known: tuple[Array, Array, Array]) -> Iterator[Row]:
    """Rows of findings, in the order of the table's columns.

    Args:
        part: That they are of.
        found: What was found.
        known: Numbers of the page's fields, records and words.
    """
    fields, records, words = known
    for some in _slices(len(found.key)):
        columns: tuple[Array, ...] = (
            fields[found.field[some]],
            words[found.why[some]],
            found.start[some],
            found.end[some],
            found.score[some],
            words[found.entity[some]],
            words[found.kind[some]],
            found.test[some],
        )
        record, rest = records[found.record[some]].tolist(), (column.tolist() for column in columns)
        yield from zip(record, [part.id] * len(record), *rest, *found.standing(some), strict=True)


def _link_rows(part: Part, links: Links, known: tuple[Array, Array]) -> Iterator[Row]:
    """Rows of links, in the order of the table's key: SQLite keeps them so.

    Args:
        part: That they are of.
        links: Of one page.
        known: Numbers of the page's fields and records.
    """
    fields, records, tokens = known[0][links.field], known[1][links.record], opened(links.tokens)
    order = np.lexsort((tokens, fields, records))
    for some in _slices(len(order)):
        each = (column[order[some]].tolist() for column in (records, fields, tokens))
        yield from zip(*each, repeat(part.id))


def _slices(count: int) -> Iterator[slice]:
    """Some rows after the other: to open all of a page at once takes ten times the room that it takes packed."""
    return (slice(start, start + _HELD_ROWS) for start in range(0, count, _HELD_ROWS))
