"""What the pages of support share: whose cases they are, and the desk at which somebody works with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException
from sqlalchemy import func, select

from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.model import Case
from scanner.store import Store, now, schema
from scanner.store.case_schema import subject_case
from scanner.users import User
from scanner.users.roles import EVERY_CASE, SEARCHERS, SUPPORT, Role
from scanner.web.site import Site
from scanner.web.visitor import Visitor, needs

Support = Annotated[Visitor, Depends(needs(SUPPORT))]
Searcher = Annotated[Visitor, Depends(needs(SEARCHERS))]
SEARCHES_A_DAY = 50
"""Of one user: more is nobody's daily work, and is for the data protection officer to look at."""
_SEARCH = "case search"


def desk_of(site: Site, user: User) -> Desk:
    """The desk of a signed-in user."""
    special = Role.SPECIAL in user.roles
    return Desk(site.store, site.config, site.policy, site.analyzer, actor=user.name, special=special, names=site.names)


def is_open_to(case: Case, user: User) -> bool:
    """Whether a user may see a case: his own, and those of others for who reviews them.

    A case of protected identity is for those with that task only.
    """
    if case.protected and Role.SPECIAL not in user.roles:
        return False
    return case.opened_by == user.name or user.may(EVERY_CASE) or (case.protected and Role.SPECIAL in user.roles)


def number_of(store: Store, id: int) -> str:
    """The number of a case, which an address does not tell: an outside reference may be anything.

    Raises:
        HTTPException: 404, there is no such case.
    """
    with store.reading() as connection:
        found = connection.scalar(select(subject_case.c.number).where(subject_case.c.id == id))
    if found is None:
        raise HTTPException(404)
    return str(found)


def id_of(store: Store, number: str) -> int:
    """What stands for a case in an address."""
    with store.reading() as connection:
        return int(connection.scalar(select(subject_case.c.id).where(subject_case.c.number == number)) or 0)


def ids(store: Store) -> dict[str, int]:
    """What stands for each case in addresses, by number."""
    with store.reading() as connection:
        rows = connection.execute(select(subject_case.c.number, subject_case.c.id)).all()
    return {row.number: row.id for row in rows}


def case_of(site: Site, user: User, id: int) -> Case:
    """A case that a user may see.

    Raises:
        HTTPException: 404, there is none, or it is somebody else's: the two look alike.
        SpecialHandlingError: the person's identity is protected, and the case would else be his.
    """
    case = desk_of(site, user).register.get(number_of(site.store, id))
    if is_open_to(case, user):
        return case
    if case.protected and (case.opened_by == user.name or user.may(EVERY_CASE)):
        raise SpecialHandlingError(f"case {case.number}: special handling; ask somebody with that task")
    raise HTTPException(404)


def searches_today(store: Store, user: User) -> int:
    """How often a user has searched for a person today (UTC)."""
    table = schema.audit
    query = select(func.count()).where(
        table.c.actor == user.name, table.c.action == _SEARCH, table.c.at.startswith(now()[:10])
    )
    with store.reading() as connection:
        return connection.scalar(query) or 0


def today() -> date:
    """The day at the desk: in Sweden, wherever the server is."""
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()
