"""Files that are called by a number or key of somebody's row, and the rows whose number a file's path names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from scanner.linking.identity import PERSONNUMMER, View, is_header
from scanner.linking.links import GENERIC, LINK, PATH, normal_name
from scanner.linking.ownership import CUSTOMER_ID, Ownership, Spot
from scanner.linking.path_keys import GLUED, fields_of_paths, glued, marks_of, years
from scanner.store import Store
from scanner.subject import record_queries as queries
from scanner.subject.located import locator
from scanner.subject.stored import Remembered

if TYPE_CHECKING:
    from scanner.subject.records import Records

_RECORDED = frozenset({"rec", "ins", "sam", "tel", "cal", "vox"})
"""Letters before the number of a call in the name of its recording."""
_LONG = 5
"""Digits of a number that does not stand in a file's name by chance."""
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
        self._called: dict[tuple[int, ...], bool] = {}
        self._by_row: Remembered[int, Sequence[int]] = Remembered()

    def in_paths(self, view: View) -> Sequence[int]:
        """Files whose path names a customer number that a record holds as its own, or the key of a person's row."""
        if view.id not in self._by_row:
            self._by_row[view.id] = self._called_as(view) if self._path else ()
        return self._by_row[view.id]

    def _called_as(self, view: View) -> Sequence[int]:
        fields = {one.field for one in view.owned(CUSTOMER_ID)} | self._personal_keys(view)
        values = {"record": view.id, "fields": sorted(fields), "paths": self._path}
        found = self._connection.scalars(queries.IN_PATHS, values).all() if fields else ()
        return tuple(dict.fromkeys((*found, *self._behind_letters(view))))

    def _personal_keys(self, view: View) -> set[int]:
        """Fields of the keys of a row that is somebody's, by which files may be called; no year is one.

        Of a row that names nobody by number (a contract) only a key that stands in no other rows than those below it.
        """
        is_named = any(view.owned(PERSONNUMMER))
        likely = [
            (field, token)
            for field, token in self._possible_keys(view)
            if is_named or self._is_in_paths((view.unit, field), self._path)
        ]
        if likely and not is_named:
            counted = self._counted(view)
            likely = [one for one in likely if self._ownership.field(one[0]) not in counted]
        keys = self._records.keys(view) if likely else ()
        own = ((field, token) for field, token in likely if token in keys and (is_named or self._is_its(view, token)))
        return {field for field, _ in own if normal_name(self._ownership.field(field)) not in GENERIC}

    def _counted(self, view: View) -> set[str]:
        """Columns by which a row is told apart, by a short number: an event's meets a mail's by chance (`0524.eml`)."""
        keys = {name: str(key) for name, key in (locator(self._store.keys, view) or {}).items()}
        return {name for name, key in keys.items() if key.isdecimal() and len(key) < _LONG}

    def _possible_keys(self, view: View) -> Iterator[tuple[int, bytes]]:
        links = self._records.links(view.id)
        return (one for one in links if one[1] not in self._years and one[0] not in self._paths)

    def _behind_letters(self, view: View) -> Iterator[int]:
        """Files called by the key of a row behind letters that its column begins with: `AO45610` of `AONr`."""
        is_call = any(is_header(one.group) for one in view.seen)
        for field, token in self._possible_keys(view) if self._glued else ():
            marks = marks_of(self._ownership.field(field))
            recorded = is_call and not marks and token in self._records.own_keys(view)
            if not (marks or recorded) or not self._is_in_paths((view.unit, field), self._glued):
                continue
            if (recorded or token in self._records.keys(view)) and self._is_its(view, token):
                values = {"record": view.id, "fields": [field], "paths": self._glued}
                found = self._connection.scalars(queries.IN_PATHS, values).all()
                yield from (record for record in found if self._is_marked(record, token, marks or _RECORDED))

    def _is_marked(self, record: int, token: bytes, marks: Collection[str]) -> bool:
        """Whether a number stands in a file's path behind one of some marks."""
        path = self._ownership.unit(self._records.view(record).unit).key
        return any(
            letters in marks and self._store.keys.token(LINK, number) == token for letters, number in glued(path)
        )

    def _is_in_paths(self, column: tuple[int, int], paths: Sequence[int]) -> bool:
        """Whether any file is called by what stands in a column."""
        key = (*column, *paths)
        if key not in self._called:
            values = {"unit": column[0], "field": column[1], "paths": paths}
            self._called[key] = self._connection.execute(queries.CALLED, values).first() is not None
        return self._called[key]

    def _is_its(self, view: View, token: bytes) -> bool:
        """Whether a key stands in a row and those that point to it, else only in files that are called so."""
        found = self._connection.execute(queries.STANDING, {"token": token, "paths": self._paths}).all()
        standing = {record for record, unit, field in found if self._records.is_key(unit, field)}
        if len(standing) > _SOME:
            return False
        apart = standing - {view.id, *(record for record, *_ in self._records.children(view))}
        called = {self._records.view(record).unit for record in self._called_by(token)} if apart else set[int]()
        return all(self._records.view(record).unit in called for record in apart)

    def _called_by(self, token: bytes) -> Sequence[int]:
        """The records of files that are called by a number: what these hold themselves is about the same."""
        return self._connection.scalars(queries.CALLED_BY, {"token": token, "paths": self._paths}).all()

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
        values = {"record": view.id, "fields": self._path, "paths": self._paths}
        found = self._connection.scalars(queries.NAMED_BY_PATH, values)
        return [record for record in found.all() if any(self._records.view(record).owned(CUSTOMER_ID))]

    @cached_property
    def _paths(self) -> list[int]:
        return fields_of_paths(self._store, self._connection)

    @cached_property
    def _path(self) -> list[int]:
        return [field for field in self._paths if self._ownership.field(field) == PATH]

    @cached_property
    def _glued(self) -> list[int]:
        return [field for field in self._paths if self._ownership.field(field) == GLUED]
