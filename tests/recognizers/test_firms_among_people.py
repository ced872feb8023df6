"""Firms' numbers in a column of personnummer: few, and all of those that are no personnummer."""

from __future__ import annotations

import pytest

from tests.recognizers.test_analyzer import accepted, personnummer

pytestmark = pytest.mark.slow


def test_few_companies_among_persons_are_found() -> None:
    values = [*personnummer(40, "{}-{}"), "556047-3521", "202100-5448"]
    found = {values[match.record]: match.entity for match in accepted({"persnr": list(values)})}
    assert {found.pop(value, "") for value in values[-2:]} == {"SE_ORGANISATIONSNUMMER"}
    assert set(found.values()) == {"SE_PERSONNUMMER"}
