"""Registers grown out of Access: marked names of columns, attributes in rows, relatives, who insures whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from connectors import Record
from scanner.linking.links import normal_name, typed
from scanner.store import Store
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_said import scan
from tests.scanner.test_subject_joined import ANNA, MIRA, SVEN, TENANTS, sure

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("lngKundID", "kund_id"),
        ("txtPostOrt", "post_ort"),
        ("fkOrder", "order"),
        ("tblKund", "tbl_kund"),
        ("strasse", "strasse"),
        ("internNr", "intern_nr"),
        ("bitar", "bitar"),
    ],
)
def test_a_mark_of_the_kind_of_values_is_no_part_of_a_name(name: str, normal: str) -> None:
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["strEntitet", "lngEntitetID"], [("strEntitet", "lngEntitetID")]),
        (["objekttyp", "objektid"], [("objekttyp", "objektid")]),
        (["objekt", "objektnr"], [("objekt", "objektnr")]),
        (["kundtyp", "orderid"], []),
        (["kund", "kundid"], []),
    ],
)
def test_columns_that_say_of_what_a_row_of_attributes_is(names: list[str], expected: list[tuple[str, str]]) -> None:
    assert list(typed(names)) == expected


def players() -> dict[str, Rows]:
    """Players, and visits that are counted from the same number on."""
    people: Rows = [
        {"id": one[0], "lngSpelareID": one[0], "txtPnr": one[1], "txtFornamn": one[2], "txtEfternamn": one[3]}
        for one in TENANTS
    ]
    visited = (*TENANTS[:2], *TENANTS[1:4], TENANTS[2])
    visits: Rows = [
        {"id": f"v{at}", "lngBesokID": TENANTS[at][0], "lngSpelareID": one[0], "memText": f"{one[2]} {one[3]} mår bra."}
        for at, one in enumerate(visited)
    ]
    return {"tblSpelare": people, "tblBesok": visits}


def attributes() -> Rows:
    """An e-mail address of each player; rows on visits have the same numbers."""
    mails = [(one, f"{one[2]}.{one[3]}@example.se".lower()) for one in TENANTS]
    own: Rows = [
        {"id": f"e{one[0]}", "txtEntitet": "SPELARE", "lngEntitetID": one[0], "txtData": mail} for one, mail in mails
    ]
    return own + [
        {"id": f"b{at}", "txtEntitet": "BESOK", "lngEntitetID": TENANTS[at][0], "txtData": "ja"} for at in range(6)
    ]


@pytest.mark.parametrize("seed", [ANNA, "anna.ekdahl@example.se"])
def test_what_stands_as_an_attribute_of_a_row_is_of_whom_the_row_is(store: Store, seed: str) -> None:
    rows = sure(store, players() | {"tblUppgift": attributes()}, seed)
    assert rows == {
        ("tblSpelare", "4700"), ("tblBesok", "v0"), ("tblUppgift", "e4700"), ("tblUppgift", "b0"),
    }  # fmt: skip


def families(**beside: list[str]) -> Rows:
    """Each player and the next one as a relative of his or hers."""
    after = [*TENANTS[1:], TENANTS[0]]
    return [
        {"id": f"r{at}", "lngSpelareID": one[0], "lngNarstaendeID": after[at][0]}
        | {k: v[at] for k, v in beside.items()}
        for at, one in enumerate(TENANTS)
    ]


def test_a_row_that_joins_two_relatives_is_about_both_and_leads_from_none_to_the_other(store: Store) -> None:
    rows = sure(store, players() | {"tblFamilj": families()}, SVEN)
    visits = {("tblBesok", "v1"), ("tblBesok", "v2")}
    assert rows == {("tblSpelare", "4707"), ("tblFamilj", "r0"), ("tblFamilj", "r1"), *visits}


def test_a_row_that_names_its_own_person_is_not_about_a_relative(store: Store) -> None:
    files = families(strKundnr=[f"K-{10422 + at}" for at in range(6)])
    rows = sure(store, players() | {"tblFamilj": files}, SVEN)
    assert ("tblFamilj", "r1") in rows
    assert ("tblFamilj", "r0") not in rows


def test_who_took_out_an_insurance_is_a_player_whatever_else_is_counted_from_the_same_number(store: Store) -> None:
    policies: Rows = [{"id": f"f{at}", "strFors": f"F{at}", "lngTecknareID": one[0]} for at, one in enumerate(TENANTS)]
    assert ("tblFors", "f0") in sure(store, players() | {"tblFors": policies}, ANNA)


def policies() -> dict[str, Rows]:
    """Each player's insurance, in which Sven's covers Mira, too, and Mira's nobody else; a visit by each."""
    taken: Rows = [{"id": f"f{at}", "strFors": f"F-{at}", "lngTecknareID": one[0]} for at, one in enumerate(TENANTS)]
    covered = [(at, at) for at in range(6)] + [(1, 2)]
    joined: Rows = [
        {"id": f"i{policy}{who}", "strFors": f"F-{policy}", "lngSpelareID": TENANTS[who][0], "dtmFrom": "2020-01-01"}
        for policy, who in covered
    ]
    return players() | {"tblForsakring": taken, "tblForsakrad": joined}


def test_whoever_is_insured_with_somebody_elses_policy_has_it_and_nothing_else_of_the_takers(store: Store) -> None:
    rows = sure(store, policies(), MIRA)
    assert rows == {
        ("tblSpelare", "4714"), ("tblBesok", "v3"), ("tblBesok", "v5"),
        ("tblForsakring", "f2"), ("tblForsakrad", "i22"), ("tblForsakring", "f1"), ("tblForsakrad", "i12"),
    }  # fmt: skip


def test_whoever_has_a_key_to_somebody_elses_has_no_part_in_it(store: Store) -> None:
    tables = policies()
    tables["tblNyckel"] = tables.pop("tblForsakrad")
    rows = sure(store, tables, MIRA)
    assert ("tblForsakring", "f2") in rows
    assert ("tblForsakring", "f1") not in rows


def test_an_owner_of_very_many_rows_may_be_of_the_staff(store: Store) -> None:
    rows: Rows = [{"id": f"f{at}", "strFors": f"F{at}", "lngAgareID": TENANTS[at % 5][0]} for at in range(30)]
    assert not any(table == "tblFors" for table, _ in sure(store, players() | {"tblFors": rows}, ANNA))


def test_whoever_takes_a_course_has_no_part_in_the_teachers(store: Store) -> None:
    courses: Rows = [{"id": f"k{at}", "strKurs": f"KU-{at}", "lngAgareID": TENANTS[at][0]} for at in range(5)]
    taking: Rows = [
        {"id": f"t{at}{who}", "strKurs": f"KU-{at}", "lngSpelareID": TENANTS[who][0]}
        for at in range(5)
        for who in range(6)
    ]
    rows = sure(store, players() | {"tblKurs": courses, "tblDeltagare": taking}, MIRA)
    assert ("tblKurs", "k2") in rows
    assert ("tblKurs", "k1") not in rows


@dataclass
class Composite(MemoryConnector):
    """The rows of a table that joins two others are told apart by both keys."""

    @staticmethod
    def _record(row: Mapping[str, str | None]) -> Record:
        both = {name: row[name] or "" for name in row if name.endswith("ID")}
        return both if "lngAdressID" in row and len(both) > 1 else {"id": row["id"] or ""}


def test_a_table_that_but_joins_rows_is_none_to_which_others_refer(store: Store) -> None:
    homes: Rows = [{"id": f"a{at}", "lngAdressID": str(600 + at), "strGata": f"Ringvägen {at}"} for at in range(6)]
    joined: Rows = [
        {"id": f"h{at}", "lngSpelareID": one[0], "lngAdressID": str(600 + at)} for at, one in enumerate(TENANTS)
    ]
    tables = players() | {"tblAdress": homes, "tblSpelareAdress": joined}
    found = {(one[0], one[2]) for one in scan(store, {"crm": Composite(dict(tables))})}
    assert ("tblBesok", "tblSpelare") in found
    assert ("tblBesok", "tblSpelareAdress") not in found


def claims() -> dict[str, Rows]:
    """Anna and her child Mira have one telephone; the money for Mira's claim goes to Anna."""
    hurt: Rows = [
        {"id": f"s{at}", "strSkadeNr": f"SK-{at}", "lngForsakradID": TENANTS[who][0], "lngAnmalareID": TENANTS[by][0]}
        for at, (who, by) in enumerate([(2, 0), (1, 1), (3, 3), (4, 4), (5, 5), (0, 2)])
    ]
    paid: Rows = [{"id": "u0", "strSkadeNr": "SK-0", "strMottagare": "Anna Ekdahl", "curBelopp": "1200"}]
    phones: Rows = [{"id": f"t{who}", "lngSpelareID": TENANTS[who][0], "strTelefon": "070-174 06 05"} for who in (0, 2)]
    return players() | {"tblSkada": hurt, "tblUtbetalning": paid, "tblTelefon": phones}


def test_who_is_named_below_a_claim_of_two_is_the_one_of_that_name(store: Store) -> None:
    rows = sure(store, claims(), "Anna Ekdahl", "070-174 06 05")
    assert rows >= {("tblSpelare", "4700"), ("tblTelefon", "t0"), ("tblUtbetalning", "u0")}
    assert ("tblSpelare", "4714") not in rows
