"""The tables of random samples of fields without findings, as people look through them. Names of places are sealed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from scanner.store.schema import metadata

__all__ = ["metadata", "sample", "sample_field"]

sample = Table(
    "sample",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
    Column("population", Integer, nullable=False),  # fields without findings, of which it was drawn
)
sample_field = Table(
    "sample_field",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sample_id", ForeignKey("sample.id"), nullable=False, index=True),
    Column("source", String(200), nullable=False),
    Column("unit", LargeBinary, nullable=False),
    Column("field", LargeBinary, nullable=False),
    Column("filled", Integer, nullable=False),  # values that are not empty
    Column(
        "verdict", String(10), nullable=False, default=""
    ),  # scanner.decisions.sampling.VERDICTS; "" = not looked at
    Column("by", String(200), nullable=False, default=""),
    Column("at", String(32), nullable=False, default=""),
)
