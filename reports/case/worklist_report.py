"""What the owners of systems have to do for somebody who asks for erasure, correction, restriction, or objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.case.staff import MEASURES, RIGHTS
from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.language import Language

TABLE = "worklist"
_TONES = {"erase": "high", "stop": "high", "rectify": "medium", "restrict": "medium", "remove_mention": "medium"}


@dataclass(frozen=True, slots=True)
class Work:
    """One record on an owner's list, fit to be shown."""

    owner: str
    system: str
    place: str
    record: str
    measure: str
    """One of `MEASURES`."""
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The case that the lists are for."""

    number: str
    right: str
    company: str
    on: str
    """The day on which they were made."""


def document(asked: Asked, work: Sequence[Work], lang: Language) -> Document:
    """The lists of all owners, one below the other."""
    _ = lang.text
    counts = Counter(one.measure for one in work)
    return Document(
        id=TABLE,
        title=_("What is to be done, case %(case)s", case=asked.number),
        company=asked.company,
        meta=[_(RIGHTS[asked.right]), asked.on],
        figures=[Figure(_(MEASURES[one]), lang.number(counts[one])) for one in MEASURES if counts[one]],
        tables=[_table(work, lang)],
        notes=[
            _("Insyn changes nothing in the systems. Each owner does what stands here, and says when it is done."),
            _(
                "Names are masked here; `%(command)s` tells them whole.",
                command=f"insyn case worklist {asked.number} --format json",
            ),
            _("Then scan again and search the case again: what is still found is left to be done."),
        ],
    )


def _table(work: Sequence[Work], lang: Language) -> Table:
    _ = lang.text
    rows: list[list[Cell]] = [
        [
            one.owner or None,
            one.system,
            one.place,
            one.record or None,
            Mark(_(MEASURES[one.measure]), _TONES.get(one.measure, "info")),
            one.why or None,
        ]
        for one in work
    ]
    columns = [
        Column(_("Owner"), width=16), Column(_("System"), width=14), Column(_("Place"), "path", 28),
        Column(_("Record"), "path", 26), Column(_("Measure"), "mark", 26), Column(_("Why"), width=34),
    ]  # fmt: skip
    lede = _("A record a line, by owner.")
    return Table(TABLE, _("To be done"), lede, columns, rows, _("Nothing was found to be worked on."))
