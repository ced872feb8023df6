"""What a page holds packed."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
from sqlalchemy import insert, select

from connectors import Batch
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine.packed import Links, Locators, opened
from scanner.engine.page import Page, Preparer
from scanner.engine.rows import Part, Rows
from scanner.store import Store, schema
from tests.scanner.dying import KEYS

MANY = 5000
"""More than are entered at once."""


def page() -> Page:
    numbers = [str(number % 7) for number in range(MANY)]
    days = ["2020-01-02" if number % 2 else None for number in range(MANY)]
    batch = Batch("a", [{"id": str(number)} for number in range(MANY)], {"customer": numbers}, {"created": days})
    return Preparer(KEYS).page(batch, Analyzer([IpRecognizer()]).find(batch.fields, unit="a"), ["customer"])


def test_locators_come_back_as_they_were() -> None:
    given = [b"first", None, b"\x00", b"last"]
    assert list(Locators.of(given)) == given
    assert len(Locators.of(given)) == 4
    assert list(Locators.of([])) == []


def test_tokens_come_back_whole_and_in_the_order_of_their_bytes() -> None:
    """An array of text would lose the zeros at the end of a token."""
    given = [bytes(16), b"\xff" * 16, b"\x7f" + bytes(15), b"\x80" + bytes(15), bytes(15) + b"\x01"]
    tokens = opened(Links.of([(0, 0, token) for token in given]).tokens)
    assert tokens.tolist() == given
    assert tokens[np.lexsort((tokens,))].tolist() == sorted(given)
    assert len(opened(Links.of([]).tokens)) == 0


def test_all_links_and_days_of_a_page_are_entered(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    with store.transaction() as connection:
        unit = {"source_id": 1, "key": b"a", "place": b"a", "kind": "table", "version": "", "analyzer": ""}
        connection.execute(insert(schema.source).values(id=1, name="s"))
        connection.execute(insert(schema.unit).values(id=1, scan_id=1, state="scanned", **unit))
        rows = Rows(store, connection)
        rows.add(Part(1), page())
        rows.flush()
    with store.reading() as connection:
        links, moments = (connection.execute(select(table)).all() for table in (schema.link, schema.moment))
    assert len({link.record_id for link in links}) == len(links) == MANY
    assert len({link.token for link in links}) == 7
    assert len({moment.record_id for moment in moments}) == len(moments) == MANY // 2
    store.close()


def test_a_page_weighs_what_is_sent_of_it() -> None:
    sent = len(pickle.dumps(page()))
    assert 0.9 * sent < page().weight < 1.1 * sent
