"""A store of many tokens: insertions a second as it grows, look-ups of one person, bytes a token.

`python -m bench.scale.tokens URL [--millions 20]`: URL of an empty store, `sqlite:///x.db` or `postgresql+psycopg://…`.
Pages as the scan makes them (of random tokens: none repeats, none lies near another) go in by the scan's own code:
eight findings a record, 1.6 tokens a finding, two key columns. CPU seconds are this process's: on a busy machine only
they say something; for PostgreSQL the server's own come on top.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, insert, select

from scanner import upkeep
from scanner.engine.packed import Findings, Links, Locators
from scanner.engine.page import Page
from scanner.engine.rows import Part, Rows
from scanner.keys import Keys
from scanner.store import Store, lookup, schema
from scanner.subject import record_queries as queries

RECORDS = 8192
EACH = 8
KEYS = Keys(b"k" * 32)
LOOKUPS = 200


def page(number: int) -> Page:
    """A page of random tokens; three of five findings have a second one."""
    many = RECORDS * EACH
    records = np.repeat(np.arange(RECORDS, dtype=np.int32), EACH)
    field = np.tile(np.arange(EACH, dtype=np.int32), RECORDS)
    second = b"".join(os.urandom(16) if at % 5 < 3 else bytes(16) for at in range(many))
    zeros = np.zeros(many, np.int32)
    findings = Findings(
        record=records, field=field, why=zeros, start=zeros, end=zeros + 12, score=np.full(many, 0.95, np.float32),
        entity=zeros + 1, kind=zeros + 2, test=np.zeros(many, np.bool_), key=np.arange(many, dtype=np.int32),
        tokens=(os.urandom(16 * many), second, bytes(16 * many)),
    )  # fmt: skip
    first = number * RECORDS
    return Page(
        unit="t", records=RECORDS, sampled=False, totals={f"f{at}": RECORDS for at in range(EACH)},
        keys=frozenset(), texts=frozenset(), names=[KEYS.seal(f"f{at}") for at in range(EACH)],
        words=["checksum", "E", "k"],
        locators=Locators.of([KEYS.seal(f'{{"id":{first + at}}}') for at in range(RECORDS)]),
        findings=findings, links=Links.of([(at, name, os.urandom(16)) for at in range(RECORDS) for name in (0, 1)]),
        moments={}, day_forms={},
    )  # fmt: skip


def fill(store: Store, millions: int) -> None:
    """Enter pages until there are so many tokens; a line a million."""
    with store.transaction() as connection:
        unit = {
            "source_id": 1,
            "key": b"t",
            "place": b"t",
            "kind": "table",
            "version": "",
            "analyzer": "",
            "state": "scanned",
        }
        connection.execute(insert(schema.source).values(id=1, name="s"))
        connection.execute(insert(schema.unit).values(id=1, scan_id=1, **unit))
    tokens = fresh = number = 0
    taken = cpu = 0.0
    last = (0.0, 0.0, 0)
    while tokens < millions * 1_000_000:
        pages = [page(number + at) for at in range(4)]
        number += 4
        began, used = time.monotonic(), time.process_time()
        with store.transaction() as connection:
            rows = Rows(store, connection)
            for one in pages:
                rows.add(Part(1), one)
            rows.flush()
            if fresh > lookup.SMALLEST_RUN and fresh > lookup.run_length(connection):
                lookup.settle(connection)
                fresh = 0
        taken, cpu = taken + time.monotonic() - began, cpu + time.process_time() - used
        before, tokens = tokens, tokens + int(4 * RECORDS * EACH * 1.6)
        fresh += 4 * RECORDS * EACH
        if tokens // 1_000_000 > before // 1_000_000:
            more = tokens - last[2]
            print(
                f"{tokens / 1e6:6.1f} M tokens: the last {more / 1e6:.1f} M {more / (taken - last[0]):9,.0f} a second, "
                f"{more / (cpu - last[1]):9,.0f} a CPU second",
                flush=True,
            )
            last = (taken, cpu, tokens)
    with store.transaction() as connection:
        lookup.settle(connection)


def look_up(store: Store) -> None:
    """The findings and the record of one token, warm, by the search's own queries."""
    with store.reading() as connection:
        highest = connection.scalar(select(func.max(schema.finding.c.record_id))) or 0
        chosen = [random.randrange(1, highest) for _ in range(LOOKUPS)]
        there = select(schema.finding.c.token).where(schema.finding.c.record_id.in_(chosen))
        tokens = random.sample(connection.scalars(there).all(), LOOKUPS)
        query, times = queries.standing(connection, 0.5), []
        for _ in range(2):
            times = [once(connection, query, token) for token in tokens]
    times.sort()
    print(
        f"look-up, warm: median {statistics.median(times):.2f} ms, "
        f"p95 {times[int(len(times) * 0.95)]:.2f} ms, n={len(times)}"
    )


def once(connection: Connection, query: Select[Any], token: bytes) -> float:
    """Milliseconds of one look-up: where the token stands, and all that stands in that record."""
    began = time.perf_counter()
    for row in connection.execute(query, {"token": token}).all():
        connection.execute(queries.SEEN, {"record": row.record_id}).all()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Fill, look up, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--millions", type=int, default=20)
    options = parser.parse_args()
    store = Store.open(options.url, KEYS)
    fill(store, options.millions)
    look_up(store)
    size = upkeep.size(store)
    print(
        f"{size.tokens:,} tokens, {size.bytes / 1e6:,.0f} MB: "
        f"{size.per_token:.1f} bytes a token, all tables and indexes"
    )
    store.close()


if __name__ == "__main__":
    main()
