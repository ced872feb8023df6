"""`insyn key new`, `insyn key rotate`: the first key, and the store goes over to another."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from scanner import config as configuration
from scanner import rotation, upkeep
from scanner.console import say
from scanner.errors import ConfigError
from scanner.keys import Keys, new_key, read_key
from scanner.workflow import opened


def new(path: Path) -> None:
    """Make the key file that the configuration names.

    Raises:
        ConfigError: `key:` names no file, the file is there, or there is a store, which no new key opens.
    """
    config = configuration.load(path)
    kind, _, name = config.key.partition(":")
    if kind != "file":
        raise ConfigError(f"key: {config.key} is no file: put 64 random hex digits there (openssl rand -hex 32)")
    store = make_url(config.store)
    if store.get_backend_name() == "sqlite" and store.database and Path(store.database).exists():
        raise ConfigError(
            f"key: there is a store, {Path(store.database).name}, and no new key opens it: "
            "put your copy of its key back; if that is lost, move the store away first"
        )
    new_key(Path(name))
    say(f"insyn: {name} is made; keep a copy in a safe place, apart from the back-ups of the store")


def rotate(path: Path, target: str) -> None:
    """Give the store another key; a file that is not there is made.

    Raises:
        ConfigError: the reference is wrong, or names the key that the store has.
        LockedError: a scan is going on.
        InsynError: the store does not open with the key of the configuration, or its log is not whole.
    """
    config = configuration.load(path)
    reference = configuration.key_reference(path.parent, target)
    kind, _, name = reference.partition(":")
    with opened(config) as store:
        if kind == "file" and not Path(name).exists():
            new_key(Path(name))
        done = rotation.rotate(store, Keys(read_key(reference)))
        say(f"insyn: the store has another key; set in {path.name}: key: {target}")
        upkeep.vacuum(store)
    say(f"insyn: sealed anew: {done.sealed} texts of cases and decisions; the log goes on under the new key")
    if done.undone:
        say(f"insyn: {done.undone} decisions about single values do not stand any more: review them again")
    say(f"insyn: now run insyn scan: {done.units} units are read again; until then reports are empty")
    say("insyn: back-ups open with the old key still: make a new one, destroy those and the old key")
