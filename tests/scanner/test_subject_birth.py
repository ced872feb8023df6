"""A register that knows somebody by name and day of birth, and the personnummer that stands with the name elsewhere."""

from __future__ import annotations

import pytest

from recognizers import Key
from scanner.finding import key_tokens
from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import KEYS
from tests.scanner.test_subject_joined import ANNA, sure

pytestmark = pytest.mark.slow

OF_THE_DAY = "19780412-9802"
"""Somebody else's who was born on Anna's day."""


def members(*names: str, born: str = "1978-04-12") -> dict[str, Rows]:
    """A register without personnummer, and what members have bought."""
    people: Rows = [
        {"id": f"m{at}", "Medlemsnr": f"BK-{20417 + at}", "Namn": name, "Födelsedatum": born}
        for at, name in enumerate(names)
    ]
    bought: Rows = [
        {"id": f"b{at}", "Medlemsnr": f"BK-{20417 + at}", "Vad": "Träningskort"} for at, _ in enumerate(names)
    ]
    return {"medlemmar": people, "sålt": bought}


def listed(*people: tuple[str, str]) -> dict[str, Rows]:
    return {"anmälda": [{"id": f"a{at}", "Namn": name, "Personnr": pnr} for at, (name, pnr) in enumerate(people)]}


ALL_OF_ANNAS = {("medlemmar", "m0"), ("sålt", "b0"), ("anmälda", "a0")}


@pytest.mark.parametrize("seed", [ANNA, "BK-20417", "Anna Ekdahl, född 1978-04-12"])
def test_a_list_tells_the_number_of_a_member_of_the_same_name_and_day(store: Store, seed: str) -> None:
    tables = members("Anna Ekdahl", "Eva Norling") | listed(("Anna Ekdahl", ANNA), ("Eva Norling", OF_THE_DAY))
    assert sure(store, tables, seed) == ALL_OF_ANNAS


def test_running_text_that_names_nobody_else_tells_it_too(store: Store) -> None:
    notes: Rows = [{"id": "n0", "Text": f"Intyg för Anna Ekdahl, {ANNA}, lämnat i receptionen i dag. Ingen åtgärd."}]
    assert sure(store, members("Anna Ekdahl") | {"intyg": notes}, ANNA) >= {("medlemmar", "m0"), ("sålt", "b0")}


@pytest.mark.parametrize(
    ("register", "listing"),
    [
        (members("Eva Norling"), listed(("Anna Ekdahl", ANNA))),
        (members("Anna Ekdahl", born="1978-04-13"), listed(("Anna Ekdahl", ANNA))),
        (members("Anna Ekdahl"), listed(("Anna Ekdahl", ANNA), ("Anna Ekdahl", OF_THE_DAY))),
    ],
)
def test_another_name_another_day_and_two_of_one_name_and_day_tell_nothing(
    store: Store, register: dict[str, Rows], listing: dict[str, Rows]
) -> None:
    assert sure(store, register | listing, ANNA) == {("anmälda", "a0")}


def test_a_day_of_birth_meets_that_of_a_personnummer() -> None:
    of_date = key_tokens(KEYS, Key("DATE_OF_BIRTH", "1978-04-12", ("born:780412",)))
    of_number = key_tokens(KEYS, Key("SE_PERSONNUMMER", "7804122385", ("nine:780412238", "born:780412")))
    assert of_date.further == of_number.further
    assert of_date.value != of_number.value
