"""Counted seconds are told as day and time to the person; numbers that only look like them stay as they are."""

from __future__ import annotations

import pytest

from scanner.cases.package_moments import moment


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("bokford", "1692936090", "2023-08-25 06:01"),
        ("bokford", "1692936090123", "2023-08-25 06:01"),
        ("skapad", "1701477068", "2023-12-02 01:31"),
        ("payload.ts", "1701477068", "2023-12-02 01:31"),
        ("createdAt", "1701477068", "2023-12-02 01:31"),
        ("fakturanr", "1692936090", ""),
        ("format", "1692936090", ""),
        ("bokford", "2023-08-25", ""),
        ("bokford", "0000000001", ""),
        ("bokford", "9692936090", ""),
        ("bokford", "169293609", ""),
    ],
)
def test_a_moment_is_told(name: str, value: str, told: str) -> None:
    assert moment(name, value, {"bokford"}) == told
