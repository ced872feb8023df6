"""`insyn.yaml`: what is scanned, with which key and policy, and where the findings are kept.

Every mistake is one line that names the file, the key and what would be right (`ConfigError`, exit code 2).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from scanner import plugins
from scanner.config_faults import told
from scanner.errors import ConfigError
from scanner.references import Reference, Said, fault, said
from scanner.schedule.model import Notify, Schedule

DEFAULT = Path("insyn.yaml")
_REFERENCE = re.compile(r"\$\{(file:)?([^}]*)\}")
_FILE_URL = re.compile(r"^((?:sqlite|duckdb)(?:\+\w+)?:///)(?!/|:memory:|file:)(.+)$")


class Table(BaseModel):
    """What the policy, and who asks for their data, need to know of one table (or other unit) of a source."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    purposes: tuple[str, ...] = ()
    relationship_end: str | None = None
    since: str | None = None
    received: str | None = None
    objection: str | None = None
    """Column with the day on which somebody objected to direct marketing, or withdrew a consent."""
    label: str = ""
    """What it is called to people outside the company."""
    fields: Mapping[str, str] = Field(default_factory=dict)
    """Column -> what it holds, in plain words."""
    codes: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """Column -> code that stands in it -> what that means."""


class SourceConfig(BaseModel):
    """One entry of `sources:`; what is not listed here are options of its connector."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: str
    owner: str = ""
    schedule: str = ""
    """When it is scanned, as a cron expression; "" = when somebody does."""
    purposes: tuple[str, ...] = ()
    label: str = ""
    """What it is called to people outside the company."""
    tables: Mapping[str, Table] = Field(default_factory=dict)
    relations: tuple[Reference, ...] = ()
    """Keys between columns that nothing else tells of, and such as are none."""

    def table(self, unit: str) -> Table | None:
        """What is said of a unit, by its name with or without its schema."""
        return self.tables.get(unit) or self.tables.get(unit.rpartition(".")[2])

    @property
    def options(self) -> dict[str, Any]:
        """The options for the connector."""
        return dict(self.model_extra or {})


class Oidc(BaseModel):
    """An OpenID Connect provider that vouches for users: Entra ID, Keycloak …"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    client: str
    secret: str = Field(repr=False)
    claim: str = "groups"
    """The claim of the identity token that lists what a user belongs to."""
    roles: Mapping[str, tuple[str, ...]]
    """What stands in the claim -> roles here; who has none is not let in."""
    label: str = ""
    """Name of the provider on the button."""


class Web(BaseModel):
    """What the pages need to know of how they are reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    """As users reach it: https://insyn.example.se; other names are refused."""
    oidc: Oidc | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    policy: str = "omnipoint"
    store: str = "sqlite:///insyn.db"
    key: str = "file:insyn.key"
    web: Web = Web()
    schedule: Schedule = Schedule()
    notify: Notify = Notify()
    metrics: str = ""
    sources: Mapping[str, SourceConfig]

    @field_validator("sources")
    @classmethod
    def _some(cls, sources: Mapping[str, SourceConfig]) -> Mapping[str, SourceConfig]:
        if not sources:
            raise ValueError("at least one source is needed")
        return sources


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration; all paths in it are absolute."""

    path: Path
    policy: str
    store: str
    key: str
    sources: Mapping[str, SourceConfig]
    web: Web = field(default_factory=Web)
    schedule: Schedule = field(default_factory=Schedule)
    notify: Notify = field(default_factory=Notify)
    metrics: Path | None = None
    """The directory that files for Prometheus are written in."""

    @property
    def directory(self) -> Path:
        """The directory that relative paths start from."""
        return self.path.parent

    @property
    def said(self) -> tuple[Said, ...]:
        """What is said of keys between columns, of all sources."""
        return said({name: one.relations for name, one in self.sources.items()})

    def named(self, source: str) -> str:
        """What a source is called to people outside the company."""
        config = self.sources.get(source)
        return config.label or source if config else source


def load(path: Path = DEFAULT) -> Config:
    """Read and check a configuration file.

    Raises:
        ConfigError: the file is missing, is no YAML, or something in it is wrong.
    """
    path = path.absolute()
    raw = _parse(path)
    try:
        parsed = _File.model_validate(_filled(raw, path, ()))
    except RecursionError:
        raise ConfigError(f"{path.name}: something in it holds itself (an alias, *name, inside its anchor)") from None
    except ValidationError as error:
        at, what = told(error, _File)
        raise ConfigError(f"{path.name}: {'.'.join(map(str, at))}: {what}") from None
    for name, source in parsed.sources.items():
        _check_source(path, name, source)
    if wrong := fault({name: source.relations for name, source in parsed.sources.items()}):
        raise ConfigError(f"{path.name}: {wrong}")
    return Config(
        path=path,
        policy=_policy(path.parent, parsed.policy),
        store=absolute_url(path.parent, parsed.store),
        key=key_reference(path.parent, parsed.key),
        sources={name: _absolute(path.parent, source) for name, source in parsed.sources.items()},
        web=parsed.web,
        schedule=parsed.schedule,
        notify=parsed.notify,
        metrics=path.parent / parsed.metrics if parsed.metrics else None,
    )


def _parse(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path.name}: no such file in {path.parent}; `insyn init` writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: cannot be read ({type(error).__name__})") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ConfigError(
            f"{path.name}{where}: not valid YAML: {getattr(error, 'problem', 'cannot be parsed')}"
        ) from None
    except RecursionError:
        raise ConfigError(f"{path.name}: not valid YAML: nested too deep") from None
    except ValueError:  # of a scalar: the parser names neither line nor key
        raise ConfigError(f"{path.name}: not valid YAML: a date or time in it does not exist") from None
    if not isinstance(raw, dict):
        raise ConfigError(f"{path.name}: expected keys such as `sources:`; see `insyn init`")
    return raw


def _filled(value: Any, path: Path, at: tuple[str, ...]) -> Any:
    """Fill in ${NAME} and ${file:PATH}; a secret stays out of the file and of every message."""
    if isinstance(value, dict):
        return {key: _filled(one, path, (*at, str(key))) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, path, at) for one in value]
    if isinstance(value, str):
        return _REFERENCE.sub(lambda match: _referenced(match, path, at), value)
    return value


def _referenced(match: re.Match[str], path: Path, at: tuple[str, ...]) -> str:
    where = f"{path.name}: {'.'.join(at)}"
    name = match.group(2)
    if match.group(1):
        try:
            return (path.parent / name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{where}: the file {name} cannot be read ({type(error).__name__})") from None
    if name not in os.environ:
        raise ConfigError(f"{where}: the environment variable {name} is not set")
    return os.environ[name]


def _check_source(path: Path, name: str, source: SourceConfig) -> None:
    where = f"{path.name}: sources.{name}"
    if source.type not in plugins.source_types():
        raise ConfigError(
            f"{where}.type: {source.type} is no source type; there are {', '.join(plugins.source_types())}"
        )
    known = plugins.connector_options(source.type)
    for option, value in source.options.items():
        if option not in known:
            raise ConfigError(f"{where}.{option}: no such option of type {source.type}; there are {', '.join(known)}")
        try:
            TypeAdapter(known[option].annotation).validate_python(value)
        except ValidationError as error:
            raise ConfigError(f"{where}.{option}: {told(error)[1]}") from None
    for option, parameter in known.items():
        if parameter.default is parameter.empty and option not in source.options:
            raise ConfigError(f"{where}.{option}: is missing; type {source.type} needs it")


def _absolute(directory: Path, source: SourceConfig) -> SourceConfig:
    changed = dict(source.options)
    if isinstance(changed.get("path"), str) and "://" not in changed["path"]:
        changed["path"] = str(directory / Path(changed["path"]).expanduser())
    for option in ("url", "calls_url"):
        if isinstance(changed.get(option), str):
            changed[option] = absolute_url(directory, changed[option])
    return source.model_copy(update=changed)


def absolute_url(directory: Path, url: str) -> str:
    """Make the file of an SQLite or DuckDB URL absolute; other URLs are left as they are."""
    match = _FILE_URL.match(url)
    return f"{match.group(1)}{directory / match.group(2)}" if match else url


def _policy(directory: Path, policy: str) -> str:
    return str(directory / policy) if policy.endswith((".yaml", ".yml")) else policy


def key_reference(directory: Path, key: str) -> str:
    """Where a key lies, a path being relative to the configuration."""
    kind, _, rest = key.partition(":")
    return f"file:{directory / rest}" if kind == "file" else key
