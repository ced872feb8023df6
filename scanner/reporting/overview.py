"""What the store knows, as the rows that reports are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, func, select

from connectors import State
from reports.dates import today
from reports.facts import Coverage, Estate, FieldFacts, Source
from reports.review import Decision, counting
from scanner.config import Config
from scanner.decisions import review
from scanner.reporting.facts import Facts
from scanner.reporting.places import Counted, Places
from scanner.store import Store, schema
from scanner.store.scan_schema import scan_source

LOWEST = 0.5
"""Score from which a finding is shown, unless less is asked for."""
NEVER = "never_scanned"
"""Coverage state of a configured source that no scan has listed."""
UNREACHED = "unreached"
"""Coverage state, beside others, of a source that the last scan of it could not list: what is new is not known."""


def sources(config: Config) -> list[Source]:
    """The configured sources, as reports show them."""
    return [
        Source(
            name,
            one.type,
            one.owner,
            one.purposes,
            {unit: table.purposes for unit, table in one.tables.items() if table.purposes},
            tuple(one.options.get("categories", ())) if one.type == "declared" else (),
        )
        for name, one in config.sources.items()
    ]


def estate(store: Store, config: Config, min_score: float = LOWEST) -> Estate:
    """All that an inventory is made of.

    Args:
        store: With what was found.
        config: Says which sources there should be.
        min_score: Findings below it are left out.
    """
    decided = counting(review.decisions(store), today())
    return of_places(store, config, decided, places(store, decided, {}, min_score))


def places(
    store: Store, decided: Sequence[Decision], known: Counted, min_score: float = LOWEST
) -> dict[str, Sequence[FieldFacts]]:
    """What is held, by the version of its place.

    Args:
        store: With what was found.
        decided: Says which values are no personal data.
        known: What was counted before: it counts for places that still are of that version.
        min_score: Findings below it are left out.
    """
    with store.reading() as connection:
        return Places(store, connection, min_score, dismissed(decided)).counted(known)


def of_places(store: Store, config: Config, decided: Sequence[Decision], counted: Counted) -> Estate:
    """An estate of what is held in all places."""
    facts = [fact for place in counted.values() for fact in place]
    return Estate(sources(config), facts, coverage(store, config), store.last_scan(), decided)


def counted(store: Store, still: Collection[str] = ()) -> Iterator[FieldFacts]:
    """How much is held, without persons, dates, values apart and confidence, with what was dismissed: soon done.

    Args:
        store: With what was found.
        still: Names of sources that are left out.
    """
    unit, source = schema.unit, schema.source
    wanted = unit.c.source_id.in_(select(source.c.id).where(source.c.name.not_in(still)))
    with store.reading() as connection:
        yield from Facts(store, connection, LOWEST).counts(wanted)


def dismissed(decisions: Sequence[Decision]) -> list[bytes]:
    """Tokens of values that somebody said are no personal data."""
    return [one.token for one in decisions if one.kind == "dismiss" and one.token]


def coverage(store: Store, config: Config) -> list[Coverage]:
    """How many units of each source ended in which state, and why; in the order of the configuration."""
    unit, source = schema.unit, schema.source
    group = (source.c.name, unit.c.state, unit.c.reason)
    query = select(*group, func.count().label("units")).join(unit, unit.c.source_id == source.c.id).group_by(*group)
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    with store.reading() as connection:
        for name, state, reason, units in connection.execute(query):
            found[name][state][reason] += units
        listed = set(connection.scalars(select(source.c.name)))
        missed = unreached(connection)
    rows = []
    for name in config.sources:
        states = dict(found.get(name, {}))
        if name in missed:
            states[UNREACHED] = Counter()
        states = states or {State.SCANNED if name in listed else NEVER: Counter()}
        for state in sorted(states, key=_state_order):
            reasons = {reason: count for reason, count in sorted(states[state].items()) if reason}
            rows.append(Coverage(name, state, states[state].total(), reasons))
    return rows


def unreached(connection: Connection) -> set[str]:
    """Sources that the last scan of them could not list, or not to the end."""
    source, last = schema.source, select(scan_source.c.source_id, func.max(scan_source.c.scan_id).label("number"))
    newest = last.group_by(scan_source.c.source_id).subquery()
    same = (newest.c.source_id == scan_source.c.source_id) & (newest.c.number == scan_source.c.scan_id)
    query = select(source.c.name).join(scan_source, scan_source.c.source_id == source.c.id).join(newest, same)
    return set(connection.scalars(query.where(scan_source.c.error != "")))


def _state_order(state: str) -> int:
    known = [str(one) for one in State]
    return known.index(state) if state in known else len(known)
