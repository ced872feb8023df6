"""Whose is it, where a receiving centre names its sites, and knows by a reference alone which installation each is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from connectors import Connector
from scanner.engine import Scanner
from scanner.store import Store, schema
from scanner.subject.outcome import Grade
from tests.scanner.test_crossing_keys import Keyed
from tests.scanner.test_subject_crossing import ANALYZER, found
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows

pytestmark = pytest.mark.slow

MOTHER = "19510903-2390"
SINCE = "2015-05-04"


def estate() -> dict[str, Connector]:
    """Anna Ekdahl lives at her mother's, who has the same name and an alarm of her own."""
    people = [*PEOPLE[:1], *PEOPLE[2:], ("A6", MOTHER, PEOPLE[0][2])]
    lived = {who: f"Ekgatan {who[1] if who != 'A6' else '1'}, 621 41 Visby" for who, *_ in people}
    sites = [(who, f"KX{1044 + 7 * at}", f"{8100 + 11 * at}") for at, (who, *_) in enumerate(people)]
    names = {who: " ".join(reversed(name.split())).upper() for who, _, name in people}
    crm = {
        "kund": rows("kundnr personnr namn adress", *((*one, lived[one[0]]) for one in people)),
        "anlaggning": rows("anlnr kundnr", *((ref, who) for who, ref, _ in sites)),
        "avtal": rows(
            "avtalsnr kundnr anlnr start slut", *((f"V{ref[2:]}", who, ref, SINCE, "") for who, ref, _ in sites)
        ),
    }
    arc = {
        "site": rows(
            "site_no dealer_ref site_name addr start_date",
            *((no, ref, names[who], lived[who], SINCE) for who, ref, no in sites),
        ),
        "panel": rows("panel_id site_no", *((f"PX-{no}", no) for *_, no in sites)),
    }
    return {"crm": Keyed(crm), "arc": Keyed(arc)}


def sure(store: Store, sources: dict[str, Connector]) -> set[tuple[str, str]]:
    return {place for place, grade in found(store, sources, ANNA).items() if grade >= Grade.PROBABLE}


def sold(note: str) -> dict[str, Connector]:
    """Sven had Anna's installation until he moved; the centre has a site of each, with the same reference."""
    now = [(who, f"KX{1044 + 7 * at}", f"{8100 + 11 * at}", name) for at, (who, _, name) in enumerate(PEOPLE)]
    then = ("A2", "KX1044", "8300", "Sven Lundmark")
    sites = [(*one, SINCE if one[0] != "A1" else "2021-03-15", "") for one in now] + [(*then, SINCE, "2021-03-15")]
    crm = {
        "kund": rows("kundnr personnr namn", *PEOPLE),
        "anlaggning": rows("anlnr kundnr anm", *((ref, who, note) for who, ref, *_ in now)),
        "avtal": rows(
            "avtalsnr kundnr anlnr start slut",
            *((f"V{no}", who, ref, start, end) for who, ref, no, _, start, end in sites),
        ),
    }
    arc = {
        "site": rows(
            "site_no dealer_ref site_name phone_1 start_date out_of_service",
            *(
                (no, ref, name.upper(), f"070-17406{at + 10}", start, end)
                for at, (_, ref, no, name, start, end) in enumerate(sites)
            ),
        ),
        "panel": rows("panel_id site_no", *((f"PX-{one[2]}", one[2]) for one in sites)),
    }
    return {"crm": Keyed(crm), "arc": Keyed(arc)}


@pytest.mark.parametrize("note", ["", "Nyckeln finns hos Karin Lind"])
def test_a_site_of_before_is_of_whom_it_names_whomever_notes_of_the_installation_name(store: Store, note: str) -> None:
    places = sure(store, sold(note))
    assert ("panel", "PX-8100") in places
    assert not places & {("site", "8300"), ("panel", "PX-8300"), ("avtal", "V8300")}


@pytest.mark.parametrize("note", ["", "Nyckeln finns hos Karin Lind"])
@pytest.mark.parametrize("order", [("crm", "arc"), ("arc", "crm")])
def test_names_are_compared_with_whom_the_keys_of_both_sources_lead_to_and_not_with_those_in_notes(
    store: Store, note: str, order: tuple[str, str]
) -> None:
    """One of six sites names whoever had it before. Whichever source is read first."""
    sources = sold(note)
    Scanner(store, ANALYZER).scan({name: sources[name] for name in order})
    role = schema.role.c
    with store.reading() as connection:
        field = store.field_names.find(connection, store.keys.seal("site_name"))
        assert connection.execute(select(role.agreed, role.compared).where(role.field_id == field)).all() == [(5, 6)]


def test_of_two_of_one_name_at_one_address_each_has_the_site_of_whose_installation_it_is(store: Store) -> None:
    assert sure(store, estate()) == {
        ("kund", "A1"), ("anlaggning", "KX1044"), ("avtal", "V1044"), ("site", "8100"), ("panel", "PX-8100"),
    }  # fmt: skip
