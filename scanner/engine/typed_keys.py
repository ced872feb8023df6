"""Keys that point now to one table, now to another, as a column beside them says: `owner_type`, `owner_id`.

So do notes, attachments, addresses and logs of changes (`table_name`, `row_id`) refer to whatever they are of. What
stands in the rows of each kind is kept as links of their own, under the column's name joined with that of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from sqlalchemy import Connection, delete, insert, select

from scanner.engine.agreements import Pair, all_of, at
from scanner.engine.key_columns import INCLUSION, JOINT, matched
from scanner.linking.handlers import Column
from scanner.linking.key_values import link_value
from scanner.linking.links import GENERIC, LINK, kinds_of, normal_name, table_names, typed
from scanner.linking.yearly import is_year, years
from scanner.store import Store, schema

_LETTERS = 3
"""Of a table's name that may stand for it."""


class TypedKeys:
    """Makes a column of each kind.

    Args:
        store: Whose links are read, and added to.
        connection: In whose transaction.
        columns: All columns of keys of a source.
        denied: Whether it is said that a column does not refer to another.
    """

    def __init__(
        self, store: Store, connection: Connection, columns: Sequence[Column], denied: Callable[[Pair], bool]
    ) -> None:
        self._denied = denied
        self._store = store
        self._connection = connection
        self.told: set[Column] = set()
        """The columns whose keys point to what others say: to nothing by themselves."""
        self._tables: dict[str, list[Column]] = {}
        for column in columns:
            self._tables.setdefault(column.table, []).append(column)

    def pairs(self) -> Iterator[Pair]:
        """A column of the rows of each kind, with the key that these point to."""
        for some in self._tables.values():
            for kind, key in typed([column.name for column in some]):
                yield from self._of({column.name: column for column in some}, kind, key)
            yield from self._of_years(some)

    def _of_years(self, columns: Sequence[Column]) -> Iterator[Pair]:
        """Of the rows of each year the key of that year's table, which counts its own rows: `AR`, `LNR` to `HLG24`."""
        for kind in (one for one in columns if is_year(normal_name(one.name))):
            said = self._said(kind)
            tokens = {year: [token for token in self._of_year(year) if token in said] for year in self._years}
            meant = [(table, tokens[year]) for table, year in self._yearly if tokens[year]]
            for key, (table, some) in product(columns, meant):
                keys = [one for one in self._tables[table] if normal_name(one.name) == normal_name(key.name)]
                if keys and (pair := self._pair(key, kind, some, table, keys)):
                    self.told.add(key)
                    yield pair

    @cached_property
    def _yearly(self) -> Sequence[tuple[str, str]]:
        """Tables of one year, of which there are others of other years, each with the two digits of it."""
        return [one for some in years(self._tables).values() for one in some.items()]

    @cached_property
    def _years(self) -> set[str]:
        return {year for _, year in self._yearly}

    def _of_year(self, digits: str) -> Sequence[bytes]:
        return [self._store.keys.token(LINK, link_value(f"{century}{digits}")) for century in ("", "19", "20")]

    def _of(self, beside: Mapping[str, Column], kind: str, key: str) -> Iterator[Pair]:
        said, named = self._said(beside[kind]), set[bytes]()
        for table in self._tables:
            tokens = [token for token in self._called(table) if token in said]
            named.update(tokens)
            if tokens and (pair := self._pair(beside[key], beside[kind], tokens, table)):
                self.told.add(beside[key])
                yield pair
        for token in sorted(said - named):
            yield from self._by_letters(beside[key], beside[kind], token)

    def _by_letters(self, key: Column, kind: Column, token: bytes) -> Iterator[Pair]:
        """The one table that a letter or two stand for, which holds all the keys beside them: `K` for `kunder`."""
        pairs = []
        for table in self._called_by_letters.get(token, ()):
            pairs += [pair] if (pair := self._pair(key, kind, [token], table)) else []
        for child, _ in pairs if len(pairs) > 1 else ():
            self._connection.execute(delete(schema.link).where(*at(schema.link, child)))
        if len(pairs) == 1:
            self.told.add(key)
            yield pairs[0]

    @cached_property
    def _called_by_letters(self) -> Mapping[bytes, Sequence[str]]:
        """Token of letters -> the tables that they may stand for."""
        found: dict[str, list[str]] = {}
        for table in self._tables:
            for letters in _letters(table):
                found.setdefault(letters, []).append(table)
        return {self._store.keys.token(LINK, letters): tables for letters, tables in found.items()}

    def _pair(
        self, key: Column, kind: Column, tokens: Sequence[bytes], table: str, keys: Sequence[Column] = ()
    ) -> Pair | None:
        """The column of the rows of a kind, with the table's key, or one of some, if that holds what stands there."""
        if table == key.table:
            return None
        child = self._joined(key, kind, tokens, table)
        parent = self._key(keys or self._tables[table], child)
        if parent is None or self._denied((key, parent)):
            self._connection.execute(delete(schema.link).where(*at(schema.link, child)))
            return None
        return child, parent

    def _said(self, kind: Column) -> set[bytes]:
        return set(self._connection.scalars(select(schema.link.c.token).where(all_of(schema.link, kind)).distinct()))

    def _called(self, table: str) -> Iterator[bytes]:
        yield from (self._store.keys.token(LINK, link_value(word)) for word in kinds_of(table))

    def _key(self, columns: Sequence[Column], child: Column) -> Column | None:
        """The table's own key: in which all values stand; rather `id` than a number that is the same by chance."""
        own = [one for one in columns if one.rows == one.distinct]
        held = (one for one in own if matched(self._connection, child, one) >= INCLUSION * child.distinct)
        return min(held, key=lambda one: (normal_name(one.name) not in GENERIC, one.name), default=None)

    def _joined(self, key: Column, kind: Column, tokens: Sequence[bytes], table: str) -> Column:
        name = f"{key.name}{JOINT}{table}"
        field = self._store.field_names.number(self._connection, self._store.keys.seal(name))
        link, beside = schema.link, schema.link.alias()
        self._connection.execute(delete(link).where(link.c.unit_id == key.unit, link.c.field_id == field))
        query = (
            select(link.c.record_id, link.c.token)
            .join(beside, beside.c.record_id == link.c.record_id)
            .where(all_of(link, key), beside.c.field_id == kind.field, beside.c.token.in_(tokens))
        )
        rows = self._connection.execute(query).all()
        made = [{"record_id": at, "field_id": field, "token": token, "unit_id": key.unit} for at, token in rows]
        if made:
            self._connection.execute(insert(link), made)
        return Column(key.unit, field, key.table, name, len(made), len({token for _, token in rows}))


def _letters(table: str) -> set[str]:
    """What may stand for a table: how its name begins, and its words do: `K`, `KU`, `AO` for `arb_order`."""
    found = set[str]()
    for name in table_names(table):
        found |= {name[:many] for many in range(1, _LETTERS + 1)}
        found |= {"".join(word[0] for word in name.split("_") if word)}
    return found
