"""What people outside read about where their data lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.language import translator
from scanner.cases.package_words import Words
from scanner.config import Config


@pytest.mark.parametrize(
    ("record", "swedish", "english"),
    [
        ({"row": 7, "sheet": "Kunder"}, "rad 7, flik Kunder", "row 7, sheet Kunder"),
        ({"page": 2}, "sida 2", "page 2"),
        ({"id": 42}, "id 42", "id 42"),
        (None, "", ""),
    ],
)
def test_where_a_record_lies(record: dict[str, str | int] | None, swedish: str, english: str) -> None:
    config = Config(Path("insyn.yaml"), "omnipoint", "", "", {})
    assert [Words(config, translator(lang)).record(record) for lang in ("sv", "en")] == [swedish, english]
