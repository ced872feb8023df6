"""`insyn policy answer|answers|versions`: what the company has decided about its policy, and how that has changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scanner import config as configuration
from scanner.console import say, write
from scanner.decisions import policy_answers, policy_versions
from scanner.workflow import opened, policy


def answer(path: Path, question: str, said: str, why: str) -> None:
    """Keep an answer.

    Raises:
        ConfigError: there is no such question or answer.
    """
    config = configuration.load(path)
    with opened(config) as store:
        policy_answers.answer(store, policy(config), question, said, why)
    say(f"insyn: {question} is {'confirmed' if said == policy_answers.AS_ASSUMED else 'decided otherwise'}")


def listing(path: Path) -> None:
    """Write all answers."""
    config = configuration.load(path)
    with opened(config) as store:
        given = policy_answers.answers(store, policy(config))
    if not given:
        say("insyn: no question is answered yet; `insyn policy check` lists the open ones")
    _write((one.question, one.answer if one.holds else "reworded", one.by, one.at, one.words) for one in given)


def versions(path: Path, against: int) -> None:
    """Write the versions, or what is otherwise today than in one of them.

    Raises:
        ConfigError: there is no such version.
    """
    config = configuration.load(path)
    with opened(config) as store:
        promised = policy(config)
        policy_versions.note(store, promised)
        if against:
            changed = policy_versions.changes(store, against, promised)
            _write((one.part, one.before or "-", one.after or "-") for one in changed)
        else:
            _write((str(one.id), one.at, one.sha256) for one in policy_versions.versions(store))


def _write(rows: Iterable[tuple[str, ...]]) -> None:
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    write("".join(f"{line}\n" for line in lines).encode(), None)
