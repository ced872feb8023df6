"""Weigh the proven candidates of a column: words near by, the field's name, the share of the column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from recognizers import context, evidence, unchecked
from recognizers.base import LOOSE
from recognizers.columns import Column, Positions, distinct
from recognizers.evidence import Verdict
from recognizers.sweep import Found


def weigh(founds: Sequence[Found], column: Column) -> None:
    """Adjust the scores of `founds`, all of one column, in place, and add to their `why`."""
    spoken_for = {found.entity for found in founds if found.recognizer.speaks(column.name)}
    for entity in dict.fromkeys(found.entity for found in founds):
        group = [found for found in founds if found.entity == entity]
        others = [found for found in founds if found.entity != entity]
        verdict = _verdict(group, column, others)
        for found in group:
            _weigh_context(found, column)
            _weigh_column(found, column, verdict, spoken_for)
        if entity not in spoken_for:
            unchecked.doubt(group, column)


def _union(arrays: Iterable[Positions]) -> Positions:
    return distinct(np.concatenate(list(arrays)))


def _verdict(group: Sequence[Found], column: Column, others: Sequence[Found]) -> Verdict:
    """Judge the share of one entity over all its recognizers: a personnummer and a samordningsnummer share a column."""
    if column.alone:
        return Verdict.NONE
    passed = _union(found.passed() for found in group)
    if not len(passed):
        return Verdict.NONE
    shaped = _union(found.shaped for found in group)
    verdict = evidence.judge(len(passed), len(shaped), len(column.values))
    chance = sum(found.chance for found in group)
    if verdict is not Verdict.NONE or not chance:
        return verdict
    told = [found.passed() for found in others if 0 < found.chance < evidence.CHECK_DIGIT]
    peers = _peers(column, passed, _union(told) if told else passed[:0])
    return Verdict.CHANCE if evidence.by_chance(len(passed), peers, chance) else verdict


def _peers(column: Column, passed: Positions, told: Positions) -> int:
    """Count the values that are numbers as long as those that passed, but for those that are something else, surely.

    Firms' numbers among personnummer are few, and all of those that are no personnummer.
    """
    alike = column.numbers & np.isin(column.lengths, np.unique(column.lengths[passed]))
    alike[np.setdiff1d(told, passed)] = False
    return int(np.count_nonzero(alike))


def _weigh_context(found: Found, column: Column) -> None:
    recognizer = found.recognizer
    looked_for = context.words(tuple(recognizer.context), tuple(recognizer.against))
    if looked_for is None:
        return
    within = np.flatnonzero(~found.whole)
    if not len(within):
        return
    told = context.weigh(looked_for, column.text, found.start[within].tolist(), found.end[within].tolist())
    signs = np.fromiter((sign for sign, _ in told), np.int64, len(told))
    spoken, denied = within[signs > 0], within[signs < 0]
    found.score[spoken] = evidence.raised(found.score[spoken], evidence.RAISE_CONTEXT)
    found.score[denied] *= evidence.LOWER_CONTEXT
    for index, (sign, word) in zip(within.tolist(), told, strict=True):
        if sign:
            found.why[index] += (f"context:{word}" if sign > 0 else f"against:{word}",)


def _weigh_column(found: Found, column: Column, verdict: Verdict, spoken_for: set[str]) -> None:
    """Let the column's share and the field's name speak; overwhelming shares outweigh a name that says otherwise.

    Not those of a check digit alone, which order numbers have too, nor those of a shape that proves nothing.
    """
    recognizer, name = found.recognizer, column.name
    speaks, forbids = recognizer.speaks(name), recognizer.forbids(name)
    most = verdict is Verdict.MOST and (recognizer.by_column or speaks)
    undecided = speaks and forbids  # `orgnr_pnr`
    if undecided:
        forbids = False
    elif speaks:
        _raise(found, np.ones_like(found.whole), evidence.RAISE_FIELD, "field:for")
    if most and not (forbids and (found.chance >= evidence.CHECK_DIGIT or recognizer.name_decides)):
        _raise(found, found.whole, evidence.RAISE_COLUMN, Verdict.MOST.value)
        return
    if forbids:
        doubtful = ~found.whole & (found.score < evidence.DOUBTFUL)
        _lower(found, found.whole, evidence.LOWER_FIELD, "field:against")
        _lower(found, doubtful, evidence.LOWER_OTHER, "field:against")
    elif not speaks and spoken_for:
        _lower(found, found.whole, evidence.LOWER_OTHER, "field:other")
    if not speaks:
        _cap_alone(found, column)
    if verdict is Verdict.CHANCE and not speaks:
        _lower(found, _unshaped(found, column, forbids), evidence.LOWER_CHANCE, Verdict.CHANCE.value)


def _cap_alone(found: Found, column: Column) -> None:
    """Leave a bare number that is all of its value below the threshold, unless many of its length pass."""
    loose = found.whole & np.fromiter((LOOSE in proof.why for proof in found.proofs), bool, len(found.proofs))
    if not loose.any():
        return
    passed = distinct(found.value[loose])
    counts = (1, 1) if column.apart else (len(passed), _peers(column, passed, passed[:0]))
    if not evidence.stands_apart(*counts, found.chance):
        loose &= found.score > evidence.ALONE
        found.score[loose] = evidence.ALONE
        _note(found, loose, "alone")


def _unshaped(found: Found, column: Column, forbids: bool) -> NDArray[np.bool_]:
    """Which spans chance explains: all; where most of the column has the separated shape, those without separators.

    Invented and mistyped personnummer fail the check digit, but nine of ten random numbers fail the date.
    """
    separated = np.fromiter(("separator" in proof.why for proof in found.proofs), bool, len(found.proofs))
    dated = len(np.unique(found.value[found.whole & separated]))
    if not forbids and evidence.is_most(dated, len(column.values)):
        loose: NDArray[np.bool_] = found.whole & ~separated
        return loose
    return found.whole


def _raise(found: Found, which: NDArray[np.bool_], weight: float, code: str) -> None:
    found.score[which] = evidence.raised(found.score[which], weight)
    _note(found, which, code)


def _lower(found: Found, which: NDArray[np.bool_], factor: float, code: str) -> None:
    found.score[which] *= factor
    _note(found, which, code)


def _note(found: Found, which: NDArray[np.bool_], code: str) -> None:
    added = (code,)
    found.why = [why + added if noted else why for why, noted in zip(found.why, which.tolist(), strict=True)]
