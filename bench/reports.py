"""How long and how much memory a large inventory takes to write: `python -m bench.reports [--rows N] [--out DIR]`.

2,000 tables and half a million rows by default, made up from a seed; the figures are of writing each format only, each
in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench import opened
from bench.resident import forget_peak, peak
from reports.facts import Coverage, Source
from reports.formats import render_inventory
from reports.inventory import Inventory, Row
from reports.policy import load

SYSTEMS, TABLES = 12, 2_000


def estate(rows: int) -> Inventory:
    """An inventory of so many rows in 2,000 tables of twelve systems."""
    random, policy = Random(1), load("omnipoint")
    categories = [id for id, part in policy.categories.items() if not part.umbrella]
    kept = {
        id: (tuple(policy.purposes_with(id)), tuple(policy.retentions(policy.purposes_with(id), id)))
        for id in categories
    }
    made = [_row(number, random, categories, kept) for number in range(rows)]
    sources = [Source(f"system{n}", "database", owner=f"Avdelning {n % 5}") for n in range(SYSTEMS)]
    coverage = [Coverage(source.name, "scanned", TABLES // SYSTEMS) for source in sources]
    return Inventory("2026-11-22T23:10:00Z", policy, sources, made, [], coverage)


def _row(number: int, random: Random, categories: list[str], kept: Mapping[str, tuple[tuple[str, ...], ...]]) -> Row:
    table, category = number % TABLES, categories[random.randrange(len(categories))]
    total = random.randrange(1, 200_000)
    day = date(2015, 1, 1) + timedelta(days=random.randrange(4000))
    return Row(
        source=f"system{table % SYSTEMS}",
        unit=f"schema{table % 40}.tabell_{table}",
        field=f"kolumn_{number // TABLES}",
        entity=("EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER", None)[number % 4],
        category=category,
        units=1,
        values=total,
        distinct=total // 2,
        records=total,
        persons=total // 3,
        share=0.5,
        share_low=0.49,
        share_high=0.51,
        confidence=0.9,
        sampled=False,
        owner=f"Avdelning {table % 5}",
        purposes=kept[category][0],
        legal_bases=(),
        retention=kept[category][1],
        oldest=day,
        newest=day,
    )


def measure(format: str, rows: int, out: Path) -> None:
    """Write one format and print how long it took and the most memory used; a page is opened in a browser, too."""
    inventory = estate(rows)
    forget_peak()
    before = peak()
    started, worked = time.perf_counter(), time.process_time()
    data = render_inventory(inventory, format)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    most = peak()
    (out / f"inventory.{format}").write_bytes(data)
    sizes = f"{most:.0f} MiB, {most - before:.0f} over the rows  {len(data) / 1e6:.1f} MB"
    print(f"{format:5} {seconds:6.1f} s, {cpu:.1f} of the processor  {sizes}")
    if format == "html":
        print("     ", opened.measure(out / "inventory.html"))


def main() -> None:
    """Measure each format in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--out", type=Path, default=Path())
    parser.add_argument("--format", action="append")
    options = parser.parse_args()
    formats = options.format or ["html", "xlsx", "csv", "pdf"]
    if len(formats) == 1:
        measure(formats[0], options.rows, options.out)
        return
    for format in formats:
        command = ["--rows", str(options.rows), "--out", str(options.out), "--format", format]
        subprocess.run([sys.executable, "-m", "bench.reports", *command], check=True)


if __name__ == "__main__":
    main()
