"""Codes of alarms and doors, and the code words by which a monitoring centre knows its customers.

They have no form: four to six digits or a word. Only a label or a field tells one.
Example: `Portkod 4711#`, `kodord: blå båt`; near-misses: `Kodord stämmer`, `felkod 4711`, `postkod 11620`,
`larmkod saknas`. Like a secret it is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from recognizers import (
    code_company,
    code_labels,
    code_lists,
    code_nouns,
    code_owners,
    code_spoken,
    code_tables,
    code_talk,
    code_ways,
    code_words,
)
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.code_talk import DIGITS, GATE, IS, of_kod
from recognizers.labels import REMARK, SIGN, labelled, whole

_CODE = re.compile("[*#A-D]?[0-9]+[*#A-D]?|[0-9]+(?:[ -][0-9]+)+")
_JOINTS = str.maketrans("", "", " -")
_NO_CODE = frozenset(
    (
        *("stämmer", "saknas", "fel", "rätt", "ändrat", "ändrad", "bytt", "okänt", "okänd", "ej", "inte", "nej"),
        *("ja", "null", "samma", "hemligt", "hemlig", "kontrollerat", "uppgivet", "glömt", "none", "nan", "true"),
        *("false", "ingen", "inget", "nytt", "ny", "det", "den", "som", "att", "vilket", "korrekt", "felaktigt"),
        *(
            "verifierat",
            "viktigt",
            "valfritt",
            "personligt",
            "obligatoriskt",
            "noterat",
            "registrerat",
            "ok",
            "kunden",
            "ett",
            "en",
            "annat",
            "annan",
            "honom",
            "henne",
            "hen",
            "oss",
            "vad",
            "vet",
            "fr",
            "sedan",
            *("eh", "ehh", "öh", "äh", "hm", "hmm", "jag", "vi", "du", "ni", "han", "hon", "de", "man", "kan", "ska"),
            *(
                "hur",
                "varför",
                "när",
                "vänta",
                "men",
                "för",
                "nog",
                "väl",
                "så",
                "har",
                "hade",
                "tack",
                "okej",
                "precis",
            ),
            *(
                "självklart",
                "absolut",
                "ju",
                "bara",
                "också",
                "what",
                "sorry",
                "not",
                "you",
                "correct",
                "right",
                "wrong",
                "just",
            ),
            *("direkt", "igen", "muntligt", "muntligen", "omgående", "samtidigt", "tydligt"),
        ),
    )
)


_IN_A_TABLE = Shape("code", re.compile(r"(?!)"), 0.7)
"""Of what `code_tables` finds."""
_OWNED = Shape("code", re.compile(r"(?!)"), 0.6)
"""Of what `code_owners` and `code_lists` find."""


class AlarmCodeRecognizer(Recognizer):
    """Finds codes (kind `code`) and code words (kind `word`) by label or field."""

    entity: ClassVar[str] = "ALARM_CODE"
    version: ClassVar[str] = "20"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "code",
            of_kod(
                rf"[kK](?=[oO][dD])(?i:{code_labels.AFTER_KIND})(?i:od(?:en|er|erna)?)(?: [0-9](?=[ :=]))?(?![^\W\d_])"
                rf"{REMARK}{IS}(?P<value>{DIGITS})"
            ),
            0.85,
            GATE,
        ),
        Shape("code", labelled(code_labels.CODE_LABELS, DIGITS, IS), 0.85, GATE),
        Shape("plain", labelled(code_labels.PLAIN_LABELS, DIGITS, IS), 0.55, GATE),
        Shape("plain", labelled(code_labels.SIGNED_LABELS, DIGITS, SIGN), 0.55, GATE),
        Shape("bare", labelled(code_labels.BARE_LABELS, DIGITS, " "), 0.35, GATE),
        *code_talk.SHAPES,
        *code_ways.SHAPES,
        *code_spoken.SHAPES,
        *code_words.SHAPES,
        *code_nouns.SHAPES,
        Shape(
            "field",
            whole(
                r"[0-9A-Za-zÅÄÖåäöéü*#][0-9A-Za-zÅÄÖåäöéü*#\-]{1,24}(?: [0-9A-Za-zÅÄÖåäöéü]{1,24}){0,3}"
                r"(?:/[A-Za-zÅÄÖåäöéü]{2,24})?[.!]?"
            ),
            0.45,
            named=True,
        ),
    )
    # Not `larm` or `panelen`: alarms and panels give codes of events (`larm med kod 1130`).
    context: ClassVar[tuple[str, ...]] = (
        *(
            "dörr",
            "grind",
            "entré",
            "nyckel",
            "nycklar",
            "tub",
            "garage",
            "skåp",
            "porten",
            "door",
            "gate",
            "keypad",
            "lås",
            "användare",
            "anv",
            "uppgav",
            "uppger",
            "angav",
            "angett",
        ),
        *(
            "inpasser",
            "passage",
            "container",
            "vaktmästar",
            "stuga",
            "tvättstug",
            "källar",
            "förråd",
            "trapp",
            "uppgång",
        ),
        *("baksidan", "bakdörr", "soprum", "lokalen", "byggbod", "manskapsbod", "expedition", "omklädning"),
        *("tillfällig", "personlig", "siffrig", "hantverkar", "städ"),
    )
    against: ClassVar[tuple[str, ...]] = (
        *("felkod", "error", "rabatt", "kampanj", "erbjudande", "status", "artikel", "postkod", "landskod", "färgkod"),
        *("bokningskod", "kurskod", "menyval", "qr", "bankid", "engångs", "verifiering", "panelen visar", "betyder"),
        *("paket", "avhämt", "händelsekod"),
    )
    fields: ClassVar[re.Pattern[str] | None] = code_labels.FIELDS
    not_fields: ClassVar[re.Pattern[str] | None] = code_labels.NOT_FIELDS
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 19

    def further(self, text: str) -> Iterator[Candidate]:
        """Propose the codes in tables that stand in texts, in lists, and beside names."""
        for start, end in code_tables.codes(text):
            yield Candidate(start, end, text[start:end], _IN_A_TABLE)
        for start, end in (*code_owners.owned(text), *code_lists.codes(text), *code_company.codes(text)):
            yield Candidate(start, end, text[start:end], _OWNED)

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse words that say something about a code instead of being one."""
        text, shape = candidate.text, candidate.shape
        value = text.casefold().rstrip(".!")
        if shape.name == "spoken":
            spoken = code_spoken.digits(text)
            return Proof(spoken, shape.score, "code", why=("label",)) if spoken else None
        if value in _NO_CODE or value.replace("/", " ").partition(" ")[0] in _NO_CODE:
            return None
        if shape.name == code_nouns.ALONE and not code_nouns.may_be(text):
            return None
        kind = "code" if _CODE.fullmatch(text) else "word"
        if kind == "code":
            value = value.strip("#*").translate(_JOINTS) or value
        return Proof(value, shape.score, kind, why=("field" if shape.named else "label",))

    def mask(self, value: str) -> str:  # noqa: ARG002
        """Show nothing, not even the length."""
        return "****"
