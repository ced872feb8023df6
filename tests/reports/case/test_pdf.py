"""How a letter's parts are set on its pages."""

from __future__ import annotations

import pypdfium2
import pytest

from reports.case.document import Document, Section, Table
from reports.case.pdf import pdf

pytest.importorskip("typst", reason="the package typst is not installed")

LEDE = "Vad som finns, rad för rad."


@pytest.mark.parametrize("before", range(32, 40))
def test_a_table_begins_on_the_page_of_what_is_said_of_it(before: int) -> None:
    table = Table(["Fält", "Värde"], [["epost", "a@example.se"]] * 3)
    section = Section("Kundregistret", [*["Text."] * before, LEDE], table=table)
    made = pdf(Document("Svar", ["Omnipoint AB"], ["Anna Ek"], sections=[section]))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    assert sum(LEDE in page for page in pages) == 1
    assert all("epost" in page for page in pages if LEDE in page)
