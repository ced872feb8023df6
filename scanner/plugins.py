"""The one list of what exists: the entry points `insyn.connectors` and `insyn.recognizers`.

Ours and third parties' come in by the same door and are imported when they are used.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from scanner.errors import ConfigError, InsynError

if TYPE_CHECKING:
    from connectors import Connector

CONNECTORS = "insyn.connectors"
RECOGNIZERS = "insyn.recognizers"


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point, as `insyn plugins` lists it."""

    group: str
    name: str
    target: str
    distribution: str


@cache
def _points(group: str) -> Mapping[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=group), key=lambda point: point.name)}


def plugins() -> list[Plugin]:
    """List all connectors and recognizers without importing any of them."""
    return [
        Plugin(group, point.name, point.value, point.dist.name if point.dist else "")
        for group in (CONNECTORS, RECOGNIZERS)
        for point in _points(group).values()
    ]


def source_types() -> list[str]:
    """Names that `type:` of a source may have."""
    return list(_points(CONNECTORS))


def _load(point: EntryPoint) -> Any:
    try:
        return point.load()
    except ImportError as error:
        raise InsynError(
            f"the plug-in {point.name} ({point.value}) cannot be loaded: {error.name or error} is missing"
        ) from error


def connector_class(kind: str) -> type[Connector]:
    """The connector class of a source type.

    Raises:
        ConfigError: no connector of that name is installed.
    """
    points = _points(CONNECTORS)
    if kind not in points:
        raise ConfigError(f"type: {kind} is no source type; installed are {', '.join(points)}")
    loaded: type[Connector] = _load(points[kind])
    return loaded


def connector_options(kind: str) -> Mapping[str, inspect.Parameter]:
    """The options that a source of this type takes: the keyword-only parameters of its constructor."""
    parameters = inspect.signature(connector_class(kind), eval_str=True).parameters
    return {name: one for name, one in parameters.items() if one.kind is inspect.Parameter.KEYWORD_ONLY}
