"""What one outer file may cost. Every limit, when hit, ends in a named state: a limit is never "clean"."""

from __future__ import annotations

from dataclasses import dataclass, field

MIB = 1 << 20
FOLDER_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes of the file or of what comes out of it; text is counted in characters."""

    file_bytes: int = 1 << 40
    """A larger file is not opened. Text, logs, tables, mailboxes and archives are read as they come, of any size."""
    whole_bytes: int = 512 * MIB
    """A larger file or member is not read if its format must be held whole: documents, workbooks, pictures."""
    folder_depth: int = FOLDER_DEPTH
    """Folders in folders that are entered, of a tree or a share."""
    held_bytes: int = 32 * MIB
    """Of a larger file so much is looked at to tell what it is."""
    line_chars: int = 8 * MIB
    """A longer line is read in parts, `{"row": n, "part": m}`."""
    text_block: int = 4 * MIB
    """Longer text is cut into blocks of whole lines."""
    tree_bytes: int = 128 * MIB
    """Longer JSON, XML and HTML are read bit by bit: as a tree they take ten times their size. Longer YAML, vCards and
    SIE are read as running text."""
    csv_field: int = 1 * MIB
    """A longer quoted cell is taken for a quote that was never closed."""
    json_depth: int = 200
    xml_depth: int = 256
    nesting: int = 8
    """Archives in archives."""
    members: int = 10_000
    """Of an archive and all archives in it."""
    unpacked_bytes: int = 2048 * MIB
    """Of an archive and all archives in it, counted as they come out."""
    ratio: int = 200
    """Unpacked to packed, asked for only above `ratio_from`."""
    ratio_from: int = 10 * MIB
    sheet_cells: int = 5_000_000
    """Of the rectangle around the filled cells of a sheet."""
    pdf_pages: int = 5_000
    ocr_pages: int = 0
    """Scanned pages of a PDF, or pictures in one file, whose text is read (extra `ocr`); 0: none."""
    ocr_pixels: int = 100_000_000
    """Of a picture that is read so."""
    text_chars: int = 256 * MIB
    """Text of the pages of one PDF."""
    batch_records: int = 8192
    batch_cells: int = 1_000_000
    """Records times fields of one batch."""


SHAPING = frozenset(
    {"held_bytes", "line_chars", "text_block", "tree_bytes", "csv_field", "batch_records", "batch_cells"}
)
"""Limits that shape how a file is read. Any other, where it stops a reading, leaves a state after which the file is
tried again, so that nothing is stale when it changes."""


class LimitReachedError(Exception):
    """A limit of the outer file is used up: nothing more of it is read. The message is `limit:<name>`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"limit:{name}")


@dataclass(slots=True)
class Budget:
    """What the members of one outer file have used, however deep they lie."""

    limits: Limits
    packed: int
    """Size of the outer file."""
    members: int = field(default=0, init=False)
    unpacked: int = field(default=0, init=False)

    def open_member(self) -> None:
        """Count one member.

        Raises:
            LimitReachedError: there are too many.
        """
        self.members += 1
        if self.members > self.limits.members:
            raise LimitReachedError("members")

    def spend(self, size: int) -> None:
        """Count bytes that came out of an archive.

        Raises:
            LimitReachedError: too many came out, or too many for what went in.
        """
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_bytes:
            raise LimitReachedError("unpacked_bytes")
        if self.unpacked > max(self.limits.ratio_from, self.limits.ratio * self.packed):
            raise LimitReachedError("ratio")
