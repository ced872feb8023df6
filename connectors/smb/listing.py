"""What a folder of a share holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from smbprotocol.exceptions import NoMoreFiles, NoSuchFile
from smbprotocol.file_info import FileInformationClass
from smbprotocol.open import CreateOptions, DirectoryAccessMask, FileAttributes, Open
from smbprotocol.tree import TreeConnect

from connectors.smb.handles import opened, utc

_LIST_BYTES = 1 << 16
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
    with opened(tree, path, access, options) as folder:
        found = [_entry(raw) for raw in _raw_entries(folder)]
    number = next((entry.number for entry in found if entry.name == "."), 0)
    return Listing(number, sorted((one for one in found if one.name not in (".", "..")), key=lambda one: one.name))


def _raw_entries(folder: Open) -> Iterator[Any]:
    kind = FileInformationClass.FILE_ID_FULL_DIRECTORY_INFORMATION
    while True:
        try:
            yield from folder.query_directory("*", kind, max_output=_LIST_BYTES)
        except (NoMoreFiles, NoSuchFile):
            return


def _entry(raw: Any) -> Entry:
    size, number = raw["end_of_file"].get_value(), raw["file_id"].get_value()
    written, changed = (utc(raw[name].get_value()).timestamp() for name in ("last_write_time", "change_time"))
    return Entry(
        name=raw["file_name"].get_value().decode("utf-16-le", "replace"),
        attributes=raw["file_attributes"].get_value(),
        tag=raw["ea_size"].get_value(),
        size=size,
        version=f"{int(written * 1e6):x}-{int(changed * 1e6):x}-{size:x}-{number:x}",
        number=number,
    )
