"""`insyn scan` at scale, end to end: `python -m bench.scale [--rows 20000] [--files 500]`.

A table of so many rows and twelve columns on a private PostgreSQL server, and so many mixed files (text, tables,
office, PDF, mail, archives). The whole command is measured, ledger and store included, beside plain Presidio over a
sample of the same rows in memory, which stores nothing: cells a CPU second. Then: a second scan of the unchanged
estate, two workers, where the time goes, and the time by number of rows. The server's CPU is not counted, its time on
the clock is. On a busy machine CPU seconds say more than seconds; two workers need two idle cores.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from bench.scale import estate
from bench.scale.measured import Taken, run
from bench.speed import ONLY_SAME, by_presidio, presidio
from connectors import Batch, Unit
from connectors.files import FilesConnector
from tests.conftest import private_postgres

SAMPLE_ROWS, SAMPLE_FILES = 1500, 60
PARTS = (0.1, 0.3, 1.0)
"""Shares of the rows for the time by rows."""


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def database(server: str, name: str, rows: int) -> Iterator[str]:
    """A filled database."""
    engine = sa.create_engine(server, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    estate.fill(url, rows)
    yield url
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name}")


def forget(folder: Path) -> None:
    """Take the store away."""
    for path in folder.glob("insyn.db*"):
        path.unlink()


def scan(folder: Path, *arguments: str) -> tuple[Taken, dict[str, dict[str, float]]]:
    """Scan; also the command's own account, source by source."""
    command = [str(Path(sys.executable).with_name("insyn")), "scan", "--format", "json", *arguments]
    taken = run(command, folder)
    return taken, {source["source"]: source for source in json.loads(taken.out)["sources"]}


def line(name: str, taken: Taken, cells: int) -> None:
    """Print one scan."""
    say(
        f"{name:<26}{cells:>11,} cells {taken.seconds:>8.1f} s {taken.cpu:>8.1f} CPU s"
        f" {cells / taken.cpu:>10,.0f} cells/CPU s  parent {taken.peak:>5.0f} MiB"
    )


def presidio_seconds(folder: Path, rows: int, files: int, *, names: bool) -> float:
    """CPU seconds that plain Presidio would take, from a sample of rows and of files; with names, or without."""
    engine = presidio(names=names)
    by_presidio(engine, [{"": ["070-174 06 05"]}])
    read = list(estate.rows(SAMPLE_ROWS))
    table = {name: [str(row[name]) if row[name] else None for row in read] for name in estate.COLUMNS}
    began = time.process_time()
    by_presidio(engine, [table])
    by_rows = (time.process_time() - began) / SAMPLE_ROWS * rows
    with FilesConnector(path=str(folder / "share")) as source:
        units = [unit for unit in source.units() if isinstance(unit, Unit)]
        units = units[:: max(1, len(units) // SAMPLE_FILES)]
        texts = [part.fields for unit in units for part in source.read(unit) if isinstance(part, Batch)]
    began = time.process_time()
    by_presidio(engine, texts)
    by_files = (time.process_time() - began) / len(units) * files
    say(
        f"presidio {'with' if names else 'without'} names, from {SAMPLE_ROWS:,} rows and {len(units)} files:"
        f" {by_rows:,.0f} CPU s for the rows, {by_files:,.0f} for the files"
    )
    return by_rows + by_files


def stages(folder: Path) -> None:
    """Print where the time goes."""
    forget(folder)
    taken = json.loads(run([sys.executable, "-m", "bench.scale.breakdown"], folder).out)
    cpu, clock = (sum(pair[at] for pair in taken.values()) for at in (0, 1))
    for name, pair in sorted(taken.items(), key=lambda item: -item[1][1]):
        say(f"  {name:<10}{pair[0]:>8.1f} CPU s {pair[0] / cpu:>5.0%} {pair[1]:>8.1f} s {pair[1] / clock:>5.0%}")


def whole(folder: Path, rows: int, files: int) -> None:
    """All that is measured over the whole estate."""
    first, told = scan(folder, "--workers", "1")
    cells = sum(int(source["values"]) for source in told.values())
    line("one process", first, cells)
    for name, source in told.items():
        say(
            f"  {name:<6}{source['records']:>11,} records {source['findings']:>11,} findings"
            f" {source['seconds']:>8.1f} s"
        )
    size = (folder / "insyn.db").stat().st_size
    say(
        f"  store {size / 1e6:,.1f} MB, {size / sum(int(one['findings']) for one in told.values()):.0f} bytes a finding"
    )
    again, _ = scan(folder, "--workers", "1")
    shares = f"{again.seconds / first.seconds:.1%}; CPU {again.cpu / first.cpu:.1%}"
    say(f"unchanged, second scan: {again.seconds:.1f} s, {shares}")
    forget(folder)
    two, _ = scan(folder, "--workers", "2")
    line("two workers", two, cells)
    say(f"  {first.seconds / two.seconds:.2f}x one process; load {os.getloadavg()[0]:.1f}")
    plain, named = (presidio_seconds(folder, rows, files, names=names) for names in (False, True))
    forget(folder)
    same = run(ONLY_SAME, folder)
    line("the recognizers of both", same, cells)
    say(
        f"presidio / insyn, CPU: {plain / same.cpu:.1f}x with those of both; all of insyn's {plain / first.cpu:.1f}x,"
        f" beside presidio with names by the same model {named / first.cpu:.1f}x"
    )
    stages(folder)


def by_rows(server: str, most: int) -> None:
    """Print the time of the table alone by number of rows."""
    for count in (int(most * part) for part in PARTS):
        with tempfile.TemporaryDirectory(prefix="insyn-bench-") as name, database(server, f"r{count}", count) as url:
            folder = Path(name)
            (folder / "share").mkdir()
            estate.configure(folder, url)
            taken, told = scan(folder, "crm", "--workers", "1")
            line(f"{count:,} rows", taken, int(told["crm"]["values"]))
            say(f"  {taken.cpu / count * 1000:.3f} CPU ms a row")


def main() -> None:
    """Make the estate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=500)
    options = parser.parse_args()
    with private_postgres() as server, tempfile.TemporaryDirectory(prefix="insyn-bench-") as name:
        folder = Path(name)
        files = estate.write_files(folder / "share", options.files)
        with database(server, "whole", options.rows) as url:
            estate.configure(folder, url)
            say(f"{options.rows:,} rows, {files:,} files, load {os.getloadavg()[0]:.1f}")
            whole(folder, options.rows, files)
        by_rows(server, options.rows)


if __name__ == "__main__":
    main()
