"""`insyn store check|upgrade|backup|vacuum`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from scanner import config as configuration
from scanner import upkeep
from scanner.console import one_of, say, write
from scanner.errors import InsynError
from scanner.keys import Keys, read_key
from scanner.store import Store, migrations, schema
from scanner.workflow import opened


def check(path: Path, form: str) -> None:
    """Print how large the store is, and say that it is sound.

    Raises:
        InsynError: it is not sound.
    """
    one_of("--format", form, ("text", "json"))
    with opened(configuration.load(path)) as store:
        faults = upkeep.faults(store)
        size = upkeep.size(store)
    if form == "json":
        told = json.dumps({"faults": faults, **asdict(size), "bytes_per_token": round(size.per_token, 1)}, indent=2)
    else:
        told = (
            f"{size.units} units, {size.findings} findings, {size.tokens} tokens, {size.bytes / 1e6:.1f} MB "
            f"({size.per_token:.0f} bytes a token)"
        )
    write(f"{told}\n".encode(), None)
    for fault in faults:
        say(f"insyn: {fault}")
    if faults:
        raise InsynError("the store is not sound; restore a backup, or scan into a new one")
    say("insyn: the store is sound")


def upgrade(path: Path) -> None:
    """Bring the store up to date.

    Raises:
        LockedError: a scan is going on.
        InsynError: it is too old.
    """
    config = configuration.load(path)
    store = Store.open(config.store, Keys(read_key(config.key)), create=False, older=True)
    try:
        upkeep.alone(store)
        with store.transaction() as connection:
            before = migrations.upgrade(connection)
    finally:
        store.close()
    same = before == schema.VERSION
    say(f"insyn: the store has schema {schema.VERSION}" + (" already" if same else f", it had {before}"))


def backup(path: Path, target: Path) -> None:
    """Copy the store."""
    with opened(configuration.load(path)) as store:
        upkeep.backup(store, target)
    say(f"insyn: the store is copied to {target}; the key is not in it")


def vacuum(path: Path) -> None:
    """Make the store smaller."""
    with opened(configuration.load(path)) as store:
        before = upkeep.size(store).bytes
        upkeep.vacuum(store)
        after = upkeep.size(store).bytes
    say(f"insyn: the store had {before / 1e6:.1f} MB, has {after / 1e6:.1f} MB")
