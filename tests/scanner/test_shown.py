"""Names of folders and files as they may be shown: what the recognizers see and what the store knows is masked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recognizers import Analyzer
from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject.shown import Shown
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

ROWS = [
    {"id": "1", "kundnr": "K10023", "namn": "Zuxob Pryk", "epost": "z@example.se"},
    {"id": "2", "kundnr": "K10024", "namn": "Anna Ek", "epost": "x@example.se"},
    {"id": "3", "kundnr": "K10025", "namn": "Zuxob Anna Maria Pryk", "epost": "w@example.se"},
]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    analyzer = Analyzer()
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('shown')}/insyn.db", KEYS)
    Scanner(store, analyzer).scan({"crm": MemoryConnector({"kunder": ROWS})})
    yield Shown(store, analyzer)
    store.close()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("avtal/2026/larm.pdf", "avtal/2026/larm.pdf"),
        ("avtal/Zuxob_Pryk/larm.pdf", "avtal/Z***/larm.pdf"),
        ("avtal/Zuxob_Pryk.pdf", "avtal/Z***.pdf"),
        ("avtal/Pryk, Zuxob.pdf", "avtal/P***.pdf"),
        ("avtal/Nytt_Zuxob_Pryk_bor.pdf", "avtal/Nytt_Z***_bor.pdf"),
        ("Zuxob_Pryk/Zuxob_Pryk.pdf", "Z***/Z***.pdf"),
        ("Zuxob_Anna_Maria_Pryk.pdf", "Z***.pdf"),  # of which a recognizer sees the last three
        ("avtal/zuxob pryk/larm.pdf", "avtal/zuxob pryk/larm.pdf"),
        ("avtal/Zuxob-Pryk-x.pdf", "avtal/Zuxob-Pryk-x.pdf"),
        ("avtal/Zuxob Prykx.pdf", "avtal/Zuxob Prykx.pdf"),
    ],
)
def test_names_that_only_the_store_knows_are_masked(shown: Shown, name: str, expected: str) -> None:
    assert shown(name) == expected


def test_what_a_recognizer_sees_is_masked_too(shown: Shown) -> None:
    assert "900118-9811" not in shown("avtal/900118-9811.pdf")
    assert shown("avtal/900118-9811.pdf").startswith("avtal/900118-")


def test_a_customer_number_that_the_store_knows_is_masked(shown: Shown) -> None:
    assert "10023" not in shown("K10023/faktura.pdf")
    assert shown("K10099/faktura.pdf") == "K10099/faktura.pdf"
