"""The tables of what the company has said about its policy and its processings, and of the policy's versions.

A policy says nothing of any person, so it is kept as it is; what people write in an answer is sealed.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from scanner.store.schema import metadata

__all__ = ["metadata", "policy_answer", "policy_version", "processing_answer"]

policy_answer = Table(
    "policy_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", String(10), nullable=False),
    Column("digest", String(64), nullable=False),  # of question and assumption as they were worded
    Column("answer", String(10), nullable=False),  # scanner.decisions.policy_answers.ANSWERS
    Column("words", LargeBinary, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
)
policy_version = Table(
    "policy_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("at", String(32), nullable=False),  # when it was first judged by
    Column("document", Text, nullable=False),  # JSON
)
processing_answer = Table(
    "processing_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(200), nullable=False),  # "" = of every system
    Column("purpose", String(200), nullable=False),  # "" = for every purpose
    Column("column", String(40), nullable=False),  # of reports.article30.COLUMNS
    Column("digest", String(64), nullable=False),  # of the processing that was approved, else ""
    Column("words", LargeBinary, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
)
