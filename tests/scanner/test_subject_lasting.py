"""What is certain below a row of the person's: what others may have had before is not, unless its days are told."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import PEOPLE, customers, found, register

ANNA = "19780412-2385"
OF_CUSTOMER = Relation("anlaggningar", ("kund_id",), "kunder", ("id",))
EVENTS = Relation("larmlogg", ("anl",), "anlaggningar", ("id",))


def keyed(table: str, column: str, above: str) -> Relation:
    return Relation(table, (column,), above, ("id",))


def sites(**more: str) -> Rows:
    return [{"id": f"A-{700 + at}", "kund_id": one[0], **more} for at, one in enumerate(PEOPLE)]


def events(*days: str) -> Rows:
    return [
        {"id": f"H{at}-{number}", "anl": f"A-{700 + at}", "dag": day, "handelse": "tillkopplad"}
        for at in range(len(PEOPLE))
        for number, day in enumerate(days)
    ]


def grades(store: Store, declared: list[Relation], **tables: Rows) -> dict[tuple[str, str], Grade]:
    return found(store, register(**tables), ANNA, declared=declared)


def test_what_happened_at_a_home_is_probable_for_it_may_have_been_sold(store: Store) -> None:
    log = events("2015-02-03", "2024-05-06")
    hits = grades(store, [OF_CUSTOMER, EVENTS], anlaggningar=sites(uppsatt="2014-01-01"), larmlogg=log)
    assert hits["anlaggningar", "A-700"] is Grade.CERTAIN
    assert hits["larmlogg", "H0-0"] is hits["larmlogg", "H0-1"] is Grade.PROBABLE


def test_of_what_nothing_tells_how_long_it_lasts_it_is_not_certain_either(store: Store) -> None:
    codes = [{"id": f"C{at}", "anl": f"A-{700 + at}", "plats": "hall"} for at in range(len(PEOPLE))]
    hits = grades(store, [OF_CUSTOMER, keyed("koder", "anl", "anlaggningar")], anlaggningar=sites(), koder=codes)
    assert hits["koder", "C0"] is Grade.PROBABLE


def test_what_hangs_on_a_bill_is_certain_for_all_of_it_is_of_the_days_of_the_bill(store: Store) -> None:
    count = range(12)
    bills = [{"id": f"F{at}", "kund_id": PEOPLE[at % 6][0], "fakturadatum": f"20{10 + at}-03-01"} for at in count]
    paid = [{"id": f"B{at}", "faktura": f"F{at}", "betald": f"20{10 + at}-03-29"} for at in count]
    lines = [{"id": f"R{at}", "faktura": f"F{at}", "text": "larmabonnemang"} for at in count]
    keys = [keyed("fakturor", "kund_id", "kunder")]
    keys += [keyed(table, "faktura", "fakturor") for table in ("betalningar", "fakturarader")]
    hits = grades(store, keys, fakturor=bills, betalningar=paid, fakturarader=lines)
    for spot in (("fakturor", "F0"), ("betalningar", "B6"), ("fakturarader", "R6")):
        assert hits[spot] is Grade.CERTAIN


def test_a_bill_paid_years_later_makes_no_bill_last(store: Store) -> None:
    """One in twelve: somebody has paid late."""
    count = range(24)
    bills = [{"id": f"F{at}", "kund_id": PEOPLE[at % 6][0], "fakturadatum": f"2020-03-{at + 1:02}"} for at in count]
    paid = [{"id": f"B{at}", "faktura": f"F{at}", "betald": f"202{3 if at == 7 else 0}-04-02"} for at in count]
    keys = [keyed("fakturor", "kund_id", "kunder"), keyed("betalningar", "faktura", "fakturor")]
    assert grades(store, keys, fakturor=bills, betalningar=paid)["betalningar", "B6"] is Grade.CERTAIN


def test_a_row_that_tells_whose_number_a_home_has_is_no_register_of_people(store: Store) -> None:
    homes = [{**site, "agare_pnr": one[1]} for site, one in zip(sites(), PEOPLE, strict=True)]
    log = events("2015-02-03", "2024-05-06")
    hits = grades(store, [OF_CUSTOMER, EVENTS], anlaggningar=homes, larmlogg=log)
    assert hits["anlaggningar", "A-700"] is Grade.CERTAIN
    assert hits["larmlogg", "H0-0"] is Grade.PROBABLE


def test_where_a_table_tells_who_had_a_home_when_it_is_certain_what_happened_there_then(store: Store) -> None:
    had = [
        {"id": f"I{at}", "anl": f"A-{700 + at}", "kund_id": one[0], "fran": "2014-01-01", "till": "2030-01-01"}
        for at, one in enumerate(PEOPLE)
    ]
    keys = [OF_CUSTOMER, EVENTS, keyed("innehav", "anl", "anlaggningar"), keyed("innehav", "kund_id", "kunder")]
    hits = grades(store, keys, anlaggningar=sites(), larmlogg=events("2013-02-03", "2024-05-06"), innehav=had)
    assert hits["larmlogg", "H0-0"] is Grade.PROBABLE
    assert hits["larmlogg", "H0-1"] is Grade.CERTAIN


@pytest.mark.parametrize(("removed", "grade"), [("2016-01-01", Grade.CERTAIN), ("", Grade.PROBABLE)])
def test_what_stayed_in_a_home_for_the_next_one_is_not_certain(store: Store, removed: str, grade: Grade) -> None:
    """A camera that was put up for Anna, and whose days say whether it was still there when Sven had the home."""
    had = [
        {"id": f"I{at}", "anl": f"A-{700 + at}", "kund_id": one[0], "fran": "2014-01-01", "till": "2018-12-31"}
        for at, one in enumerate(PEOPLE)
    ]
    had.append({"id": "I9", "anl": "A-700", "kund_id": PEOPLE[1][0], "fran": "2019-01-01", "till": "2030-01-01"})
    cameras: Rows = [
        {"id": f"K{at}", "anl": f"A-{700 + at}", "installerad": "2015-01-01", "borttagen": removed if at == 0 else None}
        for at in range(len(PEOPLE))
    ]
    keys = [OF_CUSTOMER, keyed("innehav", "anl", "anlaggningar"), keyed("innehav", "kund_id", "kunder")]
    keys.append(keyed("kameror", "anl", "anlaggningar"))
    assert grades(store, keys, anlaggningar=sites(), innehav=had, kameror=cameras)["kameror", "K0"] is grade


def test_of_two_bills_that_were_paid_nothing_is_told_of_all(store: Store) -> None:
    bills = [{"id": f"F{at}", "kund_id": PEOPLE[at % 6][0], "fakturadatum": f"2020-03-{at + 1:02}"} for at in range(24)]
    paid = [{"id": f"B{at}", "faktura": f"F{at}", "betald": "2020-04-02"} for at in (0, 1)]
    keys = [keyed("fakturor", "kund_id", "kunder"), keyed("betalningar", "faktura", "fakturor")]
    assert grades(store, keys, fakturor=bills, betalningar=paid)["betalningar", "B0"] is Grade.PROBABLE


def test_a_home_to_which_a_row_of_the_persons_points_is_probable(store: Store) -> None:
    flats = [{"id": f"L{at}", "vaning": str(at)} for at in range(len(PEOPLE))]
    leases = [{"id": f"H{at}", "kund_id": one[0], "lgh": f"L{at}"} for at, one in enumerate(PEOPLE)]
    keys = [keyed("hyra", "kund_id", "kunder"), keyed("hyra", "lgh", "lagenheter")]
    hits = grades(store, keys, lagenheter=flats, hyra=leases)
    assert hits["hyra", "H0"] is Grade.CERTAIN
    assert hits["lagenheter", "L0"] is Grade.PROBABLE


def test_a_customer_number_that_rows_are_told_apart_by_is_a_persons(store: Store) -> None:
    number = "104200"
    accounts = [{"id": f"10420{at}", "kundnummer": f"10420{at}", "saldo": "0"} for at in range(len(PEOPLE))]
    bookings = [{"id": f"B{at}", "konto": f"10420{at % 6}", "dag": f"20{10 + at}-01-01"} for at in range(12)]
    keys = [Relation("bokningar", ("konto",), "konton", ("kundnummer",))]
    hits = found(store, {"konton": accounts, "bokningar": bookings}, number, declared=keys)
    assert hits == dict.fromkeys((("konton", number), ("bokningar", "B0"), ("bokningar", "B6")), Grade.CERTAIN)


def test_the_customer_number_of_who_pays_is_not_the_customers(store: Store) -> None:
    """A daughter pays for her mother: her bills are not the mother's."""
    numbers = [f"10420{at}" for at in range(len(PEOPLE))]
    people = [
        {**one, "kundnr": number, "betalare_kundnr": numbers[3] if at == 0 else None}
        for at, (one, number) in enumerate(zip(customers(), numbers, strict=True))
    ]
    bills = [{"id": f"F{at}", "kundnr": numbers[at % 6], "dag": f"20{10 + at}-03-01"} for at in range(12)]
    hits = found(store, {"kunder": people, "fakturor": bills}, ANNA)
    assert {id for unit, id in hits if unit == "fakturor"} == {"F0", "F6"}
    assert ("kunder", PEOPLE[3][0]) not in hits
