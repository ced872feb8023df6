"""Joins a given name and a surname that stand in two fields of one record, so that the whole name can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from recognizers import Key, Matches
from recognizers.base import Candidate
from recognizers.name import NameRecognizer
from scanner.linking.links import normal_name

PERSON = "PERSON"
_GIVEN = re.compile(
    r"(^|[_/])(fornamn|tilltalsnamn|f_?namn|(first|given|fore|f|vor)_?(name|nm)|fornavn|etunimi|prenom|fn|first|given)(?=_|\d|$)"
)
_SURNAME = re.compile(
    r"(^|[_/])(efternamn|slaktnamn|e_?namn|(last|sur|family|l|nach|familien)_?(name|nm)|sur_?name|(efter|etter)navn|sukunimi|ln|last)(?=_|\d|$)"
)


def with_whole_names(matches: Matches) -> Matches:
    """Give each surname that stands beside one given name the whole name as a further form.

    Args:
        matches: Of one batch.

    Returns:
        The same matches; keys are added for the joined names.
    """
    if PERSON not in matches.entities:
        return matches
    person = matches.entities.index(PERSON)
    keys, changed = list(matches.keys), matches.key.copy()
    for given, surname in _pairs(matches.fields):
        first = _single(matches, given, person)
        for record, at in _single(matches, surname, person).items():
            if record in first:
                last = keys[changed[at]]
                given_key = keys[changed[first[record]]]
                changed[at] = len(keys)
                keys.append(_joined(given_key, last))
    return replace(matches, keys=keys, key=changed)


def name_key(text: str) -> Key | None:
    """The key of a text that is known to be a name, also of one that no recognizer would know as such.

    Args:
        text: `Anna Ek`, `Ek, Anna`.

    Returns:
        Canonical forms as a recognised name has them; None if there is nothing in it.
    """
    recognizer = NameRecognizer()
    proof = recognizer.prove(Candidate(0, len(text), text, recognizer.shapes[0]))
    return Key(PERSON, proof.value, proof.others) if proof else None


def _joined(given: Key, surname: Key) -> Key:
    """The surname with the form by which the whole name is looked up when it is written in one."""
    parts = " ".join(sorted(_parts(given) + _parts(surname)))
    first = [other for other in given.others if other.startswith("given:")]
    return replace(surname, others=(*surname.others, f"parts:{parts}", *first))


def _parts(key: Key) -> list[str]:
    """The parts of a name as its recognizer folds them for comparison."""
    return [
        part
        for other in key.others
        if other.startswith(("part:", "parts:"))
        for part in other.partition(":")[2].replace("-", " ").split()
    ]


def _pairs(fields: list[str]) -> Iterator[tuple[int, int]]:
    """Indices of fields that hold given name and surname of the same person: `van_fornamn` and `van_efternamn`."""
    given, surnames = (_around(word, fields) for word in (_GIVEN, _SURNAME))
    yield from ((at, surnames[beside]) for beside, at in given.items() if beside in surnames)


def _around(word: re.Pattern[str], fields: list[str]) -> dict[tuple[str, str], int]:
    """Fields in whose names a word stands: what stands before and after it -> index."""
    found = ((at, name, word.search(name)) for at, name in enumerate(map(_path_name, fields)))
    return {(name[: match.start(2)], name[match.end(2) :]): at for at, name, match in found if match}


def _path_name(name: str) -> str:
    return "/".join(normal_name(part) for part in name.split("."))


def _single(matches: Matches, field: int, entity: int) -> dict[int, int]:
    """Record -> its match of the entity in the field, where there is just one."""
    at = np.flatnonzero((matches.field == field) & (matches.entity == entity))
    records, first, counts = np.unique(matches.record[at], return_index=True, return_counts=True)
    return {int(record): int(at[one]) for record, one, count in zip(records, first, counts, strict=True) if count == 1}
