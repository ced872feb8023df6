"""Files that reports are held to: what a format says, or its very bytes where no library's version is in them."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str, data: bytes) -> None:
    """Compare with the file kept; `GOLDEN=write` keeps new ones, to be read before they are committed."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert data == path.read_bytes()


def cells(data: bytes) -> bytes:
    """A workbook as another library reads it: sheets and their cells, one row a line."""
    book = load_workbook(io.BytesIO(data))
    lines = []
    for sheet in book:
        lines.append(f"== {sheet.title} {sheet.freeze_panes} {sheet.auto_filter.ref}")
        lines += ["\t".join("" if value is None else str(value) for value in row) for row in sheet.values]
    return "\n".join(lines).encode()


def printed(data: bytes) -> bytes:
    """A PDF as another library reads it: its text, page by page."""
    pages = pypdfium2.PdfDocument(data)
    return "\f\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pages).encode()


READERS = {"xlsx": cells, "pdf": printed}
"""Formats whose bytes hang on the version of the library that writes them: what they say is kept."""


def without_style(data: bytes) -> bytes:
    """A page without its style sheet, which all pages share."""
    return re.sub(rb"<style>.*?</style>|sha256-[^']+", b"", data, flags=re.DOTALL)
