"""What went wrong, case by case. Only ever of the `dev` half: the held one is counted, not looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.accuracy.columns import Typing
from bench.accuracy.labels import ENTITIES, Labelled, Span
from bench.accuracy.scoring import ACCEPTED, THRESHOLD, Found, overlaps, verdict

AROUND = 40
"""Characters shown on either side."""


def texts_missed(labelled: Iterable[Labelled], rows: Iterable[list[Found]]) -> Iterator[str]:
    """Give a line for each false finding and each missed label."""
    for text, found in zip(labelled, rows, strict=True):
        shown = [one for one in found if one.score >= THRESHOLD]
        for one in shown:
            judged = verdict(text, one)
            if judged not in ("right", "tolerated") and one.entity in ENTITIES:
                yield _line(text, f"FALSE {one.entity} {one.score:.2f} <- {judged}", one)
        for label in text.spans:
            if label.entity and not label.optional and not any(_finds(one, label) for one in shown):
                yield _line(text, f"MISSED {label.entity} ({label.slot})", label)


def columns_missed(outcome: Typing) -> Iterator[str]:
    """Give a line for each column typed wrong."""
    for case, got in outcome.wrong:
        yield f"COLUMN {case.line!r} typed as {got}: {case.values[:6]}"


def _finds(found: Found, label: Span) -> bool:
    fits = found.entity == label.entity or (label.entity, found.entity) in ACCEPTED
    return fits and overlaps(found, label)


def _line(text: Labelled, what: str, where: Found | Span) -> str:
    before, after = text.text[max(0, where.start - AROUND) : where.start], text.text[where.end : where.end + AROUND]
    shown = f"{before}>>{text.text[where.start : where.end]}<<{after}".replace("\n", "⏎")
    return f"{text.register} {text.number}: {what}: {shown}"
