"""Small units that are read ahead: what each is, and what becomes of it, stays as if it had been read alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from connectors import Batch, Chunk, ConnectorError, State, Unit, Unread
from recognizers import Analyzer, Matches
from recognizers.base import Candidate, Proof
from recognizers.ip import IpRecognizer
from recognizers.personnummer import PersonnummerRecognizer
from scanner.engine.ahead import SMALL_BYTES, Ahead, Item
from scanner.engine.job import Job

TEXT = "Kund 900118-9811 ringde från 192.0.2.7"


@cache
def analyzer() -> Analyzer:
    return Analyzer([PersonnummerRecognizer(), IpRecognizer()])


class Share:
    """Files in memory, and which of them are being read."""

    def __init__(self, **texts: Sequence[str] | Exception) -> None:
        self.texts = texts
        self.read: list[str] = []

    def __call__(self, job: Job) -> Iterator[Batch | Unread]:
        self.read.append(job.unit.key)
        yield Batch(job.unit.key, [None], {"path": [job.unit.key]})
        told = self.texts[job.unit.key]
        if isinstance(told, Exception):
            raise told
        for at, text in enumerate(told):
            yield Batch(job.unit.key, [{"page": at}], {"": [text]})
        yield Unread(job.unit.key, State.PARTIAL, "cut")


def jobs(*keys: str, size: int = 100, kind: str = "file", source: str = "share") -> list[Job]:
    units = [Unit(key, "1", kind, size) for key in keys]
    return [Job(hash(unit.key), 1, 1, source, 1, unit, "v") for unit in units]


def found(items: Iterator[Item]) -> list[tuple[str, list[tuple[object, ...]] | None] | Unread]:
    return [item if isinstance(item, Unread) else (item[0].unit, _plain(item[1])) for item in items]


def _plain(matches: Matches | None) -> list[tuple[object, ...]] | None:
    return None if matches is None else [(m.record, m.field, m.entity, m.start, m.score, m.why) for m in matches]


def test_units_that_come_next_are_read_and_analyzed_together() -> None:
    share = Share(a=[TEXT], b=["inget här"], c=[TEXT, "192.0.2.9"])
    ahead = Ahead(share, analyzer())
    coming = jobs("a", "b", "c")
    ahead.expect(coming)
    first = found(ahead.items(coming[0]))
    assert share.read == ["a", "b", "c"]
    assert first == [("a", []), ("a", _plain(analyzer().find({"": [TEXT]}))), Unread("a", State.PARTIAL, "cut")]
    assert found(ahead.items(coming[1])) == [("b", []), ("b", []), Unread("b", State.PARTIAL, "cut")]
    third = found(ahead.items(coming[2]))
    assert third[2] == ("c", _plain(analyzer().find({"": ["192.0.2.9"]})))
    assert share.read == ["a", "b", "c"]


@pytest.mark.parametrize(
    "coming",
    [
        [*jobs("a"), *jobs("b", size=SMALL_BYTES + 1)],
        [*jobs("a"), *jobs("b", kind="table")],
        [*jobs("a"), *jobs("b", source="other")],
        [Job(7, 1, 1, "share", 1, Unit("a", "1", "file", 9), "v", chunk=Chunk("a", "1")), *jobs("b")],
        jobs("a"),
    ],
    ids=["large", "table", "of another source", "chunk", "nothing"],
)
def test_what_cannot_be_taken_along_is_read_in_its_turn(coming: list[Job]) -> None:
    share = Share(a=[TEXT], b=[TEXT])
    ahead = Ahead(share, analyzer())
    ahead.expect(coming)
    for at, job in enumerate(coming, 1):
        assert [item[1] for item in ahead.items(job) if isinstance(item, tuple)] == [None, None]
        assert share.read == ["a", "b"][:at]


def test_a_unit_that_nobody_announced_is_read_alone() -> None:
    share = Share(a=[TEXT], b=[TEXT], c=[TEXT])
    ahead = Ahead(share, analyzer())
    ahead.expect(jobs("a", "b"))
    assert len(list(ahead.items(jobs("c")[0]))) == 3
    assert share.read == ["c"]


def test_an_error_is_met_in_the_turn_of_its_unit() -> None:
    share = Share(a=[TEXT], b=ConnectorError("down"), c=[TEXT])
    ahead = Ahead(share, analyzer())
    coming = jobs("a", "b", "c")
    ahead.expect(coming)
    assert len(list(ahead.items(coming[0]))) == 3
    failing = ahead.items(coming[1])
    assert isinstance(next(failing), tuple)
    with pytest.raises(ConnectorError):
        next(failing)
    assert len(list(ahead.items(coming[2]))) == 3
    assert share.read == ["a", "b", "c"]


def test_of_a_small_file_that_holds_much_the_rest_is_read_in_its_turn() -> None:
    """An archive of a few bytes may unpack to anything."""
    given: list[int] = []

    def read(job: Job) -> Iterator[Batch | Unread]:
        for at in range(1000):
            given.append(at)
            yield Batch(job.unit.key, [{"page": at}], {"": [TEXT]})

    ahead = Ahead(read, analyzer())
    coming = jobs("a", "b")
    ahead.expect(coming)
    items = ahead.items(coming[0])
    assert len(given) < 20
    assert sum(isinstance(item, tuple) for item in items) == 1000
    assert len(list(ahead.items(coming[1]))) == 1000


def test_fields_whose_names_tell_something_are_not_analyzed_together() -> None:
    def read(job: Job) -> Iterator[Batch | Unread]:
        yield Batch(job.unit.key, [None], {"ip": ["192.0.2.7"]})

    ahead = Ahead(read, analyzer())
    coming = jobs("a", "b")
    ahead.expect(coming)
    assert [item[1] for job in coming for item in ahead.items(job) if isinstance(item, tuple)] == [None, None]


class Tripping(IpRecognizer):
    """Trips over one text."""

    def prove(self, candidate: Candidate) -> Proof | None:
        if candidate.text == "192.0.2.66":
            raise ZeroDivisionError
        return super().prove(candidate)


def test_a_text_that_a_recognizer_trips_over_leaves_the_others_to_their_turn() -> None:
    share = Share(a=[TEXT], b=["192.0.2.66"])
    ahead = Ahead(share, Analyzer([Tripping()]))
    coming = jobs("a", "b")
    ahead.expect(coming)
    assert [[item[1] is None for item in ahead.items(job) if isinstance(item, tuple)] for job in coming] == [
        [False, True],
        [False, True],
    ]


def test_what_is_read_later_is_not_given_what_was_found_in_an_earlier_file() -> None:
    """A batch that is let go makes room for the next: its place in memory tells nothing."""

    def read(job: Job) -> Iterator[Batch | Unread]:
        for at in range(1 if job.unit.key != "d" else 400):
            yield Batch(job.unit.key, [{"page": at}], {"": [TEXT]})

    ahead = Ahead(read, analyzer())
    coming = jobs("a", "b", "c", "d")
    ahead.expect(coming)
    known = [sum(item[1] is not None for item in ahead.items(job) if isinstance(item, tuple)) for job in coming]
    assert known[:3] == [1, 1, 1]
    assert known[3] < 20
