"""The letters of a case, as documents: page or PDF is the caller's choice."""

from __future__ import annotations

from collections.abc import Sequence

from reports.case.document import Document
from reports.case.letters import LETTERS, LetterFacts, letter
from reports.dates import today
from reports.language import translator
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.cases.model import TaskKind, TaskState
from scanner.cases.package_summary import case_facts, company
from scanner.errors import ConfigError


def write(desk: Desk, number: str, kind: str, *, reason: str = "", measures: Sequence[str] = ()) -> Document:
    """A letter of a case in the person's language; noted in the case.

    Args:
        desk: Who works, with what.
        number: Of the case.
        kind: `received`, `identity`, `extension`, `refusal`, `nothing_found`, `completion`, `measures`.
        reason: Of a refusal, or what a completion asks for. An extension's is the case's.
        measures: What was done, a line each.

    Raises:
        ConfigError: there is no such letter, or its reason is missing.
    """
    if kind not in LETTERS:
        raise ConfigError(f"case {number}: there is no letter {kind}; there are {', '.join(LETTERS)}")
    case = desk.register.get(number)
    if kind == "extension" and case.extended is None:
        raise ConfigError(f"case {number}: the time is not extended; extend it first")
    if kind == "refusal" and not reason.strip():
        raise ConfigError(f"case {number}: a refusal needs a reason (Art. 12(4) GDPR)")
    tasks = [task for task in case_tasks.listed(desk, number) if task.state is not TaskState.ANSWERED]
    not_searched = dict.fromkeys(task.source for task in tasks if task.kind is TaskKind.DECLARED or not task.unit)
    facts = LetterFacts(
        case=case_facts(case),
        company=company(desk.policy),
        today=today(),
        reason=case.extended.value if kind == "extension" and case.extended else reason,
        searched=[name for name in desk.config.sources if name not in not_searched],
        not_searched=list(not_searched),
        measures=measures,
        mandate="mandate" in case.missing,
    )
    with desk.store.transaction() as connection:
        desk.register.note(connection, number, "letter", kind)
    return letter(kind, facts, translator(case.language))
