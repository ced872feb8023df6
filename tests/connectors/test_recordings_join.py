"""Joining by number and time: what must not be joined comes first."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from connectors.recordings.clues import Clues
from connectors.recordings.join import References, by_number_and_time
from connectors.recordings.times import parse

ZONE = ZoneInfo("Europe/Stockholm")
ANNA, BO, OFFICE = "46701740605", "46701740606", "46846500400"


def at(clock: str, *numbers: str) -> Clues:
    return Clues(frozenset(numbers), parse(f"2026-03-12 {clock}".strip(), ZONE))


NOT_JOINED = {
    "another number": ({"a": at("10:15:02", ANNA)}, {1: at("10:15:02", BO)}),
    "no number": ({"a": at("10:15:02")}, {1: at("10:15:02", ANNA)}),
    "outside the skew": ({"a": at("10:15:02", ANNA)}, {1: at("10:17:03", ANNA)}),
    "a date only": ({"a": at("", ANNA)}, {1: at("10:15:02", ANNA)}),
    "a date only in the list": ({"a": at("00:00:30", ANNA)}, {1: at("", ANNA)}),
}


@pytest.mark.parametrize("case", NOT_JOINED)
def test_not_joined(case: str) -> None:
    """T55."""
    recordings, rows = NOT_JOINED[case]
    matches = by_number_and_time(recordings, rows, 120)
    assert (matches.joined, matches.doubtful_rows, matches.doubtful_recordings) == ({}, set(), set())


DOUBTFUL = {
    "two rows as near": ({"a": at("10:15:00", ANNA)}, {1: at("10:14:50", ANNA), 2: at("10:15:10", ANNA)}),
    "two recordings as near": ({"a": at("10:15", ANNA), "b": at("10:15", ANNA)}, {1: at("10:15:10", ANNA)}),
    "a clock that is off by more than calls are apart": (
        {"a": at("10:16:02", ANNA), "b": at("10:16:50", ANNA)},
        {1: at("10:15:00", ANNA), 2: at("10:15:48", ANNA)},
    ),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_doubtful(case: str) -> None:
    """T55."""
    recordings, rows = DOUBTFUL[case]
    matches = by_number_and_time(recordings, rows, 120)
    assert (matches.joined, matches.doubtful_rows, matches.doubtful_recordings) == ({}, set(rows), set(recordings))


JOINED = {
    "exactly": ({"a": at("10:15:02", ANNA)}, {1: at("10:15:02", ANNA, OFFICE)}, {1: "a"}),
    "at the edge of the skew": ({"a": at("10:15:02", ANNA)}, {1: at("10:17:02", ANNA)}, {1: "a"}),
    "a minute is a minute long": ({"a": at("10:15", ANNA)}, {1: at("10:17:59", ANNA)}, {1: "a"}),
    "two calls in the same minute, other numbers": (
        {"a": at("10:15", ANNA), "b": at("10:15", BO)},
        {1: at("10:15:30", BO), 2: at("10:15:10", ANNA)},
        {1: "b", 2: "a"},
    ),
    "the nearer of two rows": (
        {"a": at("10:15:02", ANNA)},
        {1: at("10:14:00", ANNA), 2: at("10:15:10", ANNA)},
        {2: "a"},
    ),
    "more shared numbers before nearer": (
        {"a": at("10:15:02", ANNA, BO)},
        {1: at("10:15:02", ANNA), 2: at("10:15:40", ANNA, BO)},
        {2: "a"},
    ),
    "called again at once": (
        {"a": at("10:15:02", ANNA), "b": at("10:15:50", ANNA)},
        {1: at("10:15:00", ANNA), 2: at("10:15:48", ANNA)},
        {1: "a", 2: "b"},
    ),
    "a recording in two parts": (
        {"a": at("10:15:02", ANNA), "b": at("10:16:30", ANNA)},
        {1: at("10:15:00", ANNA)},
        {1: "a"},
    ),
}


@pytest.mark.parametrize("case", JOINED)
def test_joined(case: str) -> None:
    recordings, rows, joined = JOINED[case]
    assert by_number_and_time(recordings, rows, 120).joined == joined


def test_order_does_not_matter() -> None:
    recordings, rows, joined = JOINED["called again at once"]
    backwards = by_number_and_time(dict(reversed(recordings.items())), dict(reversed(rows.items())), 120)
    assert backwards.joined == joined


def test_a_clock_that_is_always_off_is_set_right_by_the_calls_without_rivals() -> None:
    case, rows = DOUBTFUL["a clock that is off by more than calls are apart"]
    others = {f"{hour}": at(f"{hour}:01:02", BO) for hour in range(11, 21)}
    other_rows = {hour: at(f"{hour}:00:00", BO) for hour in range(11, 21)}
    joined = by_number_and_time(case | others, rows | other_rows, 120).joined
    assert (joined[1], joined[2], len(joined)) == ("a", "b", 12)


RECORDINGS = {
    "mars/REC-1.wav": Clues(ids=frozenset({"rec-1"})),
    "april/REC-1.wav": Clues(ids=frozenset({"rec-1"})),
    "REC-8842.wav": Clues(frozenset({ANNA}), ids=frozenset({"rec-8842", "8842"})),
    **{f"agent_1001_{n}.wav": Clues(ids=frozenset({"1001"})) for n in range(9)},
}


@pytest.mark.parametrize(
    ("clues", "found"),
    [
        (Clues(files=frozenset({"rec-1.wav"})), []),  # which of the two?
        (Clues(files=frozenset({"ec-8842.wav"})), []),
        (Clues(ids=frozenset({"884"})), []),
        (Clues(ids=frozenset({"1001"})), []),  # an agent, not a call
        (Clues(frozenset({BO}), ids=frozenset({"8842"})), []),  # the number speaks against it
        (Clues(frozenset({ANNA}), ids=frozenset({"8842"})), ["REC-8842.wav"]),
        (Clues(ids=frozenset({"8842"})), ["REC-8842.wav"]),
        (Clues(ids=frozenset({"rec-1"})), ["april/REC-1.wav", "mars/REC-1.wav"]),  # parts of one call
        (Clues(files=frozenset({"rec-8842"})), ["REC-8842.wav"]),
        (Clues(files=frozenset({"mars/rec-1.wav"})), ["mars/REC-1.wav"]),
        (Clues(files=frozenset({"/srv/recordings/april/rec-1.wav"})), ["april/REC-1.wav"]),
        (Clues(files=frozenset({"d:/rec/rec-8842.wav"})), ["REC-8842.wav"]),
        (Clues(files=frozenset({"https://pbx.example/get/rec-8842.wav?part=1"})), ["REC-8842.wav"]),
    ],
)
def test_references(clues: Clues, found: list[str]) -> None:
    assert References(RECORDINGS).find(clues) == found
