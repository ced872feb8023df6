"""Figures that take long to measure, kept beside the table: soak, mutation, fuzzing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("figures.json")

_HELD = ("rss", "objects", "files", "threads", "children")


def kept(path: Path = KEPT) -> dict[str, dict[str, Any]]:
    """All that is kept, by what was measured."""
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def keep(name: str, figures: dict[str, Any], path: Path = KEPT) -> None:
    """Keep the figures of one measurement in place of the earlier ones."""
    merged = kept(path) | {name: figures}
    path.write_text(json.dumps(merged, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def lines(path: Path = KEPT) -> Iterator[str]:
    """What is kept, a line each; what was not measured is said to be so."""
    found = kept(path)
    yield _soak(found["soak"]) if "soak" in found else "soak: not run"
    if "injected" in found:
        yield "injected: {tried} calls on the store failed one by one, {wrong} wrong ({day})".format(
            **found["injected"]
        )
    for area, one in sorted(found.get("mutation", {}).items()):
        share = f"{one['seen']} of {one['tried']} faults seen by the tests ({one['seen'] / one['tried']:.0%})"
        yield f"mutation, {area}: {share}, sampled from {one['of']} ({one['day']})"
    for name, one in sorted(found.get("fuzz", {}).items()):
        told = f"{one['minutes']} minutes, {one['examples']} examples, {one['crashes']} crashes"
        yield f"fuzzing, {name}: {told} ({one['day']})"


def _soak(one: dict[str, Any]) -> str:
    faults = ", ".join(f"{count} {name}" for name, count in one["faults"].items())
    held = ", ".join(f"{name} {one[name][0]:g} → {one[name][1]:g}" for name in _HELD if name in one)
    found = "; ".join(one["wrong"]) or "findings as undisturbed, nothing grew"
    return f"soak: {one['minutes']} minutes, {one['rounds']} rounds, {faults}; {held}: {found} ({one['day']})"
