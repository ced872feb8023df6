"""What is wrong with a policy file, all of it and where; and what in it waits for the company's answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from reports.expiry import DATES, parts
from reports.policy_file import PolicyError, parsed, problems, raw_bytes
from reports.policy_model import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a policy file."""

    line: int
    """From 1; 0 where no line can be named."""
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Open:
    """A reading that the company has not confirmed: what rests on it is preliminary."""

    key: str
    conflict: str


def check(name_or_path: str) -> tuple[Document | None, list[Problem]]:
    """Read a policy and list every mistake, in the order of the file.

    Returns:
        The document, or None where there are mistakes; and these.

    Raises:
        PolicyError: it cannot be read, or is no YAML.
    """
    raw = raw_bytes(name_or_path)
    data = parsed(raw, name_or_path)
    tree = yaml.compose(raw, Loader=yaml.SafeLoader)
    try:
        document = Document.model_validate(data)
    except ValidationError as error:
        found = [_of_model(one, tree) for one in error.errors(include_url=False, include_input=False)]
        return None, sorted(found, key=lambda one: one.line)
    found = [_of_reference(text, tree) for text in [*problems(document), *_of_events(document)]]
    return (None if found else document), sorted(found, key=lambda one: one.line)


def _of_model(error: Any, tree: yaml.Node | None) -> Problem:
    at = [part for part in error["loc"] if part != "[key]"]
    return Problem(_line(tree, at), ".".join(map(str, at)), str(error["msg"]).removeprefix("Value error, "))


def _of_reference(text: str, tree: yaml.Node | None) -> Problem:
    key, _, what = text.partition(": ")
    return Problem(_line(tree, key.split(".")), key, what)


def _of_events(document: Document) -> Iterator[str]:
    for id, event in document.events.items():
        if "compute" in event:
            continue
        for end in ("earliest", "latest"):
            if end not in event:
                yield f"events.{id}.{end}: is missing"
                continue
            unknown = [name for name in parts(str(event[end])) if name not in DATES and name not in document.events]
            yield from (
                f"events.{id}.{end}: {name!r} is no date; there are {', '.join(sorted(DATES))}" for name in unknown
            )


def _line(node: yaml.Node | None, at: Sequence[object]) -> int:
    """Line of the deepest part of a path that the file has."""
    line = node.start_mark.line + 1 if node else 0
    for part in at:
        child: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, child = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and str(part).isdecimal() and int(str(part)) < len(node.value):
            child = node.value[int(str(part))]
            line = child.start_mark.line + 1
        if child is None:
            return line
        node = child
    return line


def unconfirmed(document: Document) -> list[Open]:
    """Readings of events, rules and categories with `confirm: true` and nobody in `confirmed_by`."""
    found = [
        Open(f"{section}.{id}", str(told.get("conflict", "")))
        for section, entries in (("events", document.events), ("retention_rules", document.retention_rules))
        for id, part in entries.items()
        if (told := part if isinstance(part, dict) else dict(part)).get("confirm") and not told.get("confirmed_by")
    ]
    found += [Open(f"categories.{id}", "") for id, part in document.categories.items() if part.confirm]
    found += [Open(f"transfers.{part['id']}", "") for part in document.transfers if part.get("confirm")]
    return found


def outdated(document: Document, on: date) -> list[str]:
    """What is missing or odd about the version: in English, for whoever keeps the file."""
    head = document.head
    told = []
    if not head.version or not head.valid_from:
        told.append(
            "policy.version and policy.valid_from are empty: a report cannot say which version it was made with"
        )
    elif head.valid_from > on.isoformat():
        told.append(f"policy.valid_from is {head.valid_from}: it is not valid yet")
    dates = [one.valid_from for one in head.history]
    if dates != sorted(dates):
        told.append("policy.history: versions are not in the order of their dates")
    return told


__all__ = ["Open", "PolicyError", "Problem", "check", "outdated", "unconfirmed"]
