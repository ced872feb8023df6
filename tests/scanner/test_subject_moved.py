"""Whose is it, where a thing that is in another, now this and now that, says itself only in which it is now."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, MIRA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow


def flats() -> dict[str, Rows]:
    """Flats that are let, the first to Sven before Anna; and cameras in them: the first was in Mira's until 2020."""
    lets = [("h1", "F1", "A2", "2012-01-01", "2018-06-30"), ("h2", "F1", "A1", "2018-07-01", "")]
    lets += [(f"h{at}", f"F{at - 1}", f"A{at}", "2012-01-01", "") for at in (3, 4, 5)]
    placed = [("m1", "CM101", "F2", "2015-01-01", "2020-01-01"), ("m2", "CM101", "F1", "2020-01-02", "")]
    there = (("CM102", "F2"), ("CM103", "F3"), ("CM104", "F4"), ("CM105", "F3"), ("CM106", "F1"))
    placed += [(f"m{at}", *one, "2012-01-01", "") for at, one in enumerate(there, 3)]
    logged = [("e1", "CM101", "2019-05-05"), ("e2", "CM101", "2021-05-05"), ("e3", "CM106", "2013-05-05")]
    logged += [(f"e{at}", f"CM10{at - 2}", "2019-05-05") for at in range(4, 9)]
    return {
        "tenants": rows("id pnr full_name", *PEOPLE),
        "flats": rows("id flat_no floor", *((f"x{at}", f"F{at}", "2") for at in range(1, 7))),
        "lettings": rows("id flat_no tenant_id from_date to_date", *lets),
        "cameras": rows("id camera_no flat_no", ("c1", "CM101", "F1"), *((f"{one[0]}x", *one) for one in there)),
        "placements": rows("id camera_no flat_no from_date to_date", *placed),
        "camera_log": rows("id camera_no logged", *logged),
    }


@pytest.mark.parametrize(("asked", "own"), [(ANNA, {"e2", "e8"}), (SVEN, {"e3"}), (MIRA, {"e1", "e4"})])
def test_what_a_camera_saw_is_of_whoever_had_the_flat_that_it_was_in(store: Store, asked: str, own: set[str]) -> None:
    assert sure(store, flats(), asked)["camera_log"] == own
