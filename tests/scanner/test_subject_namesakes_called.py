"""Two of one name: a call to one of them, whose row tells a key of the other's, is not the other's."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

NAME, MINE, THEIRS = PEOPLE[0][2], "070-174 06 05", "070-174 06 42"


def centre(called: str) -> dict[str, Rows]:
    """Customers, the last of Anna's name; and who was called, by name and telephone, by an operator of hers, too.

    Args:
        called: The telephone.
    """
    customers = [(*one, MINE if not at else f"070-174 06 1{at}") for at, one in enumerate(PEOPLE)]
    customers.append(("A9", "20000801-9853", NAME, THEIRS))
    homes = [(one[0], f"Ekbacken {at}") for at, one in enumerate(customers)]
    return {
        "kund": rows("id pnr namn tel", *customers),
        "hem": rows("kund_ref adress id", *((*one, f"h{at}") for at, one in enumerate(homes))),
        "ringt": rows("id ref namn tel", ("s1", "A1", NAME, called)),
    }


def test_a_name_beside_a_key_of_the_persons_is_the_persons_unless_the_telephone_is_anothers(store: Store) -> None:
    assert "ringt" not in sure(store, centre(THEIRS), ANNA)
    assert sure(store, centre("070-174 06 77"), ANNA)["ringt"] == {"s1"}
