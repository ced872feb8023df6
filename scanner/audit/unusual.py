"""Look-ups that somebody should ask about: many by one user, at odd hours, of colleagues, of protected people.

None is a verdict: each is a question to put to whoever looked, with the case at hand (Art. 5(2), 32 GDPR).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import select

from recognizers import Analyzer
from reports.words import N_
from scanner.linking.identity import CONTACT, STRONG
from scanner.store import Store, schema
from scanner.store.case_schema import subject_case
from scanner.store.lookup import having
from scanner.subject.question import identified

LOOKS = (
    "case search",
    "case decide",
    "case foresee",
    "case look",
    "case reveal",
    "case review",
    "case preview",
    "case package",
    "subject",
)
SEARCHES = ("case search", "subject")
REFUSED = ("search refused: no case", "search refused: too many today")
DAYS = 30
MANY_A_DAY, TIMES_THE_OTHERS, SAME_PERSON = 20, 3, 3
EARLY, LATE, WEEKEND = 6, 22, 5
"""Hours between which people work, and the first day of the weekend."""
KINDS: Mapping[str, str] = {
    "protected": N_("looked at somebody of protected identity"),
    "colleague": N_("looked at a colleague, or at themselves"),
    "same": N_("looked at the same person in several cases"),
    "many": N_("made many searches in a day"),
    "more": N_("made many more searches than the others"),
    "hours": N_("looked at night or at a weekend"),
    "refused": N_("was refused a search"),
}
"""Kind -> what was done; the gravest first."""


@dataclass(frozen=True, slots=True)
class Look:
    """A row of the log that is about a person."""

    id: int
    at: str
    actor: str
    action: str
    case: str
    whom: bytes | None

    @property
    def day(self) -> str:
        """In Sweden."""
        return f"{self.local:%Y-%m-%d}"

    @property
    def local(self) -> datetime:
        """The time where people work."""
        return datetime.fromisoformat(self.at).astimezone(ZoneInfo("Europe/Stockholm"))


@dataclass(frozen=True, slots=True)
class Unusual:
    """Something to ask a user about."""

    kind: str
    actor: str
    count: int
    first: str
    last: str
    cases: tuple[str, ...]


def unusual(store: Store, analyzer: Analyzer, users: Iterable[str], days: int = DAYS) -> list[Unusual]:
    """What is unusual among the look-ups of the last days, the gravest first.

    Args:
        store: With the log.
        analyzer: Reads the users' names as it would read a question.
        users: Names of those who may sign in; an e-mail address is best.
        days: How far back.
    """
    since = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    looks = _looks(store, since)
    found = [*_protected(store, looks), *_colleagues(store, analyzer, users, looks), *_same(looks), *_many(looks)]
    found += [*_more(looks), *_grouped("hours", (one for one in looks if _is_odd(one)))]
    found += _grouped("refused", (one for one in looks if one.action in REFUSED))
    order = list(KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.count, one.actor))


def _looks(store: Store, since: str) -> list[Look]:
    table = schema.audit
    query = select(table.c.id, table.c.at, table.c.actor, table.c.action, table.c.case_number, table.c.object)
    query = query.where(table.c.at >= since, table.c.action.in_([*LOOKS, *REFUSED])).order_by(table.c.id)
    with store.reading() as connection:
        return [Look(*row) for row in connection.execute(query)]


def _grouped(kind: str, looks: Iterable[Look]) -> Iterator[Unusual]:
    """One a user."""
    mine: dict[str, list[Look]] = defaultdict(list)
    for one in looks:
        mine[one.actor].append(one)
    for actor, some in mine.items():
        yield _told(kind, actor, some)


def _told(kind: str, actor: str, some: Sequence[Look]) -> Unusual:
    cases = tuple(dict.fromkeys(one.case for one in some if one.case))
    return Unusual(kind, actor, len(some), some[0].at, some[-1].at, cases)


def _is_odd(one: Look) -> bool:
    return one.action in LOOKS and (not EARLY <= one.local.hour < LATE or one.local.weekday() >= WEEKEND)


def _protected(store: Store, looks: Sequence[Look]) -> Iterator[Unusual]:
    with store.reading() as connection:
        protected = set(connection.scalars(select(subject_case.c.number).where(subject_case.c.protected)))
    return _grouped("protected", (one for one in looks if one.case in protected))


def _colleagues(store: Store, analyzer: Analyzer, users: Iterable[str], looks: Sequence[Look]) -> Iterator[Unusual]:
    """Looks at people in whose records stands what a user is called here."""
    read = (identified(analyzer, store.keys, [name]) for name in users)
    own = {one.token for some in read for one in some if one.entity == CONTACT[0] or one.entity in STRONG}
    known = _beside(store, own) | own
    return _grouped("colleague", (one for one in looks if one.whom in known))


def _beside(store: Store, tokens: Collection[bytes]) -> set[bytes]:
    """What else identifies the person in the records in which these tokens stand; not where several people do."""
    finding, other = schema.finding, schema.finding.alias()
    found: dict[tuple[int, int], set[bytes]] = defaultdict(set)
    with store.reading() as connection:
        terms = (store.terms.find(connection, name) for name in (*STRONG, *CONTACT))
        kinds = [number for number in terms if number is not None]
        records = select(finding.c.record_id).where(having(connection, tokens))
        query = select(other.c.record_id, other.c.entity, other.c.token)
        for row in connection.execute(query.where(other.c.record_id.in_(records), other.c.entity.in_(kinds))):
            found[row.record_id, row.entity].add(row.token)
    return {token for some in found.values() if len(some) == 1 for token in some}


def _same(looks: Sequence[Look]) -> Iterator[Unusual]:
    people: dict[tuple[str, bytes], list[Look]] = defaultdict(list)
    for one in looks:
        if one.whom and one.action in SEARCHES:
            people[one.actor, one.whom].append(one)
    for (actor, _), some in people.items():
        if len({one.case for one in some}) >= SAME_PERSON:
            yield _told("same", actor, some)


def _many(looks: Sequence[Look]) -> Iterator[Unusual]:
    days: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for one in looks:
        if one.action in SEARCHES:
            days[one.actor, one.day].append(one)
    for (actor, _), some in days.items():
        if len(some) >= MANY_A_DAY:
            yield _told("many", actor, some)


def _more(looks: Sequence[Look]) -> Iterator[Unusual]:
    searches = [one for one in looks if one.action in SEARCHES]
    counts = Counter(one.actor for one in searches)
    for actor, count in counts.items():
        others = [other for name, other in counts.items() if name != actor]
        if others and count >= max(MANY_A_DAY, TIMES_THE_OTHERS * median(others)):
            yield _told("more", actor, [one for one in searches if one.actor == actor])
