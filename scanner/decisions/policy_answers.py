"""Answers to the open questions of a policy: the company confirms what is assumed, or decides otherwise.

An answer is to a question as it was worded: when the policy file words it otherwise, it is open again. What is
confirmed makes the verdicts that rest on it final; what is decided otherwise waits for the policy file to be changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, insert, select

from reports.policy import Conflict, Policy
from scanner import audit
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.policy_schema import policy_answer as table

AS_ASSUMED, OTHERWISE = "assumed", "otherwise"
ANSWERS = (AS_ASSUMED, OTHERWISE)
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question."""

    question: str
    answer: str
    words: str
    by: str
    at: str
    holds: bool
    """The question is still worded as it was then."""


def answers(store: Store, policy: Policy) -> list[Answer]:
    """All answers, the first given first."""
    worded = {one.id: _digest(one) for one in policy.conflicts}
    with store.reading() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    unseal = store.keys.unseal
    return [
        Answer(row.question, row.answer, unseal(row.words), row.by, row.at, worded.get(row.question) == row.digest)
        for row in rows
    ]


def latest(store: Store, policy: Policy) -> Mapping[str, Answer]:
    """The last answer to each question."""
    return {one.question: one for one in answers(store, policy)}


def answer(store: Store, policy: Policy, question: str, said: str, words: str, by: str = "") -> None:
    """Keep an answer. Logged.

    Raises:
        ConfigError: there is no such question or answer, or it is decided otherwise without saying how.
    """
    asked = next((one for one in policy.conflicts if one.id == question), None)
    if asked is None:
        raise ConfigError(f"policy answer: {policy.id} has no question {question}; insyn policy check lists them")
    if said not in ANSWERS:
        raise ConfigError(f"policy answer: {said} is no answer; there are {', '.join(ANSWERS)}")
    if said == OTHERWISE and not words.strip():
        raise ConfigError(f"policy answer {question}: say how it is instead")
    who = by or audit.actor()
    audit.record(store, "policy answer", question, by=who)
    row = {
        "question": question, "digest": _digest(asked), "answer": said, "by": who, "at": now(),
        "words": store.keys.seal(words.strip()[:LONGEST]),
    }  # fmt: skip
    with store.transaction() as connection:
        connection.execute(insert(table).values(**row))


def settled(store: Store, policy: Policy) -> Policy:
    """The policy with the questions settled whose assumption the company has confirmed."""
    known = latest(store, policy)
    return policy.settling(id for id, one in known.items() if one.holds and one.answer == AS_ASSUMED)


def stamp(store: Store) -> str:
    """Changes with every answer."""
    with store.reading() as connection:
        return str(connection.scalar(select(func.max(table.c.id))) or 0)


def _digest(question: Conflict) -> str:
    return sha256(f"{question.id}\x00{question.problem}\x00{question.proposal}".encode()).hexdigest()
