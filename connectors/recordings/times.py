"""Points in time as call systems write them, each with how exactly it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

DAY = 86400
_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # systems write 0001-01-01 and 9999-12-31 where they know no time

_CLOCK = r"(?:(?P<h>\d{1,2})[.:](?P<m>\d\d)(?:[.:](?P<s>\d\d)(?:[.,]\d+)?)?|(?P<hh>\d\d)(?P<mm>\d\d)(?P<ss>\d\d)?)"
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})([-/.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?:(?:\s*[T ,_]\s*|(?<=\d{{8}})(?=\d)){_CLOCK}{_ZONE})?"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})([-/.])(?P<month>\d{{1,2}})\2(?P<year>\d{{4}})(?:[T ,]\s*{_CLOCK}{_ZONE})?"
)
_EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\.\d+)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time."""

    at: datetime
    """Its earliest reading, in UTC."""
    precision: int
    """Seconds that the writing leaves open: 1, 60 (no seconds written), 86400 (a date only)."""
    day: str
    """ISO date in the source's own time zone."""

    def later(self, seconds: int) -> Moment:
        """Move it as by another clock."""
        return Moment(self.at + timedelta(seconds=seconds), self.precision, self.day)

    def gap(self, other: Moment) -> int:
        """Count the seconds between the two; 0 if they can be the same."""
        first, last = sorted((self, other), key=lambda moment: moment.at)
        return max(0, int((last.at - first.at).total_seconds()) - first.precision + 1)


def moment(parts: dict[str, str | None], local: tzinfo) -> Moment | None:
    """Make a moment of digits by name (`year month day h m s`, or `hh mm ss`; `zone`); None if there is none such."""
    hour, minute, second = (parts.get(name) or parts.get(name * 2) for name in "hms")
    numbers = [int(part or 0) for part in (parts["year"], parts["month"], parts["day"], hour, minute, second)]
    if not _FIRST_YEAR <= numbers[0] <= _LAST_YEAR:
        return None
    try:
        at = datetime(*numbers[:6], tzinfo=_zone(parts.get("zone"), local))  # type: ignore[arg-type,misc]
        utc = at.astimezone(UTC)
    except ValueError:
        return None
    precision = 1 if second else 60 if hour else DAY
    return Moment(utc, precision, (at if precision == DAY else at.astimezone(local)).date().isoformat())


def parse(text: str, local: tzinfo) -> Moment | None:
    """Read a whole cell as a time: ISO 8601, `20260312101502`, `12/3 2026` style day first, or Unix seconds; else None.

    Args:
        text: The cell. Day comes before month where the year is last, as in Sweden.
        local: Time zone of times that name none.
    """
    plain = text.strip()
    if epoch := _EPOCH.fullmatch(plain):
        at = datetime.fromtimestamp(int(epoch[1]), UTC)
        return Moment(at, 1, at.astimezone(local).date().isoformat())
    found = _YEAR_FIRST.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    return moment(found.groupdict(), local) if found else None


def _zone(text: str | None, local: tzinfo) -> tzinfo:
    if not text:
        return local
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:].lstrip(":") or 0))  # PostgreSQL writes `+01`
    return timezone(offset if text[0] == "+" else -offset)
