"""What was asked for, taken together: a name points to many and so does an address, but often only one has both."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.linking.identity import ADDRESS, BORN, CONTACT, NAME, TRACE
from scanner.subject.bearers import Bearers
from scanner.subject.question import Seed

_NARROWS = (ADDRESS, BORN, *CONTACT, *TRACE)


def together(seeds: Sequence[Seed], bearers: Bearers) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Whom a name and what was asked for beside it point to together.

    Args:
        seeds: What was asked for.
        bearers: Tells with whose numbers each stands.

    Returns:
        The number of the one person who has them all, if there is just one; and the numbers of those who live at the
        address asked for, in whose records the name may stand as that of a contact or a second signature.
    """
    common, household = _numbers(seeds, bearers)
    return (common if len(common) == 1 else frozenset()), (household if len(household) == 1 else frozenset())


def _numbers(seeds: Sequence[Seed], bearers: Bearers) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The numbers of all who have what was asked for, and of those who live at the address."""
    names = [bearers.numbers(seed.token) for seed in seeds if seed.entity == NAME]
    narrowing: dict[str, frozenset[bytes]] = {}
    for seed in seeds:
        if seed.entity in _NARROWS:
            narrowing[seed.entity] = narrowing.get(seed.entity, frozenset()) | bearers.residents(seed.token)
    if not names or not narrowing:
        return frozenset(), frozenset()
    return frozenset.intersection(*names, *narrowing.values()), narrowing.get(ADDRESS, frozenset())


def rows_together(seeds: Sequence[Seed], bearers: Bearers) -> frozenset[int]:
    """The rows of the one person whom a name and what was asked for beside it lead to, where no number does.

    Args:
        seeds: What was asked for.
        bearers: Tells to which rows each leads.

    Returns:
        None where numbers are known of whoever has both, or where a number, a day of birth or a contact tells two
        people of this name apart.
    """
    common, _ = _numbers(seeds, bearers)
    leading: dict[str, frozenset[int]] = {}
    for seed in seeds:
        if seed.entity in (NAME, *_NARROWS):
            leading[seed.entity] = leading.get(seed.entity, frozenset()) | bearers.rows(seed.token)
    if common or NAME not in leading or len(leading) == 1:
        return frozenset()
    rows = frozenset.intersection(*leading.values())
    return rows if bearers.are_one(rows) else frozenset()
