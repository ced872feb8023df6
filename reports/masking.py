"""Making an answer about a person fit to be shown: names of units and records masked by the caller's rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reports.facts import Hit, SubjectAnswer

Shown = Callable[[str], str]


def masked(answer: SubjectAnswer, shown: Shown) -> SubjectAnswer:
    """The answer with names of units, records and fields masked. Values that were read stay.

    Reasons are sentences whose places were masked when they were made: as sentences they would be masked wrongly.
    """
    return replace(answer, hits=[masked_hit(hit, shown) for hit in answer.hits])


def masked_hit(hit: Hit, shown: Shown) -> Hit:
    """A hit with the names of its unit, record and fields masked."""
    return replace(
        hit,
        unit=shown(hit.unit),
        record=hit.record and {shown(key): _value(value, shown) for key, value in hit.record.items()},
        fields=tuple(replace(field, field=shown(field.field)) for field in hit.fields),
    )


def _value(value: str | int, shown: Shown) -> str | int:
    """A key value; a number stays one unless something in it is masked, such as a personnummer kept as a number."""
    text = shown(str(value))
    return value if text == str(value) else text
