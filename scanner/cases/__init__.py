"""The register of requests: opened, identified, extended, closed. Everything personal in it is sealed.

Any channel starts the clock; nothing but the day of receipt is needed to open a case (Art. 12 GDPR).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from reports.dates import today
from scanner.cases.model import (
    Case,
    Channel,
    Event,
    Extension,
    Identity,
    Mandate,
    NewCase,
    Outcome,
    Representative,
    Right,
    State,
)
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.case_schema import case_event, subject_case

ASKED, REPLACED = "identifiers", "identifiers replaced"
"""The events of a case that asks for something: the second, where it no longer does for all that it did before."""


class Register:
    """The cases of one store, as one user works with them.

    Args:
        store: Where they are kept.
        actor: Who works: noted with everything that is done.
    """

    def __init__(self, store: Store, actor: str) -> None:
        self.store = store
        self.actor = actor

    def open(self, new: NewCase) -> Case:
        """Register a request.

        Raises:
            ConfigError: there is a case with that number.
        """
        with self.store.transaction() as connection:
            number = new.number.strip() or self._next(connection, new.received.year)
            if connection.scalar(select(subject_case.c.id).where(subject_case.c.number == number)) is not None:
                raise ConfigError(f"case {number}: is registered already")
            row = {
                "number": number, "right": new.right, "channel": new.channel, "received": new.received.isoformat(),
                "role": new.role, "language": new.language, "state": State.OPEN, "opened_by": self.actor,
                "opened_at": now(), "sealed": self._seal(_private(new)),
            }  # fmt: skip
            connection.execute(insert(subject_case).values(row))
            self.note(connection, number, "opened", new.right)
        return self.get(number)

    @staticmethod
    def _next(connection: Connection, year: int) -> str:
        numbers = connection.scalars(select(subject_case.c.number).where(subject_case.c.number.like(f"{year}-%"))).all()
        used = [int(tail) for tail in (number.partition("-")[2] for number in numbers) if tail.isdecimal()]
        return f"{year}-{max(used, default=0) + 1:04d}"

    def ensure(self, number: str, right: Right = Right.ACCESS) -> Case:
        """The case with a number; an outside reference that is new is registered as of today."""
        with self.store.reading() as connection:
            known = connection.scalar(select(subject_case.c.id).where(subject_case.c.number == number.strip()))
        if known is None:
            return self.open(NewCase(today(), right=right, number=number.strip()))
        return self.get(number)

    def get(self, number: str) -> Case:
        """A case.

        Raises:
            ConfigError: there is none with that number.
        """
        with self.store.reading() as connection:
            row = connection.execute(select(subject_case).where(subject_case.c.number == number.strip())).mappings()
            found = row.one_or_none()
        if found is None:
            raise ConfigError(f"case {number.strip()}: not registered; `insyn case list` shows those that are")
        return self._case(found)

    def listed(self, *, closed: bool = False) -> list[Case]:
        """Cases, the most urgent first; those that are closed only when asked for."""
        query = select(subject_case).order_by(subject_case.c.id)
        if not closed:
            query = query.where(subject_case.c.state != State.CLOSED)
        with self.store.reading() as connection:
            found = [self._case(row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda case: (case.state == State.CLOSED, case.deadline.planned, case.number))

    def identify(self, number: str, level: Identity, how: str = "") -> Case:
        """Note how well the identity of who asks is known, and how that was found out; never a copy of a document."""
        return self._change(number, "identified", f"{level.name.lower()}: {how}", identity=int(level))

    def represent(self, number: str, representative: Representative | None, how: str = "") -> Case:
        """Note who acts for the person, whether the mandate was checked, and how; never a copy of it.

        Args:
            number: Of the case.
            representative: None: nobody does.
            how: What was seen: the power of attorney of a day, an extract of the register of guardians.

        Raises:
            ConfigError: the representative has no name, the mandate was checked and nobody says how, or the answer is
                released already.
        """
        case = self.get(number)
        if case.state is not State.OPEN:
            raise ConfigError(f"case {number}: is {case.state} already")
        if representative and not representative.name.strip():
            raise ConfigError(f"case {number}: give the name of whoever acts for the person")
        if representative and representative.checked_on and not how.strip():
            raise ConfigError(f"case {number}: say what was seen of the mandate")
        sealed = _private(case) | {"representative": representative and asdict(representative)}
        kind = representative.kind if representative else "none"
        return self._change(number, "represented", f"{kind}: {how}", sealed=sealed)

    def ask(self, number: str, identifiers: Sequence[str], *, replaced: bool = False) -> Case:
        """Set the identifiers that are searched for: to more of them, or to others, so that earlier ones are replaced.

        What was decided hangs on them: see `scanner.cases.asking`.
        """
        sealed = self._private_of(number) | {"identifiers": list(identifiers)}
        return self._change(number, REPLACED if replaced else ASKED, str(len(identifiers)), sealed=sealed)

    def describe(self, number: str, *, role: str | None = None, **private: str) -> Case:
        """Set `name` or `contact` of who asks, or what the person is to the company: a role of the policy."""
        columns = {} if role is None else {"role": role}
        sealed = self._private_of(number) | private
        return self._change(number, "described", ", ".join((*columns, *private)), sealed=sealed, **columns)

    def extend(self, number: str, why: Extension) -> Case:
        """Extend the time by two months; the person is told, with the reason, within the first month.

        Raises:
            ConfigError: it is extended already, or the first month has passed.
        """
        case = self.get(number)
        if case.extended:
            raise ConfigError(f"case {number}: the time is extended already")
        if today() > case.deadline.latest:
            raise ConfigError(f"case {number}: the first month has passed; it can no longer be extended (Art. 12(3))")
        return self._change(number, "extended", why, extended=why)

    def protect(self, number: str) -> Case:
        """Mark the case as one of protected identity."""
        return self._change(number, "protected", "", protected=True)

    def close(self, number: str, outcome: Outcome, why: str = "") -> Case:
        """Close a case; what was held for it is free again.

        Raises:
            ConfigError: it is closed, or it is to be refused without a reason (Art. 12(4)).
        """
        if self.get(number).state is State.CLOSED:
            raise ConfigError(f"case {number}: is closed already")
        if outcome is Outcome.REFUSED and not why.strip():
            raise ConfigError(f"case {number}: a refusal needs a reason (Art. 12(4) GDPR)")
        return self._change(number, "closed", why, state=State.CLOSED, outcome=outcome, closed_at=now())

    def set_state(self, number: str, state: State, **columns: Any) -> Case:
        """Note that a case has come further."""
        return self._change(number, state, "", state=state, **columns)

    def events(self, number: str) -> list[Event]:
        """What happened in a case, oldest first."""
        with self.store.reading() as connection:
            query = select(case_event).where(case_event.c.case_id == case_id(connection, number))
            rows = connection.execute(query.order_by(case_event.c.id)).mappings().all()
        return [Event(row["at"], row["by"], row["what"], self._unseal(row["detail"])) for row in rows]

    def note(self, connection: Connection, number: str, what: str, detail: str = "") -> None:
        """Add an event in the caller's transaction."""
        row = {"case_id": case_id(connection, number), "at": now(), "by": self.actor, "what": what}
        connection.execute(insert(case_event).values(row | {"detail": self.store.keys.seal(detail)}))

    def _change(self, number: str, what: str, detail: str, **columns: Any) -> Case:
        if "sealed" in columns:
            columns["sealed"] = self._seal(columns["sealed"])
        with self.store.transaction() as connection:
            known = case_id(connection, number)
            connection.execute(update(subject_case).where(subject_case.c.id == known).values(**columns))
            self.note(connection, number, what, detail)
        return self.get(number)

    def _private_of(self, number: str) -> dict[str, Any]:
        return _private(self.get(number))

    def _seal(self, private: Mapping[str, Any]) -> bytes:
        return self.store.keys.seal(json.dumps(private, ensure_ascii=False))

    def _unseal(self, sealed: bytes | None) -> str:
        return self.store.keys.unseal(sealed) if sealed else ""

    def _case(self, row: RowMapping) -> Case:
        private = json.loads(self.store.keys.unseal(row["sealed"]))
        representative = private["representative"]
        return Case(
            number=row["number"],
            right=Right(row["right"]),
            channel=Channel(row["channel"]),
            received=date.fromisoformat(row["received"]),
            role=row["role"],
            language=row["language"],
            state=State(row["state"]),
            identity=Identity(row["identity"]),
            protected=row["protected"],
            extended=Extension(row["extended"]) if row["extended"] else None,
            opened_by=row["opened_by"],
            opened_at=row["opened_at"],
            released_by=row["released_by"],
            closed_at=row["closed_at"],
            outcome=row["outcome"],
            identifiers=tuple(private["identifiers"]),
            name=private["name"],
            contact=private["contact"],
            representative=_representative(representative) if representative else None,
        )


def _representative(told: Mapping[str, str]) -> Representative:
    return Representative(Mandate(told["kind"]), told["name"], told["checked_by"], told["checked_on"])


def case_id(connection: Connection, number: str) -> int:
    """Number of a case's row.

    Raises:
        ConfigError: there is no such case.
    """
    found = connection.scalar(select(subject_case.c.id).where(func.trim(subject_case.c.number) == number.strip()))
    if found is None:
        raise ConfigError(f"case {number.strip()}: not registered; `insyn case list` shows those that are")
    return int(found)


def _private(case: NewCase | Case) -> dict[str, Any]:
    representative = case.representative
    return {
        "identifiers": list(case.identifiers),
        "name": case.name,
        "contact": case.contact,
        "representative": representative and asdict(representative),
    }
