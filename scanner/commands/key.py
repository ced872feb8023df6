"""`insyn key rotate`: the store goes over to another key."""

from __future__ import annotations

from pathlib import Path

from scanner import config as configuration
from scanner import rotation, upkeep
from scanner.console import say
from scanner.keys import Keys, new_key, read_key
from scanner.workflow import opened


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
