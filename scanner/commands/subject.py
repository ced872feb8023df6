"""`insyn subject`: everything held about one person. Logged before anything is looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from connectors import State
from recognizers import Analyzer
from reports.formats import SUBJECT_FORMATS, render_subject
from reports.language import LANGUAGES, translator
from reports.masking import names
from scanner import config as configuration
from scanner.cases.desk import Desk
from scanner.cases.model import Case
from scanner.commands.blank import Blank
from scanner.console import one_of, say, write
from scanner.errors import ConfigError
from scanner.subject.answer import Answer
from scanner.subject.question import MISTYPED
from scanner.subject.reread import Now
from scanner.workflow import opened, policy

UNREAD = 3
_BLANK = (Now.GONE, Now.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    case: str
    format: str
    output: Path | None
    lang: str
    min_score: float
    values: bool
    special: bool
    dry_run: bool = False


def run(path: Path, identifiers: Sequence[str], options: Options) -> None:
    """Search and write the answer; ends 3 if not all that is configured could be searched."""
    one_of("--format", options.format, SUBJECT_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    if not options.case.strip():
        raise ConfigError("subject: --case is empty; give the number of the case or another reference")
    config = configuration.load(path)
    with opened(config) as store:
        desk = Desk(store, config, policy(config), Analyzer(), special=options.special, min_score=options.min_score)
        case = desk.register.ensure(options.case)
        if options.dry_run:
            write(_reached(desk, case, identifiers, options.lang), options.output)
            return
        with desk.searched(case, "subject", identifiers) as found:
            if any(seed.mistyped for seed in found.seeds):
                say(MISTYPED)
            answer = Answer(store, config, desk.policy, desk.shown, translator(options.lang))
            built = answer.build(case.number, found, values=options.values)
            blank = Blank(Counter(hit.source for hit in built.hits if hit.now in _BLANK), found.rereader.down)
        desk.shown.ahead(names(built.hits))
        document = render_subject(built, desk.policy, options.format, options.lang, shown=desk.shown)
    write(document, options.output)
    blank.tell("record")
    if any(one.state not in (State.SCANNED, State.SKIPPED, State.UNCHANGED) for one in built.coverage):
        raise typer.Exit(UNREAD)


def _reached(desk: Desk, case: Case, identifiers: Sequence[str], lang: str) -> bytes:
    """Which systems the identifiers reach, and what else would reach more."""
    from reports.case.reached import lines
    from scanner.cases.reach import reach

    with desk.searched(case, "subject dry run", identifiers) as found:
        rows = reach(desk, found)
    return "".join(f"{line}\n" for line in lines(rows, translator(lang))).encode("utf-8", "backslashreplace")
