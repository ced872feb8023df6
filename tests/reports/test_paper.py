"""How tables are laid out on paper: nothing stands over anything else, and code can be copied out of it."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from reports import pdf
from reports.document import Cell, Column, Document, Table
from reports.language import translator
from reports.paper import PAGE, breakable, laid_out

WORDS = [Column("System", width=12), Column("Plats", "path", 28), Column("Ändamål", width=60)]
WIDE = [
    *WORDS[:2], Column("Kategori", width=28), *(Column(f"Antal {at}", "number", 9) for at in range(9)),
    Column("Äldsta", "date", 12), Column("Nyaste", "date", 12),
    Column("Ändamål", width=40), Column("Grund", width=70), Column("Frist", width=40),
]  # fmt: skip


def test_columns_stand_beside_each_other_as_long_as_the_sheet_is_wide_enough() -> None:
    page = laid_out(WORDS)
    assert (page.beside, page.under) == ([0, 1, 2], [])


def test_words_from_the_right_go_under_the_row_numbers_and_places_do_not() -> None:
    page = laid_out(WIDE)
    assert [WIDE[at].heading for at in page.under] == ["Ändamål", "Grund", "Frist"]
    assert sum(page.widths) <= PAGE
    rigid = [(at, width) for at, width in zip(page.beside, page.widths, strict=True) if WIDE[at].kind != "text"]
    assert all(width >= WIDE[at].width for at, width in rigid if WIDE[at].kind != "path")


def test_code_goes_under_the_row_of_any_table() -> None:
    columns = [*WORDS, Column("Så hittar du dem", "code", 20)]
    assert laid_out(columns).under == [3]


def test_a_table_of_one_column_of_words_is_left_as_it_is() -> None:
    columns = [Column("Text", width=300), Column("Antal", "number", 9)]
    assert laid_out(columns).under == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("kunder.kundnr", ["kunder.kundnr"]),
        ("anlaggningar.kundnummer", ["anlaggningar.", "kundnummer"]),
        ("besiktningsprotokoll till", ["besiktningspro", "tokoll till"]),
    ],
)
def test_what_is_longer_than_a_line_may_break_after_a_sign_else_anywhere(text: str, broken: list[str]) -> None:
    assert breakable(text, 15).split("\u200b") == broken


def test_on_paper_nothing_stands_over_anything_else_and_code_has_no_hyphens() -> None:
    code = "SELECT x FROM y WHERE " + " AND ".join(f"kolumnnummer{at} NOT IN (SELECT z FROM w)" for at in range(40))
    columns = [*WIDE[:-1], Column("Så hittar du dem", "code", 48)]
    row: list[Cell] = ["crm", "fastighetsunderhallsbesiktningsprotokollsanmarkningar", "Namn", *[1_000_000] * 9]
    row += ["2009-03-15", "2026-07-04", "avtal", "avtal", code]
    table = Table("t", "Fält", "", columns, [row] * 30)
    document = Document("d", "Rapport", "Bolaget AB", ["2026-11-30"], [], [table])
    made = pypdfium2.PdfDocument(io.BytesIO(pdf.write(document, translator("sv"))))
    pages = [page.get_textpage() for page in made]
    text = " ".join(page.get_text_range() for page in pages)
    assert text.partition("Så hittar du dem: ")[2].split()[: len(code.split())] == code.split()
    for page in pages:
        boxes = [page.get_rect(at) for at in range(page.count_rects())]
        assert not [one for at, one in enumerate(boxes) for other in boxes[at + 1 :] if _overlap(one, other)]


Box = tuple[float, float, float, float]


def _overlap(one: Box, other: Box) -> bool:
    """Whether two words stand over each other, by more than a rounding."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 2 and high > 2
