"""What has changed since an earlier inventory: new, gone, changed; what cannot be compared is kept apart.

A place that is gone may only not have been read this time: of a system that was not read whole in either inventory,
nothing is said to be new or gone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reports.document import Bars, Cell, Column, Document, Figure, Mark, Table
from reports.inventory import Inventory
from reports.language import Language
from reports.words import N_, READ, category_name, coverage_table, entity_name, moment

NEW, GONE, CHANGED, SAME, APART = "new", "gone", "changed", "same", "not_comparable"
STATES: Mapping[str, tuple[str, str]] = {
    NEW: (N_("new"), "high"),
    GONE: (N_("gone"), "low"),
    CHANGED: (N_("changed"), "medium"),
    APART: (N_("not comparable"), "info"),
    SAME: (N_("as before"), "info"),
}
_Key = tuple[str, str, str, str, str]


def compare(earlier: Mapping[str, Any], now: Inventory) -> dict[_Key, tuple[str, int, int]]:
    """State, values then and values now of each row of either inventory.

    Args:
        earlier: An earlier `inventory --format json`.
        now: The inventory of today.
    """
    before = _values(earlier["rows"])
    after = _values({name: getattr(row, name) for name in _NAMES} for row in now.rows)
    apart = _not_whole((item["source"], item["state"]) for item in earlier["coverage"])
    apart |= _not_whole((item.source, item.state) for item in now.coverage)
    return {
        key: (_state(key, before, after, apart), before.get(key, 0), after.get(key, 0))
        for key in sorted({*before, *after})
    }


_NAMES = ("source", "unit", "field", "entity", "category", "values")


def _values(rows: Iterable[Mapping[str, Any]]) -> dict[_Key, int]:
    found: dict[_Key, int] = defaultdict(int)
    for row in rows:
        source, unit, field, entity, category = (str(row[name] or "") for name in _NAMES[:5])
        found[source, unit, field, entity, category] += int(row["values"])
    return dict(found)


def _not_whole(states: Iterable[tuple[str, str]]) -> set[str]:
    return {source for source, state in states if state not in {*READ, "skipped", "unsupported"}}


def _state(key: _Key, before: Mapping[_Key, int], after: Mapping[_Key, int], apart: set[str]) -> str:
    if key in before and key in after:
        return SAME if before[key] == after[key] else CHANGED
    if key[0] in apart:
        return APART
    return NEW if key in after else GONE


def document(earlier: Mapping[str, Any], now: Inventory, lang: Language) -> Document:
    """The comparison, the new first."""
    _, policy = lang.text, now.policy
    states = compare(earlier, now)
    sums = Counter(state for state, _then, _now in states.values())
    order = list(STATES)
    listed = sorted(
        (one for one in states.items() if one[1][0] != SAME), key=lambda one: (order.index(one[1][0]), one[0])
    )
    rows: list[list[Cell]] = []
    for (source, unit, field, entity, category), (state, then, count) in listed:
        word, tone = STATES[state]
        kind = entity_name(entity or None, lang)
        name = category_name(category or None, policy, lang)
        rows.append([Mark(_(word), tone), source, unit or "/", field or _("running text"), kind, name, then, count])
    columns = [
        Column(_("State"), "mark", 18),
        Column(_("System"), width=14),
        Column(_("Place"), "path", 28),
        Column(_("Field"), "path", 22),
        Column(_("Found as"), width=24),
        Column(_("Category"), width=30),
        Column(_("Values then"), "number", 11),
        Column(_("Values now"), "number", 11),
    ]
    other_policy = earlier["policy"]["sha256"] != policy.sha256
    return Document(
        id="trend",
        title=_("What has changed"),
        company=policy.company,
        meta=[
            _("from %(date)s", date=moment(str(earlier["generated"]))),
            _("to %(date)s", date=moment(now.generated)),
        ],
        figures=[Figure(_(word), lang.number(sums[state])) for state, (word, _tone) in STATES.items()],
        bars=[_bars(states, lang)],
        tables=[
            Table("changes", _("Changes"), _("The new first."), columns, rows, _("Nothing has changed.")),
            coverage_table(now.coverage, lang),
        ],
        banner=_("The policy has changed in between: categories may differ for that reason.") if other_policy else "",
        notes=[_("Of a system that was not read whole then or now, nothing is said to be new or gone.")],
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )


def _bars(states: Mapping[_Key, tuple[str, int, int]], lang: Language) -> Bars:
    systems: dict[str, Counter[str]] = defaultdict(Counter)
    for key, (state, _then, _now) in states.items():
        systems[key[0]][_SEGMENTS[state]] += 1
    legend = {_SEGMENTS[state]: lang.text(word) for state, (word, _tone) in STATES.items()}
    rows = [(name, dict(parts)) for name, parts in sorted(systems.items())]
    return Bars(lang.text("By system"), lang.text("Rows of the inventory by what became of them."), legend, rows)


_SEGMENTS = {NEW: "overdue", GONE: "in_time", CHANGED: "may_be_overdue", APART: "no_purpose", SAME: "unknown"}
"""Colours are those of the verdicts: what is new is to be looked at first."""
