"""Whose an e-mail address is that no register knows: of whom the mail gives the number, and is from, by name."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.linking.identity import NAME, PERSONNUMMER, Persona, View
from scanner.subject.records import ENOUGH, Records

_FROM = ("from", "sender", "reply_to")


def told_by(records: Records, view: View, sender: Persona) -> Iterator[bytes]:
    """The personnummer that somebody gives in a mail as the own one, by the name beside it elsewhere.

    Args:
        records: Of the search.
        view: The mail.
        sender: As who wrote it. A mother gives her child's number: the given name tells them apart.
    """
    if not any(one.group.rpartition(".")[2] in _FROM for one in sender.seen):
        return
    names = sender.names or frozenset(one.parts for one in view.seen if one.entity == NAME and one.parts)
    for number in view.told if sender.called else ():
        rows = (records.view(record) for record, *_ in records.having(number)[:ENOUGH])
        owners = (row.owner for row in rows if any(one.identity == number for one in row.owned(PERSONNUMMER)))
        if any(owner.names & names and owner.givens & sender.called for owner in owners):
            yield number
