"""Plain text for a terminal or a mail: columns, no colours, nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reports import trend_report
from reports.document import Cell, Column, Document, Mark, Table
from reports.escape import visible
from reports.facts import Coverage
from reports.inventory import Inventory, Row
from reports.language import Language
from reports.locators import record_text
from reports.policy import Policy
from reports.trend import STATES
from reports.unread import reason_text
from reports.words import (
    READ,
    SEVERITY,
    category_name,
    entity_name,
    gap_sentence,
    moment,
    place,
    state_name,
)

_WIDEST = 60
_LONGEST = 240
"""Characters of a table's line."""
_DETAIL = 100
"""Rows of a long table that are written out."""
_FINDING_KEYS = ("source", "unit", "record", "field", "entity", "category", "score", "masked", "review")


def inventory(inventory: Inventory, lang: Language) -> bytes:
    """Rows, gaps and coverage of an inventory."""
    _, policy = lang.text, inventory.policy
    headings = [
        _("System"),
        _("Place"),
        _("Field"),
        _("Category"),
        _("Found as"),
        _("Values"),
        _("Share"),
        _("Persons"),
    ]
    document = [
        f"{_('Inventory of personal data')} – {policy.company}",
        _("Policy %(id)s, sha256 %(hash)s", id=policy.id, hash=policy.sha256[:12])
        + (", " + _("searched %(date)s", date=moment(inventory.generated)) if inventory.generated else ""),
        "",
        *table(headings, [_row(row, policy, lang) for row in inventory.rows], right=(5, 6, 7)),
        "",
        _("Gaps: %(n)s", n=len(inventory.gaps)),
        *(f"  [{_(SEVERITY[gap.severity])}] {gap_sentence(gap, policy, lang)}" for gap in inventory.gaps),
        "",
        *_trend(inventory, lang),
        *coverage(inventory.coverage, lang),
    ]
    return _bytes(document)


def _trend(inventory: Inventory, lang: Language) -> list[str]:
    """What has changed since an earlier scan, the new first."""
    if inventory.trend is None:
        return []
    _, found = lang.text, inventory.trend
    sums = ", ".join(f"{_(word)} {lang.number(found.totals[state])}" for state, (word, _tone) in STATES.items())
    lines = [f"{_('What has changed')} ({', '.join(trend_report.span(found, lang))}): {sums}"]
    for one in found.changes[:_DETAIL]:
        what = f"{category_name(one.category, inventory.policy, lang)} ({entity_name(one.entity, lang)})"
        where = place(one.source, one.unit or "/", one.field)
        lines.append(f"  [{_(STATES[one.state][0])}] {where}: {what} {lang.number(one.then)} → {lang.number(one.now)}")
    return [*lines, ""]


def document(document: Document, lang: Language) -> bytes:
    """Any report: figures, then its tables."""
    lines = [f"{document.title} – {document.company}", " · ".join(document.meta), ""]
    lines += [document.banner, ""] if document.banner else []
    figures = [[one.label, one.value, one.note] for one in document.figures]
    lines += [*(f"  {value:>10}  {label}  {note}".rstrip() for label, value, note in figures), ""]
    for one in document.tables:
        lines += [f"{one.title}: {len(one.rows)}", *_laid_out(one, lang), ""]
    return _bytes([*lines, *document.notes])


def _laid_out(one: Table, lang: Language) -> list[str]:
    """A table whose lines would run far beyond any window is written a row a paragraph."""
    cells = [[_shown(column, cell, lang) for column, cell in zip(one.columns, row, strict=True)] for row in one.rows]
    headings = [column.heading for column in one.columns]
    if not cells:
        return [f"  {one.empty or lang.text('Nothing.')}"]
    if sum(max(map(len, column)) for column in zip(*cells, strict=True)) > _LONGEST:
        return [line for row in cells for line in _paragraph(headings, row)][:-1]
    return table(
        headings, cells, right=[at for at, column in enumerate(one.columns) if column.kind in ("number", "share")]
    )


def _paragraph(headings: Sequence[str], row: Sequence[str]) -> list[str]:
    """A line a cell that says something, and an empty one."""
    width = max(map(len, headings))
    return [*(f"  {heading:<{width}}  {cell}" for heading, cell in zip(headings, row, strict=True) if cell), ""]


def _shown(column: Column, cell: Cell, lang: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Mark):
        return cell.text
    if isinstance(cell, int | float):
        return lang.percent(cell) if column.kind == "share" else lang.number(int(cell))
    return str(cell)


def findings(rows: Iterable[Mapping[str, Any]], lang: Language) -> bytes:
    """One line a finding."""
    _ = lang.text
    headings = [
        _("System"),
        _("Place"),
        _("Record"),
        _("Field"),
        _("Found as"),
        _("Category"),
        _("Score"),
        _("Value"),
        _("Review"),
    ]
    cells = [[_finding(row.get(key), lang) for key in _FINDING_KEYS] for row in rows]
    return _bytes(table(headings, cells, right=(6,)))


def coverage(items: Sequence[Coverage], lang: Language) -> list[str]:
    """What was searched, and what was not and why."""
    _ = lang.text
    if not items:
        return [_("Nothing has been searched yet.")]
    cells = [[c.source, state_name(c.state, lang), lang.number(c.count), reason_text(c.reasons, lang)] for c in items]
    headings = [_("System"), _("State"), _("Units"), _("Why")]
    return [f"{_('Coverage')}: {_verdict(items, lang)}", *table(headings, cells, right=(2,))]


def _verdict(items: Sequence[Coverage], lang: Language) -> str:
    """A source that was never searched has no units yet, and is no less unread for that."""
    _ = lang.text
    counts = [item.count for item in items if item.state not in READ]
    if not counts:
        return _("Everything was read whole.")
    if not any(counts):
        return _("Not everything has been searched.")
    return lang.ngettext("Not read, or not whole: %(num)d unit.", "Not read, or not whole: %(num)d units.", sum(counts))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Lay cells out in columns two spaces apart; columns in `right` are right-aligned. Long cells are not cut."""
    cells = [[visible(text) for text in row] for row in [headings, *rows]]
    widths = [min(_WIDEST, max(map(len, column))) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths, right) for row in cells]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:]]


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = (t.rjust(w) if i in right else t.ljust(w) for i, (t, w) in enumerate(zip(row, widths, strict=True)))
    return "  ".join(padded).rstrip()


def _row(row: Row, policy: Policy, lang: Language) -> list[str]:
    share = "" if row.share is None else lang.percent(row.share)
    names = [category_name(row.category, policy, lang), entity_name(row.entity, lang)]
    return [row.source, row.unit, row.field, *names, lang.number(row.values), share, lang.number(row.persons)]


def _finding(value: object, lang: Language) -> str:
    if isinstance(value, Mapping):
        return record_text(value, lang)
    return lang.decimal(value) if isinstance(value, float) else "" if value is None else str(value)


def _bytes(lines: Iterable[str]) -> bytes:
    """Every line through the escape: sentences carry names of places too."""
    return "".join(visible(line) + "\n" for line in lines).encode()
