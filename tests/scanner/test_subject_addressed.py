"""Messages to a telephone that several people share: the given name in the text tells to whom each is."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_joined import ANNA, SVEN, TENANTS

pytestmark = pytest.mark.slow

SHARED = "070-174 06 05"


def sent(text: str, *, second: str = "Sven") -> dict[str, Rows]:
    """A register in which Anna and one more have a telephone; a reminder to it."""
    people: Rows = [
        {"id": one[0], "pnr": one[1], "fname": one[2], "lname": one[3], "phone": f"070-174 06 {20 + at}"}
        for at, one in enumerate(TENANTS)
    ]
    people = [{**people[0], "phone": SHARED}, {**people[1], "fname": second, "phone": SHARED}, *people[2:]]
    queue: Rows = [{"id": "q0", "mobile": "46701740605", "text": text}]
    return {"people": people, "sms": queue}


@pytest.mark.parametrize(
    ("pnr", "text", "grade"),
    [
        (ANNA, "Påminnelse om tid i morgon kl 8.30 för Anna. Välkommen till kliniken!", Grade.PROBABLE),
        (SVEN, "Påminnelse om tid i morgon kl 8.30 för Anna. Välkommen till kliniken!", Grade.POSSIBLE),
        (ANNA, "Påminnelse om tid i morgon kl 8.30. Välkommen till kliniken!", Grade.POSSIBLE),
        (ANNA, "Hej Anna! Din tid är i morgon kl 8.30. Hej Sven! Din tid är kl 9.30.", Grade.POSSIBLE),
    ],
)
def test_a_reminder_is_to_whom_it_names(store: Store, pnr: str, text: str, grade: Grade) -> None:
    assert found(store, sent(text), pnr)[("sms", "q0")] is grade


def test_mother_and_daughter_of_one_given_name_are_not_told_apart(store: Store) -> None:
    tables = sent("Påminnelse om tid i morgon kl 8.30 för Anna. Välkommen till kliniken!", second="Anna")
    assert found(store, tables, ANNA)[("sms", "q0")] is Grade.POSSIBLE
