"""The few requests that reading a share takes. None of them can change anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from smbprotocol.exceptions import EndOfFile, NoMoreFiles, NoSuchFile, SMBException
from smbprotocol.file_info import FileInformationClass
from smbprotocol.open import (
    CreateDisposition,
    CreateOptions,
    DirectoryAccessMask,
    FileAttributes,
    FilePipePrinterAccessMask,
    ImpersonationLevel,
    Open,
    ShareAccess,
)
from smbprotocol.tree import TreeConnect

from connectors.held import room

TOO_LARGE = "too large"
_READ_BYTES = 1 << 20
_LIST_BYTES = 1 << 16
_SHARED = ShareAccess.FILE_SHARE_READ | ShareAccess.FILE_SHARE_WRITE | ShareAccess.FILE_SHARE_DELETE
_SYMLINK, _DEDUPLICATED = 0xA000000C, 0x80000013
_OFFLINE = 0x1000 | 0x40000 | 0x400000
"""OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS: reading would fetch the file back from a vault or a cloud."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder, as its folder lists it."""

    name: str
    attributes: int
    tag: int
    """Kind of reparse point, if it is one."""
    size: int
    version: str
    """Times of writing and change, size and number. Samba gives the time of writing twice: who sets that back and keeps
    the size is not noticed."""
    number: int
    """The server's number of the file; 0 = it gives none."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return bool(self.attributes & FileAttributes.FILE_ATTRIBUTE_DIRECTORY)

    @property
    def why_skipped(self) -> str | None:
        """Why it is not opened, or None."""
        if self.attributes & FileAttributes.FILE_ATTRIBUTE_REPARSE_POINT and self.tag != _DEDUPLICATED:
            return "symlink" if self.tag == _SYMLINK else "reparse point"
        return "offline" if self.attributes & _OFFLINE and not self.is_folder else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder: its number and what is in it, in the order of names."""

    number: int
    entries: list[Entry]


def listing(tree: TreeConnect, path: str) -> Listing:
    """List a folder.

    Raises:
        SMBException: it cannot be listed.
    """
    options = CreateOptions.FILE_DIRECTORY_FILE | CreateOptions.FILE_OPEN_REPARSE_POINT
    access = DirectoryAccessMask.FILE_LIST_DIRECTORY | DirectoryAccessMask.FILE_READ_ATTRIBUTES
    with _opened(tree, path, access, options) as folder:
        found = [_entry(raw) for raw in _raw_entries(folder)]
    number = next((entry.number for entry in found if entry.name == "."), 0)
    return Listing(number, sorted((one for one in found if one.name not in (".", "..")), key=lambda one: one.name))


def read(tree: TreeConnect, path: str, limit: int) -> tuple[BinaryIO, datetime] | str | None:
    """Read a whole file: what holds it and the time of the last change, UTC.

    Returns:
        None if it changed meanwhile, `TOO_LARGE` if it has more than `limit` bytes.

    Raises:
        SMBException: it cannot be read.
    """
    options = CreateOptions.FILE_NON_DIRECTORY_FILE | CreateOptions.FILE_SEQUENTIAL_ONLY
    access = FilePipePrinterAccessMask.FILE_READ_DATA | FilePipePrinterAccessMask.FILE_READ_ATTRIBUTES
    with _opened(tree, path, access, options) as file:
        before, size, written = _state(file), file.end_of_file, file.last_write_time
        if size > limit:
            return TOO_LARGE
        held = room(size)
        _copy(file, size, held)
        file.close(get_attributes=True)
        if _state(file) == before and held.tell() == size:
            return held, _utc(written)
    held.close()
    return None


@contextmanager
def _opened(tree: TreeConnect, path: str, access: int, options: int) -> Iterator[Open]:
    opened = Open(tree, path)
    opened.create(
        ImpersonationLevel.Impersonation, access, 0, _SHARED, CreateDisposition.FILE_OPEN, options
    )  # fmt: skip
    try:
        yield opened
    finally:
        with suppress(SMBException, ValueError, OSError):  # the connection may be gone; then so is the handle
            opened.close()


def _raw_entries(folder: Open) -> Iterator[Any]:
    kind = FileInformationClass.FILE_ID_FULL_DIRECTORY_INFORMATION
    while True:
        try:
            yield from folder.query_directory("*", kind, max_output=_LIST_BYTES)
        except (NoMoreFiles, NoSuchFile):
            return


def _entry(raw: Any) -> Entry:
    size, number = raw["end_of_file"].get_value(), raw["file_id"].get_value()
    written, changed = (_utc(raw[name].get_value()).timestamp() for name in ("last_write_time", "change_time"))
    return Entry(
        name=raw["file_name"].get_value().decode("utf-16-le", "replace"),
        attributes=raw["file_attributes"].get_value(),
        tag=raw["ea_size"].get_value(),
        size=size,
        version=f"{int(written * 1e6):x}-{int(changed * 1e6):x}-{size:x}-{number:x}",
        number=number,
    )


def _copy(file: Open, size: int, held: BinaryIO) -> None:
    """Read so many bytes, or fewer if the file ends before."""
    connection = file.connection
    while (at := held.tell()) < size:
        credit = connection.sequence_window["high"] - connection.sequence_window["low"]
        length = min(size - at, connection.max_read_size, _READ_BYTES, max(1, credit) << 16)
        try:
            held.write(file.read(at, length))
        except EndOfFile:
            break


def _state(file: Open) -> tuple[datetime, datetime, int]:
    return file.last_write_time, file.change_time, file.end_of_file


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
