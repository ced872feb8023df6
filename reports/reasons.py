"""Why a record belongs to a person, in words: one clause a step of the chain."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Language
from reports.words import ENTITIES, N_

REASONS: Mapping[str, str] = {
    "asked": N_("%(entity)s asked for"),
    "asked_mistyped": N_("another check digit than in the %(entity)s asked for, the other digits the same"),
    "asked_key": N_("a number that was asked for"),
    "asked_together": N_("what was asked for stands together with one person only"),
    "confirmed": N_("a person here has decided that this is about whom it was asked for"),
    "stands_in": N_("%(entity)s stands in %(where)s"),
    "key": N_("it is the key of a row in %(where)s"),
    "beside": N_("%(entity)s beside it in %(where)s"),
    "declared_key": N_("belongs, over a declared key, to a row in %(where)s"),
    "declared_from": N_("a row in %(where)s refers to it, over a declared key"),
    "lasting_key": N_("belongs, over a declared key, to a row in %(where)s, which others may have had before"),
    "lasting_from": N_("a row in %(where)s refers to it, over a declared key, but others may have had it before"),
    "in_file": N_("stands in the same file: %(where)s"),
    "path_key": N_("the path of a file names a number of a row in %(where)s"),
    "had_thing": N_("the person has or had this thing (a row in %(where)s), but nothing here says whom it is about"),
    "had_then": N_("dated when the person had what a row in %(where)s tells of"),
    "discovered_key": N_("belongs, over a key found by name and values, to a row in %(where)s"),
    "discovered_from": N_("a row in %(where)s refers to it, over a key found by name and values"),
}
"""Code of a step -> its clause."""


def reason(code: str, entity: str, where: str, lang: Language) -> str:
    """One step in words.

    Args:
        code: One of `REASONS`.
        entity: Entity type that the step is about, "" if none.
        where: Source and unit, as they may be shown; "" if none.
        lang: To say it in.
    """
    name = lang.text(ENTITIES[entity]) if entity in ENTITIES else entity
    return lang.text(REASONS[code], entity=name, where=where)
