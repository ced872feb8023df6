"""Reading a policy file: YAML in, a checked `Document` out, and every mistake as one line that says where and what."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from reports.policy_model import Detect, Document, keys_at


class PolicyError(Exception):
    """A policy cannot be used. The message is one line: file, key, what is wrong."""

    exit_code = 2
    """Of every command that meets it: what is wrong is configuration."""


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key given twice: the first of the two would silently be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if not isinstance(name, Hashable):
                raise yaml.constructor.ConstructorError(None, None, "a list or a mapping is no key", key.start_mark)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{name!r} is given twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


_OURS: Any = getattr(yaml, "CSafeLoader", _Loader)
"""For the policies that come with the package: nothing in them is to be refused, and it takes a tenth of the time."""


def read(name_or_path: str) -> tuple[Document, str]:
    """Read a bundled policy (`omnipoint`) or one at a path.

    Returns:
        The document and the SHA-256 of the file's bytes, in hex.

    Raises:
        PolicyError: there is no such policy, or it is wrong.
    """
    raw = raw_bytes(name_or_path)
    document = _document(raw, name_or_path)
    for problem in problems(document):
        raise PolicyError(f"{name_or_path}: {problem}")
    return document, hashlib.sha256(raw).hexdigest()


def bundled() -> list[str]:
    """Names of the policies that come with the package."""
    folder = resources.files("reports") / "policies"
    return sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml"))


def raw_bytes(name_or_path: str) -> bytes:
    """The file of a policy as it is.

    Raises:
        PolicyError: there is none.
    """
    if name_or_path in bundled():
        return (resources.files("reports") / "policies" / f"{name_or_path}.yaml").read_bytes()
    try:
        return Path(name_or_path).read_bytes()
    except OSError as error:
        choices = ", ".join(bundled())
        raise PolicyError(f"{name_or_path}: {error.strerror}; give a path or a bundled policy: {choices}") from None


def wording(name_or_path: str, document: Document) -> list[str]:
    """The lines of the text that a policy file was made from: it lies beside it, or comes with the package.

    None where there is no such text, or another one: the lines that the policy names may then be others.
    """
    source = document.head.source
    for folder in (Path(name_or_path).parent, resources.files("reports") / "policies"):
        file = folder / source.file
        if file.is_file() and hashlib.sha256(raw := file.read_bytes()).hexdigest() == source.sha256:
            return raw.decode("utf-8").split("\n")
    return []


def parsed(raw: bytes, name: str) -> dict[str, Any]:
    """The YAML of a policy.

    Raises:
        PolicyError: it is none.
    """
    try:
        data = yaml.load(raw, Loader=_OURS if name in bundled() else _Loader)  # noqa: S506 -- both are safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise PolicyError(f"{name}: {line}{getattr(error, 'problem', None) or 'no YAML'}") from None
    except RecursionError:
        raise PolicyError(f"{name}: no YAML: nested too deep") from None
    except ValueError:  # of a scalar: the parser names neither line nor key
        raise PolicyError(f"{name}: no YAML: a date or time in it does not exist") from None
    if not isinstance(data, dict):
        raise PolicyError(f"{name}: no policy: the file has no keys")
    return data


def _document(raw: bytes, name: str) -> Document:
    try:
        return Document.model_validate(parsed(raw, name))
    except ValidationError as error:
        key, what = told(error.errors(include_url=False, include_input=False)[0])
        raise PolicyError(f"{name}: {'.'.join(map(str, key))}: {what}") from None


def told(error: Mapping[str, Any]) -> tuple[list[str | int], str]:
    """The path of a mistake that the model has found, and what is wrong there; for an unknown key, which there are."""
    at = [part for part in error["loc"] if part != "[key]"]
    if error["type"] == "extra_forbidden":
        return at, f"no such key; there are {', '.join(keys_at(at[:-1]))}"
    return at, str(error["msg"]).removeprefix("Value error, ")


def problems(document: Document) -> Iterator[str]:
    """Say, as `key: what is wrong`, which references of a document lead nowhere and which entities have two homes."""
    yield from _references(document)
    yield from _homes(document)


def _references(document: Document) -> Iterator[str]:
    categories, roles = document.categories, document.roles
    for id, category in categories.items():
        for key in ("expands_to", "may_expand_to", "children"):
            yield from _unknown(f"categories.{id}.{key}", getattr(category, key), categories)
    for section in ("purposes", "third_party_rules"):
        for id, rule in getattr(document, section).items():
            yield from _unknown(f"{section}.{id}.categories", rule.categories, categories)
            yield from _unknown(f"{section}.{id}.roles", rule.roles, roles)
            yield from _unknown(f"{section}.{id}.retention", [rule.retention], document.retention_rules)
    for id, retention in document.retention_rules.items():
        anchors = [retention.after, *(period.after for period in retention.resolves_to)]
        yield from _unknown(f"retention_rules.{id}.after", filter(None, anchors), document.events)
    yield from _unknown("policy.scope_roles", document.head.scope_roles, roles)
    yield from _unknown("policy.out_of_scope_roles", document.head.out_of_scope_roles, roles)
    yield from _unknown("not_in_policy", document.categories.keys() & document.not_in_policy.keys(), ())


def _unknown(key: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    return (f"{key}: {id!r} is not known" for id in ids if id not in known)


def _homes(document: Document) -> Iterator[str]:
    seen = dict.fromkeys(document.not_personal, "not_personal")
    parts: list[tuple[str, Detect]] = [(f"categories.{id}", part.detect) for id, part in document.categories.items()]
    parts += [(f"not_in_policy.{id}", part.detect) for id, part in document.not_in_policy.items()]
    for key, detect in parts:
        for entity in detect.home:
            if entity in seen:
                yield f"{key}.detect.home: {entity} has its home in {seen[entity]} already"
            seen[entity] = key
