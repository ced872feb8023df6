"""Which description belongs to which recording: by what names the call, else by number and time; never in doubt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median_low
from typing import Generic, TypeVar

from connectors.recordings.clues import Clues

R = TypeVar("R", bound=Hashable)
N = TypeVar("N")

MOST_SHARING = 8
"""Recordings (parts of one call) or rows (its legs) that may share a call id; what more share (a tenant) is none."""

_ENOUGH = 10
"""Pairs without a rival from which the difference of the clocks is told."""


class References:
    """Recordings by what a description can call them: file name, path, call id."""

    def __init__(self, recordings: Mapping[str, Clues]) -> None:
        """Index recordings: key -> clues."""
        self._clues = recordings
        self._named: dict[str, list[str]] = defaultdict(list)
        self._identified: dict[str, list[str]] = defaultdict(list)
        for key, clues in recordings.items():
            name = key.casefold().rpartition("/")[2]
            for called in {name, name.rpartition(".")[0]}:
                self._named[called].append(key)
            for call_id in clues.ids:
                self._identified[call_id].append(key)

    def find(self, clues: Clues) -> list[str]:
        """List the recordings that a description names: by file, else by call id if nothing else speaks against it."""
        by_file = [key for file in sorted(clues.files) for key in self._by_file(file)]
        if by_file:
            return sorted(set(by_file))
        by_id = {key for call_id in clues.ids for key in self._by_id(call_id)}
        return sorted(key for key in by_id if not self._clues[key].contradict(clues))

    def _by_file(self, file: str) -> list[str]:
        path = file.partition("?")[0].strip("/")
        keys = self._named.get(path.rpartition("/")[2], [])
        if len(keys) < 2:
            return keys
        ends = [key for key in keys if _same_end(key.casefold(), path)]
        return ends if len(ends) == 1 else []

    def _by_id(self, call_id: str) -> list[str]:
        keys = self._identified.get(call_id, [])
        return keys if len(keys) <= MOST_SHARING else []


def _same_end(key: str, path: str) -> bool:
    """Tell whether one path is the end of the other: a call list has those of its machine, or within a folder."""
    return f"/{key}".endswith(f"/{path}") or f"/{path}".endswith(f"/{key}")


@dataclass(slots=True)
class Matches(Generic[R]):
    """What number and time say."""

    joined: dict[R, str] = field(default_factory=dict)
    """Description -> recording."""
    doubtful_rows: set[R] = field(default_factory=set)
    doubtful_recordings: set[str] = field(default_factory=set)


def by_number_and_time(recordings: Mapping[str, Clues], rows: Mapping[R, Clues], skew: int) -> Matches[R]:
    """Join each recording with the row that shares a number and starts nearest, at most `skew` seconds apart.

    The two must prefer each other, with no other as near; and where calls and rows of one number stand so close that
    some of both are left over, none of them is joined: with a clock that is off, each would take its neighbour's row.

    Args:
        recordings: Key -> clues.
        rows: Any name of a description -> clues.
        skew: Seconds that the clocks may differ.
    """
    edges = _by_one_clock(_edges(recordings, rows, skew), recordings, rows)
    row_of, recording_of = _preferred(edges)
    matches = Matches[R]()
    for near_recordings, near_rows in _groups(edges):
        mutual = {row: recording_of[row] for row in near_rows if row_of.get(recording_of.get(row, "")) == row}
        loose_rows, loose = near_rows - set(mutual), near_recordings - set(mutual.values())
        if loose_rows and loose:
            mutual, loose_rows, loose = {}, near_rows, near_recordings
        matches.joined |= mutual
        matches.doubtful_rows |= loose_rows
        matches.doubtful_recordings |= loose
    return matches


@dataclass(frozen=True, slots=True, order=True)
class _Rank:
    """How near a row is to a recording; the least is the nearest."""

    numbers: int
    """Shared numbers, negated."""
    seconds: int


_Edges = dict[tuple[str, R], _Rank]


def _edges(recordings: Mapping[str, Clues], rows: Mapping[R, Clues], skew: int) -> _Edges[R]:
    """List the pairs that share a number and start within the skew."""
    starts: dict[str, list[tuple[datetime, R]]] = defaultdict(list)
    for row, clues in rows.items():
        if clues.timed and clues.started:
            for number in clues.numbers:
                starts[number].append((clues.started.at, row))
    for listed in starts.values():
        listed.sort(key=_at)
    edges: _Edges[R] = {}
    for key, clues in recordings.items():
        for row in _near(clues, starts, skew):
            other = rows[row]
            if clues.started and other.started and (seconds := clues.started.gap(other.started)) <= skew:
                edges[key, row] = _Rank(-len(clues.numbers & other.numbers), seconds)
    return edges


def _by_one_clock(edges: _Edges[R], recordings: Mapping[str, Clues], rows: Mapping[R, Clues]) -> _Edges[R]:
    """Rank anew by a clock set right: pairs that have no rival tell by how much the two clocks are usually apart."""
    recordings_seen, rows_seen = Counter(key for key, _ in edges), Counter(row for _, row in edges)
    times = {(key, row): (recordings[key].started, rows[row].started) for key, row in edges}
    apart = [
        int((listed.at - recorded.at).total_seconds())
        for (key, row), (recorded, listed) in times.items()
        if recorded
        and listed
        and recordings_seen[key] == rows_seen[row] == 1
        and recorded.precision == listed.precision
    ]
    usual = median_low(apart) if len(apart) >= _ENOUGH else 0
    return {
        pair: _Rank(edges[pair].numbers, recorded.later(usual).gap(listed))
        for pair, (recorded, listed) in times.items()
        if recorded and listed
    }


def _near(clues: Clues, starts: Mapping[str, list[tuple[datetime, R]]], skew: int) -> Iterator[R]:
    """Give the rows of the recording's numbers that start within the skew and the minute that a time may leave open."""
    if not (clues.timed and clues.started):
        return
    reach = timedelta(seconds=skew + 60)
    for number in clues.numbers:
        listed = starts.get(number, [])
        first = bisect_left(listed, clues.started.at - reach, key=_at)
        last = bisect_right(listed, clues.started.at + reach, key=_at)
        yield from (row for _, row in listed[first:last])


def _at(start: tuple[datetime, R]) -> datetime:
    return start[0]


def _preferred(edges: _Edges[R]) -> tuple[dict[str, R], dict[R, str]]:
    """Give each recording its nearest row and each row its nearest recording, where one alone is nearest."""
    of_recording: dict[str, list[tuple[_Rank, R]]] = defaultdict(list)
    of_row: dict[R, list[tuple[_Rank, str]]] = defaultdict(list)
    for (key, row), rank in edges.items():
        of_recording[key].append((rank, row))
        of_row[row].append((rank, key))
    row_of = {key: _nearest(ranked) for key, ranked in of_recording.items()}
    recording_of = {row: _nearest(ranked) for row, ranked in of_row.items()}
    return (
        {key: row for key, row in row_of.items() if row is not None},
        {row: key for row, key in recording_of.items() if key is not None},
    )


def _nearest(ranked: list[tuple[_Rank, N]]) -> N | None:
    """Give the one that is nearest; None if two are as near."""
    least = min(rank for rank, _ in ranked)
    nearest = [item for rank, item in ranked if rank == least]
    return nearest[0] if len(nearest) == 1 else None


def _groups(edges: _Edges[R]) -> Iterator[tuple[set[str], set[R]]]:
    """Give recordings and rows that hang together, directly or over others."""
    rows_of: dict[str, set[R]] = defaultdict(set)
    recordings_of: dict[R, set[str]] = defaultdict(set)
    for key, row in edges:
        rows_of[key].add(row)
        recordings_of[row].add(key)
    seen: set[str] = set()
    for start in rows_of:
        if start in seen:
            continue
        keys, rows, pending = set[str](), set[R](), [start]
        while pending:
            key = pending.pop()
            if key not in keys:
                keys.add(key)
                rows |= rows_of[key]
                pending += [other for row in rows_of[key] for other in recordings_of[row]]
        seen |= keys
        yield keys, rows
