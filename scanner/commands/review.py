"""`insyn review`: decisions about findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from reports import objects
from reports.dates import today
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.gaps import KINDS as GAPS
from reports.language import LANGUAGES, translator
from reports.nearest import nearest
from reports.review import Decision
from reports.review_report import document
from reports.review_report import objects as plain
from scanner import config as configuration
from scanner.config import Config
from scanner.console import one_of, say, write
from scanner.decisions import review
from scanner.errors import ConfigError
from scanner.reporting.listing import places
from scanner.store import Store
from scanner.subject.shown import Shown, decided
from scanner.workflow import opened, policy


@dataclass(frozen=True, slots=True)
class Given:
    """A decision as the command line gives it."""

    kind: str
    source: str
    unit: str
    field: str
    entity: str
    reason: str
    until: str = ""
    category: str = ""
    value: str = ""


def decide(path: Path, given: Given) -> None:
    """Keep a decision and say whether it counts.

    Raises:
        ConfigError: it is about nothing that there is, or says too little.
    """
    config = configuration.load(path)
    _known(config, given)
    with opened(config) as store:
        decision = _decision(store, given)
        review.check(decision)
        _listed(config, store, decision)
        made = review.decide(store, decision)
    state = "waits for a second person: insyn review approve" if made.wide else "counts from now on:"
    say(f"insyn: decision {made.id} {state} {made.id if made.wide else made.kind}")


def _known(config: Config, given: Given) -> None:
    if given.source and given.source not in config.sources:
        raise ConfigError(f"review: there is no source {given.source}; there are {', '.join(config.sources)}")
    promised = policy(config)
    if given.kind == "reclassify" and given.category not in {*promised.categories, *promised.not_in_policy}:
        raise ConfigError(f"review reclassify: {given.category} is no category of the policy {promised.id}")
    if given.kind == "accept":
        one_of("KIND", given.category, GAPS)


def _listed(config: Config, store: Store, decision: Decision) -> None:
    """Refuse a place that no scan has met: nothing would ever be decided by it."""
    declared = decision.source and config.sources[decision.source].type == "declared"
    if decision.token is not None or declared or decision.unit in ("", "*"):
        return
    there = list(places(store, decision.source))
    if not any(fnmatchcase(place, decision.unit) for place in there):
        from recognizers import Analyzer

        where = f"of {decision.source} " if decision.source else ""
        shown = Shown(store, Analyzer())
        called = f"{shown(decision.unit)}{shown(nearest(decision.unit, there))}"
        raise ConfigError(
            f"review {decision.kind}: no scan has listed a table or folder {where}that is called {called}"
        )


def _decision(store: Store, given: Given) -> Decision:
    try:
        until = date.fromisoformat(given.until) if given.until else None
    except ValueError:
        raise ConfigError(f"--until: {given.until} is no date; write it as 2026-11-22") from None
    token = _token(store, given.value, given.entity) if given.value else None
    place = (given.source, given.unit, given.field, given.entity)
    return Decision(0, given.kind, *place, given.category, given.reason, "", "", until, token=token)


def _token(store: Store, value: str, entity: str) -> bytes:
    """The keyed token of a value: the value itself is not kept."""
    from recognizers import Analyzer

    found = [match for match in Analyzer().find({"": [value]}) if entity in ("", match.entity)]
    if len(found) != 1:
        seen = ", ".join(sorted({match.entity for match in found})) or "nothing"
        raise ConfigError(f"review dismiss: --value is read as {seen}; say which with --entity")
    return store.keys.token(found[0].entity, found[0].value)


def approve(path: Path, id: int) -> None:
    """Approve a decision."""
    with opened(configuration.load(path)) as store:
        made = review.approve(store, id)
    say(f"insyn: decision {made.id} counts from now on")


def undo(path: Path, ids: Sequence[int]) -> None:
    """Undo decisions."""
    with opened(configuration.load(path)) as store:
        made = review.undo_all(store, ids)
    for one in made:
        say(f"insyn: decision {one.id} is undone")


def listing(path: Path, format: str, output: Path | None, lang: str) -> None:
    """Write all decisions; values in names of places and fields are masked."""
    from recognizers import Analyzer

    one_of("--format", format, ("json", *DOCUMENT_FORMATS))
    one_of("--lang", lang, LANGUAGES)
    config = configuration.load(path)
    with opened(config) as store:
        made = decided(review.decisions(store), Shown(store, Analyzer()))
    if format == "json":
        write(objects.document(plain(made, today())), output)
        return
    write(render_document(document(made, policy(config), today(), translator(lang)), format, lang), output)
