"""What humans have to do before an answer is complete: ask owners, open what could not be read, listen and look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sqlalchemy import Connection, RowMapping, insert, select, update

from connectors import State as UnitState
from scanner.cases import case_id
from scanner.cases.desk import Desk
from scanner.cases.model import Task, TaskKind, TaskState
from scanner.errors import ConfigError
from scanner.reporting.overview import unreached
from scanner.store import now, schema
from scanner.store.case_schema import case_answer, case_task
from scanner.subject.answer import Searched

Planned = tuple[TaskKind, str, str]
"""Kind, source, unit ("" = the source as a whole)."""
_DECLARED = "declared"
_READ = (UnitState.SCANNED, UnitState.UNCHANGED, UnitState.SKIPPED)
_ONE_BY_ONE = 20
"""With more unread units than this the source is one task."""
_SEEN_OR_HEARD = frozenset(
    {"wav", "mp3", "m4a", "ogg", "opus", "flac", "amr", "gsm", "mp4", "mov", "avi", "mkv", "jpg", "jpeg", "png", "gif",
     "tif", "tiff", "bmp", "webp", "heic"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that somebody handed in as the answer to a task."""

    task: int
    name: str
    content: bytes = field(repr=False)
    at: str
    by: str


def to_listen(found: Searched) -> list[Planned]:
    """Recordings and pictures of the person: a human judges what others can be heard or seen in them."""
    planned = []
    for hit in found.outcome.hits.values():
        unit = found.search.ownership.unit(hit.unit)
        if needs_human(unit.key):
            planned.append((TaskKind.LISTEN, unit.source, unit.key))
    return list(dict.fromkeys(planned))


def needs_human(unit: str) -> bool:
    """Whether a file is sound or picture."""
    return PurePosixPath(unit).suffix.lower().removeprefix(".") in _SEEN_OR_HEARD


def plan(desk: Desk, number: str, more: list[Planned]) -> int:
    """Enter the tasks that a case needs and that are not entered yet.

    Returns:
        How many are still open.
    """
    planned = [*_declared(desk), *_unread(desk), *more]
    seal = desk.store.keys.seal
    with desk.store.transaction() as connection:
        case = case_id(connection, number)
        query = select(case_task.c.kind, case_task.c.source, case_task.c.unit).where(case_task.c.case_id == case)
        known = {tuple(row) for row in connection.execute(query)}
        for kind, source, unit in dict.fromkeys(planned):
            if (kind.value, source, seal(unit)) not in known:
                row = {"case_id": case, "kind": kind, "source": source, "unit": seal(unit), "state": TaskState.OPEN}
                connection.execute(insert(case_task).values(row | {"owner": _owner(desk, source)}))
    return sum(task.state is TaskState.OPEN for task in listed(desk, number))


def _owner(desk: Desk, source: str) -> str:
    known = desk.config.sources.get(source)
    return known.owner if known else ""


def _declared(desk: Desk) -> Iterator[Planned]:
    for name, source in desk.config.sources.items():
        if source.type == _DECLARED:
            yield TaskKind.DECLARED, name, ""


def _unread(desk: Desk) -> Iterator[Planned]:
    """Units that were not read whole, and sources that were never scanned, or that the last scan did not reach."""
    unit, source = schema.unit, schema.source
    query = select(source.c.name, unit.c.key).join(source, source.c.id == unit.c.source_id)
    with desk.store.reading() as connection:
        scanned = set(connection.scalars(select(source.c.name)).all()) - unreached(connection)
        rows = connection.execute(query.where(unit.c.state.not_in(_READ)).order_by(unit.c.id)).all()
    unread = [(name, desk.store.keys.unseal(key)) for name, key in rows if name in desk.config.sources]
    counts = Counter(name for name, _ in unread)
    yield from ((TaskKind.UNREAD, name, key if counts[name] <= _ONE_BY_ONE else "") for name, key in unread)
    for name, entry in desk.config.sources.items():
        if name not in scanned and entry.type != _DECLARED:
            yield TaskKind.UNREAD, name, ""


def listed(desk: Desk, number: str) -> list[Task]:
    """The tasks of a case, in the order in which they were entered."""
    with desk.store.reading() as connection:
        query = select(case_task).where(case_task.c.case_id == case_id(connection, number)).order_by(case_task.c.id)
        return [_task(desk, row) for row in connection.execute(query).mappings()]


def _task(desk: Desk, row: RowMapping) -> Task:
    unseal = desk.store.keys.unseal
    return Task(
        id=row["id"],
        kind=TaskKind(row["kind"]),
        source=row["source"],
        unit=unseal(row["unit"]),
        owner=row["owner"],
        state=TaskState(row["state"]),
        note=unseal(row["note"]) if row["note"] else "",
        by=row["by"],
        at=row["at"],
    )


def answer(desk: Desk, number: str, task: int, note: str, files: Iterable[tuple[str, bytes]] = ()) -> None:
    """Note what came of a task; files that are handed in go into the package as they are.

    Args:
        desk: Who works, with what.
        number: Of the case.
        task: Its id.
        note: What was found, in words for the person: "nothing", "two pages".
        files: Name and content of each; two may be called the same.
    """
    with desk.store.transaction() as connection:
        _settle(connection, desk, number, task, (TaskState.ANSWERED, note))
        for name, content in files:
            row = {"task_id": task, "name": desk.store.keys.seal(name), "content": desk.store.keys.seal_bytes(content)}
            connection.execute(insert(case_answer).values(row | {"at": now(), "by": desk.actor}))


def waive(desk: Desk, number: str, task: int, reason: str) -> None:
    """Decide that a task is left undone; the package tells the person, with the reason.

    Raises:
        ConfigError: there is no reason.
    """
    if not reason.strip():
        raise ConfigError(f"case {number}: task {task}: give the reason; the person is told it")
    with desk.store.transaction() as connection:
        _settle(connection, desk, number, task, (TaskState.WAIVED, reason))


def _settle(connection: Connection, desk: Desk, number: str, task: int, outcome: tuple[TaskState, str]) -> None:
    state, note = outcome
    wanted = update(case_task).where(case_task.c.id == task, case_task.c.case_id == case_id(connection, number))
    values = {"state": state, "note": desk.store.keys.seal(note), "by": desk.actor, "at": now()}
    if connection.execute(wanted.values(**values)).rowcount != 1:
        raise ConfigError(f"case {number}: there is no task {task}")
    desk.register.note(connection, number, f"task {state}", str(task))


def handed_in(desk: Desk, number: str) -> Iterator[HandedIn]:
    """The files that were handed in for a case, one at a time."""
    table = case_answer
    query = select(table.c.id).join(case_task, case_task.c.id == table.c.task_id).order_by(table.c.id)
    with desk.store.reading() as connection:
        numbers = connection.scalars(query.where(case_task.c.case_id == case_id(connection, number))).all()
    for one in numbers:
        with desk.store.reading() as connection:
            row = connection.execute(select(table).where(table.c.id == one)).mappings().one()
        keys = desk.store.keys
        yield HandedIn(
            row["task_id"], keys.unseal(row["name"]), keys.unseal_bytes(row["content"]), row["at"], row["by"]
        )
