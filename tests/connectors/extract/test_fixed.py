"""Columns that stand under one another are a table; what only looks so is text; nothing is lost at a column's edge."""

import pytest

from tests.connectors.extract.made import read

PRINTED = """Kundnr    Namn                   Personnummer   Telefon
------    --------------------   ------------   ------------
1001      Märta Åkesson-Öberg    900118-9811    070-1740605
1002      Bo Öh                                 070-1740606

1003      Eva Ek                 900118-9811
"""


def test_columns_are_fields() -> None:
    found = read("a.txt", PRINTED.encode("cp850"))
    assert found.places["a.txt", "row=1", "Namn"] == "Märta Åkesson-Öberg"
    assert found.places["a.txt", "row=1", "Personnummer"] == "900118-9811"
    assert found.places["a.txt", "row=2", "Telefon"] == "070-1740606"
    assert found.places["a.txt", "row=3", "Personnummer"] == "900118-9811"
    assert len(found.places) == 10
    assert found.unread == {}


def test_a_row_that_is_cut_otherwise_is_read_whole() -> None:
    """Not one digit is parted from the others at the edge of a column."""
    more = "".join(f"{n}      Bo Öh                  900118-9811    070-1740606\n" for n in range(1100, 1200))
    row = "1004      Anna med ett långt namn 900118-9811    070\n"
    found = read("a.txt", (PRINTED + more + row).encode())
    assert found.places["a.txt", "row=104", ""] == row.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "Hej Anna,  hur mår du?\nJag mår bra.  Vi ses.\nRing mig  på måndag.\nHälsningar  Bo\n",
        "Rubrik\n\nEn text  med två blanka\noch en till  rad\nslut  här\n",
        "Namn    Telefon\nAnna    070-1740605\n",
        "def f(x):\n    a  = 1\n    bb = 2\n    return a  + bb\n",
    ],
)
def test_what_only_looks_so_is_text(text: str) -> None:
    assert read("a.txt", text.encode()).places == {("a.txt", "", ""): text}
