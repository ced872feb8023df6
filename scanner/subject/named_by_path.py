"""A file whose path names the person: itself, what is in it, and the customer whose number the path has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scanner.linking.identity import PERSONNUMMER, STRONG, View
from scanner.subject.known import Known
from scanner.subject.outcome import Chain, Found, Grade, Step
from scanner.subject.records import Records


def found_by_path(
    records: Records, known: Known, view: View, how: tuple[Chain, Grade, str], step: Callable[[str, int], Step]
) -> Iterator[Found]:
    """The hits of a file whose path names the person; of what is in it only if a number does.

    Args:
        records: Of the search.
        known: What is known of the person.
        view: The file's own record.
        how: Why, how sure, and by what entity it is named.
        step: A reason about a unit.
    """
    chain, grade, entity = how
    is_strong = entity in STRONG
    yield Found(view.id, view.unit, grade, chain, about=is_strong and not _is_strangers(records, known, view))
    if not is_strong:
        return
    beside = step("in_file", view.unit)
    for other in map(records.view, records.beside(view)):
        if not _is_strangers(records, known, other):
            yield Found(other.id, other.unit, grade, (*chain, beside), about=True)
    for other in map(records.view, records.files.named_by_path(view)) if entity == PERSONNUMMER else ():
        # A customer whose own personnummer is mistyped, or missing, is not somebody else for that.
        numbers = (one.identity for one in other.owned(PERSONNUMMER) if one.trusted)
        if not known.differs(frozenset(numbers)):
            yield Found(other.id, other.unit, grade, (*chain, step("path_key", view.unit)), concerns=True)


def _is_strangers(records: Records, known: Known, view: View) -> bool:
    """Whether a record is about somebody whom another personnummer or customer number identifies."""
    return known.differs(records.identities(view.id))
