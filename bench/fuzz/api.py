"""The JSON API, asked by schemathesis for what its own description allows and for what it does not."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scanner import config as configuration
from scanner.users.api_tokens import Scope, Tokens
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.web.conftest import PASSWORD, serving

NAME = "json api"
BIN = Path(sys.executable).parent


def fuzz(seconds: int) -> tuple[int, list[str]]:
    """Ask a site over the demo estate for so long.

    Returns:
        How many requests were made, and what did not hold.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        subprocess.run([BIN / "insyn", "demo", "estate"], cwd=folder, check=True, capture_output=True)
        config = configuration.load(Path(folder) / "estate" / "insyn.yaml")
        with opened(config) as store:
            site = Site(config, store, policy(config))
            site.warm()
            site.users.accept(site.users.add("crm", list(Role), "fuzz"), PASSWORD)
            user = next(one for one in site.users.all() if one.name == "crm")
            token = Tokens(store).add("fuzz", user, list(Scope), "fuzz")
            with serving(app.create(site, {"127.0.0.1"})) as address:
                return asked(address, token, seconds, Path(folder))


def asked(address: str, token: str, seconds: int, folder: Path) -> tuple[int, list[str]]:
    """Run schemathesis against an address."""
    report = folder / "report.json"
    command = [
        *(BIN / "schemathesis", "run", f"{address}/api/openapi.json", "-H", f"Authorization: Bearer {token}"),
        *("--max-time", seconds, "--max-examples", 100_000, "--phases", "fuzzing", "--continue-on-failure"),
        *("--suppress-health-check", "all"),
        *("--exclude-checks", "positive_data_acceptance"),  # that a day has come is in no schema
        *("--exclude-operation-id", "start_scans_post"),  # it would start a process each time
        *("--report", "json", "--report-json-path", report),
    ]
    subprocess.run([str(part) for part in command], cwd=folder, check=False, capture_output=True)
    found = json.loads(report.read_text(encoding="utf-8"))
    if not found["complete"]:
        raise SystemExit(f"{NAME}: {found['stop_reason']}")
    ways = [*(str(one.get("title", one)) for one in found["failures"]), *map(str, found["errors"])]
    return found["test_cases"]["generated"], sorted(set(ways))
