"""The desk at which the commands `insyn case …` work, and the choices that they are given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TypeVar

from recognizers import Analyzer
from scanner import config as configuration
from scanner.cases.desk import Desk
from scanner.console import one_of
from scanner.workflow import opened, policy

E = TypeVar("E", bound=Enum)


@contextmanager
def at_desk(path: Path, *, special: bool = False) -> Iterator[Desk]:
    """Open the store of a configuration, to work with its cases."""
    config = configuration.load(path)
    with opened(config) as store:
        yield Desk(store, config, policy(config), Analyzer(), special=special)


def chosen(kind: type[E], option: str, value: str) -> E:
    """A member of an enumeration, by its value, or by its name where the value is a number.

    Raises:
        ConfigError: there is none.
    """
    names = {str(one.value) if isinstance(one.value, str) else one.name.lower(): one for one in kind}
    return names[one_of(option, value, tuple(names))]


def role_of(desk: Desk, role: str) -> str:
    """A role of the policy; "" where nothing is said.

    Raises:
        ConfigError: the policy has no such role.
    """
    return one_of("--role", role, tuple(desk.policy.roles)) if role else ""
