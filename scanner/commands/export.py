"""`insyn export`: the inventory for a data catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa

from reports import objects
from reports.catalogue import Place, datahub, open_lineage
from reports.language import LANGUAGES
from scanner import config as configuration
from scanner.commands.inventory import build_inventory
from scanner.config import Config, SourceConfig
from scanner.console import one_of, write
from scanner.errors import ConfigError, InsynError

FORMATS = ("openlineage", "datahub")
ENVIRONMENTS = ("PROD", "CORP", "DEV", "TEST", "QA", "UAT", "PRE", "STG", "NON_PROD", "EI")
"""DataHub's `FabricType`."""
_PLATFORMS = {"postgresql": "postgres", "mariadb": "mysql", "mysql": "mysql", "mssql": "mssql", "oracle": "oracle"}
"""Dialect -> what OpenLineage (as scheme) and DataHub call it; a file of SQLite or DuckDB is called by its path."""
_PORTS = {"postgres": 5432, "mysql": 3306, "mssql": 1433, "oracle": 1521}


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str
    min_score: float
    env: str


def run(path: Path, options: Options) -> None:
    """Write the catalogue's file.

    Raises:
        InsynError: nothing was scanned yet.
    """
    one_of("--format", options.format, FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    one_of("--env", options.env, ENVIRONMENTS)
    config = configuration.load(path)
    inventory = build_inventory(config, options.min_score)
    if not inventory.generated:
        raise InsynError("export: nothing has been scanned yet; `insyn scan` first")
    if options.format == "openlineage":
        events = open_lineage(inventory, places(config), f"urn:insyn:{version('insyn')}")
        return write(objects.lines(events), options.output)
    proposals = datahub(inventory, places(config), env=options.env, lang=options.lang)
    return write(objects.document(proposals), options.output)


def places(config: Config) -> Mapping[str, Place]:
    """How catalogues call the sources. Users, passwords and options of a URL are left out.

    Raises:
        ConfigError: a source does not say where it is.
    """
    found = {name: _named(name, source) for name, source in config.sources.items()}
    return {name: place for name, place in found.items() if place is not None}


def _named(name: str, source: SourceConfig) -> Place | None:
    try:
        return _place(source)
    except KeyError as error:
        raise ConfigError(f"sources.{name}: {error.args[0]} is missing; `insyn check` says what is needed") from None
    except sa.exc.ArgumentError:
        raise ConfigError(f"sources.{name}.url: is no URL of a database; `insyn check` says what is needed") from None


def _place(source: SourceConfig) -> Place | None:
    options = source.options
    if source.type == "database":
        return _database(sa.make_url(options["url"]))
    if source.type == "s3":
        return Place(f"s3://{options['bucket']}", "s3", root=f"{options['bucket']}/")
    path = str(options.get("path", ""))
    return _tree(path.rstrip("/")) if path else None


def _tree(path: str) -> Place:
    """Of a directory, a share (`smb://HOST/SHARE/DIR`) or a bucket (`s3://BUCKET/PREFIX`)."""
    scheme, mark, rest = path.partition("://")
    if not mark:
        return Place("file", "file", f"{path}/")
    parts = rest.split("/")
    top = 1 if scheme == "s3" else 2
    root, below = "/".join(parts[:top]), "".join(f"{part}/" for part in parts[top:])
    return Place(f"{scheme}://{root}", "s3" if scheme == "s3" else "file", below, f"{root}/")


def _database(url: sa.URL) -> Place:
    dialect = url.get_backend_name()
    platform = _PLATFORMS.get(dialect)
    if platform is None:
        return Place("file", dialect, f"{url.database}.")
    address = f"{platform}://{url.host or 'localhost'}:{url.port or _PORTS[platform]}"
    prefix = "" if platform == "mysql" or not url.database else f"{url.database}."
    return Place(address, platform, prefix)
