"""What is wrong with a policy file, all of it and where; and what in it waits for the company's answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from reports.expiry import DATES, parts
from reports.nearest import nearest
from reports.policy_file import PolicyError, parsed, problems, raw_bytes, told
from reports.policy_model import Document
from reports.words import ENTITIES


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
    at, what = told(error)
    return Problem(_line(tree, at), ".".join(map(str, at)), what)


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


def unfound(name_or_path: str, document: Document, given: Collection[str]) -> list[Problem]:
    """Entities that a policy names and nothing finds, in the order of the file; of a misspelt one the nearest name.

    Args:
        name_or_path: The policy's file, for the lines.
        document: What it says.
        given: Entities that recognizers give.
    """
    known = {*given, *ENTITIES}  # those of Insyn's own list too: who installs a recognizer of places need not edit
    tree = yaml.compose(raw_bytes(name_or_path), Loader=yaml.SafeLoader)
    found = []
    for path, entities in _entities(document):
        for at, entity in enumerate(entities):
            name = entity.partition(":")[0]
            if name not in known:
                line = _line(tree, [*path, at] if path[0] != "not_personal" else [*path, entity])
                what = f"no installed recognizer gives {name}{nearest(name, known)}"
                found.append(Problem(line, ".".join(map(str, path)), what))
    return sorted(found, key=lambda one: one.line)


def _entities(document: Document) -> Iterator[tuple[list[str | int], Sequence[str]]]:
    """Where a policy names entities, and which."""
    for section in ("categories", "not_in_policy"):
        for id, part in getattr(document, section).items():
            yield [section, id, "detect", "home"], part.detect.home
            yield [section, id, "detect", "where_named"], part.detect.where_named
    yield ["not_personal"], list(document.not_personal)
    for id, rule in document.third_party_rules.items():
        yield ["third_party_rules", id, "claim_broken_by"], rule.claim_broken_by
    for at, promise in enumerate(document.promises):
        yield ["promises", at, "entities"], promise.entities


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
    said = []
    if not head.version or not head.valid_from:
        empty = [key for key in ("version", "valid_from") if not getattr(head, key)]
        which = f"{' and '.join(f'policy.{key}' for key in empty)} {'are' if len(empty) > 1 else 'is'} empty"
        said.append(f"{which}: a report cannot say which version it was made with")
    elif head.valid_from > on.isoformat():
        said.append(f"policy.valid_from is {head.valid_from}: it is not valid yet")
    dates = [one.valid_from for one in head.history]
    if dates != sorted(dates):
        said.append("policy.history: versions are not in the order of their dates")
    return said


__all__ = ["Open", "PolicyError", "Problem", "check", "outdated", "unconfirmed", "unfound"]
