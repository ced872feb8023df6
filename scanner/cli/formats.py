"""The option `--format`: each command says which formats it has."""

from __future__ import annotations

from typing import Annotated

import typer

Plain = Annotated[str, typer.Option("--format", help="text or json.")]
Inventory = Annotated[
    str, typer.Option("--format", help="text, json, jsonl, csv, xlsx, html or pdf; with --against all but json, jsonl.")
]
Findings = Annotated[str, typer.Option("--format", help="text, json, jsonl or csv.")]
Retention = Annotated[
    str, typer.Option("--format", help="text, json, csv, xlsx, html or pdf; with --rows jsonl or csv.")
]
Subject = Annotated[str, typer.Option("--format", help="text, json or html.")]
