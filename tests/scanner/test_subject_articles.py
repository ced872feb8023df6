"""Articles that are used in many visits: one visit does not lead through them to the others."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

VISITS = [f"W{71 + 3 * at}" for at in range(12)]
PARTS = [f"AR-{900 + 13 * at}" for at in range(6)]


def workshop() -> dict[str, Rows]:
    """Visits, the first five of them booked by somebody, with what was used: every other of the articles in each."""
    used = [(VISITS[0], PARTS[0])]
    used += [(visit, PARTS[at]) for turn, visit in enumerate(VISITS[1:], 1) for at in range(6) if (turn + at) % 2]
    return {
        "customers": rows("id pnr full_name", *PEOPLE),
        "bookings": rows("id customer_id visit_id", *((f"b{at}", one[0], VISITS[at]) for at, one in enumerate(PEOPLE))),
        "visits": rows("id visit_id km", *((f"v{at}", visit, "1200") for at, visit in enumerate(VISITS))),
        "parts": rows("id part_no label", *((f"g{at}", part, "Filter") for at, part in enumerate(PARTS))),
        "visit_parts": rows("id visit_id part_no", *((f"x{at}", *one) for at, one in enumerate(used))),
    }


def test_an_article_of_ones_visit_does_not_lead_to_the_visits_of_others(store: Store) -> None:
    told = sure(store, workshop(), ANNA)
    assert told == {"customers": {"A1"}, "bookings": {"b0"}, "visits": {"v0"}, "visit_parts": {"x0"}}
