"""A search ends, and gives what it has found, however much hangs on what hangs on something else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from connectors import Relation
from scanner.engine import Scanner
from scanner.store import Store, schema
from scanner.subject import Search
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject import ANALYZER
from tests.scanner.test_subject_crossing import found
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows

pytestmark = pytest.mark.slow

MANY = 400


def meters() -> dict[str, Rows]:
    """Customers, their homes, and the meter of each; one home's was replaced, and that again, very many times."""
    first = date(1990, 1, 1)
    days = [f"{first + timedelta(days=30 * at)}" for at in range(MANY + 1)]
    chain = [(f"M-{at:04}", f"M-{at - 1:04}" if at else "", days[at], days[at + 1]) for at in range(MANY)]
    others = [(f"M-9{at}00", "", days[0], "") for at in range(1, len(PEOPLE))]
    homes = [
        (f"H-{at}00", person[0], "M-0000" if not at else f"M-9{at}00", "20200101", "")
        for at, person in enumerate(PEOPLE)
    ]
    return {
        "kund": rows("id pnr namn", *PEOPLE),
        "matare": rows("id ersatter_id monterad nedmonterad", *chain, *others),
        "hem": rows("id kund_id matare_id fr_o_m t_o_m", *homes),
    }


def test_what_was_replaced_very_many_times_ends_no_search(store: Store) -> None:
    replaced = Relation("matare", ("ersatter_id",), "matare", ("id",))
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(meters(), (replaced,))})
    with store.transaction() as connection:
        unit = connection.scalar(select(schema.unit.c.id).where(schema.unit.c.key == store.keys.seal("matare")))
        records = Search(store, connection).records
        meters_had = [records.tenures.of(records.view(row)) for row in records.first(unit or 0, MANY)]
    assert len(meters_had) == MANY
    hits = found(store, {"crm": MemoryConnector(meters(), (replaced,))}, ANNA)
    assert {row for (table, row), grade in hits.items() if table == "hem" and grade >= Grade.PROBABLE} == {"H-000"}
