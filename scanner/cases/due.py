"""Packages whose day has come are deleted: by `insyn case tidy`, and by whatever runs all day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping, select, update

from reports.dates import today
from scanner.cases import Register
from scanner.cases.model import Package
from scanner.cases.package import DIRECTORY, package
from scanner.cases.package_archive import remove
from scanner.config import Config
from scanner.store import Store, now
from scanner.store.case_schema import case_package, subject_case


@dataclass(frozen=True, slots=True)
class Tidied:
    """What became of the packages whose day had come."""

    deleted: list[Package]
    left: list[str]
    """What could not be deleted, and why, a line each; it is tried again the next time."""


def delete_due(config: Config, store: Store, actor: str, on: date | None = None) -> Tidied:
    """Delete the packages whose day has come; the case notes it with the archive's digest, as a certificate.

    Args:
        config: Says where packages lie.
        store: Knows which there are.
        actor: Who does it.
        on: None: today.
    """
    day = on or today()
    gone = case_package.c.deleted_at == ""
    query = select(case_package).where(gone, case_package.c.delete_on <= day.isoformat())
    with store.reading() as connection:
        rows = connection.execute(query.order_by(case_package.c.id)).mappings().all()
    deleted, left = [], []
    for row in rows:
        try:
            remove(config.directory / DIRECTORY / row["file"])
        except OSError as error:
            left.append(f"{DIRECTORY}/{row['file']}: is due and could not be deleted ({error.strerror})")
            continue
        if _noted(store, row, actor):
            deleted.append(package(row))
    return Tidied(deleted, left)


def _noted(store: Store, row: RowMapping, actor: str) -> bool:
    """Whether it was this call that deleted it: several run side by side."""
    mine = (case_package.c.id == row["id"], case_package.c.deleted_at == "")
    with store.transaction() as connection:
        if not connection.execute(update(case_package).where(*mine).values(deleted_at=now())).rowcount:
            return False
        number = connection.scalar(select(subject_case.c.number).where(subject_case.c.id == row["case_id"]))
        Register(store, actor).note(connection, str(number), "package deleted", row["sha256"])
    return True
