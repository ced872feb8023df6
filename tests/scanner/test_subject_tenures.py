"""Whose is it, where a thing had several people one after the other: by the day of the row."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from connectors import Connector, Relation
from scanner.engine import Scanner
from scanner.store import Store, schema
from scanner.subject import Search
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject import ANALYZER, found
from tests.scanner.test_subject_crossing import found as found_in

pytestmark = pytest.mark.slow

ANNA, SVEN, MIRA = "19780412-2385", "19510903-2390", "19900118-9811"
PEOPLE = (
    ("A1", ANNA, "Anna Ekdahl"),
    ("A2", SVEN, "Sven Lundmark"),
    ("A3", MIRA, "Mira Haddad"),
    ("A4", "19650505-9821", "Eva Norling"),
    ("A5", "19830212-9815", "Ali Berggren"),
)
SPOTS = (
    ("H1", "A2", "20120301", "20180630"), ("H2", "A1", "20180801", "0"), ("H3", "A3", "20150101", "20191231"),
    ("H4", "A3", "20200301", "0"), ("H5", "A4", "20160101", "0"), ("H6", "A5", "20160101", "0"),
)  # fmt: skip
BERTHS = {"H1": "B1", "H2": "B1", "H3": "B2", "H4": "B2", "H5": "B3", "H6": "B4"}


def rows(names: str, *some: tuple[str, ...]) -> Rows:
    return [dict(zip(names.split(), one, strict=True)) for one in some]


def harbour(first: str = "frdat", last: str = "tomdat") -> dict[str, Rows]:
    """Berths that somebody hires from a day on; Anna's was Sven's before. Meters are read, and lines are mended."""
    hires = [(at, who, BERTHS[at], start, end) for at, who, start, end in SPOTS]
    return {
        "hyresgaster": rows("id pnr namn", *PEOPLE),
        "platser": rows("id plats_nr brygga", *((f"B{at}", f"B{at}", "Norra") for at in range(1, 5))),
        "uthyrning": rows(f"id hyresgast_id plats_nr {first} {last}", *hires),
        "avlasning": rows(
            "id plats_nr avldat kwh",
            ("r1", "B1", "20120229", "5"), ("r2", "B1", "20120301", "5"), ("r3", "B1", "20180630", "5"),
            ("r4", "B1", "20180715", "5"), ("r5", "B1", "20180801", "5"), ("r6", "B1", "20240101", "5"),
            ("r7", "B2", "20200115", "5"), ("r8", "B3", "20170101", "5"), ("r9", "B4", "20170101", "5"),
        ),
        "stolpar": rows("id stolpe_nr plats_nr satt", *((f"p{n}", f"S10{n}", f"B{n}", "2010-01-01") for n in "1234")),
        "larm": rows(
            "id stolpe_nr datum",
            ("l1", "S101", "20150505"), ("l2", "S101", "20190505"), ("l3", "S102", "20190505"),
            ("l4", "S103", "20190505"), ("l5", "S104", "20190505"),
        ),
    }  # fmt: skip


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for (table, row), grade in found(store, tables, *asked).items():
        if grade >= Grade.PROBABLE:
            told.setdefault(table, set()).add(row)
    return told


@pytest.mark.parametrize(
    "names",
    [
        ("frdat", "tomdat"),
        ("fr_o_m", "t_o_m"),
        ("inflytt", "utflytt"),
        ("start", "slut"),
        ("ut_dat", "in_dat"),
        ("utl", "ater"),
        ("bound_at", "unbound_at"),
        ("kopplad_dat", "frånkopplad_dat"),
    ],
)
def test_what_hangs_below_a_thing_is_of_whoever_had_it_on_its_day(store: Store, names: tuple[str, str]) -> None:
    anna = sure(store, harbour(*names), ANNA)
    assert (anna["avlasning"], anna["larm"]) == ({"r5", "r6"}, {"l2"})
    assert sure(store, harbour(*names), SVEN)["avlasning"] == {"r2", "r3"}


def test_between_two_times_of_the_same_it_was_theirs(store: Store) -> None:
    assert sure(store, harbour(), MIRA)["avlasning"] == {"r7"}


def test_below_what_stands_at_the_thing_the_day_tells_whatever_day_that_was_set_up(store: Store) -> None:
    assert sure(store, harbour(), SVEN)["larm"] == {"l1"}


def test_where_rows_tell_no_times_nothing_below_is_anybodys(store: Store) -> None:
    tables = harbour("kod", "klass")
    tables["uthyrning"] = [{**row, "kod": "K", "klass": "L"} for row in tables["uthyrning"]]
    assert "avlasning" not in sure(store, tables, ANNA)


def test_calls_have_a_start_and_an_end_but_nobody_has_the_line_for_a_day(store: Store) -> None:
    tables = harbour()
    tables["uthyrning"] = [
        {**row, "frdat": day, "tomdat": day}
        for row, day in zip(tables["uthyrning"], (f"20180{month}01" for month in range(1, 7)), strict=True)
    ]
    assert "avlasning" not in sure(store, tables, ANNA)


def test_who_has_a_key_to_a_thing_does_not_have_it(store: Store) -> None:
    tables = harbour()
    tables["nycklar"] = rows("id plats_nr hyresgast_id ut_dat in_dat", ("n1", "B3", "A1", "20160101", "20180101"))
    assert sure(store, tables, ANNA)["avlasning"] == {"r5", "r6"}
    assert sure(store, tables, "19650505-9821")["avlasning"] == {"r8"}


def test_where_no_end_is_told_it_is_the_day_before_the_next_begins(store: Store) -> None:
    tables = harbour()
    tables["uthyrning"] = [{name: row[name] for name in row if name != "tomdat"} for row in tables["uthyrning"]]
    assert sure(store, tables, SVEN)["avlasning"] == {"r2", "r3", "r4"}
    assert sure(store, tables, ANNA)["avlasning"] == {"r5", "r6"}


def test_who_left_a_contract_before_the_other_has_no_part_in_what_came_then(store: Store) -> None:
    tables = harbour()
    tables["uthyrning"] = rows(
        "id plats_nr frdat tomdat", *((at, BERTHS[at], start, end) for at, _, start, end in SPOTS)
    )
    parties = [(f"{at}{who}", at, who, start, end) for at, who, start, end in SPOTS]
    parties = [("H2A1", "H2", "A1", "20180801", "20190101") if one[0] == "H2A1" else one for one in parties]
    tables["part"] = rows("id uthyrning_id hyresgast_id frdat tomdat", *parties, ("H2A4", "H2", "A4", "20180801", "0"))
    assert sure(store, tables, ANNA)["avlasning"] == {"r5"}
    assert sure(store, tables, "19650505-9821")["avlasning"] == {"r5", "r6", "r8"}


def alarms() -> dict[str, Rows]:
    """Sites with the present customer's number, who had them before (the first a firm), and where each panel was."""
    who = [(one[0].replace("A", "40440"), *one[1:]) for one in PEOPLE]
    had = [
        ("h0", "S1", "404409", "20100101", "20120229"),
        ("h1", "S1", "404402", "20120301", "20180630"), ("h2", "S1", "404401", "20180701", "0"),
        *((f"h{at}", f"S{at - 1}", f"40440{at}", "20150101", "0") for at in range(3, 6)),
    ]  # fmt: skip
    now = [("S1", "404401"), *((f"S{at - 1}", f"40440{at}") for at in range(3, 6))]
    placed = [
        ("m1", "PX1001", "S1", "20120301", "20200101"), ("m2", "PX1001", "S2", "20200201", "0"),
        ("m3", "PX1002", "S1", "20200102", "0"),
        ("m6", "PX1004", "S3", "20150101", "0"), ("m7", "PX1005", "S4", "20150101", "0"),
        ("m8", "PX1006", "S2", "20150101", "20200131"), ("m9", "PX1007", "S3", "20140101", "20141231"),
    ]  # fmt: skip
    log = [
        ("e1", "PX1001", "20170501"), ("e2", "PX1001", "20190501"), ("e3", "PX1001", "20210501"),
        ("e4", "PX1002", "20210501"), ("e5", "PX1004", "20210501"), ("e6", "PX1005", "20210501"),
        ("e7", "PX1006", "20190501"),
    ]  # fmt: skip
    return {
        "kunder": rows(
            "id kundnr pnr namn", *((one[0], *one) for one in who), ("404409", "404409", "", "Norra Kajen AB")
        ),
        "objekt": rows("id objnr kundnr", *((site, site, customer) for site, customer in now)),
        "objekthist": rows("id objnr kundnr fromdat tomdat", *had),
        "placering": rows("id panelsn objnr fromdat tomdat", *placed),
        "larm": rows("id panelsn tidpkt", *log),
        "atgard": rows("id larm_id text", *((f"a{one[0]}", one[0], "Ringt") for one in log)),
    }


def test_of_a_thing_that_says_who_has_it_now_what_came_before_is_of_whoever_had_it_then(store: Store) -> None:
    anna = sure(store, alarms(), ANNA)
    assert (anna["objekthist"], anna["larm"], anna["atgard"]) == ({"h2"}, {"e2", "e4"}, {"ae2", "ae4"})
    sven = sure(store, alarms(), SVEN)
    assert (sven["objekthist"], sven["larm"], sven["atgard"]) == ({"h1"}, {"e1"}, {"ae1"})
    assert "objekt" not in sven


def test_what_goes_from_hand_to_hand_leads_by_its_day_to_where_it_was(store: Store) -> None:
    assert sure(store, alarms(), MIRA)["larm"] == {"e3", "e7"}


def test_days_are_no_keys(store: Store) -> None:
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(alarms())})
    with store.transaction() as connection:
        search = Search(store, connection)
        relation = schema.relation.c
        fields = {search.ownership.field(one) for one in connection.scalars(select(relation.field_id))}
    assert fields == {"kundnr", "objnr", "larm_id"}


def test_a_thing_that_somebody_has_for_a_time_is_possible_and_what_is_told_of_it_theirs(store: Store) -> None:
    """The register of keys tells of keys, whoever has them now."""
    people = [(f"A{at + 1}", pnr, name) for at, (_, pnr, name) in enumerate(PEOPLE)]
    tables = {
        "hyresgaster": rows("id pnr namn", *people),
        "skap": rows("id plan", *((f"S{at}", "2") for at in range(1, 6))),
        "uthyrning": rows(
            "id hyresgast_id skap_id frdat tomdat",
            *((f"u{at}", f"A{at}", f"S{at}", "20200101", "0") for at in range(1, 6)),
        ),
        "oppning": rows("id skap_id tid", *((f"o{at}", f"S{at}", "20230101") for at in range(1, 6))),
    }
    hits = found(store, tables, ANNA)
    assert hits[("skap", "S1")] is Grade.POSSIBLE
    assert hits[("oppning", "o1")] is Grade.PROBABLE


def moved() -> dict[str, Rows]:
    """The same, with boxes that stand at a berth from a day on, whoever hires that; one was moved to Anna's."""
    places = [
        ("k1", "C701", "B1", "20100101", "0"),
        ("k2", "C702", "B2", "20100101", "20210101"),
        ("k3", "C702", "B1", "20210102", "0"),
        ("k4", "C703", "B3", "20100101", "0"),
        ("k5", "C704", "B4", "20100101", "0"),
    ]
    signals = [
        ("s1", "C701", "20150505"),
        ("s2", "C701", "20190505"),
        ("s3", "C702", "20160505"),
        ("s4", "C702", "20220505"),
        ("s5", "C703", "20190505"),
        ("s6", "C704", "20190505"),
    ]
    return {
        **harbour(),
        "centraler": rows("id central_nr", *((f"C70{n}", f"C70{n}") for n in "1234")),
        "placering": rows("id central_nr plats_nr frdat tomdat", *places),
        "signaler": rows("id central_nr datum", *signals),
    }


def test_what_stands_where_people_come_and_go_is_theirs_by_the_day(store: Store) -> None:
    assert sure(store, moved(), ANNA)["signaler"] == {"s2", "s4"}
    assert sure(store, moved(), SVEN)["signaler"] == {"s1"}


def test_whom_to_call_at_a_berth_has_not_hired_it(store: Store) -> None:
    names = ("Rut Tägtström", "Bo Frisk", "Åsa Ahlm", "Ylva Strand", "Kim Sandell")
    asked = [(f"n{at}", "B1", name, "", "20130101") for at, name in enumerate(names)]
    tables = {
        **harbour(),
        "kpers": rows("id plats_nr namn hyresgast_id frdat", *asked, ("n9", "B1", "", "A3", "20130101")),
    }
    assert not {"r2", "r3"} & sure(store, tables, MIRA).get("avlasning", set())


def two_systems() -> dict[str, Connector]:
    """Who has which object stands in the one; in the other, who signs in at the site of the object's number, and zones.

    The first was Sven's before it was Anna's; he was never taken away where one signs in.
    """
    codes = [f"OB7{at}A" for at in range(6)]
    had = [("h9", codes[0], "A2", "2012-03-01", "2018-06-30"), ("h0", codes[0], "A1", "2018-08-01", "")]
    had += [(f"h{at}", codes[at], f"A{at}", "2015-01-01", "") for at in range(2, 6)]
    erp = {
        "kunder": rows("id pnr namn", *PEOPLE),
        "objekt": rows("id slag", *((code, "villa") for code in codes)),
        "innehav": rows("id objekt_id kund_id fr_o_m t_o_m", *had),
    }
    arc = {
        "abonnenter": rows("id pnr namn", *((f"S{at}", *one[1:]) for at, one in enumerate(PEOPLE))),
        "anlaggningar": rows("id erp_objekt", *((f"L{at}3Q", code) for at, code in enumerate(codes))),
        "tilltrade": rows(
            "id anlaggning_id abonnent_id typ", ("t9", "L03Q", "S1", "app"),
            *((f"t{at}", f"L{at}3Q", f"S{at - 1}", "app") for at in range(2, 6)),
        ),
        "zoner": rows("id anlaggning_id plats", *((f"z{at}", f"L{at}3Q", "hall") for at in range(6))),
    }  # fmt: skip
    return {"erp": MemoryConnector(erp), "arc": MemoryConnector(arc)}


@pytest.mark.parametrize(("asked", "own"), [(SVEN, {"z2"}), (MIRA, {"z3"})])
def test_a_thing_changes_hands_in_the_other_system_too(store: Store, asked: str, own: set[str]) -> None:
    hits = found_in(store, two_systems(), asked)
    assert {row for (unit, row), grade in hits.items() if unit == "zoner" and grade >= Grade.PROBABLE} == own


def test_a_thing_that_one_no_longer_has_is_never_certain(store: Store) -> None:
    tables = {
        "kunder": rows("id pnr namn", *PEOPLE),
        "bilar": rows("id bil_nr fabrikat", *((f"C{at}", f"C{at}", "Saab") for at in range(1, 6))),
        "innehav": rows(
            "id bil_nr kund_id fr_o_m t_o_m",
            *((f"h{at}", f"C{at}", f"A{at}", "2015-01-01", "2019-12-31" if at == 1 else "") for at in range(1, 6)),
        ),
    }
    keys = [
        Relation("innehav", ("bil_nr",), "bilar", ("bil_nr",)),
        Relation("innehav", ("kund_id",), "kunder", ("id",)),
    ]
    hits = found(store, tables, ANNA, declared=keys)
    assert hits[("innehav", "h1")] == Grade.CERTAIN
    assert hits.get(("bilar", "C1"), Grade.POSSIBLE) < Grade.CERTAIN
