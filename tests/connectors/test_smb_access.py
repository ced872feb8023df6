"""Who may read the files of a share, by their security descriptors."""

from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path

import pytest

from connectors import Readers, Unit
from connectors.files import FilesConnector
from connectors.smb.access import breadth
from tests.servers.samba import PASSWORD, SmbServer

OWNER, GROUP, OTHER = "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1200", "S-1-5-21-1-2-3-1201"
DOMAIN_USERS, DOMAIN_ADMINS = "S-1-5-21-1-2-3-513", "S-1-5-21-1-2-3-512"
EVERYONE, USERS, ANONYMOUS, SYSTEM, CREATOR = "S-1-1-0", "S-1-5-32-545", "S-1-5-7", "S-1-5-18", "S-1-3-0"
READ, WRITE, ALL, GENERIC_READ = 0x1, 0x2, 0x1F01FF, 0x80000000
ALLOW, DENY, INHERITED_BY_OTHERS = 0, 1, 0x08


def sid(text: str) -> bytes:
    revision, authority, *numbers = map(int, text.split("-")[1:])
    return (
        struct.pack("<BB", revision, len(numbers))
        + authority.to_bytes(6, "big")
        + struct.pack(f"<{len(numbers)}I", *numbers)
    )


def descriptor(*entries: tuple[int, str, int] | tuple[int, str, int, int]) -> bytes:
    """A self-relative security descriptor of a file that OWNER owns."""
    listed = b""
    for kind, account, mask, *flags in entries:
        body = sid(account)
        listed += struct.pack("<BBHI", kind, flags[0] if flags else 0, 8 + len(body), mask) + body
    owner = sid(OWNER)
    dacl = struct.pack("<BBHHH", 2, 0, 8 + len(listed), len(entries), 0) + listed
    return struct.pack("<BBHIIII", 1, 0, 0x8004, 20, 0, 0, 20 + len(owner)) + owner + dacl


WIDTHS = [
    ([], Readers.OWNER),
    ([(ALLOW, OWNER, ALL), (ALLOW, SYSTEM, ALL), (ALLOW, DOMAIN_ADMINS, ALL), (ALLOW, CREATOR, ALL)], Readers.OWNER),
    ([(ALLOW, OWNER, ALL), (ALLOW, EVERYONE, WRITE)], Readers.OWNER),
    ([(ALLOW, EVERYONE, READ, INHERITED_BY_OTHERS)], Readers.OWNER),
    ([(DENY, EVERYONE, READ), (ALLOW, USERS, READ), (ALLOW, OTHER, READ)], Readers.OWNER),
    ([(ALLOW, GROUP, READ)], Readers.GROUP),
    ([(DENY, DOMAIN_USERS, READ), (ALLOW, GROUP, READ), (ALLOW, DOMAIN_USERS, READ)], Readers.GROUP),
    ([(ALLOW, GROUP, READ), (ALLOW, USERS, GENERIC_READ)], Readers.EVERYONE),
    ([(ALLOW, DOMAIN_USERS, ALL)], Readers.EVERYONE),
    ([(DENY, OTHER, READ), (ALLOW, EVERYONE, READ)], Readers.EVERYONE),
    ([(ALLOW, EVERYONE, READ), (ALLOW, ANONYMOUS, READ)], Readers.PUBLIC),
]


@pytest.mark.parametrize(("entries", "width"), WIDTHS)
def test_how_wide_a_descriptor_opens_a_file(entries: list[tuple[int, str, int]], width: Readers) -> None:
    assert breadth(descriptor(*entries)) is width


def test_a_file_without_a_list_is_open_to_all() -> None:
    assert breadth(struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)) is Readers.EVERYONE


def test_what_is_no_descriptor_tells_nothing() -> None:
    whole = descriptor((ALLOW, EVERYONE, READ))
    assert {breadth(whole[:length]) for length in range(len(whole))} == {Readers.UNKNOWN}


def test_files_of_a_share_as_their_modes_say(samba: SmbServer) -> None:
    modes = {"egen.txt": 0o600, "grupp.txt": 0o640, "alla.txt": 0o644, "bara skriva.txt": 0o622}
    folder = samba.folder / "vem"
    folder.mkdir()
    try:
        for name, mode in modes.items():
            (folder / name).write_text("Anna Ek")
            (folder / name).chmod(mode)
            _own(folder / name, samba.user)
        address = samba.url(folder="vem")
        with FilesConnector(path=address, username=samba.user, password=PASSWORD, sandbox=False) as source:
            found = {unit.key: unit.readers for unit in source.units() if isinstance(unit, Unit)}
            notes = source.check().notes
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    kept, open_to_all = Readers.OWNER, Readers.EVERYONE
    assert found == {"egen.txt": kept, "grupp.txt": Readers.GROUP, "alla.txt": open_to_all, "bara skriva.txt": kept}
    assert "every account of the server may read 1 files" in notes


def _own(path: Path, user: str) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, user, user)
