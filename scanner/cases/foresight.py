"""What would come along, or go, if it were decided so about records of a case. Kept is only that it was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from reports.case.foreseen import Foreseen
from scanner.cases import hits as case_hits
from scanner.cases.desk import Desk
from scanner.cases.model import Decision
from scanner.subject.answer import Searched
from scanner.subject.outcome import Grade, Outcome

Place = tuple[str, str]
"""Source and unit."""


def foresee(desk: Desk, number: str, hits: Collection[int], decision: Decision) -> list[Foreseen]:
    """Search as the case stands and as it would stand, and count the difference. Logged before anything is looked up.

    Args:
        desk: Who asks, with what.
        number: Of the case.
        hits: Ids of its records.
        decision: The one that is thought of; it needs no reason yet.

    Returns:
        What would change, a place each, most first; names of places are not masked. Nothing where the decision changes
        nothing that is followed, or no record hangs on these.

    Raises:
        ConfigError: there is no such record, or the package has been released.
        SpecialHandlingError: the person's identity is protected, or would be seen to be, and this user has no such
            task. The case is not marked for what has but been thought of.
        InsynError: the log cannot be written.
    """
    case = desk.register.get(number)
    desk.admit(number, protected=case.protected)
    case_hits.check_open(desk, case, hits)
    included = case_hits.turned(desk, case, hits, decision)
    if included is None:
        return []
    with desk.searched(case, "case foresee") as now:
        then = desk.searched_if(case, now, included)
        return _difference(now, then.outcome)


def _difference(now: Searched, then: Outcome) -> list[Foreseen]:
    before, after = now.outcome.hits, then.hits
    more = after.keys() - before.keys()
    possible = {one for one in more if after[one].grade is Grade.POSSIBLE}
    chosen = then.confirmed - now.outcome.confirmed
    surer = {one for one in after.keys() & before.keys() - chosen if _is_surer(now.outcome, then, one)}
    gone = before.keys() - after.keys()
    counts = [_counted(now, then, records) for records in (more, possible, surer, gone)]
    made = [Foreseen(*place, *(count[place] for count in counts)) for place in set().union(*counts)]
    return sorted(made, key=lambda one: (-(one.more + one.surer + one.gone), one.source, one.unit))


def _is_surer(now: Outcome, then: Outcome, record: int) -> bool:
    return now.hits[record].grade is Grade.POSSIBLE and then.hits[record].grade > Grade.POSSIBLE


def _counted(now: Searched, then: Outcome, records: Iterable[int]) -> Counter[Place]:
    units = (now.search.ownership.unit((then.hits.get(one) or now.outcome.hits[one]).unit) for one in records)
    return Counter((unit.source, unit.key) for unit in units)
