"""How the tables of a source hang together: declared keys, and undeclared ones found by names and inclusion of values.

Worked out from link tokens alone when a source has been scanned. For each key it is then measured whose a column's
identifiers are: how often they agree with what the row that the key points to holds itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from sqlalchemy import Connection, and_, delete, distinct, exists, func, insert, select

from connectors import Relation
from scanner.engine.agreements import Pair, Ways, agreements, all_of, at
from scanner.engine.enumeration import parts
from scanner.engine.holders import Watch
from scanner.engine.job import Job
from scanner.engine.unsettled import clear
from scanner.linking.handlers import Column, Kept, People, handlers
from scanner.linking.links import GENERIC, LINK, called_after, is_key_name, is_person, is_role_of, normal_name
from scanner.store import Store, schema

_ENOUGH = 5
"""Distinct values that are not all found in another column by chance."""
INCLUSION = 0.95
"""Share of a column's distinct values that must be found in the key it is said to refer to."""
MOST_PARENTS = 20
"""Columns that one is compared with: of more whose names meet the longest. A register is longer than its extracts."""
_DRAWN = 8
"""Values of a column that a key must hold before all are compared."""
_LOOKED_UP = 500
"""Values looked up at once."""
MOST_PAIRS = 10_000
"""Pairs compared for one name. Where thousands of tables have it, each is compared with the longest few only."""


def settle(store: Store, job: Job, declared: Sequence[Relation]) -> None:
    """Work out the relations and roles of a source anew, from what the store holds.

    Args:
        store: After the source has been scanned.
        job: Of the scanner that has done so.
        declared: The keys that the source itself declares.
    """
    source_id, alive = job.source_id, Watch(store).alive()
    with store.transaction() as connection:
        clear(connection, job, alive)
        columns = list(_columns(store, connection, source_id))
        units = select(schema.unit.c.id).where(schema.unit.c.source_id == source_id)
        for table in (schema.relation, schema.role):
            connection.execute(delete(table).where(table.c.unit_id.in_(units)))
        pairs = dict(_declared(columns, declared))
        pairs |= dict.fromkeys(_candidates(columns, pairs), False)
        people = People(store, connection)
        pairs |= dict.fromkeys(_to_people(connection, columns, (pairs, people)), False)
        kept: list[Pair] = []
        for (child, parent), is_declared in pairs.items():
            matched = _matched(connection, child, parent)
            if is_declared or matched >= INCLUSION * child.distinct:
                _insert(connection, child, parent, (is_declared, matched))
                kept.append((child, parent))
        _settle_roles(store, connection, (kept, people))


def _settle_roles(store: Store, connection: Connection, found: tuple[Sequence[Pair], People]) -> None:
    """Measure whose the columns are, where a key points to whom the row is about; note the keys that do not."""
    kept, people = found
    ways = Ways(kept, people)
    counts = [(pair, [one for way in ways.of(pair) for one in agreements(connection, way)]) for pair in kept]
    keys = [Kept(child, parent, people.told_apart(child, agreed)) for (child, parent), agreed in counts]
    roles = handlers(keys, people.named_in)
    link = store.terms.number(connection, LINK)
    for child in roles:
        _add_role(connection, (child.unit, child.field, link), (0, child.rows))
    for (child, _), agreed in counts:
        for field, entity, compared, same in agreed if child not in roles else ():
            _add_role(connection, (child.unit, field, entity), (same, compared))


def _columns(store: Store, connection: Connection, source_id: int) -> Iterator[Column]:
    unit, link = schema.unit, schema.link
    query = (
        select(unit.c.id, unit.c.key, link.c.field_id, func.count(), func.count(distinct(link.c.token)))
        .join(link, link.c.unit_id == unit.c.id)
        .where(unit.c.source_id == source_id, unit.c.kind == "table")
        .group_by(unit.c.id, unit.c.key, link.c.field_id)
    )
    for number, key, field, rows, kinds in connection.execute(query).all():
        name = store.keys.unseal(store.field_names.text(connection, field))
        yield Column(number, field, store.keys.unseal(key), name, rows, kinds)


def _declared(columns: Sequence[Column], declared: Sequence[Relation]) -> Iterator[tuple[Pair, bool]]:
    by_name = {(column.table, column.name): column for column in columns}
    for relation in declared:
        if len(relation.fields) == 1:
            child = by_name.get((relation.unit, relation.fields[0]))
            parent = by_name.get((relation.ref_unit, relation.ref_fields[0]))
            if child and parent:
                yield (child, parent), True


def _candidates(columns: Sequence[Column], declared: Mapping[tuple[Column, Column], bool]) -> Iterator[Pair]:
    """Pairs whose names meet, where the second is unique in its table and no key is declared for the first."""
    bound = {child for child, _ in declared}
    unique = [column for column in columns if column.rows == column.distinct]
    unique.sort(key=lambda column: (-column.distinct, column.table, column.name))
    children = [column for column in columns if column not in bound]
    meeting: dict[str, list[Column]] = {}  # by name: very many tables have columns of few names
    for name, count in Counter(child.name for child in children).items():
        parents = (parent for parent in unique if names_meet(name, parent.table, parent.name))
        meeting[name] = list(islice(parents, max(2, min(MOST_PARENTS, MOST_PAIRS // count))))
    for child in children:
        yield from ((child, parent) for parent in meeting[child.name] if parent.unit != child.unit)


def _to_people(
    connection: Connection, columns: Sequence[Column], known: tuple[Mapping[Pair, bool], People]
) -> Iterator[Pair]:
    """Columns called by what somebody is to the row (`betalare`), with the one table of people whose key they hold."""
    pairs, people = known
    bound = {child for child, _ in pairs}
    keys = [one for one in columns if one.rows == one.distinct and _is_key(one) and people.named_in(one.unit)]
    named = [
        one for one in columns if one not in bound and one.distinct >= _ENOUGH and is_person(normal_name(one.name))
    ]
    holding = _holding(connection, named if keys else (), keys)
    for child in named:
        if parent := _only_holder(connection, child, holding.get(child, ())):
            yield child, parent


def _holding(connection: Connection, children: Sequence[Column], keys: Sequence[Column]) -> dict[Column, list[Column]]:
    """The keys that hold some drawn values of each column, the longest first.

    Each value is looked up once, in all keys together: to compare each column with each key would take their product.
    """
    drawn = {child: _drawn(connection, child) for child in children}
    by_place = {(key.unit, key.field): key for key in keys}
    held: dict[bytes, set[Column]] = {}
    for part in parts(dict.fromkeys(chain.from_iterable(drawn.values())), _LOOKED_UP):
        link = schema.link
        where = select(link.c.token, link.c.unit_id, link.c.field_id).where(link.c.token.in_(part)).distinct()
        for token, unit, field in connection.execute(where):
            if key := by_place.get((unit, field)):
                held.setdefault(token, set()).add(key)
    found: dict[Column, list[Column]] = {}
    for child, tokens in drawn.items():
        all_held = set[Column].intersection(*(held.get(token, set()) for token in tokens))
        likely = [key for key in all_held if key.unit != child.unit and key.distinct >= child.distinct]
        found[child] = sorted(likely, key=lambda key: (-key.distinct, key.table, key.name))
    return found


def _drawn(connection: Connection, column: Column) -> list[bytes]:
    """Some values of a column: the first by token, which has nothing to do with what they are."""
    link = schema.link
    query = select(link.c.token).where(all_of(link, column)).distinct().order_by(link.c.token).limit(_DRAWN)
    return list(connection.scalars(query))


def _only_holder(connection: Connection, child: Column, likely: Sequence[Column]) -> Column | None:
    """The key that holds all values of a column, unless another table's does, too."""
    held: list[Column] = []
    for key in likely[:MOST_PARENTS]:
        if _matched(connection, child, key) == child.distinct:
            held.append(key)
        if len({one.unit for one in held}) > 1:
            return None
    return min(held, key=lambda key: normal_name(key.name) in GENERIC, default=None)


def _is_key(column: Column) -> bool:
    name = normal_name(column.name)
    return name in GENERIC or is_key_name(name)


def names_meet(child: str, table: str, column: str) -> bool:
    """Whether a name says that a column refers to a column of a table: `kund` to `kunder.nr`."""
    name, own = normal_name(child), normal_name(column)
    if (name == own and own not in GENERIC) or is_role_of(name, own):
        return True
    return (own in GENERIC or is_key_name(own)) and called_after(name, table)


def _matched(connection: Connection, child: Column, parent: Column) -> int:
    here, there = schema.link.alias(), schema.link.alias()
    found = exists().where(there.c.token == here.c.token, *at(there, parent))
    return connection.scalar(select(func.count(distinct(here.c.token))).where(all_of(here, child), found)) or 0


def _insert(connection: Connection, child: Column, parent: Column, found: tuple[bool, int]) -> None:
    connection.execute(
        insert(schema.relation).values(
            unit_id=child.unit,
            field_id=child.field,
            ref_unit_id=parent.unit,
            ref_field_id=parent.field,
            declared=found[0],
            matched=found[1],
            compared=child.distinct,
        )
    )


def _add_role(connection: Connection, key: tuple[int, int, int], counts: tuple[int, int]) -> None:
    """Keep the relation in which most could be compared."""
    role = schema.role
    same = and_(role.c.unit_id == key[0], role.c.field_id == key[1], role.c.entity == key[2])
    before = connection.scalar(select(role.c.compared).where(same))
    if before is not None and before >= counts[1]:
        return
    connection.execute(delete(role).where(same))
    connection.execute(
        insert(role).values(unit_id=key[0], field_id=key[1], entity=key[2], agreed=counts[0], compared=counts[1])
    )
