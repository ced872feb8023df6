"""The access package of a case, built as an encrypted archive. What follows is in `scanner.cases.delivery`."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from sqlalchemy import RowMapping, insert, select

from reports.case import data
from reports.case.model import Summary
from reports.case.page import page
from reports.case.pdf import PdfMissingError, pdf
from reports.case.sections import package as chapters
from reports.dates import today
from reports.language import translator
from scanner.cases import case_id
from scanner.cases import hits as case_hits
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.cases.model import Case, Package, State, TaskState
from scanner.cases.package_archive import password_file, remove, write
from scanner.cases.package_entries import Entries
from scanner.cases.package_summary import summary
from scanner.cases.spool import Spool
from scanner.errors import ConfigError, InsynError
from scanner.store import now
from scanner.store.case_schema import case_package

DIRECTORY = "packages"
"""Beside the configuration."""
BUILT = "package built"
"""The event of a case, with the archive's digest."""
KEPT = timedelta(days=90)
"""A package that nobody delivers; a delivered one is deleted earlier."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


_NEEDED = {"encrypted": "pyzipper", "pdf": "typst"}
"""Extra -> its package, which no answer is built without."""


class OpenTasksError(ConfigError):
    """Tasks of the case are open, and nobody has decided to answer without them."""


@dataclass(frozen=True, slots=True)
class Built:
    """A package just built. The password is shown once, and kept until the release: `scanner.cases.preview`."""

    package: Package
    path: Path
    password: str = field(repr=False)


def draft(desk: Desk, number: str) -> Iterator[bytes]:
    """`uppgifter.html` as it would be if the package were built now, piece by piece.

    Raises:
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    case = desk.register.get(number)
    with _made(desk, case, "case preview", "") as (made, spool):
        yield from _html(desk, case, made, spool)


def missing(desk: Desk, number: str) -> list[str]:
    """What keeps the package of a case from being complete: open tasks, in words."""
    tasks = [task for task in case_tasks.listed(desk, number) if task.state is TaskState.OPEN]
    return [f"{task.kind}: {task.source}" + (f": {desk.shown(task.unit)}" if task.unit else "") for task in tasks]


def build(desk: Desk, number: str, *, because: str = "") -> Built:
    """Build the package of a case as an encrypted archive beside the configuration.

    Args:
        desk: Who works, with what.
        number: Of the case.
        because: The decision to answer although something is missing, with its reason; the person is told.

    Raises:
        OpenTasksError: tasks are open and nothing was decided about them.
        ConfigError: a source cannot be reached and nothing was decided about it, the case is not open, or an extra is
            not installed.
        InsynError: the archive cannot be written.
    """
    case = desk.register.get(number)
    if case.state is not State.OPEN:
        raise ConfigError(f"case {number}: is {case.state}; a package is built while it is open")
    _installed()
    lacking = missing(desk, number)
    if lacking and not because.strip():
        are = "task is" if len(lacking) == 1 else "tasks are"
        raise OpenTasksError(f"case {number}: {len(lacking)} {are} open; settle them, or decide to answer without")
    password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(5))
    with _made(desk, case, "case package", because) as (made, spool):
        if made.unreachable and not because.strip():
            raise ConfigError(
                f"case {number}: {', '.join(made.unreachable)} cannot be reached; try again, or decide otherwise"
            )
        path = _path(desk, number)
        digest = write(path, password, _files(desk, case, made, spool))
    _keep(path, desk.store.keys.seal(password))
    return Built(_register(desk, number, (path, digest, made.complete)), path, password)


def _installed() -> None:
    """Say at once of all extras that are lacking, before anything is searched for."""
    lacking = [extra for extra, module in _NEEDED.items() if find_spec(module) is None]
    if lacking:
        modules = " and ".join(_NEEDED[extra] for extra in lacking)
        raise ConfigError(f"the package needs {modules}: pip install 'insyn[{','.join(lacking)}]'")


@contextmanager
def _made(desk: Desk, case: Case, action: str, because: str) -> Iterator[tuple[Summary, Spool]]:
    """Search, read again and mask into a spool; the summary is made when all is in it."""
    with Spool() as spool:
        yield _gathered(desk, case, action, because, spool), spool


def _gathered(desk: Desk, case: Case, action: str, because: str, spool: Spool) -> Summary:
    """Fill the spool; what the search has in memory is let go before the files are written."""
    with desk.searched(case, action) as found:
        entries = Entries(desk, found, case_hits.decided(desk, case.number), translator(case.language))
        for entry in entries:
            spool.put(entry)
        lacks = missing(desk, case.number) or found.rereader.down
        return summary(desk, case, found, entries.counts, because=because if lacks else "")


def _html(desk: Desk, case: Case, made: Summary, spool: Spool) -> Iterator[bytes]:
    document = chapters(made, translator(case.language))
    return page(document, spool, lambda id: desk.policy.label(id, case.language))


def _files(desk: Desk, case: Case, made: Summary, spool: Spool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Names and contents of the package's files; the manifest is added by who writes them."""
    lang = translator(case.language)
    try:
        yield "brev.pdf", [pdf(chapters(made, lang))]
    except PdfMissingError as error:
        raise ConfigError(str(error)) from None
    yield "uppgifter.html", _html(desk, case, made, spool)
    yield "uppgifter.json", data.as_json(made, spool)
    yield "uppgifter.schema.json", [json.dumps(data.SCHEMA, indent=1).encode()]
    yield "uppgifter.csv", data.as_csv(spool, lambda id: desk.policy.label(id, case.language), lang)
    for at, one in enumerate(case_tasks.handed_in(desk, case.number), 1):
        yield f"bilagor/{at:02d}-{PurePosixPath(one.name).name}", [one.content]


def _path(desk: Desk, number: str) -> Path:
    directory = desk.config.directory / DIRECTORY
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise InsynError(f"{directory}: cannot be made ({error.strerror})") from None
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in number)
    return directory / f"{safe}-{secrets.token_hex(4)}.zip"


def _keep(path: Path, sealed: bytes) -> None:
    """Put a password by, so that a second person can see what is in the archive before it is released."""
    try:
        with os.fdopen(os.open(password_file(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
    except OSError as error:
        remove(path)
        raise InsynError(f"the package {path.name} cannot be written ({error.strerror})") from None


def _register(desk: Desk, number: str, built: tuple[Path, str, bool]) -> Package:
    path, digest, complete = built
    delete_on = today() + KEPT
    with desk.store.transaction() as connection:
        row = {"case_id": case_id(connection, number), "file": path.name, "sha256": digest, "complete": complete}
        row |= {"built_by": desk.actor, "built_at": now(), "delete_on": delete_on.isoformat()}
        connection.execute(insert(case_package).values(row))
        desk.register.note(connection, number, BUILT, digest)
    return packages(desk, number)[-1]


def packages(desk: Desk, number: str) -> list[Package]:
    """The packages of a case, oldest first."""
    with desk.store.reading() as connection:
        query = select(case_package).where(case_package.c.case_id == case_id(connection, number))
        return [package(row) for row in connection.execute(query.order_by(case_package.c.id)).mappings()]


def package(row: RowMapping) -> Package:
    """A row of the table as its type."""
    values = {key: row[key] for key in row if key not in ("case_id", "delete_on")}
    return Package(**values, delete_on=date.fromisoformat(row["delete_on"]))
