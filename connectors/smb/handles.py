"""Files and folders of a share, opened to be read: nothing can be changed, and nobody is kept from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from smbprotocol.create_contexts import (
    CreateContextName,
    SMB2CreateContextRequest,
    SMB2CreateQueryMaximalAccessResponse,
)
from smbprotocol.exceptions import SMBException
from smbprotocol.open import (
    CreateDisposition,
    CreateOptions,
    DirectoryAccessMask,
    ImpersonationLevel,
    Open,
    ShareAccess,
)
from smbprotocol.tree import TreeConnect

_SHARED = ShareAccess.FILE_SHARE_READ | ShareAccess.FILE_SHARE_WRITE | ShareAccess.FILE_SHARE_DELETE


def opening(file: Open, access: int, options: int, *, send: bool = True) -> Any:
    """Open what is there; with `send` False the request is only made, for `Connection.send_compound`."""
    how = (ImpersonationLevel.Impersonation, access, 0, _SHARED, CreateDisposition.FILE_OPEN, options)
    return file.create(*how, send=send)


@contextmanager
def opened(tree: TreeConnect, path: str, access: int, options: int) -> Iterator[Open]:
    """Have a file or folder open until the block is left.

    Raises:
        SMBException: it cannot be opened.
    """
    file = Open(tree, path)
    opening(file, access, options)
    try:
        yield file
    finally:
        with suppress(SMBException, ValueError, OSError):  # the connection may be gone; then so is the handle
            file.close()


def rights(tree: TreeConnect, path: str) -> int:
    """Ask what the user may do with a folder: bits of `DirectoryAccessMask`; 0 if the server does not tell.

    Raises:
        SMBException: it cannot be opened.
    """
    question = SMB2CreateContextRequest()
    question["buffer_name"] = CreateContextName.SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST
    question["buffer_data"] = b""
    folder = Open(tree, path)
    how = (ImpersonationLevel.Impersonation, DirectoryAccessMask.FILE_READ_ATTRIBUTES, 0, _SHARED)
    answers = folder.create(*how, CreateDisposition.FILE_OPEN, CreateOptions.FILE_DIRECTORY_FILE, [question])
    folder.close()
    told = [answer for answer in answers or () if isinstance(answer, SMB2CreateQueryMaximalAccessResponse)]
    return next((int(answer["maximal_access"].get_value()) for answer in told), 0)


def utc(moment: datetime) -> datetime:
    """Read a time without a zone as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
