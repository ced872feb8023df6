"""Columns of names and columns that only look like it: whole columns, as a table gives them."""

from __future__ import annotations

import pytest

from recognizers.analyzer import Analyzer
from recognizers.name import NameRecognizer

GIVEN = ["Anna", "Karl-Johan", "Zainab", "Göte", "Sixten", "Ann-Sofie", "Bo", "Björn", "My", "Phuong", "Piotr", "Elif"]
SURNAMES = [
    "Granås",
    "Ek",
    "Björkvall",
    "Karlsson",
    "Berg",
    "Hosseini",
    "Tjäder",
    "Uggla",
    "Lagerås",
    "Rydh",
    "Hult",
    "Nygårds",
]
FULL = [f"{given} {surname}" for given, surname in zip(GIVEN, SURNAMES, strict=True)]
TOWNS = ["Stockholm", "Lund", "Berg", "Hult", "Skog", "Holm", "Nora", "Falun", "Ljung", "Sund", "Kalmar", "Fors"]
THINGS = [
    *("Rörelsedetektor", "Dörrkontakt", "Kamera", "Siren", "Rökdetektor", "Tagg", "Yale-Lås", "Panikknapp"),
    *("Batteri", "Centralenhet", "Smartplugg", "Nyckelbricka"),
]
COLOURS = ["Röd", "Grön", "Blå", "Gul", "Svart", "Vit", "Rosa", "Lila", "Viola", "Saga", "Koppar", "Silver"]
STATES = ["Öppen", "Stängd", "Pågående", "Klar", "Ny", "Betald", "Delvis", "Skickad", "Hög", "Låg", "Normal", "Kritisk"]
FIRMS = [
    f"{who} {what}" for who in ("Karlssons", "Lindgren", "Ek") for what in ("Bygg AB", "El & VVS", "Måleri", "Åkeri HB")
]


def _whole(field: str, values: list[str]) -> list[str]:
    found = Analyzer([NameRecognizer()]).find({field: values})
    return [values[m.record] for m in found if m.score >= 0.5 and m.end - m.start == len(values[m.record])]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("ort", TOWNS),
        ("col1", TOWNS),
        ("name", TOWNS),
        ("namn", THINGS),
        ("produktnamn", THINGS),
        ("col1", COLOURS),
        ("status", STATES),
        ("namn", STATES),
        ("foretag", FIRMS),
        ("kodord", ["sten", "Alma", "lampa", "Björk", "4711", "blå båt", "Maja", "Saga", "Frisk"]),
        ("benamning", [f"{thing} {name}" for thing, name in zip(THINGS, GIVEN, strict=True)]),
        ("col1", FIRMS),
    ],
)
def test_a_column_of_something_else_holds_no_names(field: str, values: list[str]) -> None:
    assert _whole(field, values) == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("namn", FULL),
        ("col1", FULL),
        ("kundnamn", [name.lower() for name in FULL]),
        ("col1", [name.upper() for name in FULL]),
        ("kontaktperson", [", ".join(reversed(name.rsplit(" ", 1))) for name in FULL]),
        ("fornamn", GIVEN),
        ("lastName", SURNAMES),
        ("enamn", [*SURNAMES, "Woldemichael", "Nuur"]),
        ("mottagare", [*FULL, "Xhevriye Nuurali"]),
    ],
)
def test_a_column_of_names_is_found_whole(field: str, values: list[str]) -> None:
    assert _whole(field, values) == values


def test_a_firm_among_names_is_none() -> None:
    assert _whole("namn", [*FULL, "Karlssons Bygg AB", "Norra Förskolan"]) == FULL


def _any(values: list[str], field: str = "x") -> set[str]:
    found = Analyzer([NameRecognizer()]).find({field: values})
    return {values[m.record] for m in found if m.score >= 0.5}


@pytest.mark.parametrize("unit", ["Rok", "Kim", "Saga"])
def test_a_word_after_different_numbers_is_a_unit(unit: str) -> None:
    assert _any([f"{number} {unit}" for number in ("4", "3", "2,5")], "storlek") == set()


def test_names_in_a_numbered_list_are_found() -> None:
    assert _any(["1 Anna", "2 Kalle", "3 Anna Ek"]) == {"1 Anna", "2 Kalle", "3 Anna Ek"}
    assert _any(["4 Rok"]) == {"4 Rok"}


def test_a_signature_among_others_is_no_surname() -> None:
    assert _any(["AHO", "EPE", "CEK", "XLM"], "sign") == set()
    assert _any(["AHO", "BKA1", "BKA2", "EPE"], "sign") == set()
    assert _any(["EK", "ALI", "LIND", "BERG"], "efternamn") == {"EK", "ALI", "LIND", "BERG"}
    assert _any(["AHO", "Aho", "Ek", "Berg"], "efternamn") == {"AHO", "Aho", "Ek", "Berg"}


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Kerstin Nyberg & Magnus Nyberg", ["Kerstin Nyberg", "Magnus Nyberg"]),
        ("Kerstin Nyberg och Magnus Nyberg", ["Kerstin Nyberg", "Magnus Nyberg"]),
        ("Kerstin Nyberg, Magnus Nyberg", ["Kerstin Nyberg", "Magnus Nyberg"]),
        ("Kerstin Nyberg / Magnus Nyberg", ["Kerstin Nyberg", "Magnus Nyberg"]),
        ("Kerstin o Magnus Nyberg", ["Kerstin", "Magnus Nyberg"]),
        ("NYBERG KERSTIN OCH MAGNUS", ["NYBERG KERSTIN", "MAGNUS"]),
        ("Anna Karin Ek, Olle Ek", ["Anna Karin Ek", "Olle Ek"]),
        ("Nyberg, Kerstin Anna", ["Nyberg, Kerstin Anna"]),
        ("Anders Nyberg & Co", []),
        ("Anders Nyberg & Söner AB", []),
        ("Nilsson & Ek", []),
    ],
)
def test_two_people_in_one_cell(cell: str, people: list[str]) -> None:
    found = [m for m in Analyzer([NameRecognizer()]).find({"namn": [cell]}) if m.score >= 0.5]
    assert [cell[m.start : m.end] for m in found] == people


TURNED = [f"{surname} {given}".upper() for surname, given in zip(SURNAMES, GIVEN, strict=True)]


def _keys(values: list[str]) -> dict[str, str]:
    found = Analyzer([NameRecognizer()]).find({"namn": values})
    return {values[m.record]: m.value for m in found if m.end - m.start == len(values[m.record])}


def test_most_of_a_column_tell_the_order_of_the_doubtful_ones() -> None:
    doubtful = ["HOLM JOHN", "HASSAN VIKTOR", "ALI MOHAMED", "FALK HANNA"]
    turned = {"john holm", "viktor hassan", "mohamed ali", "hanna falk"}
    assert {value for text, value in _keys([*TURNED, *doubtful]).items() if text in doubtful} == turned
    assert set(_keys(doubtful[:3]).values()) == {"holm john", "hassan viktor", "ali mohamed"}, "too few"
    assert _keys([*FULL, "John Holm", "Ali Mohamed"])["Ali Mohamed"] == "ali mohamed"
    assert _keys([*FULL, "Falk Hanna"])["Falk Hanna"] == "hanna falk"


def test_a_sure_name_stays_in_a_column_of_the_other_order() -> None:
    assert _keys([*TURNED, "Anna Lindgren", "Ek, Anna"])["Anna Lindgren"] == "anna lindgren"
    assert _keys([*TURNED, "Ek, Anna"])["Ek, Anna"] == "anna ek"
