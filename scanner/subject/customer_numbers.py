"""Whom customer numbers point to: a personnummer that stands beside them, around their rows, or with the same name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, NAME, PERSONNUMMER, View
from scanner.linking.links import normal_name
from scanner.linking.ownership import CUSTOMER_ID, Ownership
from scanner.linking.person_keys import is_holder
from scanner.linking.role_words import is_merged
from scanner.subject.keyed_rows import KeyedRows
from scanner.subject.numbers_alike import NumbersAlike
from scanner.subject.numbers_elsewhere import NumbersElsewhere

if TYPE_CHECKING:
    from scanner.subject.records import Records

_ENOUGH, _FEW = 400, 5
"""Records of a number that are looked at, and those of them around which others are."""
_UP = 3


class CustomerNumbers:
    """Resolves them; remembered for one search.

    Args:
        records: Of the search.
        relations: The keys of all tables.
        ownership: Tells what fields are called.
        elsewhere: Tells numbers that stand below rows, or with a name and a day of birth.
    """

    def __init__(
        self, records: Records, relations: KeyedRows, ownership: Ownership, elsewhere: NumbersElsewhere
    ) -> None:
        self._records = records
        self._relations = relations
        self._ownership = ownership
        self._elsewhere = elsewhere
        self._alike = NumbersAlike(records)
        self._known: dict[bytes, frozenset[bytes]] = {}

    def person(self, token: bytes) -> frozenset[bytes]:
        """Whom a number points to; one without a personnummer anywhere points to itself."""
        if token not in self._known:
            self._known[token] = frozenset({token})  # also ends a circle
            standing = self._records.having(token)[:_ENOUGH]
            views = [self._records.view(record) for record, *_ in self._records.ahead(standing)]
            owned = [view for view in views if any(own.token == token for own in view.owned(CUSTOMER_ID))]
            beside = [one for view in owned for one in view.owned(PERSONNUMMER)]
            right = frozenset(one.identity for one in beside if one.trusted)
            numbers = right or frozenset(one.identity for one in beside) or self._around(owned[:_FEW], token)
            self._known[token] = numbers or frozenset({token})
        return self._known[token]

    def _around(self, views: Sequence[View], token: bytes) -> frozenset[bytes]:
        """Whom rows with a customer number are about by those they point to, whose register may call its own just `id`.

        Else by those that point to them; by the row into which an account was merged; by who holds it.
        """
        found = self._numbers_above(views, token) or self._elsewhere.of(views) or self._merged(views)
        found = found or frozenset[bytes]().union(*map(self._records.joint.numbered, views))
        return found or self._alike.of(self._with_above(views))

    def _numbers_above(self, views: Sequence[View], token: bytes) -> frozenset[bytes]:
        """The numbers of the rows that rows point to; else the one number of the rows nearest above those."""
        level = self._of(token, (parent for view in views for parent in self._meant(view, token)))
        found = self._numbers(level)
        for _ in range(_UP - 1 if not found else 0):
            level = self._of(token, (above for row in level for above in self._records.next(row)))
            found = self._numbers(level)
            if found:
                return found if len(found) == 1 else frozenset()
        return found

    def _numbers(self, rows: Collection[int]) -> frozenset[bytes]:
        """The numbers that stand in rows; else of those who hold these, as rows of parties below them tell."""
        views, joint = [self._records.view(row) for row in rows], self._records.joint
        own = frozenset(one.identity for view in views for one in view.owned(PERSONNUMMER))
        own = own or frozenset[bytes]().union(*map(joint.numbered, views))  # of holders, before whom these are told by
        return own or frozenset[bytes]().union(*(joint.holders(view.id) for view in views))

    def _of(self, token: bytes, rows: Iterable[int]) -> frozenset[int]:
        """Rows but those with other customer numbers: a site, whose earlier customer this was."""
        owned = {row: {one.token for one in self._records.view(row).owned(CUSTOMER_ID)} for row in rows}
        return frozenset(row for row, tokens in owned.items() if not tokens or token in tokens)

    def _meant(self, view: View, token: bytes) -> Sequence[int]:
        """The rows that a row points to by a customer number, where it is a key; else by any key."""
        return self.meant(view, token) or [parent for parent, _ in self._records.parents(view.id)]

    def meant(self, view: View, token: bytes) -> Sequence[int]:
        """The rows that a row points to by a customer number that stands in it as a key."""
        fields = {one.field for one in view.owned(CUSTOMER_ID) if one.token == token}
        keys = [(link, key) for field, link in self._records.links(view.id) if field in fields
                for key in self._relations.up.get((view.unit, field), ())]  # fmt: skip
        return [row for link, (unit, field, _) in keys for row in self._relations.one_at((link, unit, field))]

    def is_firms(self, view: View) -> bool:
        """Whether a row points to a firm's row, which is nobody's."""
        keys = ((link, unit, field) for its, link in self._records.links(view.id)
                for unit, field, _ in self._relations.up.get((view.unit, its), ()))  # fmt: skip
        rows = (row for key in keys for row in self._relations.one_at(key))
        return any(self._records.firms.has(self._records.view(row)) for row in rows)

    def is_for_firm(self, view: View) -> bool:
        """Whether a row is a firm's, and but names somebody for attention, without a number or a contact: a bill.

        What somebody holds there, a card that the firm pays, is of that one.
        """
        called = (normal_name(self._ownership.field(one.field)) for one in view.owner.of(NAME))
        return not (any(view.owned(PERSONNUMMER, *CONTACT)) or any(map(is_holder, called))) and self.is_firms(view)

    def _with_above(self, views: Sequence[View]) -> Iterator[View]:
        rows = (row for view in views for row in (view.id, *(parent for parent, _ in self._records.parents(view.id))))
        return map(self._records.view, dict.fromkeys(rows))

    def _merged(self, views: Sequence[View]) -> frozenset[bytes]:
        """Whom the rows are about into which accounts of the same table were merged."""
        into = {
            above
            for view in views
            for field, token in self._records.links(view.id)
            for unit, its_field, _ in self._relations.up.get((view.unit, field), ())
            if unit == view.unit and is_merged(normal_name(self._ownership.field(field)))
            for above in self._relations.one_at((token, unit, its_field))
        }
        return frozenset[bytes]().union(*map(self._records.identities, into))
