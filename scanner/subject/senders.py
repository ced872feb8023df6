"""Whose an e-mail address is that no register knows: of whom a mail gives number or telephone, and is from, by name."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.linking.identity import NAME, PERSONNUMMER, PHONE, Persona, View
from scanner.linking.ownership import Place
from scanner.subject.bearers import Bearers
from scanner.subject.records import ENOUGH, Records

_FROM = ("from", "sender", "reply_to")


class Senders:
    """Tells who they are.

    Args:
        records: Of the search.
        bearers: Tells with whose numbers a name or a telephone stands.
    """

    def __init__(self, records: Records, bearers: Bearers) -> None:
        self._records = records
        self._bearers = bearers

    def of(self, view: View, sender: Persona) -> Iterator[bytes]:
        """The numbers of whoever wrote a mail, if it tells them.

        Args:
            view: The mail.
            sender: As who wrote it.
        """
        if sender.called and any(one.group.rpartition(".")[2] in _FROM for one in sender.seen):
            yield from self._told(view, sender)
            yield from self._signed(view, sender)

    def _told(self, view: View, sender: Persona) -> Iterator[bytes]:
        """A personnummer of the own name. A mother gives her child's: the given name tells them apart."""
        names = sender.names or frozenset(one.parts for one in view.seen if one.entity == NAME and one.parts)
        for number in view.told:
            rows = (self._records.view(record) for record, *_ in self._records.having(number)[:ENOUGH])
            owners = (row.owner for row in rows if any(one.identity == number for one in row.owned(PERSONNUMMER)))
            if any(owner.names & names and owner.givens & sender.called for owner in owners):
                yield number

    def _signed(self, view: View, sender: Persona) -> Iterator[bytes]:
        """The number of the one person who has the sender's name and a telephone in the text: a signature's."""
        named = frozenset[bytes]().union(*map(self._bearers.numbers, sender.names))
        phones = (one.token for one in view.seen if one.entity == PHONE and one.place is Place.TEXT)
        for phone in phones if named else ():
            both = named & self._bearers.numbers(phone)
            if len(both) == 1 and not any(map(self._is_firms, both)):
                yield from both

    def _is_firms(self, number: bytes) -> bool:
        """Whether it is the customer number of the firm where the sender works."""
        rows = (self._records.view(record) for record, *_ in self._records.having(number)[:ENOUGH])
        return any(map(self._records.firms.has, rows))
