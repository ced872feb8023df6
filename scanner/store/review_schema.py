"""The table of decisions about findings. Names of places and reasons are sealed: either may hold what is personal."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from scanner.store.schema import metadata

__all__ = ["metadata", "review_decision"]

review_decision = Table(
    "review_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),  # reports.review.KINDS
    Column("source", String(200), nullable=False),
    Column("unit", LargeBinary, nullable=False),
    Column("field", LargeBinary, nullable=False),
    Column("entity", String(60), nullable=False),
    Column("category", String(60), nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Column("token", LargeBinary(16)),
    Column("until", String(10), nullable=False, default=""),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
    Column("approved_by", String(200), nullable=False, default=""),
    Column("undone_by", String(200), nullable=False, default=""),
)
