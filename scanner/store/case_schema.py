"""The tables of the register of requests. What people wrote, and whom it is about, is sealed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, SmallInteger, String, Table, UniqueConstraint

from scanner.store.schema import Id, metadata

__all__ = ["case_answer", "case_event", "case_hit", "case_package", "case_task", "metadata", "subject_case"]

subject_case = Table(
    "subject_case",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(200), nullable=False, unique=True),
    Column("right", String(20), nullable=False),  # scanner.cases.model.Right
    Column("channel", String(20), nullable=False),
    Column("received", String(10), nullable=False),
    Column("role", String(40), nullable=False, default=""),
    Column("language", String(2), nullable=False, default="sv"),
    Column("state", String(20), nullable=False),
    Column("identity", SmallInteger, nullable=False, default=0),
    Column("protected", Boolean, nullable=False, default=False),
    Column("extended", String(40), nullable=False, default=""),  # code of the reason; "" = not extended
    Column("opened_by", String(200), nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("released_by", String(200), nullable=False, default=""),
    Column("closed_at", String(32), nullable=False, default=""),
    Column("outcome", String(20), nullable=False, default=""),
    Column("sealed", LargeBinary, nullable=False),  # who asks, how to reach them, identifiers, representative: JSON
)
case_hit = Table(  # what a search found: held from erasure while the case is open, and decided one by one
    "case_hit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", ForeignKey("subject_case.id"), nullable=False),
    Column("source", String(200), nullable=False),
    Column("unit", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),  # sealed locator as JSON
    Column("grade", SmallInteger, nullable=False),
    Column("own", Boolean, nullable=False),  # the record is the person's own; else the person is mentioned in it
    Column("found", Boolean, nullable=False, default=True),  # by the latest search
    Column("decision", String(10), nullable=False, default=""),  # "" = as the grade says
    Column("reason", LargeBinary),
    Column("decided_by", String(200), nullable=False, default=""),
    UniqueConstraint("case_id", "source", "unit", "record"),
)
case_task = Table(
    "case_task",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("subject_case.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # scanner.cases.model.TaskKind
    Column("source", String(200), nullable=False),
    Column("unit", LargeBinary, nullable=False),  # sealed; of "" where the source as a whole is meant
    Column("owner", String(200), nullable=False, default=""),
    Column("state", String(10), nullable=False),
    Column("note", LargeBinary),
    Column("by", String(200), nullable=False, default=""),
    Column("at", String(32), nullable=False, default=""),
    UniqueConstraint("case_id", "kind", "source", "unit"),
)
case_answer = Table(  # what owners of declared sources and people who listened to recordings have handed in
    "case_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", ForeignKey("case_task.id"), nullable=False, index=True),
    Column("name", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
)
case_event = Table(
    "case_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("subject_case.id"), nullable=False, index=True),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", LargeBinary),
)
case_package = Table(
    "case_package",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("subject_case.id"), nullable=False, index=True),
    Column("file", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("built_by", String(200), nullable=False),
    Column("built_at", String(32), nullable=False),
    Column("delivered_at", String(32), nullable=False, default=""),
    Column("delivered_how", String(40), nullable=False, default=""),
    Column("delete_on", String(10), nullable=False),
    Column("deleted_at", String(32), nullable=False, default=""),
)
