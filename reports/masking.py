"""Making an answer about a person fit to be shown: names of units and records masked by the caller's rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reports.facts import Hit, SubjectAnswer

Shown = Callable[[str], str]


def masked(answer: SubjectAnswer, shown: Shown) -> SubjectAnswer:
    """The answer with names of units, records and fields masked. Values that were read stay.

    Reasons are sentences whose places were masked when they were made: as sentences they would be masked wrongly.
    """
    return replace(answer, hits=[masked_hit(hit, shown) for hit in answer.hits])


def names(hits: Iterable[Hit]) -> Iterator[str]:
    """All that the caller's rule will be asked about for these hits."""
    for hit in hits:
        yield hit.unit
        for key, value in (hit.record or {}).items():
            yield from (key, str(value))
        yield from (field.field for field in hit.fields)


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
