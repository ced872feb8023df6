"""Reads small units ahead, a few at a time, so that their texts are analyzed together.

A short text by itself takes four times as long to analyze: every recognizer is begun for it. What is found in each is
the same (`Analyzer.find_each`), and so is what becomes of a unit: it is entered, or fails, in its turn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from connectors import Batch, ConnectorError, Unread
from recognizers import Analyzer, Matches
from scanner.engine.job import Job
from scanner.errors import InsynError

SMALL_BYTES = 32 << 10
"""Of a unit, as its source tells. What it unpacks to may be more: that is read in its turn."""
_TOGETHER = 28
_MOST_BATCHES, _MOST_CHARACTERS = 8, 32 << 10
"""Of a unit that are read ahead."""
Item = tuple[Batch, Matches | None] | Unread
"""A batch with what was found in it, None: it is not analyzed yet; or what could not be read."""


@dataclass(slots=True)
class _Taken:
    """What has been read of a unit."""

    items: list[Batch | Unread] = field(default_factory=list)
    rest: Iterator[Batch | Unread] = field(default_factory=lambda: iter(()))
    """What is still to be read, or the error that it ended with."""
    whole: bool = True


class Ahead:
    """Units that come next."""

    def __init__(self, read: Callable[[Job], Iterator[Batch | Unread]], analyzer: Analyzer) -> None:
        """Take how a unit is read, and by whom it is analyzed."""
        self._read = read
        self._analyzer = analyzer
        self._coming: deque[Job] = deque()
        self._ready: dict[int, Iterator[Item]] = {}
        self._mute: dict[tuple[str, ...], bool] = {}
        """Fields' names -> whether none tells anything of its values."""

    def expect(self, jobs: Sequence[Job]) -> None:
        """Take the hint that these jobs come next, in this order. One that comes alone is read alone."""
        self._coming = deque(jobs)
        self._ready = {}

    def items(self, job: Job) -> Iterator[Item]:
        """What is read of a unit, or of a chunk of it.

        Raises:
            ConnectorError: the source as a whole cannot be read any more.
        """
        if job.task_id not in self._ready:
            group = self._group(job)
            if len(group) < 2:
                return ((item, None) if isinstance(item, Batch) else item for item in self._read(job))
            self._take(group)
        return self._ready.pop(job.task_id)

    def _group(self, job: Job) -> list[Job]:
        """The job and the small ones of its source that come right after it; none where it is not expected."""
        while self._coming and self._coming[0].task_id != job.task_id:
            self._coming.popleft()
        group: list[Job] = []
        for other in islice(self._coming, _TOGETHER):
            if not is_small(other) or other.source != job.source:
                break
            group.append(other)
        return group

    def _take(self, group: Sequence[Job]) -> None:
        """Read units of a group, up to one that is not small after all, and analyze their texts."""
        taken: dict[int, _Taken] = {}
        for job in group:
            one = taken[job.task_id] = _taken(self._read(job))
            if not one.whole:
                break
        found = iter(self._analyzed([item for one in taken.values() for item in one.items]))
        for task, one in taken.items():
            ready = [_item(item, next(found)) for item in one.items]
            self._ready[task] = chain(ready, (_item(item, None) for item in one.rest))

    def _analyzed(self, items: Sequence[Batch | Unread]) -> list[Matches | None]:
        """What is found in each, where it is one record of a batch; None: it is analyzed in its turn."""
        alike: dict[tuple[str, ...], list[int]] = {}
        for at, item in enumerate(items):
            if isinstance(item, Batch) and len(item.records) == 1:
                alike.setdefault(tuple(item.fields), []).append(at)
        known: list[Matches | None] = [None] * len(items)
        for names, places in alike.items():
            if len(places) > 1 and self._is_mute(names):
                batches = [item for item in map(items.__getitem__, places) if isinstance(item, Batch)]
                for at, matches in zip(places, self._found(names, batches), strict=False):  # none where it failed
                    known[at] = matches
        return known

    def _found(self, names: Sequence[str], batches: Sequence[Batch]) -> list[Matches]:
        records = [{name: batch.fields[name][0] for name in names} for batch in batches]
        try:
            return self._analyzer.find_each(records)
        except Exception:  # noqa: BLE001  whose fault it is shows, and is told, when each is analyzed in its turn
            return []

    def _is_mute(self, names: tuple[str, ...]) -> bool:
        if names not in self._mute:
            self._mute[names] = self._analyzer.tells_nothing(names)
        return self._mute[names]


def is_small(job: Job) -> bool:
    """Whether a job is to read a whole unit that is small, as far as its source tells."""
    return job.chunk is None and job.unit.kind != "table" and job.unit.size <= SMALL_BYTES


def _taken(read: Iterator[Batch | Unread]) -> _Taken:
    taken = _Taken()
    size = 0
    try:
        for item in read:
            taken.items.append(item)
            size += _characters(item) if isinstance(item, Batch) else 0
            if len(taken.items) > _MOST_BATCHES or size > _MOST_CHARACTERS:
                taken.rest, taken.whole = read, False
                break
    except (InsynError, ConnectorError) as error:
        taken.rest, taken.whole = _failing(error), False
    return taken


def _characters(batch: Batch) -> int:
    return sum(len(value) for values in batch.fields.values() for value in values if value)


def _failing(error: InsynError | ConnectorError) -> Iterator[Batch | Unread]:
    """Raise, in the unit's turn, what it ended with."""
    raise error
    yield


def _item(item: Batch | Unread, found: Matches | None) -> Item:
    return (item, found) if isinstance(item, Batch) else item
