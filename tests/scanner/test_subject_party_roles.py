"""Accounts that name the first of their holders, or nobody: who holds them stands in rows that say as what."""

from __future__ import annotations

import pytest

from connectors import Connector
from scanner.linking.party_roles import HOLDER, JOINT_HOLDER, OTHER, USER, role_columns, roles_in
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_crossing import found as found_in
from tests.scanner.test_subject_joined import TENANTS, sure

pytestmark = pytest.mark.slow

ANNA, SECOND, CALLED = (one[1] for one in TENANTS[:3])
NAMES = [f"{one[2]} {one[3]}" for one in TENANTS]
HELD = {("konton", "k0"), ("avgifter", "f0"), ("avgifter", "f9")}


def accounts(*, role: str = "medinnehavare", named: bool = True) -> dict[str, Rows]:
    """Each has an account; in Anna's stands another, too, and of a third it is said what role that one has."""
    people: Rows = [
        {"id": f"p{at}", "pnr": one[1], "namn": NAMES[at], "mobil": f"070-174061{at}"} for at, one in enumerate(TENANTS)
    ]
    konton: Rows = [{"id": f"k{at}", "namn": NAMES[at] if named else None} for at in range(len(TENANTS))]
    parties = [(f"k{at}", f"p{at}", "innehavare") for at in range(len(TENANTS)) if at not in (1, 2)]
    parties += [("k0", "p1", role), ("k4", "p2", "kontakt"), ("k1", "p4", "innehavare"), ("k2", "p5", "innehavare")]
    fees: Rows = [{"id": f"f{at}", "konto_id": f"k{at % 6}", "belopp": "100"} for at in range(6)]
    return {
        "personer": people,
        "konton": konton,
        "kontopart": [
            {"id": f"r{at}", "konto_id": one, "person_id": who, "roll": what}
            for at, (one, who, what) in enumerate(parties)
        ],
        "avgifter": [*fees, {"id": "f9", "konto_id": "k0", "belopp": "90"}],
    }


@pytest.mark.parametrize("named", [True, False])
def test_an_account_is_of_the_joint_holder_too_whomever_it_names(store: Store, *, named: bool) -> None:
    assert sure(store, accounts(named=named), SECOND) >= HELD
    assert sure(store, accounts(named=named), ANNA) >= HELD


def test_whom_to_call_about_an_account_does_not_hold_it(store: Store) -> None:
    rows = sure(store, accounts(), CALLED)
    assert ("personer", "p2") in rows
    assert not {("konton", "k4"), ("avgifter", "f4")} & rows
    assert not HELD & sure(store, accounts(role="kontaktperson"), SECOND)


def test_of_two_holders_each_row_of_a_party_is_ones_own(store: Store) -> None:
    hits = found(store, accounts(), ANNA)
    assert hits.get(("kontopart", "r4"), Grade.POSSIBLE) == Grade.POSSIBLE


RUNNING = (("2015-01-01", "2019-12-31"), ("2020-01-01", ""))


def contracts(role: str) -> dict[str, Rows]:
    """Contracts of a holder each, and one that has a second; of when each ran the first is told alone."""
    held = [(f"C{at}", f"p{at}", "holder") for at in (0, 2, 3, 4, 5)]
    spans: Rows = [
        {"id": f"h{at}{turn}", "contract_no": one, "person_id": who, "valid_from": first, "valid_to": last}
        for at, (one, who, _) in enumerate(held)
        for turn, (first, last) in enumerate(RUNNING)
    ]
    return {
        "persons": [{"id": f"p{at}", "pnr": one[1], "namn": NAMES[at]} for at, one in enumerate(TENANTS)],
        "contracts": [{"id": one, "contract_no": one, "tariff": "fast"} for one, *_ in held],
        "contract_parties": [
            {"id": f"r{at}", "contract_no": one, "person_id": who, "role": what}
            for at, (one, who, what) in enumerate([*held, ("C0", "p1", role)])
        ],
        "account_history": spans,
        "invoices": [{"id": f"f{one}", "contract_no": one, "amount": "100"} for one, *_ in held],
    }


@pytest.mark.parametrize(("role", "is_held"), [("co_holder", True), ("contact", False)])
def test_a_contract_is_of_its_second_holder_whomever_its_days_are_told_of(
    store: Store, role: str, *, is_held: bool
) -> None:
    below = {("contracts", "C0"), ("invoices", "fC0")}
    assert sure(store, contracts(role), SECOND) & below == (below if is_held else set())
    assert sure(store, contracts(role), ANNA) >= below


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("joint_holder", JOINT_HOLDER), ("also_used_by", JOINT_HOLDER),
        ("Medsökande", JOINT_HOLDER), ("co-owner", JOINT_HOLDER), ("Ägare", HOLDER),
        ("innehavare", HOLDER), ("primary", HOLDER), ("Kontaktperson", OTHER), ("contact", OTHER), ("betalare", OTHER),
        ("God man", OTHER), ("granne", OTHER), ("representative", OTHER), ("household", USER), ("Medlem", USER),
        ("3", None), ("grön", None),
    ],
)  # fmt: skip
def test_what_a_word_says_of_a_party(word: str, role: str | None) -> None:
    assert roles_in(word) == ((role,) if role else ())


def test_only_columns_of_roles_tell_them() -> None:
    columns = {
        "roll": ["ägare", None],
        "kommentar": ["ägare"],
        "typ": ["A", "B"],
        "party_role": ["holder"],
        "role": ["user"],
    }
    assert role_columns(columns) == ["roll", "party_role"]


def test_a_type_is_a_role_only_of_a_party_or_alone() -> None:
    """An event is of a `customer`, and of a `contact`, whoever stands in its row."""
    of_things, of_people = (
        ("aggregate_type", "event_type", "entity_type"),
        ("kind", "typ", "party_type", "kontakttyp", "roll"),
    )
    columns = {name: ["customer", "contact"] for name in (*of_things, *of_people)}
    assert role_columns(columns) == list(of_people)


def heating(*, numbered: bool) -> dict[str, Connector]:
    """Another system knows the account by its number, in a column that no word calls a key; a name is spelt wrong."""
    crm = accounts()
    crm["konton"] = [row | {"kontonr": f"41022{at * 7:02}"} for at, row in enumerate(crm["konton"])]
    reversed_names = [" ".join(reversed(name.split())) for name in NAMES]
    reversed_names[3] = reversed_names[3][1:]
    rows: Rows = [
        {
            "id": str(97110 + at),
            "ben": reversed_names[at],
            "tel": f"+46 70 174 06 1{at}",
            "el": f"41022{at * 7:02}" if numbered else f"{700 + at}",
        }
        for at in range(len(TENANTS))
    ]
    debits: Rows = [{"id": f"d{at}", "kundnr": str(97110 + at), "belopp": "100"} for at in range(len(TENANTS))]
    return {"crm": MemoryConnector(crm), "varme": MemoryConnector({"kunder": rows, "debitering": debits})}


@pytest.mark.parametrize(("numbered", "rows"), [(True, {"97113", "d3"}), (False, {"97113"})])
def test_a_number_leads_to_the_account_whatever_its_column_is_called(
    store: Store, *, numbered: bool, rows: set[str]
) -> None:
    hits = found_in(store, heating(numbered=numbered), TENANTS[3][1])
    told = {row for (unit, row), grade in hits.items() if grade >= Grade.PROBABLE and unit in ("kunder", "debitering")}
    assert told == rows
