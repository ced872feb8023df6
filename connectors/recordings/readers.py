"""What the confined child of this connector reads: tags of recordings and files that describe calls, as batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from connectors.base import Batch, State, Unread
from connectors.extract import readers
from connectors.extract.encoding import clean
from connectors.extract.limits import Budget, Limits
from connectors.extract.part import Part, row_batches, whole
from connectors.extract.readers import Job, Readers
from connectors.recordings import described, tags
from connectors.recordings.described import Described, Fields

PROGRAM = "connectors.recordings.readers"
"""Name of this module: what the child runs."""


def read_tags(job: Job, file: BinaryIO, _limits: Limits) -> Iterator[Batch | Unread]:
    """Read the tags of a recording as one record."""
    found = tags.read(file, extension(job.unit))
    yield whole(job.unit, _fit(found.fields))
    if found.problem:
        yield Unread(job.unit, State.PARTIAL, found.problem)


def read_calls(job: Job, file: BinaryIO, limits: Limits) -> Iterator[Batch | Unread]:
    """Read a call list: what stands around the rows as record None, the rows as `{"row": n}`."""
    return _batches(job, file, limits, described.read_calls)


def read_sidecar(job: Job, file: BinaryIO, limits: Limits) -> Iterator[Batch | Unread]:
    """Read a sidecar, likewise."""
    return _batches(job, file, limits, described.read_one)


READERS: Readers = {**readers.READERS, "tags": read_tags, "calls": read_calls, "sidecar": read_sidecar}


def main(descriptor: int) -> None:
    """Run the child."""
    from connectors.extract import child  # loads all parsers, which take a second: not where they are not needed

    child.main(descriptor, READERS)


def extension(key: str) -> str:
    """Give the extension in lower case, without the dot."""
    return PurePosixPath(key).suffix[1:].lower()


def _batches(
    job: Job, file: BinaryIO, limits: Limits, read: Callable[[bytes, str], Described]
) -> Iterator[Batch | Unread]:
    found = read(file.read(), extension(job.unit))
    if found.around:
        yield whole(job.unit, _fit(found.around), found.notes)
    part = Part(job.unit, b"", Budget(limits, 0), job.unit)
    yield from row_batches(part, (({"row": n}, _fit(row)) for n, row in enumerate(found.rows, 1)), found.notes)
    if found.problem:
        yield Unread(job.unit, State.PARTIAL, found.problem)


def _fit(fields: Fields) -> Fields:
    """Make names and values fit to be searched, those too that were escaped: `\\u0000`."""
    return {clean(name): clean(value) for name, value in fields.items()}
