"""Why we say so, in words that somebody who is no programmer reads: a short phrase an evidence code."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Language
from reports.words import N_, entity_name

PHRASES: Mapping[str, str] = {
    "against": N_("a word beside it speaks against it"),
    "alone": N_("stands alone, without a word that says what it is"),
    "bare": N_("digits without a separator"),
    "checksum": N_("the check digit is right"),
    "clearing": N_("a bank's clearing number"),
    "column:chance": N_("no more in the column than chance would give"),
    "column:share": N_("most values of the column are of this kind"),
    "context": N_("a word beside it"),
    "date": N_("begins with a date that exists"),
    "degrees": N_("written as degrees"),
    "dms": N_("written in degrees, minutes and seconds"),
    "field": N_("the field's name"),
    "field:against": N_("the field's name speaks against it"),
    "field:for": N_("the field's name speaks for it"),
    "field:other": N_("the field's name says something else"),
    "grid": N_("lies on a Swedish grid"),
    "issuer": N_("begins as a card issuer's numbers do"),
    "label": N_("a label right before it"),
    "labelled": N_("both coordinates have a label"),
    "length": N_("the right length"),
    "lettered": N_("letters say which coordinate is which"),
    "loose": N_("digits that other numbers may have by chance"),
    "masked": N_("partly masked in the source"),
    "mention": N_("a phrase that says it about a person"),
    "model": N_("read as a name in its sentence"),
    "neighbours": N_("the fields beside it speak of things"),
    "numbering_plan": N_("a number of the numbering plan"),
    "over": N_("more likely than another kind"),
    "pair": N_("two coordinates that belong together"),
    "range": N_("in the range that is given out"),
    "separator": N_("written with its usual separator"),
    "shape": N_("written as such things are"),
    "spoken": N_("right after the word for it"),
    "sweden": N_("the position lies in Sweden"),
    "town": N_("begins with the name of a town"),
}
"""Evidence code, without what follows it -> what it says. The keys are those of `recognizers.codes.CODES`."""
NAMED = {"context", "against"}
"""Codes followed by the word that was met; it comes from our own lists, never from the data."""


def because(code: str, lang: Language) -> str:
    """A code of evidence in words; one that a third party's recognizer gives stands as it is.

    Args:
        code: As `why` has it: `checksum`, `context:personnummer`, `over:PHONE_NUMBER`.
        lang: To say it in.
    """
    stem, _, detail = code.partition(":")
    phrase = PHRASES.get(code) or PHRASES.get(stem)
    if phrase is None:
        return code
    said = lang.text(phrase)
    if stem == "over" and detail:
        return f"{said}: {entity_name(detail, lang).lower()}"
    return f"{said}: {detail}" if stem in NAMED and detail else said
