"""The bytes of a file of a share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from smbprotocol.exceptions import EndOfFile, SMBException, SMBResponseException
from smbprotocol.open import CreateOptions, FilePipePrinterAccessMask, Open
from smbprotocol.tree import TreeConnect

from connectors.base import State
from connectors.content import CONNECTION
from connectors.held import room
from connectors.piped import CutError, Sink
from connectors.smb.errors import unread
from connectors.smb.handles import opened, opening, utc

_READ_BYTES = 1 << 20
_SMALL = 1 << 16
"""A file of so many bytes is opened, read and closed with one message: a share may be far away."""
_OPTIONS = CreateOptions.FILE_NON_DIRECTORY_FILE | CreateOptions.FILE_SEQUENTIAL_ONLY
_ACCESS = FilePipePrinterAccessMask.FILE_READ_DATA | FilePipePrinterAccessMask.FILE_READ_ATTRIBUTES


class _State(NamedTuple):
    written: datetime
    changed: datetime
    size: int


Whole = tuple[BinaryIO, datetime]
"""What holds a file, and the time of its last change, UTC."""


class Long(NamedTuple):
    """A file that has more bytes than are to be held."""

    size: int
    written: datetime


def read(tree: TreeConnect, path: str, limit: int) -> Whole | Long | None:
    """Read a whole file, if it has no more than `limit` bytes. None: it changed meanwhile.

    Raises:
        SMBException: it cannot be read.
    """
    data, before, after = _at_once(Open(tree, path))
    if before.size > limit:
        return Long(before.size, utc(before.written))
    if before.size > _SMALL:
        return _read_long(tree, path, limit)
    if after != before or len(data) != before.size:
        return None
    held = room(before.size)
    held.write(data)
    return held, utc(before.written)


def bring(tree: TreeConnect, path: str, sink: Sink) -> None:
    """Read a file as it comes.

    Raises:
        CutError: it changed meanwhile, or did not come whole.
    """
    try:
        with opened(tree, path, _ACCESS, _OPTIONS) as file:
            before = _state(file)
            _copy(file, before.size, sink)
            file.close(get_attributes=True)
            if _state(file) != before or sink.tell() != before.size:
                raise CutError(State.CHANGED, "changed while read")
    except SMBResponseException as error:
        failed = unread("", error)
        raise CutError(failed.state, failed.reason) from None
    except (SMBException, ValueError, OSError):
        raise CutError(State.PARTIAL, CONNECTION) from None


def _at_once(file: Open) -> tuple[bytes, _State, _State]:
    """Open a file, read its beginning and close it: the bytes, and its state before and after."""
    tree = file.tree_connect
    steps = (
        opening(file, _ACCESS, _OPTIONS, send=False),
        file.read(0, _SMALL, send=False),
        file.close(get_attributes=True, send=False),
    )
    ids = tree.session.session_id, tree.tree_connect_id
    sent = file.connection.send_compound([message for message, _ in steps], *ids, related=True)
    answers, states = [], []
    for (_, unpack), request in zip(steps, sent, strict=True):  # each must be taken, whether it failed or not
        answers.append(_answer(unpack, request))
        states.append(_state(file))
    failed = [one for one in answers if isinstance(one, SMBResponseException) and not isinstance(one, EndOfFile)]
    if failed:
        raise failed[0]
    return b"" if isinstance(answers[1], EndOfFile) else answers[1], states[0], states[2]


def _answer(unpack: Callable[[Any], Any], request: Any) -> Any:
    try:
        return unpack(request)
    except SMBResponseException as error:
        return error


def _read_long(tree: TreeConnect, path: str, limit: int) -> Whole | Long | None:
    with opened(tree, path, _ACCESS, _OPTIONS) as file, ExitStack() as stack:
        before = _state(file)
        if before.size > limit:
            return Long(before.size, utc(before.written))
        held = stack.enter_context(room(before.size))
        _copy(file, before.size, held)
        file.close(get_attributes=True)
        if _state(file) != before or held.tell() != before.size:
            return None
        stack.pop_all()
        return held, utc(before.written)


def read_ends(tree: TreeConnect, path: str, length: int) -> Whole | None:
    """Read the first and the last bytes of a file; what lies between is left out (zeros). None: it changed meanwhile.

    Raises:
        SMBException: it cannot be read.
    """
    with opened(tree, path, _ACCESS, _OPTIONS) as file, ExitStack() as stack:
        before = _state(file)
        held = stack.enter_context(room(before.size))
        _copy(file, min(length, before.size), held)
        held.seek(max(held.tell(), before.size - length))
        _copy(file, before.size, held)
        file.close(get_attributes=True)
        if _state(file) != before or held.tell() != before.size:
            return None
        stack.pop_all()
        return held, utc(before.written)


def _copy(file: Open, size: int, held: BinaryIO | Sink) -> None:
    """Read on to so many bytes, or fewer if the file ends before."""
    connection = file.connection
    while (at := held.tell()) < size:
        credit = connection.sequence_window["high"] - connection.sequence_window["low"]
        length = min(size - at, connection.max_read_size, _READ_BYTES, max(1, credit) << 16)
        try:
            held.write(file.read(at, length))
        except EndOfFile:
            break


def _state(file: Open) -> _State:
    return _State(file.last_write_time, file.change_time, file.end_of_file)
