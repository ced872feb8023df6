"""Connectors made from their entries in the configuration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import make_url

from connectors import Connector, ConnectorError
from connectors.extract.limits import SHAPING
from scanner import plugins
from scanner.config import Config
from scanner.errors import ConfigError, InsynError


def chosen(config: Config, names: Sequence[str]) -> list[str]:
    """The sources named on the command line; all, if none is.

    Raises:
        ConfigError: there is no such source.
    """
    for name in names:
        if name not in config.sources:
            raise ConfigError(f"{config.path.name}: there is no source {name}; there are {', '.join(config.sources)}")
    return list(names) or list(config.sources)


def connector(config: Config, name: str) -> Connector:
    """Make the connector of a source. Nothing is reached yet.

    Raises:
        ConfigError: an option has a wrong value.
    """
    source = config.sources[name]
    options = source.options
    if "skip" in plugins.connector_options(source.type):
        options["skip"] = (*options.get("skip", ()), *_own_files(config))
    try:
        return plugins.connector_class(source.type)(**options)
    except ConnectorError as error:
        raise InsynError(f"source {name}: {error}") from None
    except (TypeError, ValueError):
        raise ConfigError(f"{config.path.name}: sources.{name}: an option has a value that does not fit") from None


def _own_files(config: Config) -> list[str]:
    """The store's own files, which no scan may read."""
    url = make_url(config.store)
    if url.get_backend_name() != "sqlite" or not url.database:
        return []
    return [url.database + end for end in ("", "-wal", "-shm", "-journal")]


_PLACE = frozenset(
    {"url", "path", "bucket", "prefix", "endpoint_url", "profile", "region", "include", "exclude", "skip"}
    | {"username", "password", "path_style", "timeout", "pause", "snapshot", "sandbox"}
)
"""Options that say where a source is, which units are wanted, or when; they do not change what is read of a unit."""


def reading_options(config: Config, name: str) -> str:
    """A digest of the options that decide what is read of a source's units: where they change, the units are stale."""
    options = {key: value for key, value in config.sources[name].options.items() if key not in _PLACE}
    limits = {key: value for key, value in (options.pop("limits", None) or {}).items() if key in SHAPING}
    options |= {"limits": limits} if limits else {}
    text = json.dumps(options, sort_keys=True, default=str)
    return f"-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if options else ""
