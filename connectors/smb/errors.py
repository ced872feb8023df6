"""What an error of the server means for one file or folder."""

from __future__ import annotations

from smbprotocol.exceptions import SMBResponseException

from connectors.base import State, Unread

_PERMISSION, _VANISHED = (State.UNREADABLE, "permission"), (State.VANISHED, "vanished")
_LOCKED, _IRREGULAR = (State.UNREADABLE, "locked"), (State.UNSUPPORTED, "irregular")
_STATES = {
    0xC0000022: _PERMISSION,  # ACCESS_DENIED
    0xC0000061: _PERMISSION,  # PRIVILEGE_NOT_HELD
    0xC000000F: _VANISHED,  # NO_SUCH_FILE
    0xC0000034: _VANISHED,  # OBJECT_NAME_NOT_FOUND
    0xC000003A: _VANISHED,  # OBJECT_PATH_NOT_FOUND
    0xC0000056: _VANISHED,  # DELETE_PENDING
    0xC0000225: _VANISHED,  # NOT_FOUND
    0xC0000103: _VANISHED,  # NOT_A_DIRECTORY: a file took the place of a folder
    0xC0000043: _LOCKED,  # SHARING_VIOLATION
    0xC0000054: _LOCKED,  # FILE_LOCK_CONFLICT
    0xC00000BA: _IRREGULAR,  # FILE_IS_A_DIRECTORY
    0x8000002D: (State.SKIPPED, "symlink"),  # STOPPED_ON_SYMLINK
    0xC0000257: (State.SKIPPED, "dfs"),  # PATH_NOT_COVERED: it lies on another server
}
"""Status -> what it means. Source: [MS-ERREF] 2.3.1."""
_LOST = frozenset((0xC0000203, 0xC00000C9, 0xC000020C, 0xC0000466, 0xC0000205, 0xC00000B5))
"""USER_SESSION_DELETED, NETWORK_NAME_DELETED, CONNECTION_DISCONNECTED, SERVER_UNAVAILABLE, INSUFF_SERVER_RESOURCES,
IO_TIMEOUT: another session may do better."""


def unread(key: str, error: SMBResponseException) -> Unread:
    """Say why a file or folder cannot be opened; the text of the error names paths and is left out."""
    return Unread(key, *_STATES.get(error.status, (State.UNREADABLE, f"server (0x{error.status:08x})")))


def is_lost(error: Exception) -> bool:
    """Tell whether the connection is at fault, not the file."""
    return not isinstance(error, SMBResponseException) or error.status in _LOST
