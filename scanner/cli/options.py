"""Options that several commands have, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigPath = Annotated[Path, typer.Option("-c", "--config", help="The configuration.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file instead of standard output.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of reports: sv or en.")]
Special = Annotated[bool, typer.Option("--special-handling", help="You may handle protected identities; it is logged.")]
MinScore = Annotated[float, typer.Option("--min-score", min=0.0, max=1.0, help="Leave out findings below this score.")]
FailOn = Annotated[
    str, typer.Option("--fail-on", metavar="KIND[,KIND]", help="End 4 if there are gaps of these kinds, or `overdue`.")
]
