"""The confined child: reads files for the scanner, one after the other, and answers with batches."""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Mapping
from typing import BinaryIO, cast

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
    asked = cast(dict[str, str], channel.receive())
    job = Job(asked["unit"], asked["reader"], asked["only"], int(asked.get("length", 0)))
    try:
        limit_processor(float(asked["seconds"]))
        with _content(channel, asked) as file:
            for answer in readers[job.reader](job, file, limits):
                for piece in pieces(answer) if isinstance(answer, Batch) else (answer,):
                    channel.send(written(piece))  # at once: what is read is kept whatever comes
        end: Json = {"end": ""}
    except MemoryError:
        end = {"end": "memory"}
    except (WireError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  a parser may raise anything; which kind of error it was is told, no more
        end = {"end": type(error).__name__}
    channel.send(end)


def _content(channel: ChildChannel, asked: Mapping[str, str | int]) -> BinaryIO:
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
