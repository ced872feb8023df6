"""What was searched and what was not, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import Cell, Column, Table
from reports.facts import Coverage
from reports.language import Language
from reports.unread import reason_text
from reports.words import state_name


def coverage_table(coverage: Sequence[Coverage], lang: Language) -> Table:
    """What was searched and what was not: the same in every report, never left out."""
    _ = lang.text
    rows: list[list[Cell]] = [
        [item.source, state_name(item.state, lang), item.count, reason_text(item.reasons, lang) or None]
        for item in coverage
    ]
    columns = [
        Column(_("System"), width=18), Column(_("State"), width=28), Column(_("Units"), "number", 10),
        Column(_("Why"), "path", 70),
    ]  # fmt: skip
    lede = _("What was searched and what was not. What could not be read may hold personal data.")
    return Table("coverage", _("Coverage"), lede, columns, rows, _("Nothing has been searched yet."))
