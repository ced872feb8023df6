"""Names of persons, by lists of given names and surnames, capitals, and the words around them.

Sources: the name lists of Faker and mimesis, the word list of hunspell-sv. Swedish writes nouns small: a capital
within a sentence is a name of something. Examples: `Anna-Karin von Ek`, `Ek, Anna`, `A. Ek`, `ANNA EK`,
`anna karlsson` (in small letters only where both are names and no words). Near-misses: `Björn` at the start of a
sentence (a bear), `Ek AB`, `Anna Lindhs plats`, `Lund`, `Maila Telefon`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from recognizers.base import Candidate, Gate, Proof, Recognizer, Shape
from recognizers.name_columns import CELL, in_any_field, in_name_field
from recognizers.name_cues import announced, cued, lowered
from recognizers.name_doers import doers
from recognizers.name_forms import are_turned, forms
from recognizers.name_lists import alone_among_names, among_names
from recognizers.name_orders import written_otherwise
from recognizers.name_phones import beside_phones
from recognizers.name_runs import spans
from recognizers.name_small import small_names
from recognizers.name_things import is_firm, is_thing
from recognizers.name_values import not_names

_SCORES = {
    "given+surname": 0.92,
    "given+surname:rare": 0.75,
    "given+surname:words": 0.65,
    "given+unknown": 0.78,
    "given+unknown:rare": 0.5,
    "given+word": 0.6,
    "unknown+surname": 0.6,
    "unknown+surname:word": 0.5,
    "cued": 0.6,
    "acts": 0.6,
    "initial+surname": 0.75,
    "surname given": 0.6,
    "given names": 0.6,
    "words": 0.3,
    "words in capitals": 0.4,
    "given": 0.65,
    "given:first": 0.55,
    "given:word": 0.48,
    "given:first word": 0.3,
    "given:rare": 0.5,
    "given:rare first": 0.3,
    "given:rare word": 0.2,
    "surname": 0.6,
    "surname:first": 0.5,
    "surname:rare": 0.45,
    "surname:word": 0.28,
    "small letters": 0.6,
    "cued small": 0.6,
    "given:small": 0.48,
    "again": 0.6,
    "among names": 0.6,
}
_DOUBTFUL = 0.3
_WHOLE = 0.75
"""From this score on a whole name gives its surname to the text after it."""
_LONG = 3
_FURTHER = 2000
_CALLED = re.compile(r"s?(?![\w'’-]|[.,:][0-9]| ?[0-9])")
"""What follows such a surname: no letter but the genitive's, no house number."""
_SHAPES = {name: Shape(name, CELL, score) for name, score in _SCORES.items()}
_REVERSED = Shape("surname, given", CELL, 0.85)
_KNOWN_CELL = Shape("cell", CELL, 0.4, named=True)
_UNKNOWN_CELL = Shape("cell:unknown", CELL, 0.2, named=True)
_ALIKE_CELL = Shape("cell:alike", CELL, 0.45)


class NameRecognizer(Recognizer):
    """PERSON. Value: casefolded, given name first. Others: `parts:`, or `part:` of a single name; `given:`."""

    entity = "PERSON"
    version = "26"
    needs = "letter"
    shapes = (*_SHAPES.values(), _REVERSED, _KNOWN_CELL, _UNKNOWN_CELL, _ALIKE_CELL)
    context = (
        "heter", "mvh", "hälsning", "vänligen", "kontaktperson", "kontakt:", "namn:", "herr", "fru", "familjen",
        "frågade efter", "pratat med", "talat med", "pratade med", "ring upp", "granne", "sambo", "undertecknad",
        "handläggare", "tekniker",
    )  # fmt: skip
    fields = re.compile(
        r"(?:^|_)(?:for|efter|[efl]|till?tals|kund|kontakt|person|agar|anhorig|medlem|anstalld|saljar|tekniker|hel|full|first|last"
        r"|sur|given|family|contact|customer|vor|nach|familien)?s?_?(?:namn|names?)(?:_|\d|$)"
        r"|(?:^|_)(?:avs(?:andare)?|(?:in)?betalare|mott(?:agare)?|payer|payee|remitter)s?_?(?:namn|name)?$"
        r"|kontaktperson|kontakt(?:_?\d)?$|handlaggare|tekniker|saljare|agent|innehavare|anhorig|granne|sambo|person$"
        r"|(?:^|_)(?:author|owner|fn|ln|nm|given|family)$|(?:^|[a-z]_)(?:first|last)(?:_?\d)?$|(?:^|_)(?:sur|fore)name(?:_|\d|$)"
        r"|(?:^|_)(?:familje?|familien|nach|vor|zu|flick|dop|etter|mellan|hus)_?na[mv]ne?(?:_|\d|$)"
        r"|(?:^|_)(?:ansprechpartner|inhaber|kontonhavare|nyckelinnehavare|bestallare|hyresgast|patient|ombud|forare|attest(?:ant)?)(?:_?\d)?$"
    )
    not_fields = re.compile(
        r"foretag|bolag|company|produkt|product|artikel|benamning|(?:kod|losen|pass)_?ord|password|kommun|host|domain|server|grupp|group|column|table|tabell|modell"
        r"|kategori|butik|projekt|project|fartyg|skepp|hund|husdjur|varumarke|brand|stadsdel|hallplats|station|system|e_?post|e?_?mail|gata|adress|street|user|anvandar|login|zon|objekt|tjanst|kampanj|roll"
        r"|(?:^|_)(?:bat|boat|vessel|rum|room|sal|lokal|katt|hast|djur|pet|dog|cat|horse|lag|team|klubb|lopp|sort)s?_?(?:namn|name|$)"
        r"|(?:^|_)(?:kyrka|forsamling|skola|forskola|film|movie|bok|book|lat|sang|song|album|restaurang|restaurant|hotell?|brf)(?:_?namn|_?name|_|$)"
        r"|(?:^|_)(?:ort|stad|city|land|fil|file|typ|org|event|app|enhet)s?_?(?:namn|name|$)"
    )
    compares = True
    rank = 70

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Names of capitalised words, pairs of names in small letters, `Surname, Given`."""
        yield from listed(text)
        for cell in in_any_field(text):
            yield Candidate(cell.start, cell.end, cell.text, _ALIKE_CELL)

    def sweep(self, text: str, *, named: bool = False, opens: Gate | None = None) -> Iterator[Candidate]:  # noqa: ARG002
        """In a field of names: whole cells, also of unknown names if enough of the column are known ones."""
        if named:
            for cell in in_name_field(text):
                yield Candidate(cell.start, cell.end, cell.text, _KNOWN_CELL if cell.known else _UNKNOWN_CELL)

    def prove(self, candidate: Candidate) -> Proof | None:
        """Bring the name to one spelling; the shape has judged already."""
        return self._proof(candidate.shape, forms(candidate.text))

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        """Judge many, each text once, in the order that most have: in a column several shapes propose the same cell."""
        texts = {candidate.text for candidate in candidates}
        turned = are_turned(texts)
        known = {text: forms(text, among_turned=turned) for text in texts}
        return (self._proof(candidate.shape, known[candidate.text]) for candidate in candidates)

    def _proof(self, shape: Shape, known: tuple[str, tuple[str, ...]]) -> Proof | None:
        value, others = known
        return Proof(value, shape.score, others=others, why=(f"shape:{shape.name}",)) if value else None

    def mask(self, value: str) -> str:
        """`Anna Ek` -> `A*** E***`."""
        return " ".join(f"{part[0]}***" for part in value.split())


@lru_cache(maxsize=2)  # of the column being swept: the name model asks again
def listed(text: str) -> tuple[Candidate, ...]:
    """The names in a column, each judged by its words and what stands around it; of those at one place the surest."""
    found = list(_listed(text))
    surest: dict[tuple[int, int], Candidate] = {}
    for one in found:
        if (known := surest.get(one[:2])) is None or one.shape.score > known.shape.score:
            surest[one[:2]] = one
    none = not_names(text, found) if found else set()
    return tuple(one for one in found if surest[one[:2]] is one and one[:2] not in none)


def _listed(text: str) -> Iterator[Candidate]:
    for start, end in written_otherwise(text):
        yield Candidate(start, end, text[start:end], _REVERSED)
    spoken = " " in text or '":"' in text  # words among others, not a column of codes or addresses
    places = announced(lowered(text)) if spoken else {}
    whole: list[Candidate] = []
    for start, end, sort in spans(text, places):
        # A doubtful word that is all of its value: only a field of names makes it one, see `sweep`.
        if is_thing(text, start, end):
            continue
        if _SCORES[sort] > _DOUBTFUL or text[start - 1 : start] + text[end : end + 1] not in ("", "\0", "\0\0"):
            found = Candidate(start, end, text[start:end], _SHAPES[sort])
            whole.append(found)
            yield found
    yield from _again(text, whole)
    for start, end in among_names(text, whole) if len(whole) > 1 else ():
        if not is_thing(text, start, end) and not is_thing(text, start, text.index(" ", start)):
            yield Candidate(start, end, text[start:end], _SHAPES["among names"])
    for start, end in alone_among_names(text, whole) if len(whole) > 1 else ():
        yield Candidate(start, end, text[start:end], _SHAPES["among names"])
    told = (small_names(text), doers(text), beside_phones(text)) if spoken else ()
    for start, end, sort in chain(cued(text, places), *told):
        if not is_firm(text[start:end]):
            yield Candidate(start, end, text[start:end], _SHAPES[sort])


def _again(text: str, names: Sequence[Candidate]) -> Iterator[Candidate]:
    """Surnames by which people are called again after their whole name: `Fredrik Kraft … Krafts klient`.

    Most of them the lists leave open, for they are words (`Kraft`) or not listed.
    """
    seen: dict[str, int] = {}
    for name in names:
        given, blank, surname = name.text.rpartition(" ")
        if not (blank and given[0].isupper()) or name.shape.score < _WHOLE or len(surname) < _LONG:
            continue
        stop = text.find("\0", name.end, name.end + _FURTHER)
        last = stop if stop >= 0 else name.end + _FURTHER
        at, seen[surname] = max(name.end, seen.get(surname, 0)), last
        while (at := text.find(surname, at, last)) >= 0:
            end = at + len(surname)
            if _CALLED.match(text, end) and not text[at - 1].isalnum() and not is_thing(text, at, end):
                yield Candidate(at, end, surname, _SHAPES["again"])
            at = end
