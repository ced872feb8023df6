"""The confined child: reads files for the scanner, one after the other, and answers with batches."""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO, cast

import connectors.extract.dispatch  # noqa: F401  now: once confined nothing can be opened, no module either
from connectors.base import Batch
from connectors.extract.answers import pieces, written
from connectors.extract.confine import confine, limit_processor
from connectors.extract.limits import Limits
from connectors.extract.readers import READERS, Job, Readers
from connectors.extract.wire import ChildChannel, Json, WireError


def main(descriptor: int, readers: Readers = READERS) -> None:
    """Serve until the scanner is gone.

    Args:
        descriptor: This process's end of a socket pair.
        readers: What reads files, by name.
    """
    sys.dont_write_bytecode = True
    channel = ChildChannel(socket.socket(fileno=descriptor))
    hello = cast(dict[str, int], channel.receive())
    limits = Limits(**cast(dict[str, int], hello["limits"]))
    in_force = confine(hello["memory"], hello["parent"])
    channel.send({"confinement": in_force})
    while True:
        try:
            _serve(channel, readers, limits)
        except (WireError, OSError):
            return  # the scanner is gone, or has lost interest


def _serve(channel: ChildChannel, readers: Readers, limits: Limits) -> None:
    """Read what is asked for: a file, or several that have come together."""
    asked = cast(dict[str, Any], channel.receive())
    files = asked.get("files", [asked])
    contents = [channel.take(file["size"]) for file in files] if "files" in asked else [None]
    for file, content in zip(files, contents, strict=True):
        end: Json = ""
        try:
            limit_processor(float(asked["seconds"]))
            opened = _content(channel, file) if content is None else io.BytesIO(content)
            _read(channel, readers, limits, (file, opened))
        except MemoryError:
            end = "memory"
        except (WireError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  a parser may raise anything; its kind is told, no more
            end = type(error).__name__
        channel.send({"end": end})


def _read(channel: ChildChannel, readers: Readers, limits: Limits, asked: tuple[Mapping[str, Any], BinaryIO]) -> None:
    file, opened = asked
    job = Job(file["unit"], file["reader"], file["only"], int(file.get("length", 0)))
    with opened:
        for answer in readers[job.reader](job, opened, limits):
            for piece in pieces(answer) if isinstance(answer, Batch) else (answer,):
                channel.send(written(piece))  # at once: what is read is kept whatever comes


def _content(channel: ChildChannel, asked: Mapping[str, Any]) -> BinaryIO:
    """Open what the scanner sent: the bytes themselves, or an open file; of that all of it where it may change."""
    if "size" in asked:
        return io.BytesIO(channel.take(int(asked["size"])))
    file = os.fdopen(channel.descriptor(), "rb")
    if not asked["whole"]:
        return file
    with file:
        while True:
            file.seek(0)
            data = file.read()
            channel.send({"loaded": len(data)})
            if channel.receive() != "again":
                return io.BytesIO(data)
            del data
