"""The table of what became of each source in each scan: numbers, states and versions; no name of a unit, no value."""

from __future__ import annotations

from sqlalchemy import REAL, BigInteger, Column, ForeignKey, Integer, String, Table

from scanner.store.schema import metadata

__all__ = ["metadata", "scan_source"]

scan_source = Table(
    "scan_source",
    metadata,
    Column("scan_id", Integer, primary_key=True, autoincrement=False),
    Column("source_id", ForeignKey("source.id"), primary_key=True),
    Column("program", String(40), nullable=False),  # version of Insyn
    Column("reading", String(64), nullable=False),  # version of the recognizers and of what is read
    Column("units", String(500), nullable=False),  # JSON: state -> units; they sum to what was enumerated
    Column("records", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),  # non-empty values looked at
    Column("bytes", BigInteger, nullable=False),
    Column("findings", BigInteger, nullable=False),
    Column("seconds", REAL, nullable=False),
    Column("error", String(300), nullable=False, default=""),  # why the source could not be scanned at all
)
