"""The rows of a table, with their locators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from connectors.base import Record
from connectors.database.documents import PIECE
from connectors.database.pages import Rows
from connectors.database.paging import WHOLE, Keyset, Paging, Span
from connectors.database.session import Session
from connectors.database.tables import Column, Table

FETCH_ROWS = 200
Located = tuple[list[Record], Rows]
Element = sa.ColumnElement[Any]


class Reader:
    """Reads one table: each row as the texts of its columns and its locator."""

    def __init__(self, session: Session, table: Table) -> None:
        self.session = session
        self.table = table
        self.dialect = session.dialect
        self.skipped = 0
        """Rows that could not be read in time."""

    def all(self, span: Span = WHOLE) -> Iterator[Located]:
        """All rows, or those of a range of the key, in the table's reading order.

        Raises:
            ReadError: a page could not be read.
        """
        paging = self.dialect.paging(self.table)
        if isinstance(paging, Keyset) and span != WHOLE:
            paging = paging.within(span)
        statement = self._select(position.shown for position in paging.positions)
        number = 0
        for rows in self._rows(statement, paging):
            number += paging.skipped - self.skipped
            self.skipped = paging.skipped
            yield self._located(rows, number)
            number += len(rows)
        self.skipped = paging.skipped

    def first_statement(self) -> str:
        """The statement of the first page, as the database gets it."""
        paging = self.dialect.paging(self.table)
        page = paging.page(self._select(position.shown for position in paging.positions))
        compiled = page.compile(self.session.engine, compile_kwargs={"literal_binds": True})
        return " ".join(str(compiled).split())

    def whole(self, column: Column, record: Record) -> Iterable[bytes] | None:
        """All bytes of one cell, in pieces; None: the row has no key to ask for it by, or nothing can be asked now."""
        return self._pieces(column, record) if self.table.row_key and not self.session.is_busy else None

    def _pieces(self, column: Column, record: Record) -> Iterator[bytes]:
        cell, start = self.table.cell(column), 1
        while True:
            piece = self.dialect.piece(cell, start, PIECE)
            statement = self.dialect.select(self.table, piece).where(self._is(record))
            data = self.session.once(lambda connection, one=statement: connection.execute(one).scalar())  # type: ignore[misc]
            if data:
                yield bytes(data)
            if not data or len(data) < PIECE:
                return
            start += PIECE

    def count(self) -> int:
        """Number of rows.

        Raises:
            ReadError: the table cannot be read.
        """
        statement = self.dialect.select(self.table, sa.func.count())
        return int(self.session.once(lambda connection: connection.execute(statement).scalar()) or 0)

    def sample(self, count: int, total: int) -> Iterator[Located]:
        """`count` of the `total` rows, the same ones each time: those with the least hashes of their keys.

        Where there is no key or no hash, rows at even distances.
        """
        step = max(1, total // count)
        hashed = self.dialect.shuffled(self.table)
        if not self.table.row_key:
            yield from self._spread(step, count)
        elif hashed is None:
            yield from self._spread_keys(step, count)
        else:
            keys = self.dialect.select(self.table, *map(self._key, self.table.key_columns))
            yield from self._by_keys(keys.order_by(hashed).limit(count))

    def some(self, records: Sequence[Record]) -> Iterator[Located]:
        """The rows of locators; those that are gone are left out."""
        if not self.table.row_key:
            wanted = {record["row"] for record in records if record and "row" in record}
            yield from (_picked(part, wanted) for part in self.all())
            return
        for start in range(0, len(records), FETCH_ROWS):
            page = records[start : start + FETCH_ROWS]
            chosen = [record for record in page if record and record.keys() == set(self.table.row_key)]
            if not chosen:  # the table has another key than when it was read
                continue
            statement = self._select(()).where(sa.or_(*map(self._is, chosen)))
            rows = self.session.once(lambda connection, one=statement: list(connection.execute(one)))  # type: ignore[misc]
            yield self._located(rows, 0)

    def _rows(self, statement: sa.Select[Any], paging: Paging) -> Iterator[Rows]:
        if paging.streaming:
            return self.session.stream(statement)
        return self.session.pages(statement, paging)

    def _select(self, position: Iterable[Element]) -> sa.Select[Any]:
        texts = [self.dialect.text(column, self.table.cell(column)) for column in self.table.columns]
        columns = [*texts, *map(self._key, self.table.key_columns), *position]
        return self.dialect.select(self.table, *columns)

    def _key(self, column: Column) -> Element:
        return self.dialect.key_text(column, self.table.cell(column))

    def _located(self, rows: Rows, before: int) -> Located:
        names, start = self.table.row_key, len(self.table.columns)
        if not names:
            return [{"row": before + index} for index in range(1, len(rows) + 1)], rows
        if len(names) == 1:
            return [{names[0]: _plain(row[start])} for row in rows], rows
        return [dict(zip(names, map(_plain, row[start:]), strict=False)) for row in rows], rows

    def _is(self, record: Record) -> Element:
        values = record or {}
        return sa.and_(
            *(
                self.table.cell(column) == self.dialect.key_value(column, values[column.name])
                for column in self.table.key_columns
            )
        )

    def _spread_keys(self, step: int, count: int) -> Iterator[Located]:
        """Number the keys on the server and take every `step`-th."""
        keys = [self._key(column).label(f"k{index}") for index, column in enumerate(self.table.key_columns)]
        number = sa.func.row_number().over(order_by=list(map(self.table.cell, self.table.key_columns))).label("n")
        numbered = self.dialect.select(self.table, *keys, number).subquery("numbered")
        chosen = [numbered.c[f"k{index}"] for index in range(len(keys))]
        statement = sa.select(*chosen).where((numbered.c.n - 1) % step == 0).order_by(numbered.c.n).limit(count)
        yield from self._by_keys(statement)

    def _by_keys(self, statement: sa.Select[Any]) -> Iterator[Located]:
        rows = self.session.once(lambda connection: list(connection.execute(statement)))
        names = self.table.row_key
        yield from self.some([dict(zip(names, map(_plain, row), strict=True)) for row in rows])

    def _spread(self, step: int, count: int) -> Iterator[Located]:
        """Read all and keep every `step`-th: rows without a key have no other address than their number."""
        taken = 0
        number = 0
        for records, rows in self.all():
            kept = [index for index in range(len(rows)) if (number + index) % step == 0][: count - taken]
            number += len(rows)
            taken += len(kept)
            yield [records[index] for index in kept], [rows[index] for index in kept]
            if taken >= count:
                return


def _plain(value: Any) -> str | int:
    """A key's value as a locator holds it."""
    return value if isinstance(value, int | str) else "" if value is None else str(value)


def _picked(part: Located, wanted: set[str | int]) -> Located:
    records, rows = part
    kept = [index for index, record in enumerate(records) if record and record["row"] in wanted]
    return [records[index] for index in kept], [rows[index] for index in kept]
