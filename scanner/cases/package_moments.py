"""Moments that systems count in seconds since 1970, as a clock in Sweden shows them: `1692936090` tells no day."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_COUNTED = re.compile(r"(\d{10})(?:\d{3})?")
"""Seconds, or milliseconds."""
_FIRST, _LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2000, 2100))
_CALLED = re.compile(
    r"(?:^|[._])(?:ts|tid|time|timestamp|tidpunkt|tidsst[aä]mpel|epoch|at)$|[a-z](?:At|Time|Ts)$"
    r"|(?:^|[._])(?:bokf[oö]rd|booked|skapad|created|[aä]ndrad|updated|modified|inkom|received|skickad|sent|betald|paid)$"
)
_SWEDEN = ZoneInfo("Europe/Stockholm")


def moment(name: str, value: str, days: Collection[str]) -> str:
    """Day and time, `2023-08-25 06:01`; "" where a value is none, or its column does not hold moments.

    Args:
        name: Of the column, or the path within it.
        value: As it stands there.
        days: Columns of which the scan has read the days.
    """
    counted = _COUNTED.fullmatch(value)
    if counted is None or not (name in days or _CALLED.search(name)):
        return ""
    seconds = int(counted.group(1))
    return f"{datetime.fromtimestamp(seconds, _SWEDEN):%Y-%m-%d %H:%M}" if _FIRST <= seconds < _LAST else ""
