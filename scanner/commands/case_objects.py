"""What `insyn case … --format json` gives to scripts: codes, never words."""

from __future__ import annotations

from scanner.cases.model import Case
from scanner.cases.worklists import WorkItem
from scanner.commands.case_text import Mask, Told


def case(case: Case) -> dict[str, object]:
    """A case."""
    due = case.deadline
    return {
        "number": case.number, "right": case.right, "channel": case.channel, "received": case.received.isoformat(),
        "due": due.due.isoformat(), "planned": due.planned.isoformat(), "latest": due.latest.isoformat(),
        "because": due.because, "state": case.state, "identity": case.identity.name.lower(), "missing": case.missing,
        "protected": case.protected, "extended": case.extended, "outcome": case.outcome,
        "role": case.role, "represented": _represented(case),
    }  # fmt: skip


def _represented(case: Case) -> dict[str, str] | None:
    """By what mandate somebody acts for the person, and when that was checked; no name."""
    acts = case.representative
    return {"kind": acts.kind, "checked_on": acts.checked_on, "checked_by": acts.checked_by} if acts else None


def told(told: Told, mask: Mask) -> dict[str, object]:
    """A case with its tasks, records and events; places are masked."""
    whose = {True: "own", False: "mentioned"}
    return case(told.case) | {
        "tasks": [[str(t.id), t.kind, t.source, mask(t.unit) if t.unit else "", t.owner, t.state] for t in told.tasks],
        "records": [[str(k.id), k.source, mask(k.unit), k.grade, whose[k.own], k.decision] for k in told.records],
        "lapsed": [[str(one.record.id), one.decision, one.by, one.at] for one in told.lapsed],
        "events": [[e.at, e.by, e.what] for e in told.events],
    }


def item(one: WorkItem) -> dict[str, object]:
    """A record on an owner's list."""
    return {
        "owner": one.owner, "source": one.source, "unit": one.unit, "record": str(one.record or ""),
        "measure": one.measure, "why": one.why,
    }  # fmt: skip
