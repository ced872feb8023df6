"""Names of columns as an ordinary person reads them."""

from __future__ import annotations

import pytest

from reports.case.plain import is_plain, plain
from reports.language import translator

READ = [
    ("pnr", "Personnummer"),
    ("pnr_ort", "Postnummer och ort"),
    ("meddelande_id", "Meddelandets nummer"),
    ("KundNr", "Kundnummer"),
    ("First Name", "Förnamn"),
    ("van_tel", "Telefonnummer (vän)"),
    ("medtecknare_pnr", "Personnummer (medtecknare)"),
    ("tel2", "Telefonnummer 2"),
    ("sidecar.customer.phone", "Telefonnummer (kund)"),
    ("payload.rader[0].artikel", "Artikel (rad 1)"),
    ("Lön", "Lön"),
    ("lon", ""),
    ("longitude", "Longitud"),
    ("Sven Lundmark.telefon", "Telefonnummer"),
    ("NAMN", "Namn"),
    ("lagerplats", ""),
    ("", ""),
    ("12", ""),
    ("telefon.0701740605", ""),
]


@pytest.mark.parametrize(("field", "words"), READ)
def test_a_column_is_called_by_what_it_holds(field: str, words: str) -> None:
    assert plain(field, translator("sv")) == words


def test_in_english_too() -> None:
    assert plain("van_tel", translator("en")) == "Telephone number (friend)"


def test_what_is_no_word_of_columns_may_be_somebodys_name() -> None:
    assert is_plain("sekretessmarkering")
    assert is_plain("kund.tel2")
    assert not is_plain("Sven Lundmark.telefon")
    assert not is_plain("19780412-2385.telefon")
    assert not is_plain("")
