"""Whose is it, where somebody has said so: what a confirmed record teaches, and what comes along with it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from connectors import Relation
from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.located import located
from scanner.subject.outcome import CONFIRMED, Found, Grade
from scanner.subject.question import seeds
from tests.scanner.fakes import KEYS, MemoryConnector, Rows
from tests.scanner.test_subject import ANALYZER, PEOPLE, customers
from tests.scanner.test_subject_doers import FRIENDS, USERS
from tests.scanner.test_subject_tenures import ANNA, rows
from tests.scanner.test_subject_tenures import PEOPLE as PARTIES

pytestmark = pytest.mark.slow

MIRA = "19900118-9811"
SHARED = "070-174 06 08"
DECLARED = (
    Relation("ordrar", ("kund_id",), "kunder", ("id",)),
    Relation("orderrader", ("order_id",), "ordrar", ("id",)),
    Relation("betalningar", ("order_id",), "ordrar", ("id",)),
    Relation("leveranser", ("orderrad_id",), "orderrader", ("id",)),
)
Spot = tuple[str, str]
Asked = str | tuple[str, ...]
Order = tuple[str, str | None, str | None, str | None, str | None]


def shop(*orders: Order) -> dict[str, Rows]:
    """Mira and Omar share a telephone; orders are by id, customer, name, telephone and e-mail address."""
    some = [*orders, ("O90", "101", "Anna Ekdahl", "070-174 06 05", None), ("O91", "106", "Eva Norling", None, None)]
    names = ("id", "kund_id", "namn", "telefon", "epost")
    ids = [one[0] for one in some]
    return {
        "kunder": customers(),
        "ordrar": [dict(zip(names, one, strict=True)) for one in some],
        "orderrader": rows("id order_id vara", *((f"rad-{one}", one, "Lampa") for one in ids)),
        "betalningar": rows("id order_id belopp", *((f"bet-{one}", one, "100") for one in ids)),
        "leveranser": rows("id orderrad_id sort", *((f"lev-{one}", f"rad-{one}", "paket") for one in ids)),
    }


def hits(
    store: Store,
    tables: dict[str, Rows],
    asked: str | tuple[str, ...],
    *said: Spot,
    declared: Sequence[Relation] = DECLARED,
) -> dict[Spot, Found]:
    """What a search finds after somebody has said that some records, by table and id, are the person's."""
    source = MemoryConnector(tables, declared=declared)
    Scanner(store, ANALYZER).scan({"crm": source})
    with store.transaction() as connection:
        search = Search(store, connection)
        questions = seeds(ANALYZER, KEYS, [asked] if isinstance(asked, str) else list(asked))

        def spots(confirmed: frozenset[int] = frozenset()) -> dict[Spot, Found]:
            found = search.find(questions, confirmed).hits.values()
            places = ((located(store, search, one), one) for one in found)
            return {(unit, str((record or {})["id"])): one for (_, unit, record), one in places}

        first = spots()
        assert all(first[one].grade is Grade.POSSIBLE for one in said), {one: first.get(one) for one in said}
        return spots(frozenset(first[one].record for one in said))


def below(order: str) -> set[Spot]:
    return {("orderrader", f"rad-{order}"), ("betalningar", f"bet-{order}"), ("leveranser", f"lev-{order}")}


BARE = shop(("O1", None, None, SHARED, None), ("O2", None, None, SHARED, None))


def test_what_hangs_on_a_possible_record_is_found_when_it_is_confirmed_and_not_before(store: Store) -> None:
    assert not below("O1") & hits(store, BARE, MIRA).keys()
    after = hits(store, BARE, MIRA, ("ordrar", "O1"))
    assert below("O1") <= after.keys()
    assert after["ordrar", "O2"].grade is Grade.POSSIBLE
    assert not below("O2") & after.keys()


def test_a_confirmed_record_is_probable_and_says_why(store: Store) -> None:
    after = hits(store, BARE, MIRA, ("ordrar", "O1"))
    order = after["ordrar", "O1"]
    assert (order.grade, order.chain[-1].code) == (Grade.PROBABLE, CONFIRMED)
    assert order.concerns
    assert order.about
    assert {after[one].grade for one in below("O1")} == {Grade.PROBABLE}


def test_what_nobody_has_found_is_not_made_a_hit(store: Store) -> None:
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(BARE, declared=DECLARED)})
    with store.transaction() as connection:
        search, asked = Search(store, connection), seeds(ANALYZER, KEYS, [ANNA])
        before = search.find(asked).hits.keys()
        assert search.find(asked, frozenset({10**6, *range(1, 9)} - before)).hits.keys() == before


def test_a_confirmed_record_that_names_nobody_else_teaches_how_the_person_is_reached(store: Store) -> None:
    tables = shop(
        ("O1", None, None, SHARED, "mira.ny@example.se"), ("O2", None, None, "070-174 06 55", "mira.ny@example.se"),
    )  # fmt: skip
    assert ("ordrar", "O2") not in hits(store, tables, MIRA)
    assert {("ordrar", "O2"), *below("O2")} <= hits(store, tables, MIRA, ("ordrar", "O1")).keys()


HIS: list[Order] = [
    ("O1", "105", "Omar Haddad", SHARED, "omar.jobb@example.se"),
    ("O1", "105", None, SHARED, "omar.jobb@example.se"),
    ("O1", None, "Omar Haddad", SHARED, "omar.jobb@example.se"),
    ("O1", None, None, SHARED, "omar.jobb@example.se"),
]


@pytest.mark.parametrize("declared", [DECLARED, ()])
@pytest.mark.parametrize("asked", [MIRA, (SHARED, MIRA), (MIRA, "Mira Haddad"), "Mira Haddad, Ringvägen 2"])
@pytest.mark.parametrize("his", HIS)
def test_a_record_of_another_brings_what_is_below_it_and_nothing_more_of_that_one(
    store: Store,
    his: tuple[str, str | None, str | None, str | None, str],
    asked: str | tuple[str, ...],
    declared: Sequence[Relation],
) -> None:
    tables = shop(
        his, ("O2", "105", "Omar Haddad", None, "omar.jobb@example.se"), ("O3", "105", None, None, None),
        ("O4", None, "Omar Haddad", "070-174 06 66", "omar.jobb@example.se"),
    )  # fmt: skip
    before = hits(store, tables, asked, declared=declared)
    after = hits(store, tables, asked, ("ordrar", "O1"), declared=declared)
    assert below("O1") <= after.keys()
    assert after.keys() - before.keys() == below("O1")
    more = {spot for spot, one in after.items() if one.grade > before.get(spot, one).grade}
    assert more == {("ordrar", "O1")}


def test_another_customers_own_row_brings_nothing_of_that_ones_file(store: Store) -> None:
    tables = shop(("O1", "105", None, None, None), ("O2", None, "Omar Haddad", "070-174 06 66", None))
    before = hits(store, tables, MIRA)
    after = hits(store, tables, MIRA, ("kunder", "105"))
    assert after.keys() == before.keys()
    row = after["kunder", "105"]
    assert (row.grade, row.concerns, row.about) == (Grade.PROBABLE, False, False)


@pytest.mark.parametrize("numbered", [True, False])
def test_below_a_confirmed_record_a_thirds_row_is_left_out(store: Store, numbered: bool) -> None:
    """A customer whose row tells the latest order hangs below that order; so may a third's complaint."""
    latest = [("O1" if one[0] == "105" else f"N{one[0]}", one[0], None, None, None) for one in PEOPLE]
    tables = shop(*latest, ("O2", "105", None, None, None))
    tables["ordrar"] = [one | {"telefon": SHARED if one["id"] == "O1" else None} for one in tables["ordrar"]]
    if numbered:
        numbers = {one[0]: one[1] for one in PEOPLE}
        tables["ordrar"] = [one | {"pnr": numbers[one["kund_id"] or ""]} for one in tables["ordrar"]]
    tables["kunder"] = [one | {"senaste_order_id": last[0]} for one, last in zip(customers(), latest, strict=True)]
    tables["klagomal"] = rows("id order_id kund_id text", ("K1", "O1", "106", "Sent"), ("K2", "O1", "105", "Trasig"))
    after = hits(store, tables, MIRA, ("ordrar", "O1"), declared=())
    assert {("klagomal", "K2"), *below("O1")} <= after.keys()
    assert ("klagomal", "K1") not in after
    assert after["kunder", "105"].grade is Grade.POSSIBLE
    assert not below("O2") & after.keys()


def test_what_somebody_handled_as_staff_is_confirmed_with_what_is_below_it(store: Store) -> None:
    tables = {
        "users": rows("id pnr namn", *USERS),
        "sites": rows("id handled_by", *((f"st_{at}f82ad8", one[0]) for at, one in enumerate(USERS))),
        "events": rows("id site_id", *((f"e{at}", f"st_{at}f82ad8") for at in range(5))),
    }
    keys = (Relation("sites", ("handled_by",), "users", ("id",)), Relation("events", ("site_id",), "sites", ("id",)))
    assert ("events", "e0") not in hits(store, tables, ANNA, declared=keys)
    after = hits(store, tables, ANNA, ("sites", "st_0f82ad8"), declared=keys)
    assert {spot for spot in after if spot[0] == "events"} == {("events", "e0")}
    assert (after["sites", "st_0f82ad8"].grade, after["events", "e0"].grade) == (Grade.PROBABLE, Grade.PROBABLE)


def test_a_thing_that_is_confirmed_brings_nothing_of_other_times(store: Store) -> None:
    lent = ((f"u{at}", f"A{at}", f"S{at}", "20200101", "0") for at in range(1, 6))
    tables = {
        "hyresgaster": rows("id pnr namn", *PARTIES),
        "skap": rows("id plan", *((f"S{at}", "2") for at in range(1, 6))),
        "uthyrning": rows("id hyresgast_id skap_id frdat tomdat", *lent),
        "oppning": rows("id skap_id tid", ("o1", "S1", "20150505"), ("o2", "S1", "20230505"), ("o3", "S2", "20230505")),
    }
    keys = (
        Relation("uthyrning", ("hyresgast_id",), "hyresgaster", ("id",)),
        Relation("uthyrning", ("skap_id",), "skap", ("id",)),
        Relation("oppning", ("skap_id",), "skap", ("id",)),
    )
    before = hits(store, tables, ANNA, declared=keys)
    assert before["skap", "S1"].is_thing
    after = hits(store, tables, ANNA, ("skap", "S1"), declared=keys)
    assert after.keys() == before.keys()
    assert {one for one in after if one[0] == "oppning"} == {("oppning", "o2")}
    assert after["skap", "S1"].grade is Grade.PROBABLE


def test_who_is_known_by_a_shared_telephone_only_is_told_by_the_own_row_and_by_nothing_that_points_to_one(
    store: Store,
) -> None:
    tables = shop(("O1", "105", None, SHARED, None), ("O2", "105", None, None, None), ("O3", "104", None, None, None))
    before = hits(store, tables, SHARED)
    order = hits(store, tables, SHARED, ("ordrar", "O1"))
    assert order.keys() - before.keys() == below("O1")
    assert order["kunder", "105"].grade is Grade.POSSIBLE
    row = hits(store, tables, SHARED, ("kunder", "104"))
    own = row["kunder", "104"]
    assert (own.grade, own.chain[-1].code, own.concerns) == (Grade.PROBABLE, CONFIRMED, True)
    assert all(one.is_by_word for spot, one in row.items() if spot not in before)
    assert {("ordrar", "O3"), *below("O3")} <= row.keys()
    assert not {("ordrar", "O2"), *below("O1"), *below("O2")} & row.keys()


@pytest.mark.parametrize("in_note", [True, False])
def test_anothers_record_in_which_the_person_is_but_named_brings_nothing(store: Store, in_note: bool) -> None:
    phones = [f"070-174 06 {at}" for at in range(21, 26)] + [SHARED]
    notes = [f"Grannen nås på {phone} och ska ringas först av alla när larmet går." for phone in phones]
    tables = shop()
    tables["anlaggningar"] = [
        {
            "id": f"A{one[0]}", "kund_id": one[0], "kontakt_namn": name, "kontakt_tel": None if in_note else phone,
            "anteckning": note if in_note else None,
        }
        for one, name, phone, note in zip(PEOPLE, (*FRIENDS, "Stig Almgren"), phones, notes, strict=True)
    ]  # fmt: skip
    tables["larm"] = rows("id anl_id handelse", *((f"l{one[0]}", f"A{one[0]}", "larm") for one in PEOPLE))
    keys = (
        Relation("anlaggningar", ("kund_id",), "kunder", ("id",)),
        Relation("larm", ("anl_id",), "anlaggningar", ("id",)),
    )
    before = hits(store, tables, MIRA, declared=keys)
    after = hits(store, tables, MIRA, ("anlaggningar", "A106"), declared=keys)
    assert after.keys() == before.keys()
    site = after["anlaggningar", "A106"]
    assert (site.grade, site.concerns, site.about) == (Grade.PROBABLE, False, False)
