"""The commands `insyn case …`; what they do is in `scanner.commands.case` and `.case_person`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.options import ConfigPath, Lang, Output, Special
from scanner.config import DEFAULT
from scanner.console import guarded

case = typer.Typer(no_args_is_help=True, help="The register of requests: open, search, decide, answer, close.")

Format = Annotated[str, typer.Option("--format", help="text or json.")]
Number = Annotated[str, typer.Argument(metavar="NR")]
Reason = Annotated[str, typer.Option("--reason", help="Kept with the case.")]


@case.command("new")
@guarded
def new(
    identifiers: Annotated[list[str] | None, typer.Argument(metavar="[IDENT]...")] = None,
    received: Annotated[str, typer.Option("--received", help="Day of receipt, YYYY-MM-DD; none = today.")] = "",
    channel: Annotated[str, typer.Option("--channel", help="email, phone, letter, portal …")] = "other",
    right: Annotated[str, typer.Option("--right", help="access, erasure, rectification, objection …")] = "access",
    number: Annotated[str, typer.Option("--number", help="An outside reference; none = the next number.")] = "",
    name: Annotated[str, typer.Option("--name", help="Of who asks, for letters.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="Where letters go.")] = "",
    role: Annotated[str, typer.Option("--role", help="What the person is to the company: a role of the policy.")] = "",
    language: Annotated[str, typer.Option("--language", help="Of letters: sv or en.")] = "sv",
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Register a request; the clock has started on the day it came in."""
    from scanner.commands import case as command

    given = command.Given(received, channel, right, number, name, contact, role, language)
    command.new(config, identifiers or [], given, lang)


@case.command("list")
@guarded
def listed(
    closed: Annotated[bool, typer.Option("--closed", help="Also those that are closed.")] = False,
    format: Format = "text",
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """List the cases, the most urgent first."""
    from scanner.commands import case as command

    command.listed(config, format, lang, closed=closed)


@case.command("calendar")
@guarded
def calendar(
    month: Annotated[str, typer.Argument(metavar="[YYYY-MM]", help="None = this month.")] = "",
    format: Format = "text",
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Show by which day of a month answers are to be given, and the days that nobody works."""
    from scanner.commands import case as command

    command.calendar(config, format, lang, month)


@case.command("show")
@guarded
def show(number: Number, format: Format = "text", lang: Lang = "sv", config: ConfigPath = DEFAULT) -> None:
    """Show a case: deadline, what is missing, tasks, records by number, events."""
    from scanner.commands import case as command

    command.show(config, number, format, lang)


@case.command("search")
@guarded
def search(
    number: Number,
    identifiers: Annotated[list[str] | None, typer.Argument(metavar="[IDENT]...")] = None,
    special: Special = False,
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Search for the case's person, keep what is found, and plan the tasks; again after a scan: what is left."""
    from scanner.commands import case as command

    command.search(config, number, identifiers or [], lang, special=special)


@case.command("decide")
@guarded
def decide(
    number: Number,
    decision: Annotated[str, typer.Argument(metavar="release|mask|withhold")],
    hits: Annotated[list[int], typer.Argument(metavar="RECORD...", help="As `case show` numbers them.")],
    reason: Reason = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would come along; logged.")] = False,
    special: Special = False,
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Decide what becomes of records in the package; what hangs on a possible one is searched for if it is in it."""
    from scanner.commands import case as command

    command.decide(config, number, decision, (hits, reason, lang), dry_run=dry_run, special=special)


@case.command("identify")
@guarded
def identify(
    number: Number,
    level: Annotated[str, typer.Argument(metavar="none|claimed|contact|strong")],
    reason: Reason = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Note how well it is known that the one who asks is the person."""
    from scanner.commands import case_person as command

    command.identify(config, number, level, reason)


@case.command("represent")
@guarded
def represent(
    number: Number,
    kind: Annotated[str, typer.Argument(metavar="power_of_attorney|guardian|parent|lawyer|estate|other|none")],
    name: Annotated[str, typer.Option("--name", help="Of who acts for the person; letters go there.")] = "",
    checked: Annotated[
        bool, typer.Option("--checked", help="You have seen the mandate; --reason tells which.")
    ] = False,
    reason: Reason = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Note who acts for the person, and that the mandate was checked; `none`: nobody does."""
    from scanner.commands import case_person as command

    command.represent(config, number, kind, (name, reason), checked=checked)


@case.command("person")
@guarded
def person(
    number: Number,
    name: Annotated[str | None, typer.Option("--name", help="Of who asks, for letters.")] = None,
    contact: Annotated[str | None, typer.Option("--contact", help="Where letters go.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="A role of the policy.")] = None,
    config: ConfigPath = DEFAULT,
) -> None:
    """Set the name and address of who asks, or what the person is to the company."""
    from scanner.commands import case_person as command

    command.describe(config, number, (name, contact, role))


@case.command("extend")
@guarded
def extend(
    number: Number,
    why: Annotated[str, typer.Argument(metavar="complex|many")],
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Extend the time by two months; then send the letter `extension`."""
    from scanner.commands import case as command

    command.extend(config, number, why, lang)


@case.command("task")
@guarded
def task(
    number: Number,
    task: Annotated[int, typer.Argument(metavar="TASK")],
    note: Annotated[str, typer.Option("--note", help="What came of it, in words for the person.")] = "",
    file: Annotated[list[Path] | None, typer.Option("--file", help="Handed in; goes into the package.")] = None,
    waive: Annotated[bool, typer.Option("--waive", help="Left undone; --note is the reason.")] = False,
    config: ConfigPath = DEFAULT,
) -> None:
    """Settle a task: of a declared source, a unit that could not be read, a recording."""
    from scanner.commands import case as command

    command.task(config, number, task, (note, file or [], waive))


@case.command("letter")
@guarded
def letter(
    number: Number,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="received, identity, extension, refusal …")],
    reason: Reason = "",
    format: Annotated[str, typer.Option("--format", help="html or pdf.")] = "html",
    output: Output = None,
    config: ConfigPath = DEFAULT,
) -> None:
    """Write a letter in the person's language."""
    from scanner.commands import case as command

    command.letter(config, number, kind, (reason, format, output))


@case.command("worklist")
@guarded
def worklist(
    number: Number,
    special: Special = False,
    format: Format = "text",
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Show what each owner has to erase, correct or stop, and what must be kept and why."""
    from scanner.commands import case as command

    command.worklist(config, number, format, lang, special=special)


@case.command("package")
@guarded
def package(
    number: Number,
    preview: Annotated[
        bool, typer.Option("--preview", help="Build nothing, only show the page as it would be.")
    ] = False,
    because: Annotated[str, typer.Option("--because", help="Answer although something is missing, and why.")] = "",
    special: Special = False,
    output: Output = None,
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Build the access package: an encrypted archive; its password is shown once."""
    from scanner.commands import case as command

    command.package(config, number, (because, output, lang), preview=preview, special=special)


@case.command("preview")
@guarded
def preview(
    number: Number,
    file: Annotated[str, typer.Option("--file", help="uppgifter.html, brev.pdf …")] = "uppgifter.html",
    special: Special = False,
    output: Output = None,
    lang: Lang = "sv",
    config: ConfigPath = DEFAULT,
) -> None:
    """Look through the built package, exactly as it will be handed out; then release it."""
    from scanner.commands import case as command

    command.preview(config, number, (file, output, lang), special=special)


@case.command("release")
@guarded
def release(number: Number, config: ConfigPath = DEFAULT) -> None:
    """Approve the package for delivery, as a second person."""
    from scanner.commands import case as command

    command.release(config, number)


@case.command("deliver")
@guarded
def deliver(
    number: Number,
    how: Annotated[str, typer.Argument(metavar="portal|archive|post|skatteverket")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Note that the released package has been handed over."""
    from scanner.commands import case as command

    command.deliver(config, number, how)


@case.command("close")
@guarded
def close(
    number: Number,
    outcome: Annotated[str, typer.Argument(metavar="answered|nothing_found|refused|withdrawn")],
    reason: Reason = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Close a case; what was held for it is free again."""
    from scanner.commands import case as command

    command.close(config, number, outcome, reason)


@case.command("tidy")
@guarded
def tidy(config: ConfigPath = DEFAULT) -> None:
    """Delete the packages whose day has come; run it daily."""
    from scanner.commands import case as command

    command.tidy(config)
