"""Sources that no connector reaches (a supplier, paper, back-ups): part of every coverage, asked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.base import Batch, Check, Connector, State, Unit, Unread


class DeclaredConnector(Connector):
    """A source that somebody has to be asked about. Nothing of it is read."""

    def __init__(self, *, categories: Sequence[str] = (), contact: str = "") -> None:
        """Take what is known of the source.

        Args:
            categories: Ids of the policy's categories that are held there.
            contact: Whom to ask.
        """
        self.categories = tuple(categories)
        self.contact = contact

    def check(self) -> Check:
        """There is nothing to reach."""
        return Check(0, 0, notes=("declared: asked by hand in every case",))

    def units(self) -> Iterator[Unit | Unread]:
        """One unit, which is never read: the source itself."""
        yield Unread("", State.SKIPPED, "declared")

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Nothing can be read."""
        yield Unread(unit.key, State.SKIPPED, "declared")
