"""Files that are called by a number or key of somebody's row, and the rows whose number a file's path names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from scanner.linking.identity import PERSONNUMMER, View
from scanner.linking.links import GENERIC, LINK, PATH, normal_name
from scanner.linking.ownership import CUSTOMER_ID, Ownership, Spot
from scanner.linking.path_keys import years
from scanner.store import Store
from scanner.subject import record_queries as queries

if TYPE_CHECKING:
    from scanner.subject.records import Records

_SOME = 200
"""Rows that may have a key and be all one's own."""
_LOOKED_AT = 1_000
"""Records with a name of which it is looked at whether they are files of one folder."""


class NamedFiles:
    """Leads from rows to files, and back.

    Args:
        store: Of the search.
        connection: Of the search.
        ownership: Tells what fields are called.
        records: Of the search.
    """

    def __init__(self, store: Store, connection: Connection, ownership: Ownership, records: Records) -> None:
        self._store = store
        self._connection = connection
        self._ownership = ownership
        self._records = records
        self._called: dict[tuple[int, int], bool] = {}

    def in_paths(self, view: View) -> Sequence[int]:
        """Files whose path names a customer number that a record holds as its own, or the key of a person's row."""
        fields = {one.field for one in view.owned(CUSTOMER_ID)} | self._personal_keys(view) if self._paths else ()
        values = {"record": view.id, "fields": sorted(fields), "paths": self._paths}
        return self._connection.scalars(queries.IN_PATHS, values).all() if fields else []

    def _personal_keys(self, view: View) -> set[int]:
        """Fields of the keys of a row that is somebody's, by which files may be called; no year is one.

        Of a row that names nobody by number (a contract) only a key that stands in no other rows than those below it.
        """
        is_named = any(view.owned(PERSONNUMMER))
        likely = [
            (field, token)
            for field, token in self._records.links(view.id)
            if token not in self._years
            and field not in self._paths
            and (is_named or self._is_in_paths(view.unit, field))
        ]
        keys = self._records.keys(view) if likely else ()
        own = ((field, token) for field, token in likely if token in keys and (is_named or self._is_its(view, token)))
        return {field for field, _ in own if normal_name(self._ownership.field(field)) not in GENERIC}

    def _is_in_paths(self, unit: int, field: int) -> bool:
        """Whether any file is called by what stands in a column."""
        if (unit, field) not in self._called:
            values = {"unit": unit, "field": field, "paths": self._paths}
            self._called[unit, field] = self._connection.execute(queries.CALLED, values).first() is not None
        return self._called[unit, field]

    def _is_its(self, view: View, token: bytes) -> bool:
        """Whether a key stands in a row and those that point to it, and nowhere else."""
        standing = self._connection.scalars(queries.STANDING, {"token": token, "paths": self._paths}).all()
        return len(standing) <= _SOME and set(standing) <= {
            view.id,
            *(record for record, *_ in self._records.children(view)),
        }

    def filed_with(self, view: View, name: bytes) -> frozenset[bytes]:
        """Whom other files are about that lie in the same folder, if that is called by a name: `Ek, Anna/scan2.pdf`."""
        folder = self._folder(view.unit)
        named = any(one.field in self._paths and one.has(name) for one in view.seen)
        if not named or not any(name in one.tokens and one.end <= len(folder) for one in self._in_path(view)):
            return frozenset()
        standing = (one for one in self._records.having(name)[:_LOOKED_AT] if one[2] in self._paths)
        beside = (record for record, unit, *_ in standing if record != view.id and self._folder(unit) == folder)
        return frozenset[bytes]().union(*map(self._records.identities, beside))

    def _in_path(self, view: View) -> Iterator[Spot]:
        return (one for one in self._records.spots(view.id) if one.field == PATH)

    def _folder(self, unit: int) -> str:
        return self._ownership.unit(unit).key.partition("!/")[0].rpartition("/")[0]

    @cached_property
    def _years(self) -> frozenset[bytes]:
        return frozenset(self._store.keys.token(LINK, year) for year in years())

    def named_by_path(self, view: View) -> list[int]:
        """Records that hold as their own a customer number that a file's path names."""
        paths = self._paths
        found = self._connection.scalars(queries.NAMED_BY_PATH, {"record": view.id, "fields": paths, "paths": paths})
        return [record for record in found.all() if any(self._records.view(record).owned(CUSTOMER_ID))]

    @cached_property
    def _paths(self) -> list[int]:
        number = self._store.field_names.find(self._connection, self._store.keys.seal(PATH))
        return [] if number is None else [number]
