"""Keys of several columns: `(company, customer_no)`. Followed by one column where that alone tells rows apart.

Else by all together: what stands in them is kept as one link, whose token is made of theirs, under their names joined.
Undeclared ones are those of columns called as the ones by which the rows of one table only are told apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, FromClause, and_, delete, insert, select

from connectors import Relation
from scanner.engine.agreements import Pair, all_of, at
from scanner.engine.key_columns import INCLUSION, JOINT, matched
from scanner.keys import TOKEN_BYTES
from scanner.linking.handlers import Column
from scanner.linking.links import GENERIC, normal_name
from scanner.store import Store, schema

_ENOUGH = 5
"""Different values of a child that are not all found in another table by chance."""
_PAGE = 20_000
"""Records read at a time."""
Columns = Mapping[tuple[str, str], Column]
"""By table and name."""


class JointKeys:
    """Makes one column of several.

    Args:
        store: Whose links are read, and added to.
        connection: In whose transaction.
        columns: All columns of keys of a source.
    """

    def __init__(self, store: Store, connection: Connection, columns: Columns) -> None:
        self._store = store
        self._connection = connection
        self._columns = columns
        self._made: dict[Sequence[Column], Column] = {}

    def pair(self, relation: Relation) -> Pair | None:
        """The columns by which a declared key is followed; None if nothing stands in one of them."""
        children = [self._columns.get((relation.unit, name)) for name in relation.fields]
        parents = [self._columns.get((relation.ref_unit, name)) for name in relation.ref_fields]
        pairs = [(child, parent) for child, parent in zip(children, parents, strict=True) if child and parent]
        finest = max(pairs, key=lambda pair: pair[1].distinct, default=None)
        if finest and (len(relation.fields) == 1 or finest[1].distinct == finest[1].rows):
            return finest
        if len(pairs) < len(relation.fields):
            return None
        return self._joined(tuple(child for child, _ in pairs)), self._joined(tuple(parent for _, parent in pairs))

    def undeclared(self, declared: Sequence[Relation], own: Callable[[int], frozenset[str]]) -> Iterator[Pair]:
        """Pairs of such columns of two tables, of which nothing is declared, where the second hold what the first do.

        Args:
            declared: Keys.
            own: Names of the columns by which a unit's rows are told apart.
        """
        told = {(relation.unit, relation.ref_unit) for relation in declared}
        tables: dict[str, dict[str, Column]] = {}
        having: dict[str, set[str]] = {}
        for (table, name), column in self._columns.items():
            tables.setdefault(table, {})[normal_name(name)] = column
            having.setdefault(normal_name(name), set()).add(table)
        keys = {table: names for table, columns in tables.items() if (names := _key_of(columns, own))}
        rows = {table: max(column.rows for column in columns.values()) for table, columns in tables.items()}
        for parent, names in keys.items():
            alike = [table for table, other in keys.items() if table != parent and set(other) == set(names)]
            if any(rows[table] >= rows[parent] and (table, parent) not in told for table in alike):
                continue  # a register is longer than what adds to its rows under the same key, or that points to it
            for child in sorted(set.intersection(*(having[name] for name in names)) - {parent}):
                if not told & {(child, parent), (parent, child)}:
                    here, there = (tuple(tables[table][one] for one in names) for table in (child, parent))
                    yield from self._held(here, there)

    def _held(self, child: tuple[Column, ...], parent: tuple[Column, ...]) -> Iterator[Pair]:
        here, there = self._joined(child), self._joined(parent)
        if here.distinct >= _ENOUGH and matched(self._connection, here, there) >= INCLUSION * here.distinct:
            yield here, there
        else:
            self._connection.execute(delete(schema.link).where(*at(schema.link, here)))
            del self._made[child]

    def _joined(self, columns: tuple[Column, ...]) -> Column:
        if columns not in self._made:
            name = JOINT.join(column.name for column in columns)
            field = self._store.field_names.number(self._connection, self._store.keys.seal(name))
            unit, kinds, rows = columns[0].unit, set[bytes](), 0
            where = (schema.link.c.unit_id == unit, schema.link.c.field_id == field)
            self._connection.execute(delete(schema.link).where(*where))
            for page in self._pages(columns):
                kinds.update(token for _, token in page)
                rows += len(page)
                of_page = [{"record_id": at, "field_id": field, "token": token, "unit_id": unit} for at, token in page]
                self._connection.execute(insert(schema.link), of_page)
            self._made[columns] = Column(unit, field, columns[0].table, name, rows, len(kinds))
        return self._made[columns]

    def _pages(self, columns: Sequence[Column]) -> Iterator[list[tuple[int, bytes]]]:
        """Records of a table in which all columns are filled, with the token of these together."""
        first, last = schema.link.alias(), 0
        joined: FromClause = first
        tokens = [first.c.token]
        for column in columns[1:]:
            beside = schema.link.alias()
            is_beside = and_(beside.c.record_id == first.c.record_id, beside.c.field_id == column.field)
            joined, tokens = joined.join(beside, is_beside), [*tokens, beside.c.token]
        query = select(first.c.record_id, *tokens).select_from(joined).where(all_of(first, columns[0]))
        query = query.order_by(first.c.record_id).limit(_PAGE)
        while rows := self._connection.execute(query.where(first.c.record_id > last)).all():
            last = rows[-1][0]
            yield [(record, _token(parts)) for record, *parts in rows]


def _key_of(columns: Mapping[str, Column], own: Callable[[int], frozenset[str]]) -> Sequence[str]:
    """The columns that together tell a table's rows apart, where none does alone; nothing of ones called as any is."""
    key = own(next(iter(columns.values())).unit)
    parts = [columns.get(normal_name(name)) for name in sorted(key)]
    whole = len(parts) > 1 and all(one and one.distinct < one.rows for one in parts)
    names = [normal_name(name) for name in sorted(key)] if whole else []
    return [] if GENERIC.intersection(names) else names


def _token(tokens: Sequence[bytes]) -> bytes:
    return hashlib.blake2b(b"".join(tokens), digest_size=TOKEN_BYTES).digest()
