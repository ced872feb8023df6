"""How the tables of a source hang together: declared keys, and undeclared ones found by names and inclusion of values.

Worked out from link tokens alone when a source has been scanned. For each key it is then measured whose a column's
identifiers are: how often they agree with what the row that the key points to holds itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from sqlalchemy import Connection, and_, delete, insert, select

from connectors import Relation
from scanner.engine.account_keys import AccountKeys
from scanner.engine.agreements import Pair, Ways, agreements, keys_beyond, sources_of
from scanner.engine.counted_apart import are_counted_apart
from scanner.engine.crossing import Crossing
from scanner.engine.families import Families
from scanner.engine.file_keys import FileKeys
from scanner.engine.holders import Watch
from scanner.engine.job import Job
from scanner.engine.joint_keys import JointKeys
from scanner.engine.key_columns import (
    INCLUSION,
    TABLES,
    KeyColumns,
    matched,
    most_parents,
    own_key,
    whole,
)
from scanner.engine.mostly_held import MostlyHeld
from scanner.engine.own_rows import OwnRows
from scanner.engine.people_keys import PeopleKeys
from scanner.engine.running import Running
from scanner.engine.said import SaidKeys, of_source
from scanner.engine.turns import Turns
from scanner.engine.typed_keys import TypedKeys
from scanner.engine.unsettled import clear
from scanner.linking.handlers import Agreement, Column, Kept, People, handlers
from scanner.linking.key_names import KeyNames
from scanner.linking.links import (
    LINK,
    called_just_as,
    is_same_key,
)
from scanner.linking.unit_days import UnitDays
from scanner.references import Said
from scanner.store import Store, schema

Found = tuple[Pair, bool, int]
"""A pair of columns, whether it is declared, and how many values of the first stand in the second."""
_ENOUGH = 5
"""Distinct values that are not all found in another column by chance."""
_MOSTLY, _SORTS = 0.6, 4
_MOST = 0.75
"""Share of a column's values that a key holds that is called just so."""


def settle(store: Store, job: Job, declared: Sequence[Relation], said: Sequence[Said] = ()) -> None:
    """Work out the relations and roles of a source anew, from what the store holds.

    Args:
        store: After the source has been scanned.
        job: Of the scanner that has done so.
        declared: The keys that the source itself declares.
        said: Those that the configuration says, or denies.
    """
    source_id, alive = job.source_id, Watch(store).alive()
    with store.transaction() as connection:
        clear(connection, job, alive)
        told = SaidKeys(store, connection, of_source(said, job.source))
        days = UnitDays(store, connection)
        families = Families(connection, Running(store))
        judges = (lambda pair: told.denies(pair) or families.denies(pair), days.are_in)
        known = KeyColumns(store, connection)
        crossing = Crossing(known, source_id, judges)
        found = crossing.columns(TABLES, ours=True)
        crossing.forget()
        units = select(schema.unit.c.id).where(schema.unit.c.source_id == source_id)
        for table in (schema.relation, schema.role):
            connection.execute(delete(table).where(table.c.unit_id.in_(units)))
        people = People(store, connection)
        likely, of_kinds = _pairs(store, connection, (found, declared), (people, told, days))
        counted = [(pair, sure, matched(connection, *pair)) for pair, sure in likely.items()]
        rest, of_families = families.settled(counted)
        accounts = AccountKeys(connection, people).pairs(found, {child for child, _ in likely})
        of_accounts = [(pair, False, held) for pair, held in accounts if not told.denies(pair)]
        included = [*_included(store, connection, rest), *of_families, *of_accounts]
        # Each of these looks at what those before it have entered.
        kept = _enter(connection, _nearest(_pointing(store, connection, included)))
        turned = {(parent, child) for (child, parent), *_ in of_accounts}
        kept += _enter(connection, _undeclared(one for one in crossing.pairs(of_kinds) if one[0] not in turned))
        kept += _enter(connection, _undeclared(MostlyHeld(store, connection, crossing, judges).pairs()))
        files = FileKeys(connection, Running(store), people, judges[0])
        lists = crossing.free_of_files()
        kept += _enter(connection, _undeclared(dict(files.pairs(lists)).items()))
        Turns(known, source_id, days, told.denies).settle()
        _settle_roles(store, connection, (kept, people), [*found, *lists])


def _pairs(
    store: Store,
    connection: Connection,
    source: tuple[Sequence[Column], Sequence[Relation]],
    known: tuple[People, SaidKeys, UnitDays],
) -> tuple[dict[Pair, bool], set[Column]]:
    """Columns of keys, each with what it may refer to, and whether that is declared; and those that others explain."""
    (found, declared), (people, told, days) = source, known
    joint = JointKeys(store, connection, {(column.table, column.name): column for column in found})
    pairs = {pair: True for relation in declared if (pair := joint.pair(relation)) and not told.denies(pair)}
    pairs |= dict.fromkeys(told.pairs, True)
    together = joint.undeclared(declared, partial(own_key, store, connection))
    pairs |= {pair: False for pair in list(together) if not told.denies(pair)}
    kinds = TypedKeys(store, connection, found, told.denies)
    pairs |= dict.fromkeys(kinds.pairs(), False)
    alone = [column for column in found if column not in kinds.told and not days.are_in(column)]
    pairs |= {pair: False for pair in _candidates(alone, declared, pairs) if not told.denies(pair)}
    pairs |= {pair: False for pair in OwnRows(connection, people).pairs(alone, pairs) if not told.denies(pair)}
    likely = PeopleKeys(connection, people).pairs(alone, pairs)
    return pairs | {pair: False for pair in likely if not told.denies(pair)}, kinds.told


def _settle_roles(
    store: Store, connection: Connection, found: tuple[Sequence[Pair], People], columns: Collection[Column]
) -> None:
    """Measure whose the columns are, where a key points to whom the row is about; note the keys that do not."""
    kept, people = found
    seen = [*kept, *keys_beyond(connection, kept)]
    ways = Ways(seen, people, {column.unit for column in columns}, sources_of(connection, seen))
    counts = [(pair, list(_agreed(connection, pair, (ways, people)))) for pair in kept]
    for (child, _), agreed in counts:
        called = whole(store, connection, child).field
        if called != child.field:  # `FB-104321` is another customer number than 104321, and of the same
            agreed[:] = [one for one in agreed if one[0] != called]
    keys = [Kept(child, parent, people.told_apart(child, agreed)) for (child, parent), agreed in counts]
    roles = handlers(keys, people, columns)
    link = store.terms.number(connection, LINK)
    for child in roles:
        _add_role(connection, (child.unit, child.field, link), (0, child.rows))
    for (child, _), agreed in counts:
        for field, entity, compared, same in agreed if child not in roles else ():
            _add_role(connection, (child.unit, field, entity), (same, compared))


def _agreed(connection: Connection, pair: Pair, known: tuple[Ways, People]) -> Iterator[Agreement]:
    """How columns agree with the people that a key leads to; halls and colours that bear a name tell of nobody."""
    ways, people = known
    for way in ways.of(pair):
        is_list = people.are_only_named(way[-1][1].unit) and _is_sorting(pair[0])
        for one in agreements(connection, way, ways.in_roles(way)):
            if ways.tell_of(way, one[1]) and (not is_list or one[3] >= _MOSTLY * one[2]):
                yield one


def _is_sorting(key: Column) -> bool:
    """Whether a key but sorts rows: it has few values, or each in many rows."""
    return key.distinct < _ENOUGH or key.rows >= _SORTS * key.distinct


def _candidates(columns: Sequence[Column], declared: Sequence[Relation], pairs: Mapping[Pair, bool]) -> Iterator[Pair]:
    """Pairs whose names meet, where the second is unique in its table and no key is declared for the first."""
    bound = {(relation.unit, name) for relation in declared for name in relation.fields}
    parts = _parts(columns, declared)
    names = KeyNames(one for one in columns if one.rows == one.distinct and one.name not in parts)
    led = {child for child, _ in pairs}
    children = [column for column in columns if column not in led and (column.table, column.name) not in bound]
    count = Counter(child.name for child in children)  # very many tables have columns of few names
    for child in children:
        met = names.met(child.called)[: most_parents(count[child.name])]
        likely = (parent for parent in met if parent.unit != child.unit and not _is_own(child, parent))
        yield from ((child, one) for one in likely if (one, child) not in pairs)


def _is_own(child: Column, parent: Column) -> bool:
    """Whether a column is called after its own table, and not as the other: `kund_id` of `kunder`, `logg_id`."""
    return called_just_as(child.name, child.table) and not is_same_key(child.called, parent.called)


def _pointing(store: Store, connection: Connection, found: Sequence[Found]) -> list[Found]:
    """Without a table's own key that seems to point to what points to it, for each row has just one there."""
    pairs = {pair for pair, *_ in found}
    own_of = cache(partial(own_key, store, connection))
    leads: dict[Column, list[Column]] = {}
    for here, there in pairs:
        leads.setdefault(here, []).append(there)

    def seems(child: Column, parent: Column) -> bool:
        if (parent, child) not in pairs:
            return False
        mine, its = (own_of(one.unit) == {one.name} for one in (child, parent))
        return mine and not its

    def beside(child: Column, parent: Column) -> bool:
        """Whether another table has the value as its own key, to which both point: payment and parcel, to an order.

        And whether one that but joins rows of others has each value just once by chance: `member_address`.
        """
        own = own_of(parent.unit)
        further = [there for there in leads.get(parent, ()) if (child, there) in pairs]
        keyed = any(own_of(there.unit) == {there.name} for there in further)
        return (keyed and own != {parent.name}) or (len(own) > 1 and any(_is_just(parent, there) for there in further))

    return [one for one in found if one[1] or not (seems(*one[0]) or beside(*one[0]))]


def _included(store: Store, connection: Connection, counted: Sequence[Found]) -> list[Found]:
    """Those whose values stand in the key, or most of them in one called just so, if these are no running numbers.

    Payments refer to bills that are not there, mistyped. Not where another key holds all, nor of a table's own key.
    """
    running, own_of = Running(store), cache(partial(own_key, store, connection))
    included = [one for one in counted if one[1] or one[2] >= INCLUSION * one[0][0].distinct]
    entire = [one for one in included if one[1] or not are_counted_apart(one[0], connection, running, own_of)]
    told, pairs = {child for (child, _), *_ in entire}, {pair for pair, *_ in entire}

    def mostly(child: Column, parent: Column, held: int) -> bool:
        free = child not in told and (parent, child) not in pairs
        likely = free and child.distinct >= _ENOUGH and held >= _MOST * child.distinct
        alike = likely and is_same_key(child.called, parent.called) and not running.hold(connection, child)
        return alike and own_of(child.unit) != {child.name}

    return entire + [one for one in counted if mostly(*one[0], one[2])]


def _nearest(found: Sequence[Found]) -> Iterator[Found]:
    """Without tables whose names only begin as a column does, where it refers to one that is called just so.

    Where every table counts its rows from one, `shipments.order_id` stands in `order_items.id` as in `orders.id`.
    """
    sure = {child for (child, parent), *_ in found if _is_just(child, parent)}
    for one in found:
        (child, parent), is_declared, _ = one
        if is_declared or child not in sure or _is_just(child, parent) or is_same_key(child.called, parent.called):
            yield one


def _is_just(child: Column, parent: Column) -> bool:
    return called_just_as(child.name, parent.table)


def _parts(columns: Sequence[Column], declared: Sequence[Relation]) -> set[str]:
    """Names of columns that are a key only together with a finer one: the company, beside a customer number."""
    distinct = {(column.table, column.name): column.distinct for column in columns}
    found = set()
    for relation in declared:
        counts = {name: distinct.get((relation.ref_unit, name), 0) for name in relation.ref_fields}
        found |= {name for name, count in counts.items() if count < max(counts.values())}
    return found


def _undeclared(pairs: Iterable[tuple[Pair, int]]) -> list[Found]:
    return [(pair, False, held) for pair, held in pairs]


def _enter(connection: Connection, found: Iterable[Found]) -> list[Pair]:
    """Enter relations; the pairs that are kept."""
    kept = []
    for (child, parent), is_declared, held in found:
        ends = {"unit_id": child.unit, "field_id": child.field}
        of = {"ref_unit_id": parent.unit, "ref_field_id": parent.field}
        counts = {"declared": is_declared, "matched": held, "compared": child.distinct}
        connection.execute(insert(schema.relation).values(**ends, **of, **counts))
        kept.append((child, parent))
    return kept


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
