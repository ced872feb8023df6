"""What a record of the person's own teaches of the person: numbers, names, contacts that may be searched further."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scanner.linking.identity import BORN, NAME, PERSONNUMMER, STRONG, Seen, View
from scanner.linking.links import normal_name
from scanner.linking.ownership import CUSTOMER_ID
from scanner.linking.role_words import is_payers
from scanner.subject.climbing import is_of_another, stands_second
from scanner.subject.grading import Grader
from scanner.subject.known import Known
from scanner.subject.outcome import Chain, Grade, Owned
from scanner.subject.records import Records


def learnable(records: Records, judges: tuple[Grader, Known], view: View, *, is_call: bool) -> Iterator[Seen]:
    """What may be learnt: numbers, unless another is named first; the rest only of a record that says whom it is about.

    Args:
        records: Of the search.
        judges: What grades, and what is known of the person.
        view: A record of the person's own.
        is_call: Whether it is one of calls: the numbers of both ends stand in it.
    """
    grader, known = judges
    if stands_second(known, view):
        return
    firms = records.firms
    for one in view.owned(*STRONG):
        if one.entity == PERSONNUMMER or not (
            firms.are_pointed_at(view, one.field)
            or _leads_to_another(records, known, view, one)
            or _is_payers(records, view, one)
        ):
            yield one
    if is_of_another(records, known, view):
        return
    if not is_call or records.identities(view.id):
        others = (one for one in view.owner.seen if one.entity not in STRONG)
        second = set(_second_names(known, view))
        yield from (one for one in others if one not in second and grader.may_learn(one, view.unit))


def held(records: Records, known: Known, view: View) -> Iterator[bytes]:
    """The tokens in a record of the person's own that are not masked there: never another's name."""
    is_named = not is_of_another(records, known, view)
    yield from (token for one in view.owner.seen if is_named or one.entity != NAME for token in one.tokens)


def _leads_to_another(records: Records, known: Known, view: View, one: Seen) -> bool:
    """Whether a customer number is the key of somebody else's row: of a contract, of which the person is a party."""
    rows = (records.view(row) for row in records.customers.meant(view, one.token) if row != view.id)
    return known.differs(frozenset[bytes]().union(*map(records.told.own, rows)))


def _is_payers(records: Records, view: View, one: Seen) -> bool:
    """Whether a customer number is that of who pays, beside the row's own: `betalare_kundnr`, `kundnr`."""
    pays = {seen.field for seen in view.owned(CUSTOMER_ID) if is_payers(normal_name(records.called(seen.field)))}
    others = (seen for seen in view.owned(CUSTOMER_ID) if seen.field not in pays)
    return one.field in pays and any(seen.token != one.token for seen in others)


def _second_names(known: Known, view: View) -> Iterator[Seen]:
    """Names in a field beside the person's, or beside the first where none is known: `Kerstin Ek / Olle Ek`."""
    fields: dict[int, list[Seen]] = {}
    for one in view.owner.of(NAME):
        if one.parts:
            fields.setdefault(one.field, []).append(one)
    for named in fields.values():
        ours = [one for one in named if one.parts in known.names] or named[:1]
        yield from (one for one in named if one.parts not in {our.parts for our in ours})


def learnt(one: Seen, view: View, chain: Chain, grade: Grade) -> Iterator[tuple[bytes, Owned, bytes | None]]:
    """What is searched for then: a token, as what, and of a name how the given one sounds.

    Args:
        one: What is learnt.
        view: Where it stands.
        chain: Why it is the person's.
        grade: How sure that is; of a contact, or a name, never certain.
    """
    surest = grade if one.entity in STRONG else min(grade, Grade.PROBABLE)
    owned = Owned(one.entity, surest, chain, view.id, one.field)
    if one.trusted:
        name = one.entity == NAME
        yield one.parts if name and one.parts else one.token, owned, one.further if name else None
    if one.entity == PERSONNUMMER:  # its nine digits meet it where the check digit is mistyped
        yield one.identity, replace(owned, grade=min(owned.grade, Grade.PROBABLE)), None
    if one.entity == BORN and one.further:  # a personnummer of that day meets it
        yield one.further, owned, None
