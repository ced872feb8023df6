"""`insyn policy check|new|schema`: the policy as data, kept in order."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from unicodedata import normalize

import typer

from recognizers.installed import installed
from reports.dates import today
from reports.policy_check import Problem, check, outdated, unconfirmed, unfound
from reports.policy_file import raw_bytes
from reports.policy_model import Document
from reports.policy_new import skeleton
from scanner import config as configuration
from scanner.console import one_of, say, write
from scanner.errors import ConfigError, InsynError

WRONG = 2


def run_check(name: str | None, config: Path, format: str, output: Path | None) -> None:
    """Say what is wrong with a policy, where, and which questions in it are open; ends 2 where something is wrong.

    Args:
        name: A bundled policy or a path; None: the one of the configuration.
        config: The configuration.
        format: `text` or `json`.
        output: Where to write, None = standard output.
    """
    one_of("--format", format, ("text", "json"))
    name = name or configuration.load(config).policy
    document, problems = check(name)
    warnings = unfound(name, document, given_entities()) if document else []
    told = _json if format == "json" else _text
    text = told(name, document, problems, warnings)
    write(text.encode(), output)
    if problems:
        raise typer.Exit(WRONG)


def given_entities() -> set[str]:
    """The entities that the installed recognizers give."""
    return {entity for one in installed() for entity in (one.entity, *one.also)}


def _text(name: str, document: Document | None, problems: list[Problem], warnings: list[Problem]) -> str:
    if document is None:
        lines = [f"{name}, line {one.line}: {one.key}: {one.what}" for one in problems]
        return "\n".join([*lines, "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes", ""])
    head = document.head
    sha = hashlib.sha256(raw_bytes(name)).hexdigest()
    open_ = unconfirmed(document)
    counts = Counter(one.severity for one in document.conflicts)
    lines = [
        f"{head.title} of {head.company}: valid",
        f"version {head.version or 'none'}, from {head.valid_from or 'no date'}, sha256 {sha}",
        f"{len(document.purposes)} purposes, {len(document.categories)} categories, "
        f"{len(document.retention_rules)} retention rules",
        *outdated(document, today()),
        *(f"warning: line {one.line}: {one.key}: {one.what}" for one in warnings),
        "",
        f"Readings that nobody has confirmed: {len(open_)}",
        *(f"  {one.key}{f' ({one.conflict})' if one.conflict else ''}" for one in open_),
        "",
        f"Open questions: {len(document.conflicts)} "
        f"({', '.join(f'{counts[one]} {one}' for one in ('high', 'medium', 'low', 'info'))})",
        *(
            f"  {one.id} {one.severity:6} line {', '.join(map(str, one.lines))}: {one.problem}\n      {one.proposal}"
            for one in document.conflicts
        ),
        "",
    ]
    return "\n".join(lines)


def _json(name: str, document: Document | None, problems: list[Problem], warnings: list[Problem]) -> str:
    told = {
        "policy": name,
        "valid": document is not None,
        "problems": [asdict(one) for one in problems],
        "warnings": [asdict(one) for one in warnings],
    }
    if document:
        told["unconfirmed"] = [{"key": one.key, "conflict": one.conflict or None} for one in unconfirmed(document)]
        told["questions"] = [one.model_dump() for one in document.conflicts]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def run_new(path: Path, company: str) -> None:
    """Write a policy file to fill in, and say what to do with it.

    Raises:
        ConfigError, InsynError: as of `write_new`.
    """
    write_new(path, company)
    say(f"insyn: wrote {path}: fill in what the company has promised, then `insyn policy check {path}`")


def write_new(path: Path, company: str) -> None:
    """Write a policy file to fill in.

    Raises:
        ConfigError: there is a file already.
        InsynError: it cannot be written.
    """
    if path.exists():
        raise ConfigError(f"{path}: is there already; give another name")
    plain = normalize("NFKD", company.lower()).encode("ascii", "ignore").decode()
    id = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "policy"
    try:
        path.write_text(skeleton(id, company), encoding="utf-8")
    except OSError as error:
        raise InsynError(f"{path}: cannot be written ({error.strerror})") from None


def run_schema(output: Path | None) -> None:
    """Write the JSON Schema of policy files, for editors."""
    schema = Document.model_json_schema(by_alias=True)
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Privacy policy as data, for Insyn"}
    write((json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode(), output)
