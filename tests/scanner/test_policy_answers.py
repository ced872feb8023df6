"""Answers to the open questions of a policy, and its versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.policy import Policy, load
from scanner.audit import log as audit_log
from scanner.decisions import policy_answers, policy_versions
from scanner.errors import ConfigError
from scanner.keys import Keys
from scanner.store import Store


@pytest.fixture
def policy() -> Policy:
    return load("omnipoint")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(f"sqlite:///{tmp_path}/insyn.db", Keys(b"k" * 32))
    yield made
    made.close()


def reworded(policy: Policy, **changed: str) -> Policy:
    """The same policy with question C21 worded otherwise, under another digest."""
    conflicts = [one.model_copy(update=changed) if one.id == "C21" else one for one in policy.conflicts]
    return Policy(policy.document.model_copy(update={"conflicts": tuple(conflicts)}), "f" * 64)


def test_what_is_confirmed_settles_the_question(store: Store, policy: Policy) -> None:
    assert policy.unconfirmed([("R_THIRD_PARTY", "")]) == ("C21",)
    policy_answers.answer(store, policy, "C21", "assumed", "", "anna")
    assert policy_answers.settled(store, policy).unconfirmed([("R_THIRD_PARTY", "")]) == ()
    assert audit_log.rows(store, 1)[0].action == "policy answer"


def test_what_is_decided_otherwise_waits_for_the_policy_file(store: Store, policy: Policy) -> None:
    with pytest.raises(ConfigError, match="say how"):
        policy_answers.answer(store, policy, "C21", "otherwise", " ", "anna")
    policy_answers.answer(store, policy, "C21", "assumed", "", "anna")
    policy_answers.answer(store, policy, "C21", "otherwise", "tolv månader", "bo")
    assert policy_answers.settled(store, policy).unconfirmed([("R_THIRD_PARTY", "")]) == ("C21",)
    assert policy_answers.latest(store, policy)["C21"].words == "tolv månader"
    assert [one.by for one in policy_answers.answers(store, policy)] == ["anna", "bo"]


def test_an_answer_is_to_the_question_as_it_was_worded(store: Store, policy: Policy) -> None:
    policy_answers.answer(store, policy, "C21", "assumed", "", "anna")
    other = reworded(policy, proposal="Räkna i år.")
    assert not policy_answers.latest(store, other)["C21"].holds
    assert policy_answers.settled(store, other).unconfirmed([("R_THIRD_PARTY", "")]) == ("C21",)


@pytest.mark.parametrize(("question", "said"), [("C99", "assumed"), ("C21", "maybe")])
def test_what_there_is_not_cannot_be_answered(question: str, said: str, store: Store, policy: Policy) -> None:
    with pytest.raises(ConfigError):
        policy_answers.answer(store, policy, question, said, "x", "anna")


def test_a_version_is_kept_once_and_compared(store: Store, policy: Policy) -> None:
    policy_versions.note(store, policy)
    policy_versions.note(store, policy)
    later = reworded(policy, proposal="Räkna i år.")
    policy_versions.note(store, later)
    newest, first = policy_versions.versions(store)
    assert newest.sha256 == "f" * 64
    assert policy_versions.changes(store, newest.id, later) == []
    (change,) = policy_versions.changes(store, first.id, later)
    assert change.part == "conflicts.C21.proposal"
    assert change.after == "Räkna i år."
    with pytest.raises(ConfigError):
        policy_versions.changes(store, 99, policy)
