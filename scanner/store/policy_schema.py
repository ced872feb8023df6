"""The tables of what the company has answered about its policy, and of the versions of the policy that were judged by.

A policy says nothing of any person, so it is kept as it is; what people write in an answer is sealed.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from scanner.store.schema import metadata

__all__ = ["metadata", "policy_answer", "policy_version"]

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
