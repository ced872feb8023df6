"""Where a record lies, in words: the same in text and on pages."""

from __future__ import annotations

from collections.abc import Mapping


def record_text(record: Mapping[str, str | int] | None) -> str:
    """Write a record's place: `id 42`, `row 7, sheet Kunder`, "" when the unit is one record."""
    return ", ".join(f"{key} {value}" for key, value in (record or {}).items())
