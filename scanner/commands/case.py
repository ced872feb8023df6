"""`insyn case …`: the register of requests on the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reports.case import foreseen
from reports.case.page import page
from reports.case.pdf import PdfMissingError, pdf
from reports.dates import today
from reports.language import LANGUAGES, Language, translator
from scanner import config as configuration
from scanner.audit import actor
from scanner.cases import delivery as case_delivery
from scanner.cases import hits as case_hits
from scanner.cases import letters as case_letters
from scanner.cases import package as case_package
from scanner.cases import preview as case_preview
from scanner.cases import tasks as case_tasks
from scanner.cases import worklists
from scanner.cases.asking import lapsed
from scanner.cases.calendar import first_day, sheet
from scanner.cases.due import delete_due
from scanner.cases.foresight import foresee
from scanner.cases.model import Channel, Decision, Extension, NewCase, Outcome, Right
from scanner.commands import case_objects, case_text
from scanner.commands.case_desk import at_desk, chosen, role_of
from scanner.console import one_of, say, write
from scanner.errors import ConfigError, InsynError
from scanner.subject.question import MISTYPED
from scanner.workflow import opened

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
    role: str
    language: str


def _words(lang: str) -> Language:
    return translator(one_of("--lang", lang, LANGUAGES))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise ConfigError(f"--received: {text} is no day; expected YYYY-MM-DD") from None


def new(path: Path, identifiers: Sequence[str], given: Given, lang: str) -> None:
    """Register a request and tell its number and deadline."""
    words = _words(lang)
    request = NewCase(
        _day(given.received),
        channel=chosen(Channel, "--channel", given.channel),
        right=chosen(Right, "--right", given.right),
        number=given.number,
        identifiers=tuple(identifiers),
        name=given.name,
        contact=given.contact.replace("\\n", "\n"),
        language=one_of("--language", given.language, ("sv", "en")),
    )
    with at_desk(path) as desk:
        case = desk.register.open(replace(request, role=role_of(desk, given.role)))
    _tell(case_text.opened(case, words))


def listed(path: Path, format: str, lang: str, *, closed: bool) -> None:
    """Print the cases."""
    one_of("--format", format, FORMATS)
    words = _words(lang)
    with at_desk(path) as desk:
        cases = desk.register.listed(closed=closed)
    if format == "json":
        _json([case_objects.case(one) for one in cases])
        return
    _lines(case_text.listed(cases, today(), words))


def calendar(path: Path, format: str, lang: str, month: str) -> None:
    """Print the deadlines of a month, with the days that nobody works."""
    one_of("--format", format, FORMATS)
    words = _words(lang)
    with at_desk(path) as desk:
        page = sheet(first_day(month, today()), desk.register.listed())
    wanted = [day for day in page.days if day.off or day.cases]
    if format == "json":
        _json([{"date": str(day.date), "off": day.off, "cases": [one.number for one in day.cases]} for day in wanted])
        return
    _lines(case_text.calendar(wanted, words))


def show(path: Path, number: str, format: str, lang: str) -> None:
    """Print a case with its tasks, records and events; places of records are masked."""
    one_of("--format", format, FORMATS)
    words = _words(lang)
    with at_desk(path) as desk:
        records, events = case_hits.kept(desk, number), desk.register.events(number)
        told = case_text.Told(
            desk.register.get(number), case_tasks.listed(desk, number), records, list(lapsed(events, records)), events
        )
        if format == "json":
            _json(case_objects.told(told, desk.shown))
        else:
            _lines(case_text.show(told, desk.shown, words))


def search(path: Path, number: str, identifiers: Sequence[str], lang: str, *, special: bool) -> None:
    """Search, and tell what was found."""
    words = _words(lang)
    with at_desk(path, special=special) as desk:
        found = case_hits.search(desk, number, identifiers)
    if found.mistyped:
        say(MISTYPED)
    _tell(case_text.found(found, words))
    if found.cut:
        say("insyn: more records than one search takes: give identifiers that fewer people share")


def decide(
    path: Path, number: str, decision: str, what: tuple[list[int], str, str], *, dry_run: bool, special: bool
) -> None:
    """Decide on records, and tell what a search that follows from it found; or only what it would find."""
    hits, reason, lang = what
    words, decided = _words(lang), chosen(Decision, "decision", decision)
    with at_desk(path, special=special) as desk:
        if dry_run:
            ahead = foresee(desk, number, hits, decided)
            _lines(foreseen.lines([replace(one, unit=desk.shown(one.unit)) for one in ahead], words))
            return
        found = case_hits.settle(desk, number, hits, decided, reason)
    if found is not None:
        _tell(case_text.followed(found, words))


def extend(path: Path, number: str, why: str, lang: str) -> None:
    """Extend the time and tell the new deadline."""
    words = _words(lang)
    with at_desk(path) as desk:
        case = desk.register.extend(number, chosen(Extension, "reason", why))
    _tell(case_text.extended(case, words))


def task(path: Path, number: str, task: int, what: tuple[str, Sequence[Path], bool]) -> None:
    """Settle a task."""
    note, files, waived = what
    with at_desk(path) as desk:
        if waived:
            case_tasks.waive(desk, number, task, note)
        else:
            case_tasks.answer(desk, number, task, note, [(file.name, _read(file)) for file in files])


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None


def letter(path: Path, number: str, kind: str, how: tuple[str, str, Path | None]) -> None:
    """Write a letter."""
    reason, format, output = how
    one_of("--format", format, ("html", "pdf"))
    with at_desk(path) as desk:
        document = case_letters.write(desk, number, kind, reason=reason)
    try:
        write(pdf(document) if format == "pdf" else page(document), output)
    except PdfMissingError as error:
        raise ConfigError(str(error)) from None


def worklist(path: Path, number: str, format: str, lang: str, *, special: bool) -> None:
    """Print the owners' lists."""
    one_of("--format", format, FORMATS)
    words = _words(lang)
    with at_desk(path, special=special) as desk:
        items = worklists.worklist(desk, number, lang)
        if format == "json":
            _json([case_objects.item(one) for one in items])
        else:
            _lines(case_text.worklist(items, desk.shown, words))


def package(path: Path, number: str, what: tuple[str, Path | None, str], *, preview: bool, special: bool) -> None:
    """Build the package, or show it."""
    because, output, lang = what
    words = _words(lang)
    with at_desk(path, special=special) as desk:
        if preview:
            write(case_package.draft(desk, number), output)
            return
        try:
            built = case_package.build(desk, number, because=because)
        except case_package.OpenTasksError as error:
            raise ConfigError(f"{error}: {_settle(number)}") from None
    say(f"insyn: {case_text.built(built, words)}")
    _tell(built.password)
    say(f"insyn: {case_text.to_release(number, words)}")


def _settle(number: str) -> str:
    """What to do about open tasks, in commands."""
    return (
        f"insyn case show {number} lists them; insyn case task {number} TASK --note TEXT [--file FILE | --waive] "
        f"settles one; insyn case package {number} --because REASON answers without"
    )


def preview(path: Path, number: str, what: tuple[str, Path | None, str], *, special: bool) -> None:
    """Show a file of the built package, exactly as it is handed out."""
    name, output, lang = what
    words = _words(lang)
    with at_desk(path, special=special) as desk:
        digest, pieces = case_preview.preview(desk, number, name)
        write(pieces, output)
    say(f"insyn: {case_text.previewed(name, digest, words)}: insyn case release {number}")


def release(path: Path, number: str) -> None:
    """Release the package."""
    with at_desk(path) as desk:
        case_delivery.release(desk, number)


def deliver(path: Path, number: str, how: str) -> None:
    """Note the delivery."""
    one_of("how", how, ("portal", "archive", "post", case_delivery.BY_POST))
    with at_desk(path) as desk:
        case_delivery.deliver(desk, number, how)


def close(path: Path, number: str, outcome: str, reason: str) -> None:
    """Close the case."""
    with at_desk(path) as desk:
        desk.register.close(number, chosen(Outcome, "outcome", outcome), reason)


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
