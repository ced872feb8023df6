"""What became of a source in a scan, noted as soon as it is done: later scans leave no trace of it elsewhere."""

from __future__ import annotations

import json
from importlib.metadata import version

from sqlalchemy import delete, insert

from scanner.engine.job import Job
from scanner.engine.results import SourceResult
from scanner.store import Store
from scanner.store.scan_schema import scan_source as table

KEPT = 1000
"""Scans of which it is kept."""
_LONGEST = 300


def note(store: Store, job: Job, result: SourceResult) -> None:
    """Keep the ledger of a source.

    Args:
        store: In which it was scanned.
        job: The template of its jobs: scan, source, version of the reading.
        result: What became of it.
    """
    values = {
        "scan_id": job.scan_id,
        "source_id": job.source_id,
        "program": version("insyn"),
        "reading": job.analyzer,
        "units": json.dumps({str(state): count for state, count in result.units.items() if count}),
        "records": result.records,
        "amount": result.values,
        "bytes": result.bytes,
        "findings": result.findings,
        "seconds": result.seconds,
        "error": result.error[:_LONGEST],
    }
    with store.transaction() as connection:
        connection.execute(insert(table).values(**values))
        connection.execute(delete(table).where(table.c.scan_id <= job.scan_id - KEPT))
