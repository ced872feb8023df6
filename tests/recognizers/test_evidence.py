"""The parts of weighing: names of fields, words near by, shares and chance, overlaps, the check digit."""

from __future__ import annotations

import re

import numpy as np
import pytest

from recognizers import context
from recognizers.arbitration import settle
from recognizers.evidence import Verdict, at_least, by_chance, judge, stands_apart, wilson
from recognizers.fieldnames import normalise
from recognizers.luhn import luhn

NAMES = {
    "": "",
    "Kundens Personnummer": "kundens_personnummer",
    "personNr": "person_nr",
    "KundID": "kund_id",
    "IPAddress": "ip_address",
    "Födelsedatum": "fodelsedatum",
    "payload.kund[0].telefon": "kund_telefon",
    "a/b/c": "b_c",
    "cdr.caller": "caller",
    "TEL.NR": "tel_nr",
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_field_names_have_one_spelling(name: str, expected: str) -> None:
    assert normalise(name) == expected


WORDS = context.words(("personnummer", "pg"), ("ordernr", "ref"))
NEAR = [
    ("kundpersonnumret NR", 0, "a compound in another form is not the word"),
    ("kundpersonnummer NR", 1, "a part of a compound"),
    ("jpg NR", 0, "short words only as whole words"),
    ("pg NR", 1, "a short word"),
    ("preferens NR", 0, "not the word ref"),
    ("personnummer saknas, ordernr NR", -1, "the nearest word decides"),
    ("ordernr 17, personnummer NR", 1, "the nearest word decides"),
    ("personnummer\nNR", 1, "the label on the line above"),
    ("personnummer\nkund NR", 0, "the line above belongs to something else"),
    ("NR (personnummer)", 1, "a word after it"),
    ("NR ordernr 17", 0, "the label of another number"),
    ("NR, personnummer saknas", 0, "another clause"),
    ("personnummer" + " " * 40 + "NR", 0, "too far away"),
    ("personnummer\0NR", 0, "another value"),
]


@pytest.mark.parametrize(("text", "sign", "why"), NEAR)
def test_words_near_by(text: str, sign: int, why: str) -> None:
    assert WORDS is not None
    at = text.index("NR")
    assert context.weigh(WORDS, text, [at], [at + 2])[0][0] == sign, why


def test_many_windows_are_judged_as_each_by_itself() -> None:
    assert WORDS is not None
    text = "\0".join([*(text for text, _, _ in NEAR), "İ personnummer NR", "ΟΔΟΣ ordernr NR"])
    starts = [found.start() for found in re.finditer("NR", text)]
    ends = [start + 2 for start in starts]
    one_by_one = [context.weigh(WORDS, text, [start], [start + 2])[0] for start in starts]
    assert context.weigh(WORDS, text, starts, ends) == one_by_one


@pytest.mark.parametrize(
    ("passed", "shaped", "values", "expected"),
    [
        (7, 7, 7, Verdict.NONE),
        (8, 8, 8, Verdict.MOST),
        (90, 100, 100, Verdict.MOST),
        (50, 100, 100, Verdict.NONE),
        (10, 100, 100, Verdict.CHANCE),
        (10, 10, 1000, Verdict.NONE),
    ],
)
def test_shares(passed: int, shaped: int, values: int, expected: Verdict) -> None:
    assert judge(passed, shaped, values) is expected


def test_chance() -> None:
    assert by_chance(4, 1000, 0.0037)
    assert not by_chance(40, 1000, 0.0037)
    assert not by_chance(1, 5, 0.0037)
    assert at_least(1, 0.5) == pytest.approx(0.3935, abs=1e-4)
    assert at_least(10_000, 5.0) == 0
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)


@pytest.mark.parametrize(
    ("spans", "winners"),
    [
        ([(0, 10, 0.9, 1), (0, 10, 0.8, 1)], [0]),
        ([(0, 10, 0.8, 5), (0, 10, 0.8, 1)], [1]),
        ([(0, 20, 0.7, 5), (15, 20, 0.85, 1)], [0]),
        ([(0, 20, 0.4, 5), (15, 20, 0.85, 1)], [1]),
        ([(0, 20, 0.5, 5), (15, 20, 0.97, 1)], [1]),
        ([(0, 5, 0.7, 1), (5, 9, 0.6, 1), (20, 30, 0.3, 1)], [0, 1, 2]),
        ([(0, 6, 0.7, 1), (4, 12, 0.9, 1), (11, 20, 0.8, 1)], [1]),
        ([], []),
    ],
    ids=["score", "rank", "around", "weak around", "much weaker around", "apart", "chain", "none"],
)
def test_overlaps(spans: list[tuple[int, int, float, int]], winners: list[int]) -> None:
    start, end, rank = (np.array([span[part] for span in spans], np.int64) for part in (0, 1, 3))
    score = np.array([span[2] for span in spans], np.float64)
    chosen, beaten = settle(start, end, score, rank)
    assert chosen.tolist() == winners
    assert all(loser not in winners for losers in beaten.values() for loser in losers)


@pytest.mark.parametrize(
    ("number", "passes"), [("9001189811", True), ("9001189812", False), ("5560473521", True), ("0", True)]
)
def test_luhn(number: str, passes: bool) -> None:
    assert luhn(number) is passes


APART = {(1, 0): False, (3, 1): True, (1, 1): False, (2, 2): True, (6, 62): True, (2, 20): False, (185, 50_000): False}


@pytest.mark.parametrize(("counts", "expected"), APART.items())
def test_bare_numbers_stand_apart_from_chance(counts: tuple[int, int], expected: bool) -> None:
    assert stands_apart(*counts, 0.0037) is expected


def test_without_a_known_chance_only_a_share_stands_apart() -> None:
    assert not stands_apart(6, 62, 0)
    assert stands_apart(40, 62, 0)
