"""What the evidence codes of a finding mean: `why` names them, `insyn plugins --why` explains them."""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "against": "a word beside it that speaks against it: `against:ordernr`",
    "alone": "a bare number that is all of its value: without a word or a column it may be any number",
    "bare": "digits without a separator",
    "checksum": "the check digit is right",
    "clearing": "the clearing number is a bank's",
    "column:chance": "no more values of the column pass than chance would give",
    "column:share": "most values of the column are of this kind",
    "context": "a word beside it that speaks for it: `context:personnummer`",
    "date": "it begins with a date that exists",
    "degrees": "it is written as degrees",
    "dms": "it is written in degrees, minutes and seconds",
    "field": "the name of the field says what it is",
    "field:against": "the name of the field speaks against it",
    "field:for": "the name of the field speaks for it",
    "field:other": "the name of the field says that it is something else",
    "grid": "it lies on a Swedish grid",
    "issuer": "the first digits are a card issuer's",
    "label": "a label right before it names it",
    "labelled": "both coordinates have their label",
    "length": "the length is right for its kind",
    "lettered": "letters say which coordinate is which",
    "loose": "digits that other numbers have by chance",
    "masked": "part of it is masked in the source",
    "mention": "a word or phrase that says it about a person",
    "model": "the trained name model read it as a name in its sentence",
    "neighbours": "the fields beside it speak of things or animals, not of people: `neighbours:things`",
    "numbering_plan": "it is a number of the Swedish or an international numbering plan",
    "over": "it won a span that could also be another kind: `over:PHONE_NUMBER`",
    "pair": "two coordinates that belong together",
    "range": "it lies in the range that is given out",
    "separator": "it is written with its usual separator",
    "shape": "the pattern that proposed it: `shape:street`",
    "spoken": "it follows the word for its thing, as people write it: `avtal 310000`",
    "sweden": "the position lies in Sweden",
    "town": "it begins with the name of a town",
}


def meaning(code: str) -> str | None:
    """What a code means; of `context:personnummer` that of `context`. None: there is no such code."""
    return CODES.get(code) or CODES.get(code.partition(":")[0])
