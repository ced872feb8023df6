"""What is a person's over keys of several columns, over keys between sources, and where keys mean something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors import Connector, Relation
from connectors.files import FilesConnector
from recognizers import Analyzer
from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.located import located
from scanner.subject.outcome import Grade
from scanner.subject.question import seeds
from tests.scanner.fakes import KEYS, MemoryConnector, Rows

ANALYZER = Analyzer()
ANNA, SVEN = "19780412-2385", "19510903-2390"
PEOPLE = (
    (ANNA, "Anna", "Ekdahl", "070-174 06 05"),
    (SVEN, "Sven", "Lundmark", "070-174 06 06"),
    ("19830212-9815", "Olof", "Brask", "070-174 06 07"),
    ("19900118-9811", "Mira", "Haddad", "070-174 06 08"),
    ("19920723-9824", "Omar", "Ali", "070-174 06 09"),
    ("19650505-9821", "Eva", "Norling", "070-174 06 10"),
)
COLUMNS = ("personnummer", "fornamn", "efternamn", "telefon")


def customers(**more: list[str]) -> list[dict[str, str | None]]:
    return [
        {
            "id": f"K{at}",
            **dict(zip(COLUMNS, person, strict=True)),
            **{name: values[at] for name, values in more.items()},
        }
        for at, person in enumerate(PEOPLE)
    ]


def found(store: Store, sources: dict[str, Connector], *asked: str) -> dict[tuple[str, str], Grade]:
    """Scan sources, ask, and give the grade of each record found, by unit and the values of its locator."""
    Scanner(store, ANALYZER).scan(sources)
    with store.transaction() as connection:
        search = Search(store, connection)
        outcome = search.find(seeds(ANALYZER, KEYS, asked))
        where = {number: located(store, search, hit) for number, hit in outcome.hits.items()}
    return {
        (unit, "+".join(map(str, (record or {}).values()))): outcome.hits[number].grade
        for number, (_, unit, record) in where.items()
    }


def test_a_key_of_several_columns_leads_to_the_one_row_that_has_them_all(store: Store) -> None:
    """Each company counts its customers from one: neither column tells a customer by itself."""
    companies, numbers = ["1", "1", "1", "2", "2", "2"], ["11", "12", "13", "11", "12", "13"]
    orders: Rows = [
        {"id": f"o{at}", "bolag": companies[at % 6], "nr": numbers[at % 6], "vara": "larm"} for at in range(12)
    ]
    key = Relation("ordrar", ("bolag", "nr"), "kunder", ("bolag", "nr"))
    tables = {"kunder": customers(bolag=companies, nr=numbers), "ordrar": orders}
    own = Relation("kunder", ("bolag", "nr"), "kunder", ("bolag", "nr"))
    hits = found(store, {"crm": MemoryConnector(tables, declared=(key, own))}, ANNA)
    assert hits == {("kunder", "K0"): Grade.CERTAIN, ("ordrar", "o0"): Grade.CERTAIN, ("ordrar", "o6"): Grade.CERTAIN}


def test_one_column_of_several_is_enough_where_it_tells_rows_apart(store: Store) -> None:
    companies, numbers = ["1", "1", "1", "2", "2", "2"], [f"5{at}" for at in range(6)]
    calls: Rows = [{"id": f"c{at}", "bolag": companies[at % 6], "nr": numbers[at % 6]} for at in range(12)]
    key = Relation("besok", ("bolag", "nr"), "kunder", ("bolag", "nr"))
    tables = {"kunder": customers(bolag=companies, nr=numbers), "besok": calls}
    hits = found(store, {"crm": MemoryConnector(tables, declared=(key,))}, ANNA)
    assert set(hits) == {("kunder", "K0"), ("besok", "c0"), ("besok", "c6")}


SITES = ["OB77A", "OB78B", "OB79C", "OB80D", "OB81E", "OB82F"]


def test_rows_of_another_source_are_reached_over_a_key_whatever_it_is_called(store: Store, tmp_path: Path) -> None:
    """The alarm log has a file of its own, the sites a database; nothing in the log names anybody."""
    lines = [f'{{"dev": "{SITES[at % 6]}", "evt": "ARM"}}' for at in range(12)]
    (tmp_path / "logg").mkdir()
    (tmp_path / "logg" / "events.jsonl").write_text("\n".join(lines), encoding="utf-8")
    crm = MemoryConnector({"kunder": customers(panel_sn=SITES)})
    hits = found(store, {"crm": crm, "logg": FilesConnector(path=str(tmp_path / "logg"), sandbox=False)}, ANNA)
    assert hits == {
        ("kunder", "K0"): Grade.CERTAIN,
        ("events.jsonl", "1"): Grade.PROBABLE,
        ("events.jsonl", "7"): Grade.PROBABLE,
    }


def test_the_order_in_which_sources_are_scanned_does_not_matter(store: Store) -> None:
    log: Rows = [{"id": f"h{at}", "objekt_nr": SITES[at % 6]} for at in range(12)]
    sources = {"central": MemoryConnector({"larm": log}), "crm": MemoryConnector({"kunder": customers(panel_sn=SITES)})}
    assert set(found(store, sources, ANNA)) == {("kunder", "K0"), ("larm", "h0"), ("larm", "h6")}


def test_running_numbers_of_two_sources_are_not_taken_for_each_other(store: Store) -> None:
    log: Rows = [{"id": f"h{at}", "dev": str(at % 6 + 1)} for at in range(12)]
    crm = MemoryConnector({"kunder": customers(panel_sn=[str(at + 1) for at in range(6)])})
    assert set(found(store, {"central": MemoryConnector({"larm": log}), "crm": crm}, ANNA)) == {("kunder", "K0")}


def test_a_ticket_is_about_its_customer_whoever_is_named_in_it(store: Store) -> None:
    tickets: Rows = [
        {"id": f"t{at}", "kund": f"K{at}", "text": "Talade om faktura och larm, ring igen."} for at in range(1, 6)
    ]
    tickets = [*tickets, {"id": "t0", "kund": "K0", "text": f"Fakturan hör till {SVEN}, fel person, ring igen."}]
    bills: Rows = [{"id": f"b{at}", "kund": f"K{at}", "belopp": "100"} for at in range(6)]
    tables = {"kunder": customers(), "arenden": tickets, "fakturor": bills}
    hits = found(store, {"crm": MemoryConnector(tables)}, SVEN)
    assert ("arenden", "t0") in hits, "he is mentioned"
    assert {id for table, id in hits if table == "fakturor"} == {"b1"}
    assert {id for table, id in hits if table == "kunder"} == {"K1"}


def test_the_ends_of_a_call_are_two_people(store: Store) -> None:
    """The company's own number stands in every row, now as the caller's, now as the other's."""
    own = "+46313900699"
    numbers = [f"+4670174060{at}" for at in range(5, 10)]
    calls: Rows = [
        {"id": f"c{at}", "src": own if at % 2 else number, "dst": number if at % 2 else own}
        for at, number in enumerate(numbers)
    ]
    hits = found(store, {"crm": MemoryConnector({"kunder": customers()}), "pbx": MemoryConnector({"cdr": calls})}, ANNA)
    assert hits == {("kunder", "K0"): Grade.CERTAIN, ("cdr", "c0"): Grade.PROBABLE}


def test_a_plate_leads_to_a_row_that_it_is_the_key_of(store: Store) -> None:
    cars: Rows = [{"id": f"KRT 48{at}", "kund": f"K{at}"} for at in range(6)]
    hits = found(store, {"crm": MemoryConnector({"kunder": customers(), "kennz": cars})}, "KRT480")
    assert hits == {("kunder", "K0"): Grade.PROBABLE, ("kennz", "KRT 480"): Grade.PROBABLE}
    named: Rows = [{"id": str(at), "kennz_nr": f"KRT48{sign}", "kund": f"K{at}"} for at, sign in enumerate("ABCDEF")]
    hits = found(store, {"crm": MemoryConnector({"kunder": customers(), "fordon": named})}, "KRT 48A")
    assert hits == {("kunder", "K0"): Grade.PROBABLE, ("fordon", "0"): Grade.PROBABLE}


def test_a_day_of_few_values_refers_to_what_another_day_of_the_same_file_does(store: Store, tmp_path: Path) -> None:
    devices = [f"ad46{at}d877ba784cf" for at in range(len(PEOPLE))]
    days = {
        "log-2024-05-06.jsonl": devices,
        "log-2024-05-07.jsonl": devices[:1],
        "log-2024-05-08.jsonl": [devices[0], "ffff0d877ba784cf"],
        "tests-2024.jsonl": devices[:1],
    }
    (tmp_path / "share").mkdir()
    for name, seen in days.items():
        lines = [f'{{"dev": "{device}", "evt": "UNLOCK"}}' for device in seen]
        (tmp_path / "share" / name).write_text("\n".join(lines), encoding="utf-8")
    crm = MemoryConnector({"kunder": customers(device_id=devices)})
    hits = found(store, {"crm": crm, "share": FilesConnector(path=str(tmp_path / "share"), sandbox=False)}, ANNA)
    assert {unit for unit, _ in hits} == {"kunder", "log-2024-05-06.jsonl", "log-2024-05-07.jsonl"}


def complaints(folder: Path, who: list[str], called: str = "Vem") -> Connector:
    """What somebody keeps of those who complained: in each cell a name and what it stands under in a register."""
    rows = "".join(f"2024-03-{at + 10};{one};lång väntan\n" for at, one in enumerate(who))
    (folder / "listor").mkdir()
    (folder / "listor" / "klagomål.csv").write_text(f"Datum;{called};Vad\n{rows}", encoding="utf-8")
    return FilesConnector(path=str(folder / "listor"), sandbox=False)


CODES = [f"KF-{10422 + 7 * at}" for at in range(6)]


def test_a_code_beside_a_name_in_one_cell_leads_to_its_row(store: Store, tmp_path: Path) -> None:
    who = [f"{person[1]} {person[2]}, {code}" for person, code in zip(PEOPLE, CODES, strict=True)]
    crm = MemoryConnector({"register": customers(akt=CODES)})
    hits = found(store, {"crm": crm, "listor": complaints(tmp_path, who)}, ANNA)
    assert hits == {("register", "K0"): Grade.CERTAIN, ("klagomål.csv", "1"): Grade.PROBABLE}


def test_a_code_of_a_contact_is_no_key(store: Store, tmp_path: Path) -> None:
    who = [f"{person[1]} {person[2]}, {code}" for person, code in zip(PEOPLE, CODES, strict=True)]
    crm = MemoryConnector({"register": customers(akt=CODES)})
    hits = found(store, {"crm": crm, "listor": complaints(tmp_path, who, "Kontaktperson")}, ANNA)
    assert hits[("klagomål.csv", "1")] == Grade.POSSIBLE


@pytest.mark.parametrize("more", [", KF-99999", ""])
def test_cells_of_two_codes_or_of_none_are_no_keys(store: Store, tmp_path: Path, more: str) -> None:
    some = CODES if more else ["" for _ in CODES]
    who = [f"{person[1]} {person[2]} {code}{more}" for person, code in zip(PEOPLE, some, strict=True)]
    crm = MemoryConnector({"register": customers(akt=CODES)})
    hits = found(store, {"crm": crm, "listor": complaints(tmp_path, who)}, ANNA)
    assert hits[("klagomål.csv", "1")] == Grade.POSSIBLE


def test_a_key_with_a_role_before_it_leads_to_the_table_that_it_is_called_after(store: Store) -> None:
    users: Rows = [{"id": str(at + 1), "kund_id": f"K{at}", "alias": f"u{at}"} for at in range(6)]
    invites: Rows = [
        {"id": f"i{at}", "referrer_user_id": str(at % 6 + 1), "redeemed_user_id": str((at + 2) % 6 + 1), "vecka": "7"}
        for at in range(8)
    ]
    hits = found(store, {"crm": MemoryConnector({"kunder": customers(), "users": users, "invites": invites})}, ANNA)
    assert {row for unit, row in hits if unit == "invites"} == {"i0", "i4", "i6"}


def lent(folder: Path, store: Store, plates: tuple[str, ...], name: str = "regnr") -> set[str]:
    """Cars are lent for some days; a list in a share has what was paid in toll with each."""
    loans = [
        ("K0", 0, "2024-03-01", "2024-03-03"),
        ("K1", 0, "2024-03-05", "2024-03-06"),
        ("K0", 1, "2024-04-01", "2024-04-01"),
    ]
    loans += [(f"K{at % 6}", 2, f"2024-05-{2 * at + 1:02}", f"2024-05-{2 * at + 2:02}") for at in range(8)]
    utlan: Rows = [
        {"id": f"l{at}", "kund_id": kund, "lanebil_reg": plates[bil], "ut": ut, "ater": ater}
        for at, (kund, bil, ut, ater) in enumerate(loans)
    ]
    cars: Rows = [{"id": plate, "lanebil_reg": plate, "modell": "Fabia"} for plate in plates]
    share = folder / "share"
    share.mkdir()
    paid = [
        (0, "20240302 0815"),
        (0, "20240305 1700"),
        (1, "20240401 0900"),
        (0, "20240304 1200"),
        (1, "20240301 1200"),
    ]
    lines = [f"{plates[bil]};{when};9" for bil, when in paid]
    (share / "vagtull.csv").write_text("\n".join((f"{name};passage_tid;kr", *lines)), encoding="utf-8")
    sources: dict[str, Connector] = {
        "verkstad": MemoryConnector({"kunder": customers(), "lanebil": cars, "utlan": utlan}),
        "arkiv": FilesConnector(path=str(share)),
    }
    return {row for (unit, row), grade in found(store, sources, ANNA).items() if unit == "vagtull.csv"}


def test_of_a_few_things_that_are_lent_a_list_tells_by_the_day_whose_it_is(store: Store, tmp_path: Path) -> None:
    assert lent(tmp_path, store, ("MLB84A", "TYP47K", "ROM88L")) == {"1", "3"}


@pytest.mark.parametrize(("plates", "name"), [(("1", "2", "3"), "regnr"), (("MLB84A", "TYP47K", "ROM88L"), "fordnr")])
def test_a_few_running_numbers_or_another_name_lead_nowhere(
    store: Store, tmp_path: Path, plates: tuple[str, ...], name: str
) -> None:
    assert lent(tmp_path, store, plates, name) == set()


@pytest.mark.parametrize("column", ["narst_tel", "Närst tel", "anh_tel", "anhörig_tel", "nok_phone"])
def test_the_telephone_of_the_next_of_kin_is_not_the_customers(store: Store, column: str) -> None:
    numbers = ["070-174 06 06", *[f"070-174 06 3{at}" for at in range(5)]]
    bills: Rows = [{"id": f"b{at}", "kund": f"K{at}", "kr": "500"} for at in range(6)]
    tables = {"kunder": customers(**{column: numbers}), "fakturor": bills}
    hits = found(store, {"crm": MemoryConnector(tables)}, "070-174 06 06")
    assert {row for (unit, row), grade in hits.items() if unit == "fakturor" and grade >= Grade.PROBABLE} == {"b1"}
