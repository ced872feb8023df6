"""The records of a case as entries of its package: read again, masked as decided, counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from reports.case.model import Datum, Entry, ValuePart
from reports.case.plain import is_plain
from reports.case.words import ROLES
from reports.language import Language
from reports.words import N_
from scanner.cases.desk import Desk
from scanner.cases.hits import Locator, default
from scanner.cases.model import CaseHit, Decision
from scanner.cases.package_mask import Masker
from scanner.cases.package_moments import moment
from scanner.cases.package_words import Words
from scanner.linking.identity import NAME
from scanner.linking.links import PATH
from scanner.subject.answer import Searched
from scanner.subject.located import located
from scanner.subject.outcome import Found
from scanner.subject.reread import Current, Now

_MASK = re.compile(r"\[[^\]]*\]")
_EPOCH = date(1970, 1, 1).toordinal()
_WHY = {
    False: N_("they may be about somebody else with the same name"),
    True: N_("they are about things that you have or have had, and do not say whom they concern"),
}
"""Why a possible record is left out: it is told of a thing, or not."""
_VALUES = 15
"""Distinct values of a category that the summary shows."""
_NUMBERED = 10**8
"""Keys below do not hold a personnummer."""
_MOST = 5_000
"""Distinct values of a category that are told apart; what comes later counts as more."""


@dataclass(slots=True)
class ValueCount:
    """How often a value was met, where, and between which years."""

    count: int = 0
    systems: dict[str, None] = field(default_factory=dict)
    years: tuple[int, int] | None = None

    def add(self, entry: Entry) -> None:
        """Count an entry in which it stands."""
        self.count += 1
        self.systems[entry.source] = None
        if entry.date:
            year = int(entry.date[:4])
            first, last = self.years or (year, year)
            self.years = min(first, year), max(last, year)


@dataclass(slots=True)
class CategoryCount:
    """What was met of one category."""

    count: int = 0
    systems: dict[str, None] = field(default_factory=dict)
    values: dict[tuple[str, str], ValueCount] = field(default_factory=dict)
    more: int = 0

    def add(self, entry: Entry, datum: Datum) -> None:
        """Count a datum."""
        self.count += 1
        self.systems[entry.source] = None
        key = (datum.called, datum.value)
        if key in self.values or len(self.values) < _MOST:
            self.values.setdefault(key, ValueCount()).add(entry)
        else:
            self.more += 1

    @property
    def shown(self) -> list[ValuePart]:
        """The commonest values; what is masked as a whole tells nothing here."""
        ordered = sorted(self.values.items(), key=lambda one: -one[1].count)
        told = ((key, n) for key, n in ordered if not _MASK.fullmatch(key[1]))
        return [ValuePart(*key, n.count, list(n.systems), n.years) for key, n in islice(told, _VALUES)]

    @property
    def hidden(self) -> int:
        """Values that are not among those shown."""
        return max(0, len(self.values) - _VALUES) + self.more


@dataclass(slots=True)
class Counts:
    """What the entries of a package amount to."""

    others: frozenset[str] = frozenset()
    """What stands in place of another person's datum: of the person, nothing is held in such a field."""
    categories: dict[str, CategoryCount] = field(default_factory=dict)
    systems: dict[str, None] = field(default_factory=dict)
    masked: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    secrets: int = 0
    entries: int = 0
    own: int = 0
    ends: dict[str, str] = field(default_factory=dict)
    """Name of an event -> its date as the person's own records tell it: `relationship_end`."""

    def add(self, entry: Entry) -> None:
        """Count an entry."""
        self.entries, self.own, self.secrets = self.entries + 1, self.own + entry.own, self.secrets + entry.secrets
        self.systems[entry.source] = None
        self.masked.update(entry.masked)
        for datum in entry.data:
            if datum.category and datum.value not in self.others:
                self.categories.setdefault(datum.category, CategoryCount()).add(entry, datum)


class Entries:
    """Makes the entries of one search.

    Args:
        desk: Who works, with what.
        searched: What was found.
        decided: Records on which somebody has decided.
        lang: The person's.
    """

    def __init__(self, desk: Desk, searched: Searched, decided: Mapping[Locator, CaseHit], lang: Language) -> None:
        self._desk = desk
        self._searched = searched
        self._lang = lang
        self._decisions = decided
        self._paths: dict[int, str] = {}
        """Files of the person's own, by what is given of their names."""
        words = {role: lang.text(word) for role, word in ROLES.items()} | {"secret": lang.text("secret, not given")}
        self._words = Words(desk.config, lang)
        self._masker = Masker(searched, desk.policy, desk.store.keys, words)
        self.counts = Counts(frozenset(f"[{words[role]}]" for role in ROLES))

    def __iter__(self) -> Iterator[Entry]:
        """All entries that are to be handed out, one at a time."""
        wanted = [hit for hit in self._searched.outcome.hits.values() if self._is_wanted(hit)]
        for current in self._searched.rereader.all(wanted):
            entry = self._entry(current)
            if entry.data or current.now not in (Now.SAME, Now.CHANGED):
                self.counts.add(entry)
                if current.now is not Now.SAME:
                    self.counts.states[current.now.value] += 1
                yield entry

    def _decided(self, hit: Found) -> CaseHit | None:
        return self._decisions.get(self._locator(hit)) if self._decisions else None

    def _locator(self, hit: Found) -> Locator:
        source, unit, record = located(self._desk.store, self._searched.search, hit)
        return source, unit, json.dumps(record, sort_keys=True)

    def _is_wanted(self, hit: Found) -> bool:
        decided = self._decided(hit)
        decision = decided.decision if decided else default(hit.grade)
        if decision is not Decision.WITHHOLD:
            return True
        reason = decided.reason if decided and decided.reason else self._lang.text(_WHY[hit.is_thing])
        self.counts.withheld[reason] += 1
        return False

    def _entry(self, current: Current) -> Entry:
        hit = current.found
        unit = self._searched.search.ownership.unit(hit.unit)
        decided = self._decided(hit)
        masked = self._masker.apply(current, whole=bool(decided and decided.decision is Decision.RELEASE))
        self._note_events(unit.source, unit.key, current)
        record = json.loads(self._locator(hit)[2])
        return Entry(
            source=unit.source,
            place=self._place(hit, unit.key, masked.fields),
            record=self._named(hit, record, masked.fields),
            own=hit.concerns or hit.about,
            now=current.now.value,
            date=self._date(hit.record),
            data=tuple(self._data(current, masked.fields, (unit.source, unit.key))),
            masked=dict(masked.masked),
            secrets=masked.secrets,
            called=self._words.place(unit.source, unit.key),
        )

    def _place(self, hit: Found, unit: str, given: Mapping[str, str]) -> str:
        """The name of a unit: of a file of the person's own as it is given in the package, too, of others masked."""
        if PATH in given and (hit.concerns or hit.about):
            self._paths[hit.unit] = given[PATH]
        return self._paths.get(hit.unit) or self._desk.shown(unit)

    def _named(self, hit: Found, record: Mapping[str, str | int] | None, given: Mapping[str, str]) -> str:
        """A record's key: a row of the person's own is theirs, and one that counts rows, or is given, names nobody."""
        text, parts = self._words.record(record), record.values() if record else ()
        told = all((isinstance(part, int) and part < _NUMBERED) or str(part) in given.values() for part in parts)
        return text if hit.concerns and told else self._desk.shown(text)

    def _data(self, current: Current, fields: Mapping[str, str], place: tuple[str, str]) -> Iterator[Datum]:
        found = {spot.field: spot.entity for spot in current.spots}
        found |= {spot.field: spot.entity for spot in reversed(current.spots) if spot.entity != NAME}
        days = self._days(current.found.record)
        for name, value in fields.items():
            category = self._category(current, (place[1], name), found.get(name))
            label = name if not name or is_plain(name) else self._desk.shown(name)
            called = self._words.field(*place, label, found.get(name, ""))
            means = self._words.means(place, name, value) or moment(name, value, days)
            yield Datum(label, value, category, called, means)

    def _days(self, record: int) -> set[str]:
        """The columns of which the scan has read a day in a record."""
        search = self._searched.search
        return {search.ownership.entity(name) for name in search.records.days(record)}

    def _category(self, current: Current, place: tuple[str, str], entity: str | None) -> str:
        """Of what is found in a field, else of its name; running text is what its place says, such as a note."""
        policy, (unit, name) = self._desk.policy, place
        found = policy.category_of(entity, "", name, unit) if entity else policy.named(name)
        if self._searched.search.ownership.is_text(current.found.unit, name):
            found = policy.named(name) or policy.named(unit) or found
        return found or ""

    def _date(self, record: int) -> str:
        day = self._searched.search.records.latest_day(record)
        return "" if day is None else date.fromordinal(day + _EPOCH).isoformat()

    def _note_events(self, source: str, unit: str, current: Current) -> None:
        """Remember when the person's relationship ended, where the configuration says which field tells it."""
        config = self._desk.config.sources.get(source)
        table = config.table(unit) if config else None
        for event in ("relationship_end", "since", "received"):
            name = getattr(table, event) if table and current.found.concerns else None
            value = (current.fields.get(name) or "")[:10] if name else ""
            if value:
                self.counts.ends[event] = max(value, self.counts.ends.get(event, ""))
