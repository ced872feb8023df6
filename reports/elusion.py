"""The elusion sample: fields in which nothing was found, drawn at random for a person to look through.

If nobody finds anything in n of them, at most about 3/n of all such fields hold something that was missed (95 %).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from reports.document import Cell, Column, Document, Figure, Table
from reports.facts import Estate, FieldFacts
from reports.intervals import wilson
from reports.language import Language
from reports.policy import Policy


def silent(estate: Estate) -> list[FieldFacts]:
    """Fields with values and without any finding."""
    found = {(fact.source, fact.unit, fact.field) for fact in estate.facts if fact.entity is not None}
    bare = [fact for fact in estate.facts if fact.entity is None and fact.total]
    return [fact for fact in bare if (fact.source, fact.unit, fact.field) not in found]


def draw(fields: Sequence[FieldFacts], size: int, seed: int) -> list[FieldFacts]:
    """So many of the fields, each as likely as any other; the same seed draws the same."""
    ordered = sorted(fields, key=lambda one: (one.source, one.unit, one.field))
    return Random(seed).sample(ordered, min(size, len(ordered)))  # noqa: S311 -- a sample, not a secret


def bound(missed: int, size: int) -> float:
    """The most of all silent fields that hold something, at 95 %, if `missed` of `size` did."""
    return wilson(missed, size)[1] if size else 1.0


def document(sample: Sequence[FieldFacts], of: int, policy: Policy, lang: Language, *, missed: int | None) -> Document:
    """The list to look through; with `missed`, what it says of all of them."""
    _ = lang.text
    columns = [
        Column(_("System"), width=14), Column(_("Place"), "path", 34), Column(_("Field"), "path", 26),
        Column(_("Values"), "number", 10), Column(_("Personal data in it? (yes/no)"), width=28),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [one.source, one.unit or "/", one.field or _("running text"), one.values, None] for one in sample
    ]
    figures = [
        Figure(_("fields without findings"), lang.number(of)),
        Figure(_("drawn at random"), lang.number(len(sample))),
    ]
    if missed is not None:
        most = lang.percent(bound(missed, len(sample)))
        figures.append(Figure(_("missed at most"), most, _("of the fields without findings, at 95 %"), "watch"))
    return Document(
        id="sample",
        title=_("Fields to look through"),
        company=policy.company,
        meta=[],
        figures=figures,
        tables=[Table("sample", _("Fields"), _("Open each field in its system and look."), columns, rows)],
        notes=[_("Then say with --missed how many held personal data: that bounds what was missed in all of them.")],
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )
