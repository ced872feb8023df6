"""CSV as Excel in Swedish opens it: UTF-8 with a byte order mark, `;` between cells, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reports.document import Cell, Column, Mark, Table
from reports.escape import cell
from reports.inventory import Inventory, Row
from reports.language import Language
from reports.policy import Policy
from reports.words import category_name, entity_name, readers_name

FINDING_KEYS = (
    "source", "unit", "record", "field", "entity", "kind", "test", "category",
    "score", "start", "end", "token", "why", "masked", "review",
)  # fmt: skip


def inventory(inventory: Inventory, lang: Language) -> bytes:
    """The rows of an inventory under headings in the language."""
    rows = (_inventory_row(row, inventory.policy, lang) for row in inventory.rows)
    return _csv(_headings(lang), rows)


def findings(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Findings under the keys of the JSON format."""
    return _csv(FINDING_KEYS, ([row.get(key) for key in FINDING_KEYS] for row in rows))


def mappings(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows of equal keys under these."""
    rows = list(rows)
    keys = list(rows[0]) if rows else []
    return _csv(keys, ([row[key] for key in keys] for row in rows))


def tables(tables: Sequence[Table], lang: Language) -> bytes:
    """The rows of tables of equal columns under one line of headings: a list to sort and filter."""
    rows = ([_plain(column, value, lang) for column, value in zip(table.columns, row, strict=True)]
            for table in tables for row in table.rows)  # fmt: skip
    return _csv([column.heading for column in tables[0].columns], rows)


def _plain(column: Column, value: Cell, lang: Language) -> object:
    if isinstance(value, Mark):
        return value.text
    return lang.decimal(value, 4) if isinstance(value, float) and column.kind == "share" else value


def _headings(lang: Language) -> list[str]:
    _ = lang.text
    return [
        _("System"), _("Place"), _("Field"), _("Found as"), _("Category"), _("Category id"), _("Units"), _("Values"),
        _("Distinct"), _("Records"), _("Persons (at least)"), _("Share"), _("Share, low"), _("Share, high"),
        _("Confidence"), _("Sample"), _("Owner"), _("Purposes"), _("Legal bases"), _("Kept for"), _("Oldest"),
        _("Newest"), _("May be read by"), _("Review"),
    ]  # fmt: skip


def _inventory_row(row: Row, policy: Policy, lang: Language) -> list[object]:
    purposes = [policy.purposes[id].label(lang.code) for id in row.purposes]
    shares = [_decimal(value, lang) for value in (row.share, row.share_low, row.share_high, row.confidence)]
    return [
        row.source, row.unit, row.field, entity_name(row.entity, lang), category_name(row.category, policy, lang),
        row.category, row.units, row.values, row.distinct, row.records, row.persons, *shares,
        lang.text("yes") if row.sampled else lang.text("no"), row.owner, " | ".join(purposes),
        " | ".join(row.legal_bases), " | ".join(row.retention), row.oldest, row.newest,
        readers_name(row.readers, lang), row.review,
    ]  # fmt: skip


def _decimal(value: float | None, lang: Language) -> str:
    return "" if value is None else lang.decimal(value, 4)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    out.flush()
    return raw.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return cell(json.dumps(dict(value), ensure_ascii=False))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return cell(" ".join(str(item) for item in value))
    return cell(str(value))
