"""What is left of an earlier retention report: after somebody has erased, a new scan says "0 left"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.language import Language
from reports.retention import Item, Retention
from reports.words import moment

Place = tuple[str, str, str, str]


def recheck(earlier: Mapping[str, Any], now: Retention, lang: Language) -> Document:
    """Compare what an earlier report said was overdue with what of the same kind lies in the same place now.

    Args:
        earlier: The earlier report as JSON.
        now: Today's verdicts.
        lang: To say it in.
    """
    _ = lang.text
    then = _counts(item for item in earlier["items"] if item["verdict"] == "overdue")
    left = _counts(_told(item) for item in now.items if item.verdict == "overdue")
    rescanned = now.generated > str(earlier.get("generated") or "")
    rows: list[list[Cell]] = []
    for place, count in sorted(then.items()):
        source, unit, field, category = place
        rest = left.get(place, 0)
        word = Mark(_("done"), "low") if not rest else Mark(_("%(n)s left", n=lang.number(rest)), "critical")
        name = now.policy.label(category, lang.code)
        rows.append([source, unit or "/", field or _("running text"), name, count, rest, word])
    rest = sum(min(left.get(place, 0), count) for place, count in then.items())
    banner = _("0 left of what was overdue.") if not rest else _("%(n)s left of what was overdue.", n=lang.number(rest))
    if not rescanned:
        banner = _("Nothing has been scanned since the earlier report: scan first, then ask again.")
    columns = [
        Column(_("System"), width=14), Column(_("Place"), "path", 28), Column(_("Field"), "path", 20),
        Column(_("Category"), width=28), Column(_("Overdue then"), "number", 12), Column(_("Left now"), "number", 12),
        Column(_("State"), "mark", 14),
    ]  # fmt: skip
    lede = _("Each field that was overdue in the earlier report.")
    meta = [
        _("earlier report as of %(date)s", date=earlier["on"]),
        _("As of %(date)s", date=now.on),
        _("searched %(date)s", date=moment(now.generated)),
    ]
    return Document(
        id="recheck",
        title=_("What is left after erasure"),
        company=now.policy.company,
        meta=meta,
        figures=[
            Figure(_("overdue then"), lang.number(sum(then.values()))),
            Figure(_("left now"), lang.number(rest), tone="alert" if rest else ""),
        ],
        tables=[
            Table("left", _("Place by place"), lede, columns, rows, _("Nothing was overdue in the earlier report."))
        ],
        banner=banner,
        good=rescanned and not rest,
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )


def _counts(items: Iterable[Mapping[str, Any]]) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for told in items:
        place = (str(told["source"]), str(told["unit"]), str(told["field"]), str(told["category"]))
        found[place] = found.get(place, 0) + int(told["count"])
    return found


def _told(item: Item) -> Mapping[str, Any]:
    names = ("source", "unit", "field", "category", "count")
    return {name: getattr(item, name) for name in names}
