"""What `insyn.yaml` says of keys between columns: that one refers to another (`relations:`), or that it does not.

A column is told as it is read: the name of its table (with or without the schema), file or folder, a dot, its own name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_DOT = "."


class Reference(BaseModel):
    """One entry of `relations:`."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    child: str = Field(alias="from")
    parent: str = Field("", alias="to")
    source: str = ""
    """The source of `to`; "" = the one that this is said of."""
    deny: bool = False

    @field_validator("child", "parent")
    @classmethod
    def _a_column(cls, text: str) -> str:
        if not all(text.rpartition(_DOT)[::2]):
            raise ValueError("must name a table or file and a column of it: orders.customer_no")
        return text

    @model_validator(mode="after")
    def _whole(self) -> Reference:
        if not self.parent and not self.deny:
            raise ValueError("to: is missing: the column that it refers to; only with deny: true it may be left out")
        if self.source and not self.parent:
            raise ValueError("to: is missing: the column of that source")
        return self


@dataclass(frozen=True, slots=True)
class Said:
    """One of them, with the sources of both columns."""

    place: str
    """Where it stands: `sources.crm.relations.0`."""
    source: str
    child: str
    other: str
    """The source of `parent`."""
    parent: str
    """"" = denied is whatever the column might refer to."""
    deny: bool

    def columns(self, source: str) -> Iterator[str]:
        """Its columns in a source."""
        if self.source == source:
            yield self.child
        if self.other == source and self.parent:
            yield self.parent


def said(given: Mapping[str, Collection[Reference]]) -> tuple[Said, ...]:
    """What is said of all sources.

    Args:
        given: Source -> its `relations:`.
    """
    return tuple(
        Said(f"sources.{name}.relations.{at}", name, one.child, one.source or name, one.parent, one.deny)
        for name, some in given.items()
        for at, one in enumerate(some)
    )


def kept(some: Collection[Said]) -> dict[str, frozenset[str]]:
    """Source -> columns whose values must be kept as keys, whatever they are called and look like."""
    sources = {name for one in some for name in (one.source, one.other)}
    return {name: frozenset(column for one in some if not one.deny for column in one.columns(name)) for name in sources}


def fault(given: Mapping[str, Collection[Reference]]) -> str:
    """The first thing that is wrong with all of them together, with where it stands; "" if nothing is."""
    known: dict[tuple[str, str, str, str], bool] = {}
    for one in said(given):
        if one.other not in given:
            return f"{one.place}.source: there is no source {one.other}; there are {', '.join(given)}"
        key = (one.source, one.child, one.other, one.parent)
        if key[:2] == key[2:]:
            return f"{one.place}.to: is the same column as from"
        if known.setdefault(key, one.deny) != one.deny:
            return f"{one.place}: the same is said and denied; take one of the two away"
    return ""


def names(unit: str) -> set[str]:
    """The names that a unit has in the configuration: its key, the table without its schema, the folder."""
    folder = unit.partition("!/")[0].rpartition("/")[0]
    return {unit, unit.rpartition(_DOT)[2], folder}


def heads(column: str) -> list[str]:
    """What may be the table, file or folder of a column as it is told: names of both may have dots."""
    return [column[:at] for at, letter in enumerate(column) if letter == _DOT and 0 < at < len(column) - 1]


def fields(column: str, unit: str) -> Iterator[str]:
    """What a column as it is told is called, if it is one of a unit."""
    own = names(unit)
    yield from (column[len(head) + 1 :] for head in heads(column) if head in own)


def is_told(columns: Collection[str], unit: str, field: str) -> bool:
    """Whether a field of a unit is among columns as they are told."""
    return any(f"{name}{_DOT}{field}" in columns for name in names(unit)) if columns else False
