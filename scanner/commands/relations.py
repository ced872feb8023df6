"""`insyn relations`: which columns refer to which, how that is known, and what the configuration says of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from recognizers import Analyzer
from reports import relations as report
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.language import LANGUAGES, translator
from reports.relations import Relations
from scanner import config as configuration
from scanner.config import Config
from scanner.console import one_of, write
from scanner.reporting.relations import of, relations, statements
from scanner.sources import chosen
from scanner.store import Store
from scanner.subject.shown import Shown
from scanner.workflow import opened, policy


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str


def run(path: Path, source: str, options: Options) -> None:
    """Write the relations, of one source or of all.

    Raises:
        ConfigError: there is no such source.
    """
    one_of("--format", options.format, (*DOCUMENT_FORMATS, "json"))
    one_of("--lang", options.lang, LANGUAGES)
    config = configuration.load(path)
    wanted = chosen(config, [source] if source else [])
    with opened(config) as store:
        found = of(relations(store, config, policy(config).company, Shown(store, Analyzer())), wanted)
    write(_rendered(found, options), options.output)


def _rendered(found: Relations, options: Options) -> bytes:
    if options.format == "json":
        return (json.dumps(report.objects(found), ensure_ascii=False, indent=2) + "\n").encode()
    document = report.document(found, translator(options.lang))
    return render_document(document, options.format, options.lang, tables=("relations",))


def unmet(store: Store, config: Config) -> list[str]:
    """What the configuration says of keys that came to nothing, a line each; names are masked."""
    with store.reading() as connection:
        wrong = [one for one in statements(store, connection, config) if one.state in report.DOUBTFUL]
    if not wrong:
        return []
    shown, lang = Shown(store, Analyzer()), translator("en")
    masked = (replace(one, what=shown(one.what), near=shown(one.near)) for one in wrong)
    return [f"{config.path.name}: {one.place}: {report.state(one, lang)}" for one in masked]
