"""The `policy` commands of the command line. Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.options import ConfigPath, Output
from scanner.config import DEFAULT
from scanner.console import guarded

Format = Annotated[str, typer.Option("--format", help="text or json.")]
policy = typer.Typer(help="The privacy policy as data: check it, begin a new one.", no_args_is_help=True)
Name = Annotated[str | None, typer.Argument(metavar="[POLICY]", help="Bundled or a path; none = as configured.")]


@policy.command("check")
@guarded
def policy_check(
    name: Name = None, config: ConfigPath = DEFAULT, format: Format = "text", output: Output = None
) -> None:
    """Say what is wrong with a policy file and where, and which questions await the company's answer."""
    from scanner.commands import policy as command

    command.run_check(name, config, format, output)


@policy.command("new")
@guarded
def policy_new(
    path: Annotated[Path, typer.Argument(metavar="FILE")],
    company: Annotated[str, typer.Option("--company", help="Name of the controller.")] = "Bolaget AB",
) -> None:
    """Write a policy file for a company, to be filled in."""
    from scanner.commands import policy as command

    command.run_new(path, company)


@policy.command("answer")
@guarded
def policy_answer(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Such as C21; `insyn policy check` lists them.")],
    said: Annotated[str, typer.Argument(metavar="ANSWER", help="`assumed` or `otherwise`.")],
    why: Annotated[str, typer.Option("--why", help="How it is, or why it is as assumed.")] = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Answer an open question of the policy; what is confirmed makes the verdicts that rest on it final."""
    from scanner.commands import policy_answers as command

    command.answer(config, question, said, why)


@policy.command("answers")
@guarded
def policy_answers(config: ConfigPath = DEFAULT) -> None:
    """List what has been answered: question, answer, who, when, why; tab-separated."""
    from scanner.commands import policy_answers as command

    command.listing(config)


@policy.command("versions")
@guarded
def policy_versions(
    against: Annotated[int, typer.Option("--against", help="Show what is otherwise today than in this one.")] = 0,
    config: ConfigPath = DEFAULT,
) -> None:
    """List the versions of the policy that have been judged by, or what has changed since one; tab-separated."""
    from scanner.commands import policy_answers as command

    command.versions(config, against)


@policy.command("schema")
@guarded
def policy_schema(output: Output = None) -> None:
    """Write the JSON Schema of policy files, for editors that check while one types."""
    from scanner.commands import policy as command

    command.run_schema(output)
