"""A recognizer that raises: what it finds in the other values is kept, and so is all that the others find.

Which values it raises at is found by halves; they are left out for it alone. Whoever asks for this is told of each
fault, by names of classes: an error's text may hold the value. Whoever does not is raised at.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from recognizers.base import Recognizer
from recognizers.columns import Column
from recognizers.sweep import Found, sweep

_MOST = 16
"""Values of a column. A recognizer that raises at more is broken altogether."""


class Fault(NamedTuple):
    """What a recognizer raised in a column."""

    recognizer: str
    """Name of its class; likewise of the `error`."""
    error: str


class Faults:
    """Sweeps columns that belong together, and gathers what recognizers raise."""

    def __init__(self) -> None:
        self._seen: dict[Fault, None] = {}
        self._telling: set[str] = set()
        """Recognizers that found anything."""

    def __iter__(self) -> Iterator[Fault]:
        """Each once."""
        return iter(self._seen)

    def __bool__(self) -> bool:
        """Whether there was any."""
        return bool(self._seen)

    def __str__(self) -> str:
        """For people: `StaffRecognizer: ValueError`."""
        return ", ".join(f"{fault.recognizer}: {fault.error}" for fault in self)

    @property
    def lost(self) -> bool:
        """Whether one that raised found nothing in any other value either: it may be broken altogether."""
        return any(fault.recognizer not in self._telling for fault in self)

    def sweep(self, recognizer: Recognizer, column: Column) -> list[Found]:
        """What `sweep` gives, as far as it can be told."""
        name = type(recognizer).__name__
        try:
            found = _swept(recognizer, column)
        except MemoryError:
            raise  # nobody's fault, and trying again would not help
        except Exception as error:  # noqa: BLE001  a plugin may raise anything; its kind is told, no more
            self._seen[Fault(name, type(error).__name__)] = None
            found = _around(recognizer, column)
        if found:
            self._telling.add(name)
        return found


def _swept(recognizer: Recognizer, column: Column) -> list[Found]:
    found = sweep(recognizer, column)
    if found:
        recognizer.forbids(column.name)  # what all have found is weighed by it, together
    return found


def _around(recognizer: Recognizer, column: Column) -> list[Found]:
    """What it finds in the values that it does not raise at; nothing where these are too many, or not what is wrong."""
    tripping = list(islice(_tripping(recognizer, column), _MOST + 1))
    if not tripping or len(tripping) > _MOST:
        return []
    return _tried(recognizer, column.without(tripping)) or []


def _tripping(recognizer: Recognizer, column: Column) -> Iterator[int]:
    """Index of each value at which it raises."""
    parts = [range(len(column.values))]
    while parts:
        part = parts.pop()
        if _tried(recognizer, column.part(part)) is not None:
            continue
        if len(part) == 1:
            yield part[0]
            continue
        middle = len(part) // 2
        parts += [part[middle:], part[:middle]]


def _tried(recognizer: Recognizer, column: Column) -> list[Found] | None:
    try:
        return _swept(recognizer, column)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  it is told already
        return None
