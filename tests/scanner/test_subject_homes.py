"""Homes with several users, devices that are taken away, guests, and offices: whose what happens there is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from connectors import Relation
from scanner.store import Store, schema
from scanner.subject.outcome import Grade
from scanner.subject.tenure import Tenure
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import ANALYZER, MemoryConnector, Scanner, Search, found
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow

MANY = range(60, 130)


def platform() -> dict[str, Rows]:
    """Each owns a home, and Anna is a guest of Sven's since last year; Anna Sandell is of Anna's, in no register."""
    users = [(f"u{one[0]}", one[2], f"{one[0].lower()}@example.se", one[0]) for one in PEOPLE]
    members = [(f"m{at}", f"h{at}", f"uA{at}", "owner", "2019-03-01", "") for at in range(1, 6)]
    guests = [("m8", "h2", "uA1", "guest", "2023-05-02", ""), ("m9", "h1", "uG9", "guest", "2023-05-02", "")]
    return {
        "customers": rows("id pnr name", *PEOPLE),
        "app_users": rows(
            "user_id display_name email customer_id", *users, ("uG9", "Anna Sandell", "g9@example.se", "")
        ),
        "homes": rows("home_id street", *((f"h{at}", f"Ekgatan {at}") for at in range(1, 6))),
        "home_memberships": rows("id home_id user_id role valid_from valid_to", *members, *guests),
        "devices": rows("id home_id model", *((f"d{at}", f"h{at}", "G3") for at in range(1, 6))),
        "arm_log": rows(
            "id home_id user_id occurred_at",
            *((f"a{at}", f"h{at}", f"uA{at}", "2022-01-05") for at in range(1, 6)),
            ("a8", "h2", "uA1", "2023-06-01"),
            ("a9", "h1", "uG9", "2023-06-01"),
        ),
        "sign_ins": rows("id user_id occurred_at", ("s1", "uA1", "2022-01-05"), ("s9", "uG9", "2023-06-01")),
    }


def ids(tables: dict[str, Rows]) -> dict[str, Rows]:
    """The same, each with a column called `id`, which tests of searches name rows by."""
    return {name: [{"id": next(iter(row.values())), **row} for row in some] for name, some in tables.items()}


def test_a_guest_does_not_have_the_home(store: Store) -> None:
    anna = sure(store, ids(platform()), ANNA)
    assert anna["devices"] == {"d1"}
    assert anna["homes"] == {"h1"}
    assert {"a1", "a8"} <= anna["arm_log"] and "a2" not in anna["arm_log"]


def test_whoever_has_a_home_has_nothing_of_a_guest_of_the_same_given_name(store: Store) -> None:
    anna = sure(store, ids(platform()), ANNA)
    assert anna["app_users"] == {"uA1"}
    assert anna["sign_ins"] == {"s1"}


def moved(taken: str = "2018-06-30") -> dict[str, Rows]:
    """Berth by berth a camera: that of Sven's time was taken away, as hardly another one of seventy."""
    return {
        "kund": rows("id pnr namn", *PEOPLE),
        "lokal": rows("id vaning", *((f"L{at}", "2") for at in (1, 2, 3, *MANY))),
        "hyra": rows(
            "id kund_id lokal_id fran till",
            ("H1", "A2", "L1", "2012-03-01", "2018-06-30"), ("H2", "A1", "L1", "2018-08-01", ""),
            ("H3", "A3", "L2", "2015-01-01", ""), ("H4", "A4", "L3", "2016-01-01", ""),
        ),
        "kamera": rows(
            "id lokal_id installerad borttagen",
            *((f"K{at}", f"L{at}", "2014-02-01", "") for at in MANY),
            ("K1", "L1", "2012-03-01", taken), ("K2", "L1", "2018-08-01", ""),
        ),
    }  # fmt: skip


def test_what_was_taken_away_is_not_the_next_ones_though_hardly_anything_ever_was(store: Store) -> None:
    assert sure(store, moved(), ANNA)["kamera"] == {"K2"}
    assert sure(store, moved(), SVEN)["kamera"] == {"K1"}


def sold() -> dict[str, Rows]:
    """A site's panel was put in for Sven, who ordered it, and is Anna's place now: contracts tell whose it was when."""
    held = (("V1", "A2", "S1", "2016-04-11", "2023-09-29"), ("V2", "A1", "S1", "2023-09-30", ""))
    more = tuple((f"V{at}", f"A{at}", f"S{at}", "2015-05-04", "") for at in (3, 4, 5))
    return {
        "kund": rows("id pnr namn", *PEOPLE),
        "site": rows("id kund_id typ", ("S1", "A1", "VILLA"), *((f"S{at}", f"A{at}", "VILLA") for at in (3, 4, 5))),
        "avtal": rows("id kund_id site_id startd slutd", *held, *more),
        "panel": rows(
            "id site_id serienr inst_dat rem_dat",
            ("P1", "S1", "LX40021", "2016-04-11", "2023-09-29"), ("P2", "S1", "LX40022", "2023-10-02", ""),
            *((f"P{at}", f"S{at}", f"LX4002{at}", "2015-05-04", "") for at in (3, 4, 5)),
        ),
        "orderhuvud": rows(
            "id kund_id site_id", ("O1", "A2", "S1"), ("O2", "A1", "S1"),
            *((f"O{at}", f"A{at}", f"S{at}") for at in (3, 4, 5)),
        ),
        "orderrad": rows(
            "id orderhuvud_id serienr",
            ("R1", "O1", "LX40021"), ("R2", "O2", "LX40022"), ("R9", "O1", "LX40021"),
            *((f"R{at}", f"O{at}", f"LX4002{at}") for at in (3, 4, 5)),
        ),
        "installation": rows(
            "id serienr site_id", ("I1", "LX40021", "S1"), ("I2", "LX40022", "S1"), ("I9", "LX40021", "S1"),
            *((f"I{at}", f"LX4002{at}", f"S{at}") for at in (3, 4, 5)),
        ),
        "handelse": rows("id panel_id tid", ("E1", "P1", "2020-01-05"), ("E2", "P2", "2024-01-05")),
    }  # fmt: skip


def test_who_ordered_a_panel_does_not_say_who_has_the_place_it_is_in(store: Store) -> None:
    anna = sure(store, sold(), ANNA)
    assert anna["panel"] == {"P2"}
    assert anna["handelse"] == {"E2"}
    assert sure(store, sold(), SVEN)["handelse"] == {"E1"}
    assert {len(one.people) for one in had(store, sold(), "site")} == {1}


def offices() -> dict[str, Rows]:
    """Anna is the user of her firm's office, too, and has a home."""
    firm = ("F1", "556036-0793", "info@example.se", "Hamnplan 4")
    return {
        "people": rows("id pnr name email", *((*one, f"{one[0].lower()}@example.se") for one in PEOPLE)),
        "accounts": rows("id org_nr email street", firm, *((f"F{at}", "", "", f"Ekgatan {at}") for at in (2, 3, 4, 5))),
        "homes": rows("id account_id", *((f"h{at}", f"F{at}") for at in range(1, 6))),
        "home_users": rows(
            "id home_id people_id valid_from valid_to",
            *((f"m{at}", f"h{at}", f"A{at}", "2019-03-01", "") for at in range(1, 6)),
        ),
        "devices": rows("id home_id seen_at", *((f"d{at}", f"h{at}", "2022-01-05") for at in range(1, 6))),
    }


def test_whoever_signs_in_for_a_firm_does_not_have_what_is_in_its_office(store: Store) -> None:
    assert "devices" not in sure(store, offices(), ANNA)
    assert sure(store, offices(), SVEN)["devices"] == {"d2"}


def together() -> dict[str, Rows]:
    """A contract of two; the site for which they have it bears the name of whoever is first."""
    sites = ((f"S{at}", PEOPLE[at - 1][2], f"2040{at}") for at in (1, 3, 4, 5))
    return {
        "kund": rows("knr pnr namn", *((f"2040{at}", *one[1:]) for at, one in enumerate(PEOPLE, 1))),
        "site": rows("id namn kund_ref", *sites),
        "avtal": rows(
            "id knr knr2 site_id",
            ("V1", "20401", "20402", "S1"), ("V3", "20403", "", "S3"), ("V4", "20404", "20405", "S4"),
            ("V5", "20405", "20403", "S5"),
        ),
        "larm": rows("id site_id text", *((f"L{at}", f"S{at}", "Inbrott") for at in (1, 3, 4, 5))),
    }  # fmt: skip


def test_the_second_of_a_contract_has_the_site_too_that_bears_the_firsts_name(store: Store) -> None:
    tables = ids(together())
    assert sure(store, tables, SVEN)["larm"] == {"L1"}


def couple() -> dict[str, Rows]:
    """Anna and Sven have a home together; the account bears her name, each has an own way in."""
    homes = {1: ("A1", "A2"), 3: ("A3",), 4: ("A4",), 5: ("A5",)}
    joined = [(f"{who}h{at}", who, at) for at, some in homes.items() for who in some]
    return {
        "contacts": rows("id pnr name", *PEOPLE),
        "accounts": rows("id display_name", *((f"ac{at}", PEOPLE[at - 1][2]) for at in homes)),
        "account_contacts": rows(
            "id account_id contact_id role", *((i, f"ac{at}", who, "holder") for i, who, at in joined)
        ),
        "subscriptions": rows(
            "id account_id home_id started_on ended_on",
            *((f"sb{at}", f"ac{at}", f"h{at}", "2019-02-22", "") for at in homes),
        ),
        "homes": rows("id street subscription_id", *((f"h{at}", f"Ekgatan {at}", f"sb{at}") for at in homes)),
        "app_users": rows(
            "id display_name email crm_contact_id",
            *((f"u{one[0]}", one[2], f"{one[0].lower()}@example.se", one[0]) for one in PEOPLE),
        ),
        "home_memberships": rows(
            "id home_id user_id valid_from valid_to",
            *((f"m{i}", f"h{at}", f"u{who}", "2019-02-22", "") for i, who, at in joined),
        ),
        "arm_log": rows(
            "id home_id user_id occurred_at", *((f"l{i}", f"h{at}", f"u{who}", "2022-01-05") for i, who, at in joined)
        ),
        "sign_ins": rows(
            "id user_id ip_address occurred_at",
            *(
                (f"s{one[0]}{t}", f"u{one[0]}", f"192.0.2.{at}", "2022-01-05")
                for at, one in enumerate(PEOPLE)
                for t in "ab"
            ),
        ),
    }


WAYS = tuple(
    Relation(table, (key,), to, ("id",))
    for table, key, to in (
        ("account_contacts", "account_id", "accounts"), ("account_contacts", "contact_id", "contacts"),
        ("subscriptions", "account_id", "accounts"), ("homes", "subscription_id", "subscriptions"),
        ("app_users", "crm_contact_id", "contacts"), ("home_memberships", "home_id", "homes"),
        ("home_memberships", "user_id", "app_users"), ("arm_log", "home_id", "homes"),
        ("arm_log", "user_id", "app_users"), ("sign_ins", "user_id", "app_users"),
    )
)  # fmt: skip


@pytest.mark.parametrize(("asked", "own"), [(ANNA, {"sA1a", "sA1b"}), (SVEN, {"sA2a", "sA2b"})])
def test_who_shares_a_home_has_an_own_way_in(store: Store, asked: str, own: set[str]) -> None:
    told = found(store, couple(), asked, declared=WAYS).items()
    assert {row for (table, row), grade in told if table == "sign_ins" and grade >= Grade.PROBABLE} == own


def had(store: Store, tables: dict[str, Rows], unit: str, declared: tuple[Relation, ...] = ()) -> list[Tenure]:
    """By which rows people have what the rows of a table tell of."""
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(tables, declared=declared)})
    with store.transaction() as connection:
        records = Search(store, connection).records
        views = map(records.view, connection.scalars(select(schema.record.c.id)).all())
        wanted = store.keys.seal(unit)
        units = set(connection.scalars(select(schema.unit.c.id).where(schema.unit.c.key == wanted)))
        return [one for view in views if view.unit in units for one in records.tenures.of(view)]


def test_whoever_signs_in_is_nothing_that_people_have(store: Store) -> None:
    assert had(store, couple(), "app_users", WAYS) == []
    assert had(store, couple(), "homes", WAYS)


@pytest.mark.parametrize("numbered", [True, False])
def test_who_had_a_place_is_told_by_name_where_no_number_tells(store: Store, *, numbered: bool) -> None:
    tables = {
        "gast": rows("id pnr namn", *((one[0], one[1] if numbered else "", one[2]) for one in PEOPLE)),
        "lokal": rows("id vaning", *((f"L{at}", "2") for at in range(1, 6))),
        "hyra": rows(
            "id gast_id lokal_id fran till", *((f"H{at}", f"A{at}", f"L{at}", "2015-01-01", "") for at in range(1, 6))
        ),
    }  # fmt: skip
    told = had(store, tables, "lokal")
    assert {one.by_name for one in told} == {not numbered}
