"""`insyn subject`: everything held about one person. Logged before anything is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import typer

from connectors import Connector, State
from recognizers import Analyzer
from reports.facts import SubjectAnswer
from reports.formats import SUBJECT_FORMATS, render_subject
from reports.language import LANGUAGES, translator
from scanner import audit
from scanner import config as configuration
from scanner.answer import Answer
from scanner.config import Config
from scanner.console import one_of, write
from scanner.errors import ConfigError
from scanner.question import seeds
from scanner.shown import Shown
from scanner.sources import connector
from scanner.store import Store
from scanner.subject import Search
from scanner.workflow import opened, policy

UNREAD = 3


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    case: str
    format: str
    output: Path | None
    lang: str
    min_score: float
    values: bool


def run(path: Path, identifiers: Sequence[str], options: Options) -> None:
    """Search and write the answer; ends 3 if not all that is configured could be searched."""
    one_of("--format", options.format, SUBJECT_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    if not options.case.strip():
        raise ConfigError("subject: --case is empty; give the number of the case or another reference")
    config = configuration.load(path)
    analyzer = Analyzer()
    promised = policy(config)
    with opened(config) as store:
        answer = search(store, config, identifiers, analyzer, options)
        shown = Shown(store, analyzer)
        document = render_subject(answer, promised, options.format, options.lang, shown=shown)
    write(document, options.output)
    if any(one.state not in (State.SCANNED, State.SKIPPED, State.UNCHANGED) for one in answer.coverage):
        raise typer.Exit(UNREAD)


def search(
    store: Store, config: Config, identifiers: Sequence[str], analyzer: Analyzer, options: Options
) -> SubjectAnswer:
    """Search the store for one person, and read again from the sources what the answer shows.

    Args:
        store: With what was found.
        config: Store, key, policy and sources.
        identifiers: What was typed.
        analyzer: Reads the question as it read the sources.
        options: Case, language, least score; whether values are read again.
    """
    promised = policy(config)
    with ExitStack() as stack:
        asked = seeds(analyzer, store.keys, identifiers)
        audit.record(store, "subject", options.case.strip(), asked[0].token)
        open_connectors: dict[str, Connector] = {}

        def connect(name: str) -> Connector:
            if name not in open_connectors:
                open_connectors[name] = stack.enter_context(connector(config, name))
            return open_connectors[name]

        with store.reading() as connection:
            found = Search(store, connection, options.min_score)
            outcome = found.find(asked)
            answer = Answer(store, config, promised, analyzer, translator(options.lang))
            return answer.build(options.case.strip(), asked, found, outcome, connect, values=options.values)
