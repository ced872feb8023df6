"""The table of what owners have said about what is held in their systems. Their words are sealed."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from scanner.store.schema import metadata

__all__ = ["attestation", "metadata"]

attestation = Table(
    "attestation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(200), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),  # of the code in the link
    Column("expires", Integer, nullable=False),  # seconds since 1970
    Column("asked_by", String(200), nullable=False),
    Column("asked_at", String(32), nullable=False),
    Column("answer", String(10), nullable=False, default=""),
    Column("answered_at", String(32), nullable=False, default=""),
    Column("note", LargeBinary),
)
