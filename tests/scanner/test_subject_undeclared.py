"""Keys that nothing declares: of two columns together, and of running numbers that a key with gaps holds."""

from __future__ import annotations

import pytest

from connectors import Record
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, COLUMNS, PEOPLE, SVEN, customers, found


def lots(**other: str | None) -> dict[str, Rows]:
    """Auctions that count their lots from one each; nothing is declared between the tables but their own keys."""
    handed: Rows = [
        {"id": f"{sale}+{lot}", "auktnr": sale, "utrnr": lot, "kund_id": f"K{at}"}
        for at, (sale, lot) in enumerate((s, n) for s in ("V1", "V2") for n in ("1", "2", "3"))
    ]
    bids: Rows = [
        {"id": f"b{at}", "auktnr": sale, "utrnr": lot, "kr": "500"} | other
        for at, (sale, lot) in enumerate((s, n) for s in ("V1", "V2") for n in ("1", "2", "3"))
    ]
    return {"kunder": customers(), "utrop": handed, "klubbslag": bids}


class Counted(MemoryConnector):
    """Its tables but the registers are keyed by two columns."""

    def _record(self, row: dict[str, str | None]) -> Record:
        return {name: row[name] or "" for name in ("auktnr", "utrnr")} if "kund_id" in row else super()._record(row)


def test_columns_called_as_the_two_that_tell_rows_apart_lead_to_them_together(store: Store) -> None:
    hits = found(store, {"crm": Counted(lots())}, ANNA)
    assert {row for unit, row in hits if unit != "kunder"} == {"V1+1", "b0"}


def test_two_tables_that_number_their_rows_alike_lead_nowhere(store: Store) -> None:
    tables = lots()
    tables["visning"] = [row | {"kund_id": f"K{5 - at}"} for at, row in enumerate(tables["utrop"])]
    hits = found(store, {"crm": Counted(tables)}, ANNA)
    assert {row for unit, row in hits if unit == "klubbslag"} == set()


def ledger(store: Store, numbers: list[str], references: list[str]) -> set[str]:
    """The ledger of another system refers to customers by a number below 20,000, in a column called otherwise."""
    none = dict.fromkeys(COLUMNS)
    register = [row | {"id": number} for row, number in zip([*customers(), *[none] * 24], numbers, strict=True)]
    accounts: Rows = [{"id": f"a{at}", "kref": number, "saldo": "0"} for at, number in enumerate(references)]
    sources = {"crm": MemoryConnector({"kunder": register}), "ekonomi": MemoryConnector({"konton": accounts})}
    return {row for unit, row in found(store, sources, ANNA) if unit == "konton"}


def test_numbers_that_all_stand_in_a_key_with_gaps_refer_to_it(store: Store) -> None:
    numbers = [str(1042 + 3 * at) for at in range(30)]
    assert ledger(store, numbers, numbers[:24]) == {"a0"}


@pytest.mark.parametrize("last", [24, 6])
def test_numbers_that_may_stand_in_a_key_by_chance_do_not(store: Store, last: int) -> None:
    step = 1 if last > 6 else 3
    numbers = [str(1042 + step * at) for at in range(30)]
    assert ledger(store, numbers, numbers[:last]) == set()


def points(store: Store, first: int) -> set[str]:
    """A table whose rows have numbers of the register as their own key."""
    none: dict[str, str | None] = dict.fromkeys(COLUMNS)
    register = [row | {"id": str(first + at)} for at, row in enumerate([*customers(), *[none] * 24])]
    bonus: Rows = [{"id": str(first + at), "poang": "5"} for at in range(12)]
    hits = found(store, {"crm": MemoryConnector({"kunder": register, "bonus": bonus})}, ANNA)
    return {row for unit, row in hits if unit == "bonus"}


def test_a_tables_own_key_may_be_a_registers_number(store: Store) -> None:
    assert points(store, 410_600) == {"410600"}


def test_tables_that_both_count_their_rows_have_nothing_to_do_with_each_other(store: Store) -> None:
    assert points(store, 1) == set()


def test_a_register_does_not_point_to_the_table_that_has_each_of_its_numbers_once(store: Store) -> None:
    """Then nothing else would point to the register."""
    numbers = [str(410_600 + at) for at in range(6)]
    register = [row | {"id": number} for row, number in zip(customers(), numbers, strict=True)]
    asked: Rows = [{"id": f"a{at}", "kund": number, "kanal": "webb"} for at, number in enumerate(numbers)]
    children: Rows = [{"id": f"c{at}", "external_ref": number, "grupp": "Myran"} for at, number in enumerate(numbers)]
    sources = {
        "crm": MemoryConnector({"kunder": register, "ansokan": asked}),
        "app": MemoryConnector({"child": children}),
    }
    assert {row for unit, row in found(store, sources, ANNA) if unit != "kunder"} == {"a0", "c0"}


def notes(store: Store, letter: str, *others: str) -> set[str]:
    """Notes on customers, and on cars that are numbered alike; a letter says which."""
    register = [row | {"id": str(at + 1)} for at, row in enumerate(customers())]
    cars: Rows = [{"id": str(at + 1), "marke": "Saab"} for at in range(6)]
    rows: Rows = [{"id": f"n{at}", "typ": letter, "avser_id": str(at + 1)} for at in range(6)]
    rows += [{"id": f"f{at}", "typ": "F", "avser_id": str(at + 1)} for at in range(6)]
    tables = {"kunder": register, "fordon": cars, "anteckning": [{"avser_typ": row.pop("typ"), **row} for row in rows]}
    more = {name: list(cars) for name in others}
    hits = found(store, {"crm": MemoryConnector(tables | more)}, ANNA)
    return {row for unit, row in hits if unit == "anteckning"}


def test_a_letter_says_of_which_table_a_note_is(store: Store) -> None:
    assert notes(store, "K") == {"n0"}


def test_a_letter_that_may_mean_two_tables_says_nothing(store: Store) -> None:
    assert notes(store, "K", "kort") == set()


def test_a_word_that_two_tables_are_called_by_means_the_one_that_has_the_keys(store: Store) -> None:
    """The archive of the same name is listed first, and has none of them."""
    register = [row | {"id": str(at + 1)} for at, row in enumerate(customers())]
    archive: Rows = [{"id": str(900 + at), "flyttad": "ja"} for at in range(6)]
    rows: Rows = [{"id": f"n{at}", "avser_typ": "kund", "avser_id": str(at + 1)} for at in range(6)]
    tables = {"arkiv.kunder": archive, "kunder": register, "anteckning": rows}
    hits = found(store, {"crm": MemoryConnector(tables)}, ANNA)
    assert {row for unit, row in hits if unit == "anteckning"} == {"n0"}


def test_a_short_key_with_a_role_before_it_is_known_after_a_line(store: Store) -> None:
    register = [row | {"kd_id": str(at + 1)} for at, row in enumerate(customers())]
    incomes: Rows = [{"id": f"i{at}", "kd_id": str(at + 1), "medsok_kd_id": str(6 - at)} for at in range(6)]
    hits = found(store, {"crm": MemoryConnector({"kunder": register, "inkomst": incomes})}, ANNA)
    assert {row for unit, row in hits if unit == "inkomst"} == {"i0", "i5"}


def test_who_pays_for_a_visit_is_not_who_came(store: Store) -> None:
    """Each visit has just one bill, in another system, so that its number seems to point to the bill's."""
    visits: Rows = [{"id": str(310_600 + at), "patient_id": f"K{at % 6}", "rum": "2"} for at in range(12)]
    work: Rows = [{"id": f"t{at}", "visit_id": str(310_600 + at), "tand": "16"} for at in range(12)]
    payers: Rows = [
        {"id": f"P{at}", "pnr": person[0], "namn": f"{person[1]} {person[2]}"} for at, person in enumerate(PEOPLE)
    ]
    bills: Rows = [
        {"id": f"f{at}", "betalar_id": "P1" if at == 6 else f"P{at % 6}", "besok_nr": str(310_600 + at)}
        for at in range(12)
    ]
    journal: dict[str, Rows] = {"patient": customers(), "visit": visits, "treatment": work}
    sources = {
        "journal": MemoryConnector(journal),
        "ekonomi": MemoryConnector({"betalare": payers, "faktura": bills}),
    }
    sure = {place for place, grade in found(store, sources, SVEN).items() if grade >= Grade.PROBABLE}
    assert {row for unit, row in sure if unit == "faktura"} == {"f1", "f6", "f7"}
    assert {row for unit, row in sure if unit == "treatment"} == {"t1", "t7"}
