"""What somebody who answers requests works with: register, search and sources of one installation, as one user.

No printing and no prompting here or in the `case_*` modules: the command line and the pages for support are two faces
of the same functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from connectors import Connector
from recognizers import Analyzer
from reports.policy import Policy
from scanner import audit
from scanner.cases import Register, places
from scanner.cases.model import Case
from scanner.config import Config
from scanner.errors import ConfigError, InsynError
from scanner.sources import connector
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.answer import Searched
from scanner.subject.outcome import Outcome
from scanner.subject.question import Seed, seeds
from scanner.subject.reread import Rereader
from scanner.subject.shown import Shown


class SpecialHandlingError(InsynError):
    """The person's identity is protected: only somebody with that task may see anything."""


@dataclass
class Desk:
    """One installation, as one user works with it.

    Args:
        store: Opened with the installation's key.
        config: Sources and their owners.
        policy: What was promised.
        analyzer: The one that the sources are read with.
        actor: The user; noted with all that is done.
        special: The user may handle protected identities.
        min_score: Findings below are left out.
        names: Masks names of units; None = made when it is asked for.
    """

    store: Store
    config: Config
    policy: Policy
    analyzer: Analyzer
    actor: str = ""
    special: bool = False
    min_score: float = 0.5
    names: Shown | None = None
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.actor = self.actor or audit.actor()
        self.register = Register(self.store, self.actor)

    @cached_property
    def shown(self) -> Shown:
        """Masks names of units for lists and letters."""
        return self.names or Shown(self.store, self.analyzer)

    @contextmanager
    def searched(
        self, case: Case, action: str, identifiers: Sequence[str] = (), included: frozenset[bytes] | None = None
    ) -> Iterator[Searched]:
        """Search for a case's person; logged before anything is looked up. The store is held open meanwhile.

        Args:
            case: Gives the right to look, and the identifiers.
            action: What is done with what is found; for the log.
            identifiers: Instead of the case's; of whoever is asked for by others, nothing has been decided.
            included: Places of records that count as handed out. None: of those that somebody has decided on so.

        Raises:
            ConfigError: nothing is known to search for.
            SpecialHandlingError: the person's identity is protected, and this user has no such task.
            InsynError: the log cannot be written.
        """
        asked = seeds(self.analyzer, self.store.keys, self._identifiers(case, identifiers))
        audit.record(self.store, action, case.number, asked[0].token, by=self.actor)
        self.admit(case.number, protected=case.protected)
        with ExitStack() as stack, self.store.reading() as connection:
            search = Search(self.store, connection, self.min_score)
            outcome = search.find(asked)
            if set(identifiers) <= set(case.identifiers):
                decided = places.included(connection, case.number) if included is None else included
                outcome = self._with_confirmed(search, (asked, outcome), decided)
            rereader = Rereader(search, Connections(self.config, stack), self.store.keys, self.analyzer)
            found = Searched(asked, search, outcome, rereader)
            if found.protected and not case.protected:
                self.register.protect(case.number)
            self.admit(case.number, protected=found.protected)
            yield found

    def _with_confirmed(
        self, search: Search, first: tuple[Sequence[Seed], Outcome], included: frozenset[bytes]
    ) -> Outcome:
        """Search again with the possible records that somebody has decided to hand out: they are the person's.

        What is found only below them may have been decided on, too. A case without such decisions costs one query.
        """
        asked, outcome = first
        confirmed = frozenset[int]()
        while included and (more := places.possible_among(self.store, search, outcome, included) - confirmed):
            confirmed |= more
            outcome = search.find(asked, confirmed)
        return outcome

    def searched_if(self, case: Case, found: Searched, included: frozenset[bytes]) -> Searched:
        """The same search as it would be, if other records of a case were decided to be handed out.

        Args:
            case: Of the search.
            found: What `searched` gave; still open.
            included: As for `searched`.

        Raises:
            SpecialHandlingError: this shows that the person's identity is protected, and the user has no such task.
        """
        first = found.seeds, found.search.find(found.seeds)
        then = replace(found, outcome=self._with_confirmed(found.search, first, included))
        self.admit(case.number, protected=then.protected)
        return then

    def admit(self, number: str, *, protected: bool) -> None:
        """Turn away whoever may not see a person of protected identity.

        Raises:
            SpecialHandlingError: the identity is protected, and this user has no such task.
        """
        if protected and not self.special:
            raise SpecialHandlingError(f"case {number}: special handling; ask somebody with that task")

    @staticmethod
    def _identifiers(case: Case, identifiers: Sequence[str]) -> Sequence[str]:
        found = list(identifiers) or list(case.identifiers)
        if not found:
            raise ConfigError(f"case {case.number}: no identifier to search for; give a personnummer, e-mail, phone …")
        return found


class Connections:
    """Connectors of a configuration, opened when first asked for and closed with their stack."""

    def __init__(self, config: Config, stack: ExitStack) -> None:
        self._config = config
        self._stack = stack
        self._open: dict[str, Connector] = {}

    def __call__(self, name: str) -> Connector:
        """The connector of a source."""
        if name not in self._open:
            self._open[name] = self._stack.enter_context(connector(self._config, name))
        return self._open[name]
