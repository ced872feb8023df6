"""To which tables columns lead where each table counts its own rows, or several point to the same."""

from __future__ import annotations

import pytest

from connectors import Connector
from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_crossing_keys import CODES, Keyed, led
from tests.scanner.test_subject_tenures import PEOPLE, rows

MAILS = [f"p{at}@example.se" for at in range(40)]


def counted(name: str, times: int, more: str = "text") -> Rows:
    return rows(f"{name} {more}", *((str(at), MAILS[at]) for at in range(1, times + 1)))


@pytest.mark.parametrize(
    ("child", "key", "parent", "other"),
    [("operator", "oper_id", "operator_action", "action_id"), ("arendelogg", "LoggID", "webblogg", "LoggID")],
)
def test_numbers_that_two_tables_count_their_rows_by_lead_nowhere(
    store: Store, child: str, key: str, parent: str, other: str
) -> None:
    crm: dict[str, Connector] = {"crm": Keyed({child: counted(key, 7), parent: counted(other, 30)})}
    assert led(store, crm, child) == set()


@pytest.mark.parametrize(("child", "parent"), [("kund_extra", "kund"), ("kundinfo", "kundreg")])
def test_a_table_that_adds_to_another_has_its_key(store: Store, child: str, parent: str) -> None:
    crm: dict[str, Connector] = {"crm": Keyed({child: counted("kundnr", 7), parent: counted("kundnr", 30, "epost")})}
    assert led(store, crm, child) == {parent}


def test_a_tables_own_key_does_not_lead_to_itself_by_way_of_what_points_to_it(store: Store) -> None:
    sites = rows("site_no namn", *((code, one[2]) for code, one in zip(CODES, PEOPLE, strict=False)))
    panels = rows("panel_id site_no", *((f"PX-{at}", row["site_no"] or "") for at, row in enumerate(sites)))
    assert led(store, {"arc": Keyed({"site": sites, "panel": panels})}, "site") == set()


def test_what_points_to_rows_of_two_kinds_is_told_by_their_own_keys_though_another_points_as_it_does(
    store: Store,
) -> None:
    """Each value of the other's stands there once, by chance: it is no key."""
    people, leads = [f"0035g{code}" for code in CODES], [f"00Q5g{code}" for code in CODES]
    both = [*people, *leads]
    crm = {
        "Contact": rows("Id Email", *zip(people, MAILS, strict=False)),
        "Lead": rows("Id Email", *zip(leads, MAILS[10:], strict=False)),
        "Event": rows("Id WhoId", *((f"00U{at}X", one) for at, one in enumerate((*people[:3], *leads[:3])))),
        "Task": rows("Id WhoId", *((f"00T{at}X", one) for at, one in enumerate((*both, *both)))),
    }
    assert led(store, {"crm": Keyed(crm)}, "Task") == {"Contact", "Lead"}
