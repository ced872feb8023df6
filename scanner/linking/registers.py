"""Tables called `contact`, or as parents are, that are registers of people: each row is somebody's own.

Others are of whom to call in somebody's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select

from scanner.linking.links import called_just_as, normal_name
from scanner.linking.opened import Opened
from scanner.linking.role_words import CONTACT, REACHED, is_contact_person, is_guardians
from scanner.linking.unit_findings import UnitFindings
from scanner.store import Store, schema

CUSTOMER_ID, PERSONNUMMER = "CUSTOMER_ID", "SE_PERSONNUMMER"
_REFERRING = 2
"""Tables that refer to a table called `contact` where it is a register of people."""
_NUMBERED = 0.5
"""Share of the rows of a register that give a personnummer: one in a note makes none."""
_SOME, _RARELY = 0.7, 0.25
"""Share of the people who have a key to a firm, and of a firm's rows that seem to name somebody, at most."""
_MARKED = re.compile(r"(.+)_(?:kontakt|contacts?)")
_ALIKE = 3
"""Tables of a source whose names begin with the same word where it is the mark of a system, or of a part of one."""


class Registers:
    """Answers from the store, remembered for one search.

    Args:
        store: Opens names of tables.
        connection: To it.
        opened: Tells what units are called.
        points_to_role: Whether a key, by unit and field, points to somebody in a role.
    """

    def __init__(
        self, store: Store, connection: Connection, opened: Opened, points_to_role: Callable[[int, int], bool]
    ) -> None:
        self._store = store
        self._connection = connection
        self._opened = opened
        self._points_to_role = points_to_role
        self._findings = UnitFindings(store, connection)
        self._known: dict[int, bool] = {}
        self._tables: dict[str, Sequence[str]] = {}

    def has(self, unit: int) -> bool:
        """`contact`, `parent` of a register: people with numbers, or whom tables refer to, or whose rows point to none.

        A list of whom to call in a customer's place points to the customer. Whatever it is called, so is one of people
        some of whom can be reached at firms: that a telephone is not the firm's does not make it somebody else's.
        """
        if unit not in self._known:
            is_one = self._is_so_called(unit) and self._holds_people(unit)
            self._known[unit] = is_one or self._are_some_at_firms(unit)
        return self._known[unit]

    def _are_some_at_firms(self, unit: int) -> bool:
        keys = [one for one in self._findings.referred(unit) if not self._points_to_role(unit, one[0])]
        if not keys or not self._findings.named(unit):
            return False
        return all(self._findings.filled(unit, field) <= _SOME and not self._names(ref) for field, ref in keys)

    def _names(self, unit: int) -> bool:
        """Whether the rows of a table name people otherwise than as contacts."""
        named = self._findings.named(unit)
        fields = [field for field in named if not is_contact_person(self._opened.parts(field)[-1])]
        numbered = any(self._findings.share(unit, entity) >= _NUMBERED for entity in (PERSONNUMMER, CUSTOMER_ID))
        return numbered or self._findings.share_named(unit, fields) > _RARELY

    def _is_so_called(self, unit: int) -> bool:
        is_table = self._opened.unit(unit).kind == "table"
        name = self._opened.unit(unit).key.rpartition("/")[2]
        called = normal_name(name.rpartition(".")[2] if is_table else name)
        marked = _MARKED.fullmatch(called) if is_table else None
        named = bool(CONTACT.fullmatch(called)) or (is_table and is_guardians(called))
        return named or bool(marked and self._is_mark(unit, marked))

    def _is_mark(self, unit: int, marked: re.Match[str]) -> bool:
        """Whether a word before `contact` is a system's: `crm_contact` beside `crm_case`, not `site_contact`."""
        if REACHED.search(marked.group()):
            return False
        tables = self._beside(self._opened.unit(unit).source)
        alike = [name for name in tables if name.startswith(f"{marked.group(1)}_")]
        return len(alike) >= _ALIKE and not any(called_just_as(marked.group(1), name) for name in tables)

    def _beside(self, source: str) -> Sequence[str]:
        """Normalised names of all tables of a source, without their schemas."""
        if source not in self._tables:
            unit = schema.unit.c
            query = select(unit.key).join(schema.source, schema.source.c.id == unit.source_id)
            keys = self._connection.scalars(query.where(schema.source.c.name == source, unit.kind == "table"))
            names = map(self._store.keys.unseal, keys)
            self._tables[source] = [normal_name(name.rpartition(".")[2]) for name in names]
        return self._tables[source]

    def _holds_people(self, unit: int) -> bool:
        points = any(not self._points_to_role(unit, field) for field in self._findings.keys(unit))
        listed = self._findings.share(unit, CUSTOMER_ID) > 0
        alone = not listed and (not points or self._findings.referring(unit) >= _REFERRING)
        return alone or self._findings.share(unit, PERSONNUMMER) >= _NUMBERED
