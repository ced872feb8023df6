"""The commands that write one report each: `evidence`, `incident` … Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.cli import formats
from scanner.cli.options import ConfigPath, Lang, Output
from scanner.config import DEFAULT
from scanner.console import guarded

Format = Annotated[str, typer.Option("--format", help="text, csv, xlsx, html or pdf.")]


@guarded
def evidence(
    output: Annotated[Path, typer.Option("-o", "--output", help="The archive to write.")] = Path("insyn-evidence.zip"),
    config: ConfigPath = DEFAULT,
    lang: Lang = "sv",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Judge as of this day; none = the last scan's.")] = "",
) -> None:
    """Write one archive of reports, ledger, policy, versions and the head of the log; the same again, byte for byte."""
    from scanner.commands import evidence as command

    command.run(config, command.Options(output, lang, on))


@guarded
def export(
    format: Annotated[str, typer.Option("--format", help="openlineage or datahub.")],
    config: ConfigPath = DEFAULT,
    output: Output = None,
    lang: Lang = "sv",
    min_score: Annotated[
        float, typer.Option("--min-score", min=0.0, max=1.0, help="Leave out findings below this score.")
    ] = 0.5,
    env: Annotated[str, typer.Option("--env", help="DataHub's fabric of the data: PROD, TEST …")] = "PROD",
) -> None:
    """Write which columns hold which personal data, as tags for a data catalogue. No value is in it."""
    from scanner.commands import export as command

    command.run(config, command.Options(format, output, lang, min_score, env))


@guarded
def incident(
    source: Annotated[str, typer.Argument(metavar="SOURCE")],
    unit: Annotated[str, typer.Argument(metavar="[UNIT]", help="Table, folder or pattern; none = all of it.")] = "",
    config: ConfigPath = DEFAULT,
    format: Format = "text",
    output: Output = None,
    lang: Lang = "sv",
) -> None:
    """The first hour of a breach: whose data lay in a table, folder or bucket, how many, which categories."""
    from scanner.commands import incident as command

    command.run(config, source, unit, command.Options(format, output, lang))


@guarded
def relations(
    source: Annotated[str, typer.Argument(metavar="[SOURCE]", help="Keys from and to this source; none = all.")] = "",
    config: ConfigPath = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="text, json, csv, xlsx, html or pdf.")] = "text",
    output: Output = None,
    lang: Lang = "sv",
) -> None:
    """Show which columns refer to which, how that is known, and what the configuration says of it."""
    from scanner.commands import relations as command

    command.run(config, source, command.Options(format, output, lang))


@guarded
def sample(
    size: Annotated[int, typer.Option("--size", min=1, help="Fields to draw.")] = 60,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same fields.")] = 1,
    missed: Annotated[int | None, typer.Option("--missed", help="How many of them held personal data.")] = None,
    config: ConfigPath = DEFAULT,
    format: Format = "text",
    output: Output = None,
    lang: Lang = "sv",
) -> None:
    """Draw fields without findings for a person to look through, and bound what was missed in all of them."""
    from scanner.commands import incident as command

    command.sample(config, size, seed, missed, command.Options(format, output, lang))


@guarded
def scans(
    number: Annotated[int, typer.Argument(metavar="[NUMBER]", min=0, help="Of a scan; none = list the last ones.")] = 0,
    config: ConfigPath = DEFAULT,
    format: formats.Plain = "text",
    output: Output = None,
) -> None:
    """List the scans that were made; or, of one, what became of each source and what was not read."""
    from scanner.commands import scans as command

    command.run(config, number, format, output)


COMMANDS = (evidence, export, incident, relations, sample, scans)
