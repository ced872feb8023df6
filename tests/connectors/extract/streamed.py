"""What is read of a long text, record by record, to be set beside what is read of it when it is held."""

from __future__ import annotations

import io
import json

from connectors import State, Unread
from connectors.extract import extract
from connectors.extract.limits import Limits

Answer = tuple[dict[str, dict[str, str]], list[tuple[State, str]]]


def by_record(name: str, text: str, limits: Limits | None = None) -> Answer:
    """Give the fields of each record (its locator as JSON), and what was not read."""
    found: dict[str, dict[str, str]] = {}
    unread = []
    for answer in extract(name, io.BytesIO(text.encode()), limits):
        if isinstance(answer, Unread):
            unread.append((answer.state, answer.reason))
            continue
        for index, record in enumerate(answer.records):
            cells = {field: cell[index] for field, cell in answer.fields.items()}
            fields = found.setdefault(json.dumps(record), {})
            fields |= {field: cell for field, cell in cells.items() if cell is not None}
    return found, unread
