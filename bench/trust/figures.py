"""Figures that take long to measure, kept beside the table: soak, mutation, fuzzing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.fuzz import corpus

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
    if "broken" in found:
        yield broken(found["broken"])
    for area, one in sorted(found.get("mutation", {}).items()):
        yield mutation(area, one)
    yield fuzzing(list(corpus.record()), sum(1 for path in corpus.CRASHED.glob("*/*")))


def fuzzing(runs: Sequence[Mapping[str, Any]], broke: int) -> str:
    """All hours of fuzzing, what they found, and what is left of it."""
    if not runs:
        return "fuzzing: not run"
    last = {run["target"]: run for run in runs}
    found, left = sum(run["crashes"] for run in runs), sum(run["crashes"] for run in last.values())
    hours, executions = sum(run["seconds"] for run in runs) / 3600, sum(run["executions"] for run in runs)
    day = max(run["day"] for run in runs)
    return (
        f"fuzzing: {hours:.2f} hours, {len(last)} targets, {executions:,} executions, {_ways(found)} to break found, "
        f"{broke} inputs kept that broke once and hold now, {_ways(left)} left in the last run of each ({day})"
    )


def _ways(count: int) -> str:
    return f"{count} way{'' if count == 1 else 's'}"


def broken(one: Mapping[str, Any]) -> str:
    """How many of the controls that were broken on purpose the tests of their fault or threat have seen."""
    names = [*one["seen"], *one["unseen"]]
    apart = Counter(id[0] for id in {name.partition(" ")[0] for name in names})
    missed = f"; not: {', '.join(one['unseen'])}" if one["unseen"] else ""
    later = len(set(one["missed"]) - {*one["unseen"]})
    added = f", {later} of them only since tests were added or named" if later else ""
    return (
        f"controls broken on purpose: {len(one['seen'])} of {len(names)} seen by the tests named above "
        f"(of {apart['S']} threats and {apart['T']} faults){added}{missed} ({one['day']})"
    )


def mutation(area: str, one: Mapping[str, Any]) -> str:
    """The mutation score of an area: the share of what could be seen."""
    equal = len(one.get("equivalent", ()))
    share = (
        f"{one['seen']} of {one['tried'] - equal} faults seen by the tests ({one['seen'] / (one['tried'] - equal):.0%})"
    )
    told = f", {equal} more change nothing" if equal else ""
    return f"mutation, {area}: {share}{told}, sampled from {one['of']} ({one['day']})"


def _soak(one: dict[str, Any]) -> str:
    faults = ", ".join(f"{count} {name}" for name, count in one["faults"].items())
    held = ", ".join(f"{name} {one[name][0]:g} → {one[name][1]:g}" for name in _HELD if name in one)
    found = "; ".join(one["wrong"]) or "findings as undisturbed, nothing grew"
    curve = f"; rss round by round {' '.join(map(str, one['curve']))}" if "curve" in one else ""
    told = f"{faults}; after {one['after']} {held}: {found}{curve}"
    return f"soak: {one['minutes']} minutes, {one['rounds']} rounds, {told} ({one['day']})"
