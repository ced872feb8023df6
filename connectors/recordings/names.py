"""What a recording's name says: `20260312_101502_0701740605_agent12.wav`, `in-2026-03-12T10.15.02-+46701740605.mp3`."""

from __future__ import annotations

import re
from datetime import tzinfo
from pathlib import PurePosixPath

from connectors.recordings.clues import Clues
from connectors.recordings.numbers import PREFIXED, mentioned
from connectors.recordings.times import DAY, Moment, moment

_CLOCK = r"(?P<h>\d\d)(?P<sep>[-.:_]?)(?P<m>\d\d)(?:(?P=sep)(?P<s>\d\d))?"
_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
_TIMES = (
    re.compile(rf"(?<!\d)(?P<year>20\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?:T{_CLOCK}{_ZONE})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>20\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)[-_. ]{{0,3}}{_CLOCK}(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d\d)([-_.])(?P<month>\d\d)\2(?P<year>20\d\d)[-_. T]{{1,3}}{_CLOCK}(?!\d)"),
    re.compile(rf"(?<!\d){_CLOCK}[-_. ](?P<year>20\d\d)([-_.]?)(?P<month>\d\d)\6(?P<day>\d\d)(?!\d)"),
)
_DATE = re.compile(r"(?<!\d)(?P<year>20\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?![-+]?\d)")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_ID = 8
"""Parts (between signs) that a call id may have: a UUID has 5, a date, a time and a counter 8."""


def clues(key: str, local: tzinfo) -> Clues:
    """Read a recording's path.

    Args:
        key: Path relative to the source, with `/`. Folders count where the name says nothing: `2026/03/12/101502.wav`.
        local: Time zone of the times.
    """
    path = PurePosixPath(key)
    name, whole = path.stem, str(path.with_suffix("")).replace("/", "_")
    started, rest = _started(name, local)
    if started is None or started.precision == DAY:
        found, rest_of_whole = _started(whole, local)
        started, rest = (found, rest_of_whole) if found else (started, rest)
    numbers = mentioned(rest) or mentioned(_started(whole, local)[1])
    return Clues(numbers, started, _ids(name, local))


def _started(text: str, local: tzinfo) -> tuple[Moment | None, str]:
    """Find the time, and give the text with the time taken out, so that its digits are no telephone number."""
    for pattern in (*_TIMES, _DATE):
        for found in pattern.finditer(text):
            if started := moment(found.groupdict(), local):
                return started, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _ids(name: str, local: tzinfo) -> frozenset[str]:
    """List the whole name, and the runs of its parts that hold a digit and are not just the call's time or number."""
    rest = PREFIXED.sub(" ", _started(name, local)[1])
    telling = set(_WORD.findall(rest))
    words = list(_WORD.finditer(name))
    ids = {name.casefold()}
    for first, start in enumerate(words):
        for end in words[first : first + _LONGEST_ID]:
            run = name[start.start() : end.end()]
            if len(run) >= 4 and any(map(str.isdigit, run)) and not telling.isdisjoint(_WORD.findall(run)):
                ids.add(run.casefold())
    return frozenset(ids)
