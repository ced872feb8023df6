"""What became of a scan, for Prometheus: a file a source, for the textfile collector of its node exporter.

Names of sources, states and counts: nothing that a scan has read. A file is replaced at once, never half written.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from scanner.engine.results import SourceResult
from scanner.errors import ConfigError, InsynError

_COUNTS = {
    "records": "Records looked at in the last scan.",
    "values": "Values looked at in the last scan.",
    "bytes": "Bytes of files read in the last scan.",
    "findings": "Findings in what was read in the last scan.",
}
_STATUSES = ("complete", "partial", "failed")


def ready(directory: Path) -> None:
    """See to it before a scan that its metrics can be written after it.

    Raises:
        ConfigError: the directory is not there, or the extra is not installed.
    """
    try:
        import prometheus_client  # noqa: F401  only whether it is there
    except ImportError:
        raise ConfigError("metrics: needs the extra; pip install 'insyn[metrics]'") from None
    if not directory.is_dir():
        raise ConfigError(f"metrics: there is no directory {directory}")


def write(directory: Path, results: Sequence[SourceResult]) -> None:
    """Write a file for each source that was scanned; those of others stay as they are.

    Raises:
        InsynError: a file cannot be written.
    """
    for result in results:
        path = directory / f"insyn-{quote(result.source, safe='')}.prom"
        try:
            _write(path, result)
        except OSError as error:
            raise InsynError(f"metrics: {path.name} cannot be written ({error.strerror})") from None


def _write(path: Path, result: SourceResult) -> None:
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()

    def gauge(name: str, told: str, *labels: str) -> Gauge:
        return Gauge(f"insyn_scan_{name}", told, ("source", *labels), registry=registry)

    gauge("finished_timestamp_seconds", "When the last scan ended.").labels(result.source).set(time.time())
    gauge("duration_seconds", "How long the last scan took.").labels(result.source).set(result.seconds)
    statuses = gauge("status", "1 for what the last scan was: complete, partial or failed.", "status")
    for status in _STATUSES:
        statuses.labels(result.source, status).set(result.status == status)
    units = gauge("units", "Units of the last scan by what became of them.", "state")
    for state, count in sorted(result.units.items()):
        units.labels(result.source, str(state)).set(count)
    for name, told in _COUNTS.items():
        gauge(name, told).labels(result.source).set(getattr(result, name))
    write_to_textfile(str(path), registry)
