"""Records read again from their sources when somebody entitled asks, and what has become of them since the scan."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from connectors import Connector, ConnectorError
from recognizers import Analyzer, Key
from scanner.errors import InsynError
from scanner.finding import key_tokens
from scanner.keys import Keys
from scanner.linking.identity import NAME
from scanner.linking.names import name_key, with_whole_names
from scanner.linking.ownership import Spot
from scanner.subject import Search
from scanner.subject.located import locator
from scanner.subject.outcome import Found

Connect = Callable[[str], Connector]
Fields = Mapping[str, str | None]
_PAGE = 500
"""Records fetched and analysed at a time."""


class Now(StrEnum):
    """What has become of a record since the scan."""

    SAME = "same"
    """All that was found in it still stands where it stood."""
    CHANGED = "changed"
    """What was found in it stands there no longer, or not at the same place."""
    GONE = "gone"
    UNREACHABLE = "unreachable"
    """Its source cannot be reached now: nothing can be said of it."""


@dataclass(frozen=True, slots=True)
class Current:
    """A record as it is now."""

    found: Found
    now: Now
    fields: Fields = field(default_factory=dict, repr=False)
    spots: tuple[Spot, ...] = ()
    """What is personal in it: found by the scan if it is the same, found now in any case."""


class Rereader:
    """Reads records again; a source that is down is asked once and then left alone."""

    def __init__(self, search: Search, connect: Connect, keys: Keys, analyzer: Analyzer) -> None:
        self._search = search
        self._connect = connect
        self._keys = keys
        self._analyzer = analyzer
        self.down: dict[str, str] = {}
        """Sources that could not be reached, and why in words."""

    def all(self, hits: Iterable[Found]) -> Iterator[Current]:
        """Read records again, a page of one unit at a time."""
        units: dict[int, list[Found]] = {}
        for hit in hits:
            units.setdefault(hit.unit, []).append(hit)
        for of_unit in units.values():
            for at in range(0, len(of_unit), _PAGE):
                yield from self._page(of_unit[at : at + _PAGE])

    def _page(self, hits: Sequence[Found]) -> Iterator[Current]:
        unit = self._search.ownership.unit(hits[0].unit)
        records = self._search.records
        numbers = (number for (number,) in records.ahead((hit.record,) for hit in hits))
        locators = {number: locator(self._keys, records.view(number)) for number in numbers}
        fetched = self.fetch(unit.source, unit.key, list(locators.values()))
        if fetched is None:
            yield from (Current(hit, Now.UNREACHABLE) for hit in hits)
            return
        there = [hit for hit in hits if _key(locators[hit.record]) in fetched]
        rows = [fetched[_key(locators[hit.record])] for hit in there]
        found = dict(zip((hit.record for hit in there), self._searched(unit.key, rows), strict=True))
        for hit in hits:
            fields = fetched.get(_key(locators[hit.record]))
            spots = found.get(hit.record)
            if fields is not None and spots is None:
                yield Current(hit, Now.UNREACHABLE)
            else:
                yield Current(hit, Now.GONE) if fields is None else self._current(hit, fields, spots or [])

    def _searched(self, unit: str, rows: Sequence[Fields]) -> Sequence[list[Spot] | None]:
        """What is personal in records; None where a recognizer raises: others' data in it could not be masked."""
        try:
            return self._analyse(unit, rows)
        except (ConnectorError, InsynError, MemoryError):
            raise
        except Exception:  # noqa: BLE001  as in a scan, which has told of it; here it is told that the record is missing
            return [None] if len(rows) == 1 else [self._searched(unit, [row])[0] for row in rows]

    def _current(self, hit: Found, fields: Fields, new: list[Spot]) -> Current:
        old = self._search.records.spots(hit.record)
        same = all(self._stands(spot, fields, new) for spot in old)
        spots = {(one.field, one.start, one.end, one.entity): one for one in (*new, *(old if same else ()))}
        return Current(hit, Now.SAME if same else Now.CHANGED, fields, tuple(spots.values()))

    def _stands(self, spot: Spot, fields: Fields, new: Sequence[Spot]) -> bool:
        """Whether a datum of the scan stands where it stood; a name needs no more evidence than it had then."""
        if any(one.field == spot.field and one.start == spot.start and one.tokens & spot.tokens for one in new):
            return True
        text = (fields.get(spot.field) or "")[spot.start : spot.end]
        return bool(text) and bool(self._tokens(spot, text) & spot.tokens)

    def _tokens(self, spot: Spot, text: str) -> frozenset[bytes]:
        keys = [Key(one.entity, one.value, one.others) for one in self._analyzer.find({spot.field: [text]})]
        if spot.entity == NAME:
            keys += [key for key in (name_key(text),) if key]
        same = (key for key in keys if key.entity == spot.entity)
        return frozenset(token for key in same for token in key_tokens(self._keys, key) if token)

    def _analyse(self, unit: str, rows: Sequence[Fields]) -> list[list[Spot]]:
        """What is personal in records, read as the scan reads them: column by column."""
        found: list[list[Spot]] = [[] for _ in rows]
        names = dict.fromkeys(name for row in rows for name in row)
        columns = {name: [row.get(name) for row in rows] for name in names}
        for one in with_whole_names(self._analyzer.find(columns, unit=unit)) if rows else ():
            tokens = key_tokens(self._keys, Key(one.entity, one.value, one.others))
            if one.score >= self._search.min_score:
                spot = Spot(one.field, one.start, one.end, one.entity, frozenset(filter(None, tokens)))
                found[one.record].append(spot)
        return found

    def fetch(
        self, source: str, unit: str, records: Sequence[Mapping[str, str | int] | None]
    ) -> dict[str, dict[str, str | None]] | None:
        """The fields of records as they are now, by locator as JSON; None if their source cannot be reached."""
        if source in self.down:
            return None
        try:
            return {_key(record): fields for record, fields in self._connect(source).fetch(unit, records)}
        except (ConnectorError, InsynError) as error:
            self.down[source] = str(error)
            return None

    def text(self, record: int, name: str, token: bytes) -> str:
        """An identifier as it stands in a field of a record; "" if it cannot be read."""
        view = self._search.records.view(record)
        unit = self._search.ownership.unit(view.unit)
        where = locator(self._keys, view)
        fields = (self.fetch(unit.source, unit.key, [where]) or {}).get(_key(where), {})
        start, end = self._search.records.span(record, token)
        return (fields.get(name) or "")[start:end]


def _key(record: Mapping[str, str | int] | None) -> str:
    return json.dumps(record, sort_keys=True)
