"""Find personal data in columns of text.

All recognizers sweep the distinct values of a column at once, joined to one text; only the candidates are proven. Words
near by, the field's name and the share of the column that passes adjust the scores; overlaps are settled; the result is
expanded to records. Time is linear in the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np

from recognizers import ambiguous, evidence, unchecked
from recognizers.arbitration import ACCEPTED
from recognizers.base import Recognizer
from recognizers.collecting import Collector
from recognizers.columns import Column
from recognizers.context import speak
from recognizers.faults import Faults
from recognizers.fieldnames import normalise
from recognizers.installed import installed
from recognizers.matches import Matches
from recognizers.neighbours import about, hear, is_code, meant, meant_in
from recognizers.sweep import Found, Sweep, sweep, sweep_each
from recognizers.uncollected import without_collection
from recognizers.unseen import Gone, put_back, without_unseen
from recognizers.weighing import weigh
from recognizers.within import within

VERSION = "10"
"""Raise it whenever weighing or arbitration changes its answers."""


Span = tuple[int, int, str]
"""Start, end, entity; "" for the entity of a text that could not be looked at."""

_TOGETHER = 28
"""Records that are looked at together, though they have nothing to do with each other."""


class Analyzer:
    """Runs recognizers over columns. Holds no state between calls: safe to share between threads."""

    version: str
    """Digest of all recognizers and their versions: units read with another one are read again."""

    def __init__(self, recognizers: Sequence[Recognizer] | None = None) -> None:
        """Take the recognizers to run; None: all that are installed.

        Raises:
            RecognizerError: an installed one cannot be loaded.
        """
        self._recognizers = tuple(installed() if recognizers is None else recognizers)
        self._by_entity = {name: r for r in reversed(self._recognizers) for name in r.also}
        self._by_entity |= {r.entity: r for r in reversed(self._recognizers)}
        parts = sorted(f"{type(r).__module__}.{type(r).__name__} {type(r).version}" for r in self._recognizers)
        self.version = hashlib.sha256("\n".join([f"analyzer {VERSION}", *parts]).encode()).hexdigest()[:16]

    @property
    def entities(self) -> list[str]:
        """The entity types that can be found."""
        return sorted(self._by_entity)

    def spoken_for(self, words: Iterable[str]) -> set[str]:
        """Tell for which entity types words speak that stand beside a text: the name of its field, a label."""
        beside = [(word.lower(), normalise(word)) for word in words]
        return {
            recognizer.entity
            for recognizer in self._recognizers
            for word, name in beside
            if recognizer.speaks(name) or speak(recognizer.context, word)
        }

    def find(
        self, fields: Mapping[str, Sequence[str | None]], *, unit: str = "", faults: Faults | None = None
    ) -> Matches:
        """Find all personal data in the columns of one batch.

        Args:
            fields: Field name -> one text or None a record; all equally long.
            unit: Name of the table or file, as context.
            faults: Gathers what recognizers raise, who must tell of it; None: it is raised.
        """
        with without_collection():
            return self._find(fields, unit, swept=faults.sweep if faults is not None else sweep)

    def _find(
        self,
        fields: Mapping[str, Sequence[str | None]],
        unit: str = "",
        *,
        apart: bool = False,
        swept: Sweep = sweep,
    ) -> Matches:
        """What `find` does; all that it made but the matches is gone when Python's collector wakes."""
        collector = Collector()
        gone: dict[str, Gone] = {}
        names = {name: normalise(name) for name in fields}
        told = about(names.values(), normalise(unit))
        beside = {*names.values(), normalise(unit)}
        for name, given in fields.items():
            cells, gone[name] = without_unseen(given)
            column = Column.of(self._called(names[name], cells, beside, normalise(unit)), cells)
            column.apart = column.alone = apart
            collector.start(name, column)
            founds = self._found(column, swept)
            if told:
                hear(founds, column, told)
            collector.add(column, founds)
            for piece in column.pieces():
                part = Column.of(column.name, [piece.text])
                collector.add(part, self._found(part, swept), piece)
        return put_back(collector.matches(), gone)

    @staticmethod
    def _called(name: str, cells: Sequence[str | None], beside: set[str], unit: str) -> str:
        """What a field is called, told by its values, what stands beside it and its table; all names normalised."""
        told = meant_in(meant(name, cells, beside), cells, unit)
        return ambiguous.meant(told, cells, beside, unit)

    def _found(self, column: Column, swept: Sweep) -> list[Found]:
        """Sweep a column and weigh what is found."""
        founds = [found for recognizer in self._recognizers for found in swept(recognizer, column)]
        weigh(founds, column)
        return [*founds, *within(self._recognizers, column, founds, swept)]

    def masked(self, text: str, field: str = "") -> str:
        """Give the text with everything found in it masked: `811218-****`, `a***@***.se`.

        Args:
            text: As it stands in its source.
            field: Name of its field, which speaks for or against what may be in it; `path` for names of files.
        """
        for start, end, entity in reversed(self.spans(text, field)):
            text = text[:start] + self.mask(entity, text[start:end]) + text[end:]
        return text

    def spans(self, text: str, field: str = "") -> list[Span]:
        """Where something stands that is surely enough of an entity type, in order, none within another.

        All of a text at which a recognizer raises: nobody knows what may be shown of it.
        """
        return self.all_spans([text], field)[0]

    def all_spans(self, texts: Sequence[str], field: str = "") -> list[list[Span]]:
        """What `spans` gives for each text: as if it were alone, in a fraction of the time.

        So few are swept at once that nothing judges them as a column. In a field whose name speaks for an entity some
        recognizers compare even two: there each text is swept by itself.
        """
        named = self._is_spoken_for(normalise(field))
        found: list[list[Span]] = []
        rest = iter(texts)
        while some := list(islice(rest, 1 if named else evidence.FEW - 1)):
            found += self._spans(some, field)
        return found

    def tells_nothing(self, fields: Iterable[str]) -> bool:
        """Tell whether no field's name says anything of its values, so that `find_each` is worth it."""
        names = [normalise(field) for field in fields]
        told = (self._is_spoken_for, unchecked.is_numbered, is_code, ambiguous.is_ambiguous)
        return about(names) is None and not any(tells(name) for name in names for tells in told)

    def _is_spoken_for(self, name: str) -> bool:
        """Whether a name speaks for an entity, or one raises at it: whose fault that is shows when a text is swept."""
        try:
            return any(recognizer.speaks(name) for recognizer in self._recognizers)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  a plugin may raise anything
            return True

    def find_each(self, records: Sequence[Mapping[str, str | None]]) -> list[Matches]:
        """Find all personal data in records that have nothing to do with each other, in a fraction of the time.

        Args:
            records: Field name -> text or None; the same fields in each, whose names tell nothing (`tells_nothing`).

        Returns:
            For each record what `find` gives for it alone.
        """
        found: list[Matches] = []
        rest = iter(records)
        while some := list(islice(rest, _TOGETHER)):
            fields = {name: [record[name] for record in some] for name in some[0]}
            with without_collection():
                matches = self._find(fields, apart=True, swept=sweep_each)
            seen = {name: without_unseen(texts)[0] for name, texts in fields.items()}
            filled = ({name: int(bool(texts[at])) for name, texts in seen.items()} for at in range(len(some)))
            found += [matches.of(at, counts) for at, counts in enumerate(filled)]
        return found

    def _spans(self, texts: Sequence[str], field: str) -> list[list[Span]]:
        try:
            with without_collection():
                matches = self._find({field: texts}, apart=True)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  a scan tells of it; nothing may be shown that was not looked at
            return [[(0, len(text), "")] for text in texts] if len(texts) == 1 else self._one_by_one(texts, field)
        found: list[list[Span]] = [[] for _ in texts]
        sure = np.flatnonzero(matches.score >= ACCEPTED)
        columns = (matches.record, matches.start, matches.end, matches.entity)
        for record, start, end, code in zip(*(column[sure].tolist() for column in columns), strict=True):
            found[record].append((start, end, matches.entities[code]))
        return found

    def _one_by_one(self, texts: Sequence[str], field: str) -> list[list[Span]]:
        return [self._spans([text], field)[0] for text in texts]

    def mask(self, entity: str, found: str) -> str:
        """Mask a text that was found to be of an entity type; "" = it is not known of which."""
        return self._by_entity[entity].mask(found) if entity else f"{found[:1]}***"
