"""What a decision about records of a case would bring or take away, told before it is made: by place, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.language import Language
from reports.lines import table

LISTED = 20
"""Places that are named; of the others it is told how many they are."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would change in one place, in records."""

    source: str
    unit: str = field(repr=False)
    more: int
    """Found then, and not now."""
    possible: int
    """Of these: not sure enough to be handed out by themselves."""
    surer: int
    """Possible now, and then surer: handed out unless somebody decides otherwise."""
    gone: int
    """Found now, and then no longer."""


def told(rows: Sequence[Foreseen], lang: Language) -> list[str]:
    """What would change in all, a sentence each."""
    more, surer = sum(one.more for one in rows), sum(one.surer for one in rows)
    gone, ngettext = sum(one.gone for one in rows), lang.ngettext
    found = [
        (more, ngettext("%(num)d more record would be found.", "%(num)d more records would be found.", more)),
        (surer, ngettext(
            "%(num)d possible record would become probable, and be handed out.",
            "%(num)d possible records would become probable, and be handed out.",
            surer,
        )),
        (gone, ngettext("%(num)d record would no longer be found.", "%(num)d records would no longer be found.", gone)),
    ]  # fmt: skip
    nothing = lang.text("No other records would follow from this decision.")
    return [text for number, text in found if number] or [nothing]


def listed(rows: Sequence[Foreseen], lang: Language) -> tuple[list[str], list[list[str]]]:
    """A table of the places where most would change: headings and cells, without columns that are all zero."""
    _ = lang.text
    counted = {
        _("More records"): [one.more for one in rows],
        _("Of these possible"): [one.possible for one in rows],
        _("Would be probable"): [one.surer for one in rows],
        _("No longer found"): [one.gone for one in rows],
    }
    columns = {heading: numbers for heading, numbers in counted.items() if any(numbers)}
    cells = [
        [one.source, one.unit, *(lang.number(numbers[at]) for numbers in columns.values())]
        for at, one in enumerate(rows[:LISTED])
    ]
    return [_("System"), _("Place"), *columns], cells


def unlisted(rows: Sequence[Foreseen], lang: Language) -> str:
    """That there are more places than are listed; "" where there are not."""
    left = len(rows) - LISTED
    return lang.ngettext("and %(num)d more place", "and %(num)d more places", left) if left > 0 else ""


def lines(rows: Sequence[Foreseen], lang: Language) -> list[str]:
    """All of it for a terminal."""
    headings, cells = listed(rows, lang)
    numbers = tuple(range(2, len(headings)))
    left = unlisted(rows, lang)
    return [*told(rows, lang), *(table(headings, cells, right=numbers) if rows else ()), *([left] if left else ())]
