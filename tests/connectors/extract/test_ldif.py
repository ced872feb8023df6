"""LDIF: entries of a directory, values in base64, folded lines."""

import base64

import pytest

from connectors.extract.ldif import is_ldif
from tests.connectors.extract.made import read

NAME, NUMBER = "Märta Åkesson-Öberg", "070-1740605"


def coded(text: str | bytes) -> str:
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


EXPORT = f"""# av katalogen
version: 1

dn: CN=bo,OU=Kund,DC=example,DC=se
cn: Bo
mail: bo@example.se
mail: bo.ek@example.se

dn:: {coded(f"CN={NAME},DC=example,DC=se")}
cn:: {coded(NAME)[:10]}
 {coded(NAME)[10:]}
telephoneNumber: {NUMBER}
jpegPhoto:: {coded(bytes(range(256)))}
description;lang-sv: rad ett
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_entry_is_a_record_and_base64_is_read(end: str) -> None:
    found = read("ad.ldif", EXPORT.replace("\n", end).encode())
    assert found.unread == {}
    assert found.where(NUMBER) == {("ad.ldif", "row=2", "telephoneNumber")}
    assert found.where(NAME) == {("ad.ldif", "row=2", "cn"), ("ad.ldif", "row=2", "dn")}
    assert found.where("bo.ek@") == {("ad.ldif", "row=1", "mail_2")}
    assert found.places["ad.ldif", "row=2", "description;lang-sv"] == "rad ett"
    assert not any(field == "jpegPhoto" for _, _, field in found.places)


def test_what_only_looks_like_base64_is_read_as_it_stands() -> None:
    found = read("ad.ldif", b"dn: cn=a\ncn:: Anna Ek!\n")
    assert found.places["ad.ldif", "row=1", "cn"] == "Anna Ek!"


@pytest.mark.parametrize("text", ["dn: fyra\n", "dn: fyra\nhej på dig\n", "Hej\ndn: cn=a\ncn: b\n", "#dn: a\ncn: b\n"])
def test_other_texts_are_no_ldif(text: str) -> None:
    assert not is_ldif(text)


def test_many_lines_before_an_entry_are_passed_once() -> None:
    assert not is_ldif("#\n" * 500_000 + "x")
    assert not is_ldif("dn: a\n" + " b\n" * 500_000 + "x")
