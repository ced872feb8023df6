"""Every datum of the truth stands where the connectors say that it stands."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from connectors.base import Batch, Connector
from connectors.database import DatabaseConnector
from connectors.files import FilesConnector
from connectors.recordings import RecordingsConnector
from scanner.demo import Estate, fill_crm
from scanner.demo.numbers import SWITCHBOARD

pytestmark = pytest.mark.slow

Spot = tuple[str, str, str]
"""Unit, record as JSON, field."""


@pytest.fixture(scope="module")
def truth(estate: Estate) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(estate.truth.read_text(encoding="utf-8"))["findings"]
    return findings


def _database(estate: Estate) -> Connector:
    return DatabaseConnector(url=f"sqlite:///{estate.directory / 'crm.db'}")


def _files(estate: Estate) -> Connector:
    return FilesConnector(path=str(estate.directory / "share"))


def _recordings(estate: Estate) -> Connector:
    path = str(estate.directory / "recordings")
    return RecordingsConnector(path=path, calls=["cdr_*.csv"], company_numbers=[SWITCHBOARD])


SOURCES = {"crm": _database, "share": _files, "samtal": _recordings}


def _spots(connector: Connector) -> Iterator[tuple[Spot, str]]:
    for unit in connector.units():
        for batch in connector.read(unit) if not hasattr(unit, "state") else ():
            if isinstance(batch, Batch):
                yield from _cells(batch)


def _cells(batch: Batch) -> Iterator[tuple[Spot, str]]:
    for name, column in batch.fields.items():
        for record, text in zip(batch.records, column, strict=True):
            if text is not None:
                yield (batch.unit, json.dumps(record, sort_keys=True), name), text


def _wrong(rows: list[dict[str, Any]], texts: dict[Spot, str]) -> dict[str, int]:
    wrong: dict[str, int] = defaultdict(int)
    for row in rows:
        text = texts.get((row["unit"], json.dumps(row["record"], sort_keys=True), row["field"]))
        if text is None or text[row["start"] : row["end"]] != row["value"]:
            wrong[f"{row['unit']} {row['field']} {'gone' if text is None else 'other'}"] += 1
    return wrong


@pytest.mark.parametrize("source", SOURCES)
def test_each_value_stands_where_the_truth_says(source: str, estate: Estate, truth: list[dict[str, Any]]) -> None:
    rows = [row for row in truth if row["source"] == source]
    with SOURCES[source](estate) as connector:
        texts = dict(_spots(connector))
    assert len(rows) > 400
    assert _wrong(rows, texts) == {}


@pytest.mark.parametrize("source", SOURCES)
def test_fetch_gives_the_same_texts(source: str, estate: Estate, truth: list[dict[str, Any]]) -> None:
    rows = [row for row in truth if row["source"] == source][::40]
    with SOURCES[source](estate) as connector:
        list(connector.units())
        texts: dict[Spot, str] = {}
        for row in rows:
            for record, fields in connector.fetch(row["unit"], [row["record"]]):
                locator = json.dumps(record, sort_keys=True)
                texts |= {(row["unit"], locator, name): text for name, text in fields.items() if text is not None}
    assert _wrong(rows, texts) == {}


@pytest.mark.servers
@pytest.mark.parametrize("server", ["postgres_url", "mariadb_url"])
def test_servers_give_the_same_texts_as_the_file(server: str, estate: Estate, request: pytest.FixtureRequest) -> None:
    admin = sa.create_engine(request.getfixturevalue(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE demo_estate"))
    admin.dispose()
    url = admin.url.set(database="demo_estate").render_as_string(hide_password=False)
    assert fill_crm(url) == estate.rows
    with DatabaseConnector(url=url) as there, _database(estate) as here:
        theirs = {(unit.rpartition(".")[2], record, name): text for (unit, record, name), text in _spots(there)}
        assert theirs == dict(_spots(here))
