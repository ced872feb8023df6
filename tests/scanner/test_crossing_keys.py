"""Of two tables that hold all the values of a column in another source: to which it refers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from connectors import Connector, Record
from connectors.files import FilesConnector
from scanner.engine import Scanner
from scanner.store import Store, schema
from tests.scanner.fakes import MemoryConnector
from tests.scanner.test_subject_crossing import ANALYZER
from tests.scanner.test_subject_tenures import rows

CODES = [f"KX{1044 + 7 * at}A" for at in range(6)]


class Keyed(MemoryConnector):
    """Tables whose rows are told apart by their first column."""

    @staticmethod
    def _record(row: Mapping[str, str | None]) -> Record:
        name = next(iter(row))
        return {name: row[name] or ""}


def led(store: Store, sources: dict[str, Connector], table: str) -> set[str]:
    """To which tables the columns of one lead."""
    Scanner(store, ANALYZER).scan(sources)
    unit, relation = schema.unit, schema.relation
    child, parent = unit.alias(), unit.alias()
    query = select(child.c.key, parent.c.key).select_from(
        relation.join(child, child.c.id == relation.c.unit_id).join(parent, parent.c.id == relation.c.ref_unit_id)
    )
    with store.reading() as connection:
        pairs = connection.execute(query).all()
    return {store.keys.unseal(there) for here, there in pairs if store.keys.unseal(here) == table}


def test_a_column_leads_past_another_that_is_called_so_to_the_key_that_this_leads_to(store: Store) -> None:
    crm = {
        "Agreements": rows("AgreementId BillingAccountId", *((f"AG-{at}", code) for at, code in enumerate(CODES))),
        "BillingAccounts": rows("AccountId plan", *((code, "Bas") for code in CODES)),
    }
    paid = rows("PaymentId billingAccountId", *((f"PY-{at}", CODES[at % 6]) for at in range(12)))
    sources: dict[str, Connector] = {"crm": Keyed(crm), "pay": Keyed({"payments": paid})}
    assert led(store, sources, "payments") == {"BillingAccounts"}


def test_of_keys_of_two_tables_that_point_to_each_other_a_list_leads_to_one(store: Store, tmp_path: Path) -> None:
    crm = {
        "members": rows("id cardno", *((f"m{at}", code) for at, code in enumerate(CODES))),
        "cards": rows("id cardno", *((f"r{at}", code) for at, code in enumerate(CODES))),
    }
    (tmp_path / "gate").mkdir()
    lines = [f"{CODES[at % 6]};2024-03-{at + 1:02}" for at in range(12)]
    (tmp_path / "gate" / "gate.csv").write_text("\n".join(("tag;tid", *lines)), encoding="utf-8")
    gate = FilesConnector(path=str(tmp_path / "gate"), sandbox=False)
    assert len(led(store, {"crm": MemoryConnector(crm), "gate": gate}, "gate.csv")) == 1


def test_running_numbers_of_one_system_are_not_the_rows_of_another(store: Store) -> None:
    """Each counts its rows from one, and calls that but `id`."""
    crm = {"members": rows("id namn", *((str(at), "x") for at in range(1, 9)))}
    gate = {"gate": rows("rad id", *((f"g{at}", str(at % 6 + 1)) for at in range(12)))}
    assert led(store, {"crm": Keyed(crm), "gate": Keyed(gate)}, "gate") == set()


def test_a_registers_own_key_does_not_lead_to_the_number_of_a_row_of_its_log(store: Store) -> None:
    crm = {
        "Kunder": rows("KundID Ort", *((str(at), "x") for at in range(1, 9))),
        "KundLogg": rows("LoggID Vad", *((str(at), "x") for at in range(1, 21))),
    }
    assert led(store, {"crm": Keyed(crm)}, "Kunder") == set()
