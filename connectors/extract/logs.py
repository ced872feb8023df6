"""Logs: texts whose lines are a record each, most of them beginning with a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectors.base import Batch
from connectors.dates import iso_day
from connectors.extract.blocks import Lines
from connectors.extract.pairs import Pairs
from connectors.extract.part import Part, Row, row_batches
from connectors.extract.text import head

TIME = "time"
"""Name of the date that a line begins with."""
_STAMP = re.compile(
    r"""[\s\[(<"]{0,4}(?:
        (?P<iso>\d{4}-\d\d-\d\d)[T ]\d\d:\d\d | (?P<slashes>\d\d/\d\d/\d{4})[ ]\d\d:\d\d
        | (?P<compact>\d{8})[ T-]\d{4,6}\b
        | (?:<?\d{1,3}>)?(?:Jan|Feb|Mar|Apr|Ma[yj]|Jun|Jul|Aug|Sep|O[ck]t|Nov|Dec)[ ]+\d{1,2}[ ]\d\d:\d\d     # syslog
        | \S+[ ]\S+[ ]\S+[ ]\[(?P<web>\d\d/\w{3}/\d{4}):     # web servers
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOOKED_AT = 200
"""Characters of a line that its time stands in."""
_MONTHS_OF_A_YEAR = 12


def is_log(text: str) -> bool:
    """Tell whether most of the first lines begin with a time."""
    first = head(text)
    stamped = sum(1 for line in first if _stamp(line))
    return len(first) >= 2 and stamped * 2 > len(first)


def read_log(part: Part, found: Lines) -> Iterator[Batch]:
    """Give one record a line, `{"row": line number}`, with its day and what it names; blank lines are none."""
    rows: Iterator[Row] = ((found.place, {"": line.rstrip("\r\n")}) for line in found if line.strip())
    first = _first_in_slashes(head(found.beginning))
    pairs = Pairs()
    for batch in row_batches(part, rows, found.notes):
        lines = [line or "" for line in batch.fields[""]]
        days = [_day(line, first) for line in lines]
        whole = ["" if record and "part" in record else line for record, line in zip(batch.records, lines, strict=True)]
        yield replace(batch, dates={TIME: days} if any(days) else {}, named=pairs.of(whole))


def _stamp(line: str) -> re.Match[str] | None:
    return _STAMP.match(line[:_LOOKED_AT])


def _first_in_slashes(lines: Sequence[str]) -> str:
    """Tell what comes first where the others' dates are `03/04/2025`: "day", "month", or "" if nothing tells."""
    dates = [match["slashes"] for line in lines if (match := _stamp(line)) and match["slashes"]]
    if any(int(date[:2]) > _MONTHS_OF_A_YEAR for date in dates):
        return "day"
    return "month" if any(int(date[3:5]) > _MONTHS_OF_A_YEAR for date in dates) else ""


def _day(line: str, first: str) -> str | None:
    """Give the day of the time that a line begins with; that of syslog tells no year."""
    match = _stamp(line)
    if match is None:
        return None
    if date := match["iso"]:
        return iso_day(date)
    if date := match["compact"]:
        return iso_day(f"{date[:4]}-{date[4:6]}-{date[6:]}")
    if date := match["web"]:
        day, month, year = date.split("/")
        return iso_day(f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{day}") if month.lower() in _MONTHS else None
    if (date := match["slashes"]) and first:
        one, other, year = date.split("/")
        return iso_day(f"{year}-{other}-{one}" if first == "day" else f"{year}-{one}-{other}")
    return None
