"""`insyn case …`: the register of requests on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

from recognizers import Analyzer
from reports.case.page import page
from reports.case.pdf import PdfMissingError, pdf
from reports.dates import today
from reports.lines import table
from scanner import config as configuration
from scanner.audit import actor
from scanner.cases import delivery as case_delivery
from scanner.cases import hits as case_hits
from scanner.cases import letters as case_letters
from scanner.cases import package as case_package
from scanner.cases import preview as case_preview
from scanner.cases import tasks as case_tasks
from scanner.cases import worklists
from scanner.cases.calendar import first_day, sheet
from scanner.cases.desk import Desk
from scanner.cases.due import delete_due
from scanner.cases.model import Case, Channel, Decision, Extension, Identity, NewCase, Outcome, Right
from scanner.console import one_of, say, write
from scanner.errors import ConfigError, InsynError
from scanner.subject.question import MISTYPED
from scanner.workflow import opened, policy

E = TypeVar("E", bound=Enum)
FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Given:
    """Options of `case new`."""

    received: str
    channel: str
    right: str
    number: str
    name: str
    contact: str
    language: str


@contextmanager
def _desk(path: Path, *, special: bool = False) -> Iterator[Desk]:
    config = configuration.load(path)
    with opened(config) as store:
        yield Desk(store, config, policy(config), Analyzer(), special=special)


def _chosen(kind: type[E], option: str, value: str) -> E:
    names = {str(one.value) if isinstance(one.value, str) else one.name.lower(): one for one in kind}
    return names[one_of(option, value, tuple(names))]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise ConfigError(f"--received: {text} is no day; expected YYYY-MM-DD") from None


def new(path: Path, identifiers: Sequence[str], given: Given) -> None:
    """Register a request and tell its number and deadline."""
    request = NewCase(
        _day(given.received),
        channel=_chosen(Channel, "--channel", given.channel),
        right=_chosen(Right, "--right", given.right),
        number=given.number,
        identifiers=tuple(identifiers),
        name=given.name,
        contact=given.contact.replace("\\n", "\n"),
        language=one_of("--language", given.language, ("sv", "en")),
    )
    with _desk(path) as desk:
        case = desk.register.open(request)
    _tell(f"case {case.number}: {_due(case)}")


def _due(case: Case) -> str:
    due = case.deadline
    off = f" ({due.because})" if due.because else ""
    planned = f", plan for {due.planned}" if due.planned != due.due else ""
    return f"due {due.due}{off}{planned}"


def listed(path: Path, format: str, *, closed: bool) -> None:
    """Print the cases."""
    one_of("--format", format, FORMATS)
    with _desk(path) as desk:
        cases = desk.register.listed(closed=closed)
    if format == "json":
        _json([_case(case) for case in cases])
        return
    rows = [[c.number, c.right, str(c.received), str(c.deadline.planned), _left(c, today()), c.state] for c in cases]
    _lines(table(["Case", "Right", "Received", "Answer by", "Days left", "State"], rows, right=(4,)))


def calendar(path: Path, format: str, month: str) -> None:
    """Print the deadlines of a month, with the days that nobody works."""
    one_of("--format", format, FORMATS)
    with _desk(path) as desk:
        page = sheet(first_day(month, today()), desk.register.listed())
    wanted = [day for day in page.days if day.off or day.cases]
    if format == "json":
        _json([{"date": str(day.date), "off": day.off, "cases": [one.number for one in day.cases]} for day in wanted])
        return
    rows = [[str(day.date), day.off, ", ".join(one.number for one in day.cases)] for day in wanted]
    _lines(table(["Day", "No working day", "Answer by then"], rows, right=()))


def _left(case: Case, today: date) -> str:
    return str(case.deadline.days_left(today))


def _case(case: Case) -> dict[str, object]:
    due = case.deadline
    return {
        "number": case.number, "right": case.right, "channel": case.channel, "received": case.received.isoformat(),
        "due": due.due.isoformat(), "planned": due.planned.isoformat(), "latest": due.latest.isoformat(),
        "because": due.because, "state": case.state, "identity": case.identity.name.lower(), "missing": case.missing,
        "protected": case.protected, "extended": case.extended, "outcome": case.outcome,
    }  # fmt: skip


def show(path: Path, number: str, format: str) -> None:
    """Print a case with its tasks, records and events; places of records are masked."""
    one_of("--format", format, FORMATS)
    with _desk(path) as desk:
        case, events = desk.register.get(number), desk.register.events(number)
        tasks, kept = case_tasks.listed(desk, number), case_hits.kept(desk, number)
        whose = {True: "own", False: "mentioned"}
        records = [[str(k.id), k.source, desk.shown(k.unit), k.grade, whose[k.own], k.decision] for k in kept]
        to_do = [[str(t.id), t.kind, t.source, desk.shown(t.unit) if t.unit else "", t.owner, t.state] for t in tasks]
    if format == "json":
        _json(_case(case) | {"tasks": to_do, "records": records, "events": [[e.at, e.by, e.what] for e in events]})
        return
    lacks = ", ".join(case.missing) or "nothing"
    _lines([f"Case {case.number}: {case.right}, {case.state}, {_due(case)}; lacks {lacks}", ""])
    _lines(table(["Task", "Kind", "System", "Place", "Owner", "State"], to_do))
    _lines(["", *table(["Record", "System", "Place", "Certainty", "Person", "Decision"], records), ""])
    _lines(table(["When", "Who", "What"], [[e.at, e.by, e.what] for e in events]))


def search(path: Path, number: str, identifiers: Sequence[str], *, special: bool) -> None:
    """Search, and tell what was found."""
    with _desk(path, special=special) as desk:
        found = case_hits.search(desk, number, identifiers)
    if found.mistyped:
        say(MISTYPED)
    grades = ", ".join(f"{count} {grade}" for grade, count in found.grades.items())
    places = ", ".join(f"{source} {count}" for source, count in found.sources.items()) or "nowhere"
    _tell(f"{grades} ({places}); {found.new} new; {found.tasks} tasks open")
    if found.cut:
        say("insyn: more records than one search takes: give identifiers that fewer people share")


def decide(path: Path, number: str, decision: str, what: tuple[list[int], str]) -> None:
    """Decide on records."""
    with _desk(path) as desk:
        case_hits.decide(desk, number, what[0], _chosen(Decision, "decision", decision), what[1])


def identify(path: Path, number: str, level: str, reason: str) -> None:
    """Note the identity level."""
    with _desk(path) as desk:
        desk.register.identify(number, _chosen(Identity, "level", level), reason)


def extend(path: Path, number: str, why: str) -> None:
    """Extend the time and tell the new deadline."""
    with _desk(path) as desk:
        case = desk.register.extend(number, _chosen(Extension, "reason", why))
    _tell(f"case {case.number}: {_due(case)}; send the letter: insyn case letter {case.number} extension")


def task(path: Path, number: str, task: int, what: tuple[str, Sequence[Path], bool]) -> None:
    """Settle a task."""
    note, files, waived = what
    with _desk(path) as desk:
        if waived:
            case_tasks.waive(desk, number, task, note)
        else:
            case_tasks.answer(desk, number, task, note, {file.name: _read(file) for file in files})


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None


def letter(path: Path, number: str, kind: str, how: tuple[str, str, Path | None]) -> None:
    """Write a letter."""
    reason, format, output = how
    one_of("--format", format, ("html", "pdf"))
    with _desk(path) as desk:
        document = case_letters.write(desk, number, kind, reason=reason)
    try:
        write(pdf(document) if format == "pdf" else page(document), output)
    except PdfMissingError as error:
        raise ConfigError(str(error)) from None


def worklist(path: Path, number: str, format: str, *, special: bool) -> None:
    """Print the owners' lists."""
    one_of("--format", format, FORMATS)
    with _desk(path, special=special) as desk:
        items = worklists.worklist(desk, number)
        rows = [[i.owner, i.source, desk.shown(i.unit), desk.shown(i.record), i.measure, i.why] for i in items]
    if format == "json":
        keys = ("owner", "source", "unit", "record", "measure", "why")
        _json([{key: getattr(item, key) for key in keys} for item in items])
    else:
        _lines(table(["Owner", "System", "Place", "Record", "Measure", "Why"], rows))


def package(path: Path, number: str, what: tuple[str, Path | None], *, preview: bool, special: bool) -> None:
    """Build the package, or show it."""
    because, output = what
    with _desk(path, special=special) as desk:
        if preview:
            write(case_package.draft(desk, number), output)
            return
        try:
            built = case_package.build(desk, number, because=because)
        except case_package.OpenTasksError as error:
            raise ConfigError(f"{error}: {_settle(number)}") from None
    say(f"insyn: {built.path} is made; it is deleted on {built.package.delete_on}. Its password, shown this once:")
    _tell(built.password)
    say(f"insyn: now somebody else, as a user of their own: insyn case preview {number}, insyn case release {number}")


def _settle(number: str) -> str:
    """What to do about open tasks, in commands."""
    return (
        f"insyn case show {number} lists them; insyn case task {number} TASK --note TEXT [--file FILE | --waive] "
        f"settles one; insyn case package {number} --because REASON answers without"
    )


def preview(path: Path, number: str, what: tuple[str, Path | None], *, special: bool) -> None:
    """Show a file of the built package, exactly as it is handed out."""
    name, output = what
    with _desk(path, special=special) as desk:
        digest, pieces = case_preview.preview(desk, number, name)
        write(pieces, output)
    say(f"insyn: {name} of the package {digest[:16]}…; a second person who has seen it: insyn case release {number}")


def release(path: Path, number: str) -> None:
    """Release the package."""
    with _desk(path) as desk:
        case_delivery.release(desk, number)


def deliver(path: Path, number: str, how: str) -> None:
    """Note the delivery."""
    one_of("how", how, ("portal", "archive", "post", case_delivery.BY_POST))
    with _desk(path) as desk:
        case_delivery.deliver(desk, number, how)


def close(path: Path, number: str, outcome: str, reason: str) -> None:
    """Close the case."""
    with _desk(path) as desk:
        desk.register.close(number, _chosen(Outcome, "outcome", outcome), reason)


def tidy(path: Path) -> None:
    """Delete packages that are due."""
    config = configuration.load(path)
    with opened(config) as store:
        tidied = delete_due(config, store, actor())
    _tell(f"{len(tidied.deleted)} packages deleted")
    if tidied.left:
        raise InsynError("; ".join(tidied.left))


def _tell(line: str) -> None:
    write(f"{line}\n".encode(), None)


def _lines(lines: Sequence[str]) -> None:
    write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"), None)


def _json(value: object) -> None:
    write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n", None)
