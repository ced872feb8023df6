"""The contract of a recognizer: shapes propose, proof disposes, context and column evidence adjust.

One declaration serves two engines: `recognizers.analyzer.Analyzer` sweeps whole columns with it, and `for_presidio`
makes of it a Presidio `EntityRecognizer` for anyone's `AnalyzerEngine`, with the same shapes and the same proof.
Presidio is imported then only: it takes longer to load than many a table to scan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from recognizers.digit_runs import Run
from recognizers.literals import places

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A pattern that proposes candidates. Declared once, and known by being that one: to compare fields takes time."""

    name: str
    """A code that `why` can name: `separator`, `bare`."""
    pattern: re.Pattern[str]
    """Linear-time: no nested or ambiguous repetition. It never matches NUL, which stands between a column's values.
    A group named `value` is the candidate, if there is one: what stands around it is a label. A pattern that begins
    with a set of characters (not with a look-behind) is swept several times faster."""
    score: float
    """Confidence in the shape alone, 0 to 1."""
    gate: re.Pattern[str] | None = None
    """A pattern that is found in the outline (`recognizers.outlines`) of every value in which this one is found (or, in
    a recognizer without `chance`, proven): other values are not swept. `0{6}-0000` for a personnummer."""
    run: Run | None = None
    """The row of digits that whatever the pattern matches begins with: in long columns it is looked for there alone."""
    named: bool = False
    """Swept only in fields whose name speaks for the entity: a bare number in a column `kundnr`."""
    begins: bytes = b""
    """Letters (ASCII, lower case) with which, in any case, whatever the pattern matches begins: a word is looked for
    several times faster than a set of letters."""

    def found(self, text: str) -> Iterator[Candidate]:
        """Propose what the pattern finds in a text."""
        group: int | str = "value" if "value" in self.pattern.groupindex else 0
        for match in self._begun(text) if self.begins else self.pattern.finditer(text):
            yield Candidate(*match.span(group), match[group], self)

    def _begun(self, text: str) -> Iterator[re.Match[str]]:
        """What the pattern finds, tried where it may begin."""
        end = 0
        for place in places(self.begins, text.encode("latin-1", "replace").lower()):
            if place >= end and (match := self.pattern.match(text, place)):
                end = match.end()
                yield match

    def found_at(self, text: str, places: Iterable[int]) -> Iterator[Candidate]:
        """Propose what the pattern finds in a text, where it can begin at some places only."""
        end, match = 0, self.pattern.match
        for place in places:
            if place >= end and (found := match(text, place)):
                end = found.end()
                yield Candidate(place, end, found.group(), self)


LOOSE = "loose"
"""A proof's code: digits that pass by chance too often to be somebody's where they stand alone."""

Gate = Callable[[Shape], bool]
"""Tells whether any value of a column may hold what a shape proposes."""


@lru_cache(maxsize=16384)  # fields come again with every batch
def _found_in(pattern: re.Pattern[str] | None, name: str) -> bool:
    return pattern is not None and pattern.search(name) is not None


class Candidate(NamedTuple):
    """A span that a shape proposes. Lives milliseconds; `repr` hides the text."""

    start: int
    end: int
    text: str
    shape: Shape

    def __repr__(self) -> str:
        """Show where and what kind, never the text."""
        return f"Candidate({self.start}:{self.end} {self.shape.name})"


class Proof(NamedTuple):
    """What the proof of a candidate found."""

    value: str
    """Canonical form: equal for every spelling of the same datum. The token is made of it. A personnummer: its last ten
    digits."""
    score: float
    """Confidence after proof, before context and column evidence."""
    kind: str = ""
    """Sort within the entity: `personnummer`, `samordningsnummer`, `mobile`, `street` …"""
    others: tuple[str, ...] = ()
    """Further canonical forms that may meet another spelling, `form:value`: `parts:anna ek`, `street:storgatan 5`."""
    why: tuple[str, ...] = ()
    """Evidence codes: `checksum`, `date`, `separator`."""
    test: bool = False
    """An official test or fictional number."""
    trim: tuple[int, int] = (0, 0)
    """Characters to leave out of the candidate's span at its start and end."""
    entity: str = ""
    """Entity, where it is another than the recognizer's: a sole trader's organisationsnummer is a personnummer."""

    def __repr__(self) -> str:
        """Show what was found out, never the value."""
        return f"Proof({self.kind or '-'} {self.score:.2f})"


class Recognizer:
    """Base of all recognizers. A subclass declares its parts as class attributes, in this order, and writes `prove`."""

    entity: ClassVar[str]
    """Entity type, one of the list in the documentation: `SE_PERSONNUMMER`."""
    also: ClassVar[tuple[str, ...]] = ()
    """Further entity types that its proofs may name."""
    version: ClassVar[str] = "1"
    """Raise it whenever the answers can change: units read with an older version are read again."""
    needs: ClassVar[str] = ""
    """Cheap gate: `digit`, `@`, `letter`; a value without it cannot hold a candidate. "" = no gate."""
    shapes: ClassVar[tuple[Shape, ...]] = ()
    context: ClassVar[tuple[str, ...]] = ()
    """Words (lower case) that speak for the entity when they stand near. Matched as parts of words, for compounds and
    inflections; words of up to three letters (`pg`) only as whole words."""
    against: ClassVar[tuple[str, ...]] = ()
    """Words that speak against it: `ordernr`, `ocr`."""
    fields: ClassVar[re.Pattern[str] | None] = None
    """Found (`search`) in a normalised field name (lower case ASCII, `_` between words) that speaks for the entity."""
    not_fields: ClassVar[re.Pattern[str] | None] = None
    """Found in a normalised field name that speaks against it."""
    chance: ClassVar[float] = 0.0
    """Share of random digit strings of the same length that pass the proof; 0 = the shape alone is telling. A column
    with no more hits than that is lowered. Proofs that stand out from chance name `checksum` in `why`."""
    by_column: ClassVar[bool] = True
    """Whether a column in which nearly all values pass speaks for the entity without a telling name."""
    name_decides: ClassVar[bool] = False
    """Whether a field whose name speaks against it is heard whatever its column holds: versions of four parts look like
    addresses all through, prices in groups like postal codes."""
    shape_judges: ClassVar[bool] = False
    """Whether a proof's score is its shape's and none is refused: of several shapes of one span the surest will do."""
    compares: ClassVar[bool] = False
    """Whether what it proposes in a value depends on what the others hold, and how many there are (from eight on)."""
    rank: ClassVar[int] = 50
    """Who wins a span at equal evidence: the lower. A checksum of two digits and a date beat a shape."""

    def speaks(self, name: str) -> bool:
        """Tell whether a normalised field name speaks for the entity."""
        return _found_in(self.fields, name)

    def forbids(self, name: str) -> bool:
        """Tell whether a normalised field name speaks against the entity."""
        return _found_in(self.not_fields, name)

    def candidates(self, text: str) -> Iterable[Candidate]:
        """Propose spans. `text` may be a whole column, its values joined by NUL; a candidate never holds NUL."""
        return chain(self.sweep(text), self.further(text))

    def further(self, text: str) -> Iterable[Candidate]:  # noqa: ARG002
        """Propose what no pattern can, beside what the shapes propose: the codes in a table that stands in a text."""
        return ()

    def sweep(self, text: str, *, named: bool = False, opens: Gate | None = None) -> Iterator[Candidate]:
        """Propose spans by the shapes that need (`named`) or do not need a field whose name speaks for the entity.

        Args:
            text: The column, as for `candidates`.
            named: Which of the two.
            opens: Tells which shapes any value may hold; None: all.
        """
        for shape in self.shapes:
            if shape.named == named and (opens is None or opens(shape)):
                yield from shape.found(text)

    def prove(self, candidate: Candidate) -> Proof | None:
        """Judge one candidate by itself: checksum, date, membership. None = it is not one."""
        raise NotImplementedError

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        """Judge many candidates, in order. Overridden where it can be done faster than one by one."""
        return (self.prove(candidate) for candidate in candidates)

    def mask(self, value: str) -> str:
        """Show a found text so that a person who knows it recognises it and nobody else learns it."""
        kept = max(1, len(value) // 4)
        return value[:kept] + "*" * (len(value) - kept)

    def for_presidio(self) -> EntityRecognizer:
        """Make Presidio's side of this recognizer: `engine.registry.add_recognizer(IpRecognizer().for_presidio())`."""
        from recognizers.plain import for_presidio

        return for_presidio(self)
