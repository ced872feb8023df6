"""Tables whose columns all begin with two letters, as those of Movex (M3); and accounts that parties hold."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.linking.prefixes import prefix_of, prefixed_keys
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("names", "prefix", "keys"),
    [
        (["OKCUNO", "OKCUNM", "OKTXID"], "OK", ["OKCUNO", "OKTXID"]),
        (["ABAN8", "ABALPH", "ABMCU"], "AB", []),
        (["KUNDNR", "NAMN", "TEL"], "", []),
        (["kundnr", "kundid", "kundtyp"], "", []),
        (["OKCUNO", "OKCUNM"], "", []),
    ],
)
def test_letters_that_all_columns_begin_with(names: list[str], prefix: str, keys: list[str]) -> None:
    assert (prefix_of(names), prefixed_keys(names)) == (prefix, keys)


def ledger(customer: str = "ESCUNO") -> dict[str, Rows]:
    people = [(f"1043{15 + 7 * at}", f"1043{15 + 7 * at}", *one[1:]) for at, one in enumerate(PEOPLE)]
    posts: Rows = [
        {"id": f"{at}{turn}", "ESJRNO": f"4{at:04}{turn}", customer: one[0], "ESCUAM": "100", "ESACDT": "20240506"}
        for at, one in enumerate(people)
        for turn in (1, 2)
    ]
    return {"OCUSMA": rows("id OKCUNO OKVRNO OKCUNM", *people), "FSLEDG": posts}


def test_a_column_called_as_a_key_but_for_its_tables_letters_refers_to_it(store: Store) -> None:
    assert sure(store, ledger(), ANNA)["FSLEDG"] == {"01", "02"}


def test_a_column_that_is_called_otherwise_does_not(store: Store) -> None:
    assert "FSLEDG" not in sure(store, ledger("ESRGDT"), ANNA)


def accounts(number: str | None = SVEN) -> dict[str, Rows]:
    """Accounts that name nobody, the parties that hold them, and who has a meter from when to when; readings of it."""
    whose = [("a0", 0), ("a0", 1), ("a1", 2), ("a2", 3), ("a3", 4)]
    contracts = [
        ("c0", "a1", "M1", "2015-01-01", "2019-12-31"),
        ("c1", "a0", "M1", "2020-01-01", None),
        ("c2", "a2", "M2", "2015-01-01", None),
        ("c3", "a3", "M3", "2015-01-01", None),
    ]
    readings = [
        ("r0", "M1", "2018-05-05"),
        ("r1", "M1", "2021-05-05"),
        ("r2", "M2", "2021-05-05"),
        ("r3", "M3", "2021-05-05"),
    ]
    return {
        "party": [
            {"id": one[0], "national_id": number if one[1] == SVEN else one[1], "full_name": one[2]} for one in PEOPLE
        ],
        "account": rows("id opened_on", *((f"a{at}", "2015-01-01") for at in range(4))),
        "account_party": rows(
            "id account_id party_id", *((f"p{at}", account, PEOPLE[who][0]) for at, (account, who) in enumerate(whose))
        ),
        "supply_contract": [
            dict(zip(("id", "account_id", "meter_no", "starts_on", "ends_on"), one, strict=True)) for one in contracts
        ],
        "meter": rows("id meter_no", *((f"M{at}", f"M{at}") for at in (1, 2, 3))),
        "meter_reading": rows("id meter_no read_on", *readings),
    }


DECLARED = [
    Relation("account_party", ("account_id",), "account", ("id",)),
    Relation("account_party", ("party_id",), "party", ("id",)),
    Relation("supply_contract", ("account_id",), "account", ("id",)),
    Relation("supply_contract", ("meter_no",), "meter", ("meter_no",)),
    Relation("meter_reading", ("meter_no",), "meter", ("meter_no",)),
]


@pytest.mark.parametrize("who", [ANNA, SVEN])
def test_what_is_read_of_a_meter_is_of_the_parties_of_the_account_that_had_it(store: Store, who: str) -> None:
    hits = found(store, accounts(), who, declared=DECLARED)
    readings = {row: grade for (table, row), grade in hits.items() if table == "meter_reading"}
    assert readings == {"r1": Grade.PROBABLE}
    assert {row for table, row in hits if table == "account_party"} == {"p0" if who == ANNA else "p1"}


def test_the_row_of_a_party_without_a_number_is_not_the_other_partys(store: Store) -> None:
    tables = accounts(number=None)
    first = (PEOPLE[0][2], *(PEOPLE[at][2] for at in (2, 3, 4)))
    tables["account"] = [{**one, "display_name": name} for one, name in zip(tables["account"], first, strict=True)]
    hits = found(store, tables, ANNA, declared=DECLARED)
    assert {row for table, row in hits if table == "account_party"} == {"p0"}
