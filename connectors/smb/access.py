"""Who may read the files of a share: their security descriptors, asked for many files at once."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any

from smbprotocol.exceptions import SMBResponseException
from smbprotocol.file_info import InfoType
from smbprotocol.open import CreateOptions, FilePipePrinterAccessMask, Open, SMB2QueryInfoRequest, SMB2QueryInfoResponse
from smbprotocol.tree import TreeConnect

from connectors.base import Readers
from connectors.smb.handles import opening

AT_ONCE = 32
"""Files that are asked for before the first answer is waited for: a share may be far away."""
_STEPS = 3
_LARGEST = 1 << 16
_OWNER, _DACL = 0x1, 0x4
"""OWNER_SECURITY_INFORMATION, DACL_SECURITY_INFORMATION. Source: [MS-SMB2] 2.2.37."""
_THIS = b"\xff" * 16
"""The file that the request before has opened."""
_PRESENT = 0x4
"""SE_DACL_PRESENT. Source: [MS-DTYP] 2.4.6."""
_ALLOWED, _DENIED, _INHERIT_ONLY = 0x00, 0x01, 0x08
_READS = 0x1 | 0x10000000 | 0x80000000
"""FILE_READ_DATA, GENERIC_ALL, GENERIC_READ. Source: [MS-DTYP] 2.4.3."""
_EVERYBODY = frozenset(("S-1-1-0", "S-1-5-2", "S-1-5-4", "S-1-5-11", "S-1-5-15", "S-1-5-32-545", "S-1-5-32-546"))
"""Everyone, Network, Interactive, Authenticated Users, This Organization, Users, Guests. Source: [MS-DTYP] 2.4.2.4."""
_ANONYMOUS = "S-1-5-7"
_OWNERS = frozenset(("S-1-3-0", "S-1-3-4", "S-1-5-18", "S-1-5-32-544", "S-1-5-32-551"))
"""Creator Owner, Owner Rights, and who administers the system: System, Administrators, Backup Operators."""
_DOMAIN = "S-1-5-21-"
_DOMAIN_EVERYBODY, _DOMAIN_OWNERS = ("-513", "-514", "-515", "-545"), ("-500", "-512", "-519")
"""Domain Users, Guests and Computers; Administrator, Domain Admins, Enterprise Admins."""


def readers_of(tree: TreeConnect, paths: Sequence[str]) -> list[Readers]:
    """Who may read each of some files; where the server does not tell it is unknown.

    Raises:
        SMBException: the connection broke.
    """
    found: list[Readers] = []
    while len(found) < len(paths):
        window = tree.session.connection.sequence_window
        some = max(1, min(AT_ONCE, (window["high"] - window["low"]) // _STEPS))
        asked = [_ask(tree, path) for path in paths[len(found) : len(found) + some]]
        found += [_told(tree, requests) for requests in asked]
    return found


def _ask(tree: TreeConnect, path: str) -> list[Any]:
    file = Open(tree, path)
    query = SMB2QueryInfoRequest()
    query["info_type"] = InfoType.SMB2_0_INFO_SECURITY
    query["output_buffer_length"] = _LARGEST
    query["additional_information"] = _OWNER | _DACL
    query["file_id"] = _THIS
    options = CreateOptions.FILE_NON_DIRECTORY_FILE | CreateOptions.FILE_OPEN_REPARSE_POINT
    opens, _ = opening(file, FilePipePrinterAccessMask.READ_CONTROL, options, send=False)
    closes, _ = file.close(send=False)
    ids = tree.session.session_id, tree.tree_connect_id
    sent: list[Any] = tree.session.connection.send_compound([opens, query, closes], *ids, related=True)
    return sent


def _told(tree: TreeConnect, requests: Sequence[Any]) -> Readers:
    """Take each answer, whether it is one or not."""
    answers: list[Any] = []
    for request in requests:
        try:
            answers.append(tree.session.connection.receive(request))
        except SMBResponseException:
            answers.append(None)
    if answers[1] is None:
        return Readers.UNKNOWN
    answer = SMB2QueryInfoResponse()
    answer.unpack(answers[1]["data"].get_value())
    return breadth(answer["buffer"].get_value())


def breadth(descriptor: bytes) -> Readers:
    """How wide a security descriptor opens a file for reading; unknown where it is none. Source: [MS-DTYP] 2.4.6.

    Who is refused does not count, and if that is everybody nobody but the owner does.
    """
    try:
        control, owner_at, dacl_at = struct.unpack_from("<2xHI8xI", descriptor)
        owner = _sid(descriptor, owner_at) if owner_at else ""
        if not control & _PRESENT or not dacl_at:
            return Readers.EVERYONE  # no list at all: all is allowed to all
        entries = [*_entries(descriptor, dacl_at)]
    except (struct.error, IndexError):
        return Readers.UNKNOWN
    widest, refused = Readers.OWNER, set[str]()
    for kind, sid in entries:
        if kind == _DENIED:
            refused.add(sid)
        elif sid not in refused and not refused & _EVERYBODY:
            widest = max(widest, _kind(sid, owner))
    return widest


def _entries(descriptor: bytes, at: int) -> Iterator[tuple[int, str]]:
    """Kind and account of each entry that is about reading this file."""
    (count,) = struct.unpack_from("<4xH", descriptor, at)
    at += 8
    for _ in range(count):
        kind, flags, size, mask = struct.unpack_from("<BBHI", descriptor, at)
        if kind in (_ALLOWED, _DENIED) and not flags & _INHERIT_ONLY and mask & _READS:
            yield kind, _sid(descriptor, at + 8)
        at += size


def _sid(data: bytes, at: int) -> str:
    """An account, as Windows writes it. Source: [MS-DTYP] 2.4.2.2."""
    revision, count = data[at], data[at + 1]
    authority = int.from_bytes(data[at + 2 : at + 8], "big")
    numbers = struct.unpack_from(f"<{count}I", data, at + 8)
    return "-".join(map(str, ("S", revision, authority, *numbers)))


def _kind(sid: str, owner: str) -> Readers:
    if sid == owner or sid in _OWNERS:
        return Readers.OWNER
    if sid == _ANONYMOUS:
        return Readers.PUBLIC
    if sid in _EVERYBODY:
        return Readers.EVERYONE
    if sid.startswith(_DOMAIN) and sid.endswith(_DOMAIN_EVERYBODY):
        return Readers.EVERYONE
    if sid.startswith(_DOMAIN) and sid.endswith(_DOMAIN_OWNERS):
        return Readers.OWNER
    return Readers.GROUP
