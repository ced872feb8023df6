"""A column `namn` beside other fields: whether they make it one of things or leave it one of people."""

from __future__ import annotations

import pytest

from recognizers import Analyzer

NAMES = ["Alma", "Nova", "Saga", "Iris", "Luna", "Stella", "Viola", "Ture", "Otto", "Hugo", "Maja", "Elsa"]
SURNAMES = ["Ek", "Berg", "Karlsson", "Lindgren", "Nilsson", "Persson", "Larsson", "Olsson", "Svensson", "Holm", "Lund"]
PEOPLE = [f"{given} {surname}" for given, surname in zip(NAMES, [*SURNAMES, "Ström"], strict=True)]
NUMBERS = [str(at) for at in range(101, 113)]


def _people(names: list[str], *beside: str, field: str = "namn") -> int:
    fields = {field: names} | dict.fromkeys(beside, NUMBERS)
    return len({m.record for m in Analyzer().find(fields) if m.entity == "PERSON" and m.score >= 0.5})


@pytest.mark.parametrize(
    "beside", [("artikelnr", "pris"), ("artikelnr", "pris", "lager"), ("sku", "price", "stock"), ("ean", "lagersaldo")]
)
@pytest.mark.parametrize("field", ["namn", "name"])
def test_a_things_name_is_nobodys(beside: tuple[str, ...], field: str) -> None:
    assert _people(NAMES, *beside, field=field) == 0
    assert _people([f"{name} larmpanel" for name in NAMES], *beside, field=field) == 0


@pytest.mark.parametrize("beside", [(), ("pris",), ("artikelnr", "pris", "epost"), ("ordernr", "artikelnr", "pris")])
def test_a_persons_name_stays_one(beside: tuple[str, ...]) -> None:
    assert _people(NAMES, *beside) == len(NAMES)


def test_whole_names_and_fields_that_say_whose_are_heard_first() -> None:
    assert _people(PEOPLE, "artikelnr", "pris", "lager") == len(PEOPLE)
    assert _people(NAMES, "artikelnr", "pris", "lager", field="kontaktperson") == len(NAMES)


CODES = ["4410", "7782", "0093", "5561"]


def _opened(field: str, values: list[str], *beside: str, unit: str = "") -> int:
    fields = {field: values} | {name: ["1", "2", "3", "4"] for name in beside}
    found = Analyzer().find(fields, unit=unit)
    return len({m.record for m in found if (m.entity, m.field) == ("ALARM_CODE", field) and m.score >= 0.5})


@pytest.mark.parametrize("beside", [("dörr",), ("nyckelskåp", "ändrad"), ("portar", "adress"), ("grind", "status")])
@pytest.mark.parametrize("field", ["kod", "Kod", "ny_kod", "kod2"])
def test_a_code_beside_what_it_opens(beside: tuple[str, ...], field: str) -> None:
    assert _opened(field, CODES, *beside) == len(CODES)


def test_a_code_in_a_table_of_keys() -> None:
    assert _opened("Kod", CODES, "Skåpnr", unit="nycklar.csv") == len(CODES)
    assert _opened("Kod", CODES, "Nr", unit="rum.csv") == 0


@pytest.mark.parametrize(
    "beside", [("objekt",), ("dörr", "artikelnr", "pris"), ("dörr", "händelse"), ("grind", "felkod"), ("land",)]
)
def test_a_code_of_things_and_events_opens_nothing(beside: tuple[str, ...]) -> None:
    assert _opened("kod", CODES, *beside) == 0
    assert _opened("kod", ["röd", "blå", "vit", "4410"], "dörr") == 0


@pytest.mark.parametrize("field", ["hus_kod", "Huskod", "boxkod", "personalkod", "skapKod", "servicekod", "door_code"])
@pytest.mark.parametrize(
    "values", [["K04", "K06", "T11", "S02"], ["A", "B", "AB", "C"], ["B-12", "B-13", "B-14A", "7"]]
)
def test_what_a_thing_is_called_in_short_opens_nothing(field: str, values: list[str]) -> None:
    assert _opened(field, values) == 0
    assert _opened(field, values[:1]) == 0


@pytest.mark.parametrize("field", ["hus_kod", "boxkod", "personalkod", "door_code"])
@pytest.mark.parametrize("values", [CODES, ["4410#", "A1984", "*0093", "5561"], ["solros", "blå båt", "Ek4711", "K04"]])
def test_codes_in_such_a_field_are_found(field: str, values: list[str]) -> None:
    assert _opened(field, values) >= 3


@pytest.mark.parametrize("field", ["anv_kod", "användarkod", "user_code"])
def test_users_sign_in_by_their_short_codes(field: str) -> None:
    found = Analyzer().find({field: ["AEK", "MLI", "KPE", "SBE"]})
    assert [m.entity for m in found if m.score >= 0.5] == ["USERNAME"] * 4


PETS = ["Pluto", "Smilla", "Milo", "Luna", "Findus", "Molly", "Nala", "Ronja", "Sigge"]
BORN = [f"2019-05-{day}" for day in range(10, 19)]


def _entities(fields: dict[str, list[str]], unit: str = "") -> set[str]:
    return {m.entity for m in Analyzer().find(fields, unit=unit) if m.score >= 0.5}


@pytest.mark.parametrize("field", ["name", "djurets namn", "namn"])
def test_animals_and_their_births_are_nobodys(field: str) -> None:
    animals = ["hund"] * 9
    assert _entities({field: PETS, "species": animals, "breed": animals, "bornOn": BORN}) == set()
    assert _entities({field: PETS, "ras": animals, "född": BORN}, "djur") == set()


def test_people_beside_animals_are_people() -> None:
    assert _entities({"name": PETS, "hund": ["ja"] * 9, "born": BORN}, "kunder") == {"PERSON", "DATE_OF_BIRTH"}
    assert _entities({"ägarens namn": PEOPLE[:9], "ras": ["tax"] * 9}, "hundar") == {"PERSON"}
    assert _entities({"namn": PEOPLE[:9], "ras": ["tax"] * 9}, "hundar") == {"PERSON"}


TITLES = ["Sticka med Märta", "Tröjkit Anna", "Merino Kalmar blå"]


@pytest.mark.parametrize("beside", [("sku", "qty", "order_no"), ("artikelnr", "pris"), ("product_id", "customer_id")])
def test_a_title_beside_an_articles_number_is_a_things(beside: tuple[str, ...]) -> None:
    assert "PERSON" not in _entities({"title": TITLES} | {name: ["71", "72", "73"] for name in beside})


def test_a_title_alone_may_name_somebody() -> None:
    assert "PERSON" in _entities({"title": TITLES})
    assert "PERSON" in _entities({"title": ["Anna Ek", "Olof Lindgren", "Installation"], "sku": ["71", "72", "73"]})


KEYS = ["K004211", "K004212", "K004213", "K004214"]


@pytest.mark.parametrize("unit", ["erp_Customer", "dbo.Kund", "KUNDREG", "kunder", "members"])
@pytest.mark.parametrize("field", ["No_", "nr", "Nummer", "number"])
def test_the_number_of_a_table_of_customers_is_theirs(field: str, unit: str) -> None:
    assert _entities({field: KEYS}, unit) == {"CUSTOMER_ID"}
    assert _entities({field: ["104211", "104212", "104213"]}, unit) == {"CUSTOMER_ID"}


@pytest.mark.parametrize(
    ("field", "unit"), [("No_", "Item"), ("nr", "kundorder"), ("no", "customer_ledger"), ("kod", "kund")]
)
def test_another_tables_number_is_no_customers(field: str, unit: str) -> None:
    assert _entities({field: KEYS}, unit) == set()


def test_a_running_number_is_no_customers() -> None:
    assert _entities({"nr": [str(at) for at in range(1, 60)]}, "kunder") == set()
