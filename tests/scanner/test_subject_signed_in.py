"""Whose a sign-in is, by number, e-mail address or signature; and what else came from the same place."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scanner.store import Store, schema
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

STAFF = ("nilost", "piafal", "kimsan")
FROM = tuple(f"203.0.113.{at + 10}" for at in range(len(PEOPLE)))


def mail(at: int) -> str:
    return f"p{at}@example.se"


def estate(*signed_in: tuple[int | str, str, str]) -> dict[str, Rows]:
    """Customers, who may sign in by number or e-mail address; staff, by signature; who did so, from where and when."""
    numbers = [f"{20130 + 13 * at}" for at in range(len(PEOPLE))]
    customers = [(one[0], no, *one[1:], mail(at)) for at, (no, one) in enumerate(zip(numbers, PEOPLE, strict=True))]
    names = ("Nils Ost", "Pia Falk", "Kim Sandell")
    employed = [
        (f"{at + 11}", name, sign, f"070-174062{at}") for at, (name, sign) in enumerate(zip(names, STAFF, strict=True))
    ]
    by_number = [(numbers[at], FROM[at], f"2024-03-{at + 10} 10:15") for at in range(len(PEOPLE))]
    by_mail = [(mail(at), FROM[at], f"2024-04-{at + 10} 10:15") for at in range(len(PEOPLE))]
    by_staff = [(sign, "192.0.2.10", f"2024-03-{at + 10} 07:00") for at, sign in enumerate(STAFF)]
    further = [(numbers[who] if isinstance(who, int) else who, ip, day) for who, ip, day in signed_in]
    logged = [*by_number, *by_mail, *by_staff, ("admin", "192.0.2.201", "2024-03-10 03:00"), *further]
    return {
        "kund": rows("id kundnr pnr namn epost", *customers),
        "anstalld": rows("id namn signatur mobil", *employed),
        "inlogg": rows("id anvandare ip tid", *((f"i{at}", *one) for at, one in enumerate(logged))),
    }


def visits(*seen: tuple[str, str]) -> Rows:
    """Lines of a log that tell of nobody: from where, and on which day."""
    return rows("id ip sida tid", *((f"v{at}", ip, "/sidor", f"{day} 10:00") for at, (ip, day) in enumerate(seen)))


def test_whoever_signs_in_by_number_or_by_mail_has_both(store: Store) -> None:
    tables = estate()
    assert sure(store, tables, ANNA) == {"kund": {"A1"}, "inlogg": {"i0", "i5"}}


def test_staff_sign_in_by_what_they_sign(store: Store) -> None:
    told = sure(store, estate(), "070-1740620")
    assert told["anstalld"] == {"11"}
    assert told["inlogg"] == {"i10"}


def test_a_line_of_a_log_is_of_the_only_one_who_signed_in_from_there_at_the_time(store: Store) -> None:
    tables = estate((1, FROM[2], "2024-03-12 11:00")) | {
        "besok": visits((FROM[0], "2024-04-02"), (FROM[0], "2025-09-02"), (FROM[1], "2024-03-14"))
    }
    hits = found(store, tables, ANNA)
    assert {row: grade for (table, row), grade in hits.items() if table == "besok"} == {
        "v0": Grade.PROBABLE,
        "v1": Grade.POSSIBLE,
    }


def test_a_line_of_a_log_is_nobodys_where_several_sign_in_from_there(store: Store) -> None:
    """Nor are the sign-ins of another account the person's."""
    tables = estate((1, FROM[0], "2024-03-12 11:00")) | {"besok": visits((FROM[0], "2024-04-02"))}
    hits = found(store, tables, ANNA)
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == {
        ("kund", "A1"), ("inlogg", "i0"), ("inlogg", "i5")
    }  # fmt: skip
    assert ("besok", "v0") not in hits


def test_numbers_that_stand_in_two_registers_are_of_neither(store: Store) -> None:
    tables = estate()
    tables["kund"] = [row | {"kundnr": str(at + 11)} for at, row in enumerate(tables["kund"])]
    numbers = [row["anvandare"] for row in tables["inlogg"][:5]]
    assert all(numbers)
    tables["inlogg"] = [
        row | {"anvandare": str(at + 11) if at < len(numbers) else row["anvandare"]}
        for at, row in enumerate(tables["inlogg"])
    ]
    assert sure(store, tables, ANNA)["inlogg"] == {"i5"}


def test_what_is_signed_in_with_refers_to_the_registers_and_they_do_not_to_it(store: Store) -> None:
    """Where each signed in but once, the log seems to hold the customers' numbers as a key of its own."""
    found(store, estate(), ANNA)
    unit, relation = schema.unit.c, schema.relation.c
    with store.reading() as connection:
        tables = {number: store.keys.unseal(key) for number, key in connection.execute(select(unit.id, unit.key))}
        pairs = connection.execute(select(relation.unit_id, relation.ref_unit_id))
        assert {(tables[here], tables[there]) for here, there in pairs} == {("inlogg", "kund"), ("inlogg", "anstalld")}
