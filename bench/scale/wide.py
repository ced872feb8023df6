"""A scanned estate with a large inventory: `python -m bench.scale.wide DIR [--rows 500000] [--millions 20]`.

Makes a configuration, a key and an SQLite store in DIR, by the scan's own code, as if twelve databases had been
scanned: tables of a hundred columns, each a row of the inventory, some of them uncertain, and twenty columns without a
finding. The databases themselves are not there: nothing that shows what is stored needs them. In some tables stands one
person.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from recognizers import Key
from scanner import config as configuration
from scanner.engine.packed import Findings, Links, Locators
from scanner.engine.page import Page
from scanner.engine.rows import Part, Rows
from scanner.finding import key_tokens
from scanner.keys import Keys, new_key, read_key
from scanner.reporting import snapshots
from scanner.store import Store, lookup, now, schema

SYSTEMS, COLUMNS, SILENT, EACH, APART = 12, 100, 20, 20, 7
"""Databases, columns with findings and without, findings a record, and every how many-th table holds the person."""
PERSON = "199001189811"
"""An official test number."""
KINDS = (
    ("personnummer", "SE_PERSONNUMMER"), ("epost", "EMAIL_ADDRESS"), ("telefon", "PHONE_NUMBER"), ("namn", "PERSON"),
    ("adress", "ADDRESS"), ("ip", "IP_ADDRESS"), ("kundnr", "CUSTOMER_ID"), ("konto", "SE_BANK_ACCOUNT"),
    ("kort", "CREDIT_CARD"), ("postnr", "POSTAL_CODE"), ("lat_lon", "LOCATION_COORDINATES"),
    ("bil", "SE_LICENSE_PLATE"),
    ("larmkod", "ALARM_CODE"), ("anvandare", "USERNAME"), ("fodd", "DATE_OF_BIRTH"), ("ort", "LOCATION"),
    ("enhet", "DEVICE_ID"), ("faktura", "INVOICE_NUMBER"), ("avtal", "CONTRACT_ID"),
    ("fastighet", "SE_PROPERTY_DESIGNATION"),
)  # fmt: skip


def table(keys: Keys, number: int, records: int) -> Page:
    """What is found in a table: random tokens, and in some tables one person's number."""
    many, words = records * EACH, [entity for _, entity in KINDS]
    order = np.arange(records, dtype=np.int32)
    record = np.repeat(order, EACH)
    kind = np.tile(np.arange(EACH, dtype=np.int32), records)
    field = (record % (COLUMNS // EACH)) * EACH + kind
    tokens = [os.urandom(16) for _ in range(many)]
    if number % APART == 0:
        tokens[0] = key_tokens(keys, Key("SE_PERSONNUMMER", PERSON[2:])).value
    second = b"".join(os.urandom(16) if at % 5 < 3 else bytes(16) for at in range(many))
    unsure = (field * 31 + number) % 97 == 0
    names = [f"{KINDS[at % EACH][0]}_{at // EACH}" for at in range(COLUMNS)]
    zeros = np.zeros(many, np.int32)
    findings = Findings(
        record=record, field=field, why=zeros, start=zeros, end=zeros + 12,
        score=np.where(unsure, 0.55, 0.95).astype(np.float32), entity=kind + 2, kind=zeros + 1,
        test=np.zeros(many, np.bool_), key=np.arange(many, dtype=np.int32),
        tokens=(b"".join(tokens), second, bytes(16 * many)),
    )  # fmt: skip
    return Page(
        unit=f"tabell_{number}", records=records, sampled=False,
        totals=dict.fromkeys([*names, *(f"ovrigt_{at}" for at in range(SILENT))], records),
        keys=frozenset(), texts=frozenset(), names=[keys.seal(name) for name in names],
        words=["checksum|shape", "", *words],
        locators=Locators.of([keys.seal(f'{{"id":{at}}}') for at in range(records)]),
        findings=findings, links=Links.of([(at, name, os.urandom(16)) for at in range(records) for name in (0, 6)]),
        day_forms={}, moments={"skapad": (order, 16000 + (order * 37 + number) % 4000)},
    )  # fmt: skip


def fill(store: Store, tables: int, records: int) -> None:
    """Enter so many tables of so many records, a transaction some fifty."""
    with store.transaction() as connection:
        connection.execute(insert(schema.source), [{"id": at + 1, "name": f"system{at}"} for at in range(SYSTEMS)])
    number, fresh = store.start_scan(), 0
    for first in range(0, tables, 50):
        with store.transaction() as connection:
            rows = Rows(store, connection)
            for at in range(first, min(first + 50, tables)):
                part = Part(at + 1)
                connection.execute(insert(schema.unit).values(_unit(store.keys, at, records) | {"scan_id": number}))
                rows.add(part, table(store.keys, at, records))
                rows.enter(schema.field_fact, ((part.id, *fact) for fact in part.facts()))
            rows.flush()
            fresh += 50 * records * EACH
            if fresh > lookup.SMALLEST_RUN and fresh > lookup.run_length(connection):
                lookup.settle(connection)
                fresh = 0
        print(f"\r{min(first + 50, tables)} of {tables} tables", end="", flush=True)
    with store.transaction() as connection:
        lookup.settle(connection)
    store.end_scan(number, "complete")


def _unit(keys: Keys, at: int, records: int) -> dict[str, object]:
    name = keys.seal(f"schema{at % 40}.tabell_{at}")
    return {
        "id": at + 1, "source_id": at % SYSTEMS + 1, "key": name, "place": name, "kind": "table", "version": "1",
        "analyzer": "1", "state": "scanned", "whole": True, "records": records, "amount": records * (COLUMNS + SILENT),
    }  # fmt: skip


def write_configuration(directory: Path) -> Path:
    """The configuration and its key."""
    directory.mkdir(parents=True)
    new_key(directory / "insyn.key")
    lines = ["policy: omnipoint", "store: sqlite:///insyn.db", "key: file:insyn.key", "sources:"]
    for at in range(SYSTEMS):
        purposes = "[service_provision, direct_marketing]" if at % 3 else "[quote_requests]"
        options = f"type: database, url: 'sqlite:///system{at}.db', owner: Avdelning {at % 5}, purposes: {purposes}"
        lines.append(f"  system{at}: {{{options}}}")
    path = directory / "insyn.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def main() -> None:
    """Make the estate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--millions", type=float, default=20)
    options = parser.parse_args()
    config = configuration.load(write_configuration(options.directory))
    tables = -(-options.rows // COLUMNS)
    records = max(5, round(options.millions * 1_000_000 / 1.6 / EACH / tables))
    store = Store.open(config.store, Keys(read_key(config.key)))
    fill(store, tables, records)
    print(f"\n{now()} taking the snapshot")
    snapshots.take(store, config, [])
    store.close()


if __name__ == "__main__":
    main()
