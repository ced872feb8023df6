"""What a confined child can be asked: to read a file by one of its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from connectors.base import Batch, Unread
from connectors.extract.limits import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read."""

    unit: str
    """Its key."""
    reader: str = "extract"
    """What reads it: a name in the readers of the child."""
    only: str = ""
    """Key of the one unit that is asked for; "" = all."""
    size: int = 0
    """Bytes of it, where it comes through a pipe."""


Reader: TypeAlias = Callable[[Job, BinaryIO, Limits], Iterator[Batch | Unread]]
Readers: TypeAlias = Mapping[str, Reader]


def read_content(job: Job, file: BinaryIO, limits: Limits) -> Iterator[Batch | Unread]:
    """Read a file of any format; one that is not in memory bit by bit."""
    from connectors.extract.dispatch import extract  # all formats: only where files are read, mostly in a child

    content = getattr(file, "raw", None) or file.read()
    return extract(job.unit, content, limits, job.only, job.size)


READERS: Readers = {"extract": read_content}
