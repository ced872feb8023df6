"""The `review` commands of the command line. Each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner.cli.options import ConfigPath, Output
from scanner.config import DEFAULT
from scanner.console import guarded

review = typer.Typer(help="Decisions about findings; they survive new scans.", no_args_is_help=True)
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="Name of the source.")]
Unit = Annotated[str, typer.Argument(metavar="UNIT", help="Table or folder; a pattern such as `arkiv/*` is wide.")]
Field = Annotated[str, typer.Argument(metavar="[FIELD]", help="Column or field; none = the place as a whole.")]
Entity = Annotated[str, typer.Option("--entity", help="Only of this entity type.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept, and shown in reports.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Counts until then.")]
Id = Annotated[int, typer.Argument(metavar="NUMBER", help="As `insyn review list` shows it.")]


@review.command("list")
@guarded
def listing(
    config: ConfigPath = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="text, json, csv, xlsx, html or pdf.")] = "text",
    output: Output = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of reports: sv or en.")] = "sv",
) -> None:
    """List all decisions, with what became of them."""
    from scanner.commands import review as command

    command.listing(config, format, output, lang)


@review.command("confirm")
@guarded
def confirm(
    source: Source,
    unit: Unit,
    field: Field = "",
    entity: Entity = "",
    reason: Reason = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Say that a finding is right."""
    from scanner.commands import review as command

    command.decide(config, command.Given("confirm", source, unit, field, entity, reason))


@review.command("dismiss")
@guarded
def dismiss(
    source: Annotated[str, typer.Argument(metavar="[SOURCE]")] = "",
    unit: Annotated[str, typer.Argument(metavar="[UNIT]")] = "",
    field: Field = "",
    entity: Entity = "",
    value: Annotated[str, typer.Option("--value", help="This value, wherever it stands; it is not stored.")] = "",
    reason: Reason = "",
    until: Until = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Say that a finding is no personal data. What reaches beyond one field waits for a second person."""
    from scanner.commands import review as command

    command.decide(config, command.Given("dismiss", source, unit, field, entity, reason, until, value=value))


@review.command("reclassify")
@guarded
def reclassify(
    source: Source,
    unit: Unit,
    to: Annotated[str, typer.Option("--to", metavar="CATEGORY", help="Id of a category of the policy.")],
    field: Field = "",
    entity: Entity = "",
    reason: Reason = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Say that a finding belongs to another category."""
    from scanner.commands import review as command

    command.decide(config, command.Given("reclassify", source, unit, field, entity, reason, category=to))


@review.command("accept")
@guarded
def accept(
    gap: Annotated[str, typer.Argument(metavar="KIND", help="Kind of gap, such as no_purpose.")],
    source: Source,
    unit: Unit,
    until: Until,
    field: Field = "",
    reason: Reason = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Accept a gap until a day; then it is back."""
    from scanner.commands import review as command

    command.decide(config, command.Given("accept", source, unit, field, "", reason, until, category=gap))


@review.command("hold")
@guarded
def hold(source: Source, unit: Unit, reason: Reason, until: Until = "", config: ConfigPath = DEFAULT) -> None:
    """Hold what lies in a place from erasure (a claim, an incident, an authority's decision)."""
    from scanner.commands import review as command

    command.decide(config, command.Given("hold", source, unit, "", "", reason, until))


@review.command("handle")
@guarded
def handle(source: Source, unit: Unit, reason: Reason, config: ConfigPath = DEFAULT) -> None:
    """Say that what was overdue in a place is taken care of; the next scan tells whether it is gone."""
    from scanner.commands import review as command

    command.decide(config, command.Given("handle", source, unit, "", "", reason))


@review.command("sample")
@guarded
def sample(
    draw: Annotated[int, typer.Option("--draw", min=0, help="Draw a new sample of so many fields; 0 = show.")] = 0,
    config: ConfigPath = DEFAULT,
) -> None:
    """The random sample of fields without findings: what has been looked at, and the most that was missed."""
    from scanner.commands import sampling as command

    command.run(config, draw)


@review.command("mark")
@guarded
def mark(
    id: Annotated[int, typer.Argument(metavar="NUMBER", help="As `insyn review sample` shows it.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="`clean` or `missed`; `look` shows values.")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Say whether a field of the random sample holds personal data."""
    from scanner.commands import sampling as command

    command.mark(config, id, verdict)


@review.command("approve")
@guarded
def approve(id: Id, config: ConfigPath = DEFAULT) -> None:
    """Approve somebody else's wide decision."""
    from scanner.commands import review as command

    command.approve(config, id)


@review.command("undo")
@guarded
def undo(
    ids: Annotated[list[int], typer.Argument(metavar="NUMBER…", help="As `insyn review list` shows them.")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Undo decisions; they stay on the list."""
    from scanner.commands import review as command

    command.undo(config, ids)
