"""What `insyn case …` prints for people: in their language, with the places of records masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.case.happenings import happening
from reports.case.holidays import holiday
from reports.case.staff import DECISIONS, LACKS, MANDATES, MEASURES, OWN, RIGHTS, STATES, TASK_STATES, TASKS
from reports.language import Language
from reports.lines import table
from reports.locators import record_text
from reports.words import grade_name, moment
from scanner.cases.calendar import Day
from scanner.cases.hits import Summary
from scanner.cases.model import Case, CaseHit, Event, Lapsed, Task
from scanner.cases.package import Built
from scanner.cases.worklists import WorkItem

Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """A case with all that belongs to it."""

    case: Case
    tasks: Sequence[Task]
    records: Sequence[CaseHit]
    lapsed: Sequence[Lapsed]
    events: Sequence[Event]


def due(case: Case, lang: Language) -> str:
    """By when a case is to be answered: `due 2026-06-19 (Midsummer Eve), plan for 2026-06-18`."""
    _, when = lang.text, case.deadline
    off = f" ({holiday(when.because, lang)})" if when.because else ""
    planned = f", {_('plan for %(day)s', day=when.planned)}" if when.planned != when.due else ""
    return f"{_('due %(day)s', day=when.due)}{off}{planned}"


def opened(case: Case, lang: Language) -> str:
    """A case with its deadline."""
    return f"{lang.text('case %(case)s', case=case.number)}: {due(case, lang)}"


def extended(case: Case, lang: Language) -> str:
    """A case with its later deadline, and what is to be done for it."""
    send = lang.text("now send the letter: %(command)s", command=f"insyn case letter {case.number} extension")
    return f"{opened(case, lang)}; {send}"


def listed(cases: Iterable[Case], day: date, lang: Language) -> list[str]:
    """Cases, one a line."""
    _ = lang.text
    rows = [
        [
            one.number, _(RIGHTS[one.right]), str(one.received), str(one.deadline.planned),
            str(one.deadline.days_left(day)), _(STATES[one.state]),
        ]
        for one in cases
    ]  # fmt: skip
    headings = [_("Case"), _("Right"), _("Received"), _("Answer by"), _("Days left"), _("State")]
    return table(headings, rows, right=(4,)) if rows else [_("No cases.")]


def calendar(days: Iterable[Day], lang: Language) -> list[str]:
    """The deadlines of a month, and the days that nobody works."""
    _ = lang.text
    rows = [
        [str(day.date), holiday(day.off, lang) if day.off else "", ", ".join(one.number for one in day.cases)]
        for day in days
    ]
    return table([_("Day"), _("No working day"), _("Answer by then")], rows)


def show(told: Told, mask: Mask, lang: Language) -> list[str]:
    """A case with its tasks, records and events."""
    _, case = lang.text, told.case
    lacks = "; ".join(_(LACKS[one]) for one in case.missing)
    missing = _("Missing: %(what)s", what=lacks) if lacks else _("Nothing is missing.")
    head = (
        f"{_('Case %(case)s', case=case.number)}: {_(RIGHTS[case.right])}, {_(STATES[case.state])}, {due(case, lang)}"
    )
    return [
        head, *_protected(case, lang), *_acting(case, lang), missing, "", *_tasks(told.tasks, mask, lang), "",
        *_records(told.records, mask, lang), "", *_lapsed(told.lapsed, mask, lang), *_events(told.events, lang),
    ]  # fmt: skip


def _protected(case: Case, lang: Language) -> list[str]:
    """That the person's identity is protected, and what follows from it."""
    told = lang.text("The identity is protected: the answer goes by post through Skatteverket only.")
    return [told] if case.protected else []


def _acting(case: Case, lang: Language) -> list[str]:
    """By what right somebody acts for the person, without the name; nothing where nobody does."""
    _, acts = lang.text, case.representative
    if acts is None:
        return []
    kind = _(MANDATES[acts.kind])
    if not acts.checked_on:
        return [_("Somebody acts for the person: %(kind)s, not checked", kind=kind)]
    checked = {"day": acts.checked_on, "who": acts.checked_by}
    return [_("Somebody acts for the person: %(kind)s, checked %(day)s by %(who)s", kind=kind, **checked)]


def _tasks(tasks: Iterable[Task], mask: Mask, lang: Language) -> list[str]:
    _ = lang.text
    rows = [
        [str(one.id), _(TASKS[one.kind]), one.source, mask(one.unit) if one.unit else "", one.owner,
         _(TASK_STATES[one.state])]
        for one in tasks
    ]  # fmt: skip
    headings = [_("Task"), _("Kind"), _("System"), _("Place"), _("Owner"), _("State")]
    return table(headings, rows) if rows else [_("Nobody has to be asked.")]


def _records(records: Iterable[CaseHit], mask: Mask, lang: Language) -> list[str]:
    _ = lang.text
    rows = [
        [str(one.id), one.source, mask(one.unit), grade_name(one.grade, lang), _(OWN[one.own]),
         _(DECISIONS[one.decision])]
        for one in records
    ]  # fmt: skip
    headings = [_("Record"), _("System"), _("Place"), _("Certainty"), _("Whose"), _("Decision")]
    return table(headings, rows) if rows else [_("No records are kept with the case.")]


def _lapsed(decisions: Iterable[Lapsed], mask: Mask, lang: Language) -> list[str]:
    """Decisions that no longer count; nothing where there are none."""
    _ = lang.text
    rows = [
        [str(one.record.id), one.record.source, mask(one.record.unit), _(DECISIONS[one.decision]), one.by,
         moment(one.at)]
        for one in decisions
    ]  # fmt: skip
    headings = [_("Record"), _("System"), _("Place"), _("Lapsed decision"), _("Who"), _("Lapsed (UTC)")]
    return [*table(headings, rows), ""] if rows else []


def _events(events: Iterable[Event], lang: Language) -> list[str]:
    _ = lang.text
    rows = [[moment(one.at), one.by, happening(one.what, lang)] for one in events]
    return table([_("When (UTC)"), _("Who"), _("What")], rows)


def found(summary: Summary, lang: Language) -> str:
    """What a search for a case found, in a line."""
    _ = lang.text
    grades = ", ".join(f"{grade_name(grade, lang)} {lang.number(count)}" for grade, count in summary.grades.items())
    places = ", ".join(f"{source} {lang.number(count)}" for source, count in summary.sources.items())
    new = lang.ngettext("%(num)d new record", "%(num)d new records", summary.new)
    tasks = lang.ngettext("%(num)d task is not done.", "%(num)d tasks are not done.", summary.tasks)
    return " ".join([f"{grades} ({places or _('nowhere')}); {new}; {tasks}", *_now_lapsed(summary, lang)])


def _now_lapsed(summary: Summary, lang: Language) -> list[str]:
    told = lang.ngettext(
        "%(num)d earlier decision no longer counts, for something else is searched for.",
        "%(num)d earlier decisions no longer count, for something else is searched for.",
        summary.lapsed,
    )
    return [told] if summary.lapsed else []


def followed(summary: Summary, lang: Language) -> str:
    """What a search found after a decision about a possible record, in a line."""
    more = lang.ngettext(
        "Through this decision %(num)d more record was found.",
        "Through this decision %(num)d more records were found.",
        summary.more,
    )
    gone = lang.ngettext(
        "Through this decision %(num)d record is no longer found.",
        "Through this decision %(num)d records are no longer found.",
        summary.gone,
    )
    told = [text for text, count in ((more, summary.more), (gone, summary.gone)) if count]
    return " ".join(told) or lang.text("No other records follow from this decision.")


def worklist(items: Iterable[WorkItem], mask: Mask, lang: Language) -> list[str]:
    """What owners have to do, a record a line."""
    _ = lang.text
    rows = [
        [one.owner, one.source, mask(one.unit), mask(record_text(one.record, lang)), _(MEASURES[one.measure]), one.why]
        for one in items
    ]
    headings = [_("Owner"), _("System"), _("Place"), _("Record"), _("Measure"), _("Why")]
    return table(headings, rows) if rows else [_("Nothing was found to be worked on.")]


def built(built: Built, lang: Language) -> str:
    """That a package was built; its password follows."""
    _, day = lang.text, built.package.delete_on
    return _("%(path)s is made; it is deleted on %(day)s. Its password, shown this once:", path=built.path, day=day)


def to_release(number: str, lang: Language) -> str:
    """What a second person does with it."""
    commands = f"insyn case preview {number}, insyn case release {number}"
    return lang.text("now somebody else, as a user of their own: %(commands)s", commands=commands)


def previewed(file: str, digest: str, lang: Language) -> str:
    """Which package a file is of, before the command by which it is released."""
    _ = lang.text
    return _("%(file)s of the package %(digest)s…; a second person who has seen it", file=file, digest=digest[:16])
