"""Whose is it, where a home was sold, and a register tells by name alone who has it now."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow

BEFORE, SINCE = ("2015-05-04", "2020-10-31"), ("2020-11-01", "")


def estate() -> dict[str, Rows]:
    """Contracts in one register; in another homes with subscriptions, panels and their events. Sven sold Anna his."""
    held = [("A2", "H1", *BEFORE), *((f"A{at}", f"H{at}", "2015-05-04", "") for at in (3, 4, 5)), ("A1", "H1", *SINCE)]
    homes = {home: PEOPLE[int(who[1]) - 1][2] for who, home, *_ in held}
    panels = [(f"P{at}", home, *days) for at, (_, home, *days) in enumerate(held)]
    return {
        "kund": rows("id personnr namn", *PEOPLE),
        "avtal": rows("id kund_id start slut", *((f"V{at}", who, *days) for at, (who, _, *days) in enumerate(held))),
        "objekt": rows("id namn gatuadress", *((home, name, f"Ekgatan {home[1]}") for home, name in homes.items())),
        "abonnemang": rows(
            "id objekt_id avtal_id fran till",
            *((f"S{at}", home, f"V{at}", *days) for at, (_, home, *days) in enumerate(held)),
        ),
        "centraler": rows("id objekt_id driftsatt demonterad", *panels),
        "handelser": rows("id centraler_id tid", *((f"E{one[1:]}", one, days[0]) for one, _, *days in panels)),
    }


def test_what_a_home_had_before_is_not_whose_name_it_bears_now(store: Store) -> None:
    anna = sure(store, estate(), ANNA)
    assert {table: anna[table] for table in ("objekt", "abonnemang", "centraler", "handelser", "avtal")} == {
        "objekt": {"H1"}, "abonnemang": {"S4"}, "centraler": {"P4"}, "handelser": {"E4"}, "avtal": {"V4"}
    }  # fmt: skip


def test_whoever_had_it_before_has_what_it_had_then(store: Store) -> None:
    sven = sure(store, estate(), SVEN)
    assert {table: sven[table] for table in ("abonnemang", "centraler", "handelser", "avtal")} == {
        "abonnemang": {"S0"}, "centraler": {"P0"}, "handelser": {"E0"}, "avtal": {"V0"}
    }  # fmt: skip


def with_orders() -> dict[str, Rows]:
    """A site whose register leads to who has it now; contracts, one of them signed by another, too; what was mended."""
    held = [("A2", "H1", *BEFORE), ("A1", "H1", *SINCE), *((f"A{at}", f"H{at}", "2015-05-04", "") for at in (3, 4, 5))]
    now = {home: who for who, home, *_ in held}
    signed = ("", "", "Lars Norling", "", "")
    contracts = (
        (f"V{at}", who, home, *days, also)
        for at, ((who, home, *days), also) in enumerate(zip(held, signed, strict=True))
    )
    mended = (("O1", "H1", "2019-06-12"), ("O2", "H1", "2022-06-12"), ("O3", "H3", "2019-06-12"))
    return {
        "kund": rows("id personnr namn", *PEOPLE),
        "anlaggning": rows("id kund_id typ", *((home, who, "Villa") for home, who in now.items())),
        "avtal": rows("id kund_id anlaggning_id start slut medtecknare_namn", *contracts),
        "serviceorder": rows("id anlaggning_id utford", *mended),
    }


def test_what_was_done_before_is_of_whose_contract_it_was_then_though_others_have_signed_some(store: Store) -> None:
    assert sure(store, with_orders(), ANNA)["serviceorder"] == {"O2"}
    assert sure(store, with_orders(), SVEN)["serviceorder"] == {"O1"}
