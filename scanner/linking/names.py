"""Joins a given name and a surname that stand in two fields of one record, so that the whole name can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recognizers import Key, Matches
from recognizers.base import Candidate
from recognizers.name import NameRecognizer
from scanner.linking.links import normal_name

PERSON = "PERSON"
Places = NDArray[np.int64]
_GIVEN = re.compile(
    r"(^|[_/])(fornamn|tilltalsnamn|f_?namn|(first|given|fore|f|vor)_?(name|nm)|fornavn|etunimi|prenom|fn|first|given)(?=_|\d|$)"
)
_SURNAME = re.compile(
    r"(^|[_/])(efternamn|slaktnamn|e_?namn|(last|sur|family|l|nach|familien)_?(name|nm)|sur_?name|(efter|etter)navn|sukunimi|ln|last|family$)(?=_|\d|$)"
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
        first, last = _beside(matches, (given, surname), person)
        pairs, which = np.unique(np.stack((changed[first], changed[last])), axis=1, return_inverse=True)
        changed[last] = len(keys) + which.reshape(-1)
        keys += _all_joined(keys, pairs.tolist())
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


def _all_joined(keys: Sequence[Key], pairs: tuple[list[int], list[int]]) -> list[Key]:
    """Each surname with the form by which the whole name is looked up when it is written in one.

    Args:
        keys: Of the names.
        pairs: Indices of the given names, and of the surname beside each.
    """
    parts = {number: _parts(keys[number]) for number in {*pairs[0], *pairs[1]}}
    firsts = {number: _sounds(keys[number]) for number in set(pairs[0])}
    return [
        Key(PERSON, keys[last].value, (*keys[last].others, _whole(parts[first] + parts[last]), *firsts[first]))
        for first, last in zip(*pairs, strict=True)
    ]


def _whole(parts: list[str]) -> str:
    return f"parts:{' '.join(sorted(parts))}"


def _sounds(given: Key) -> list[str]:
    return [other for other in given.others if other.startswith("given:")]


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


def _beside(matches: Matches, fields: tuple[int, int], entity: int) -> tuple[Places, Places]:
    """The matches of the entity in two fields, of the records that have just one in each."""
    (given, first), (surname, last) = (_single(matches, field, entity) for field in fields)
    _, at, beside = np.intersect1d(given, surname, assume_unique=True, return_indices=True)
    return first[at], last[beside]


def _single(matches: Matches, field: int, entity: int) -> tuple[Places, Places]:
    """The records that have just one match of the entity in the field, and that match."""
    at = np.flatnonzero((matches.field == field) & (matches.entity == entity))
    records, first, counts = np.unique(matches.record[at], return_index=True, return_counts=True)
    return records[counts == 1], at[first[counts == 1]]
