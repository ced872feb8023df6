"""Where a record lies, in the reader's words: what is counted is translated, names of columns are not."""

import pytest

from reports.language import translator
from reports.locators import record_text


@pytest.mark.parametrize(
    ("record", "swedish", "english"),
    [
        ({"row": 7, "sheet": "Kunder"}, "rad 7, flik Kunder", "row 7, sheet Kunder"),
        ({"page": 3}, "sida 3", "page 3"),
        ({"kundnr": 42}, "kundnr 42", "kundnr 42"),
        (None, "", ""),
    ],
)
def test_a_records_place(record: dict[str, str | int] | None, swedish: str, english: str) -> None:
    assert record_text(record, translator("sv")) == swedish
    assert record_text(record, translator("en")) == english
