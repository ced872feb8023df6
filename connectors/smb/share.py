"""The files of a share: listed folder by folder, read whole or named."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from smbprotocol.exceptions import SMBException, SMBResponseException
from smbprotocol.tree import TreeConnect

from connectors.base import ConnectorError, Readers, State, Unit, Unread
from connectors.content import CONNECTION, Rule
from connectors.extract.limits import FOLDER_DEPTH
from connectors.held import Held
from connectors.piped import PIPED, CutError, Facts, Piped, Sink
from connectors.smb.access import AT_ONCE, readers_of
from connectors.smb.address import is_name, parse
from connectors.smb.errors import is_lost, unread
from connectors.smb.handles import rights
from connectors.smb.listing import Entry, listing
from connectors.smb.reading import Long, Whole, bring, read, read_ends
from connectors.smb.session import LostError, connect, disconnect

ATTEMPTS = 3
"""How often a request is tried whose connection breaks, and a file is read that changes meanwhile."""
PAUSE = 1.0
"""Seconds before the second attempt at most; twice as many before the third."""
_WRITES = 0x2 | 0x4 | 0x40
"""FILE_ADD_FILE, FILE_ADD_SUBDIRECTORY, FILE_DELETE_CHILD. Source: [MS-SMB2] 2.2.13.1.2."""
_T = TypeVar("_T")


class Share:
    """The files below a folder of a share, as one user may see them."""

    def __init__(self, url: str, username: str | None, password: str | None, seconds: float = 60) -> None:
        """Keep the options; nothing is reached.

        Args:
            url: `smb://HOST[:PORT]/SHARE[/DIR]`.
            username: `USER`, `DOMAIN\\USER` or `USER@DOMAIN`.
            password: Of the user.
            seconds: How long to wait for an answer.

        Raises:
            ConnectorError: the address is none, or the user is missing.
        """
        self.deepest = FOLDER_DEPTH
        """So many folders in folders are entered."""
        self._address = parse(url)
        if not username or not password:
            raise ConnectorError(f"files: {self._address}: set `username` and `password`, for example to ${{SMB_USER}}")
        self._login = (username, password, seconds)
        self._connected: TreeConnect | None = None
        self._open_to_all = 0
        self._lock = threading.Lock()

    def walk(self, rule: Rule) -> Iterator[Unit | Unread]:
        """List the files in the order of their names, folder by folder; links are not followed."""
        self._open_to_all = 0
        yield from self._folder("", rule, set(), 0)

    def open(self, key: str, limit: int) -> Held | Unread:
        """Read a file, again if it changes meanwhile."""
        found = self._attempts(key, lambda tree: read(tree, self._path(key), limit))
        return Unread(key, State.REFUSED, "limit:file_bytes") if isinstance(found, Long) else found

    def stream(self, key: str, limit: int) -> Held | Piped | Unread:
        """Read a file, a large one as it comes."""
        found = self._attempts(key, lambda tree: read(tree, self._path(key), min(limit, PIPED)))
        if not isinstance(found, Long):
            return found
        if found.size > limit:
            return Unread(key, State.REFUSED, "limit:file_bytes")
        return Piped(Facts(key, found.size, found.written.date()), lambda sink: self._bring(key, sink))

    def ends(self, key: str, length: int) -> Held | Unread:
        """Read the first and the last bytes of a file; what lies between is left out (zeros)."""
        found = self._attempts(key, lambda tree: read_ends(tree, self._path(key), length))
        return Unread(key, State.REFUSED, "limit:file_bytes") if isinstance(found, Long) else found

    def _attempts(self, key: str, reading: Callable[[TreeConnect], Whole | Long | None]) -> Held | Long | Unread:
        if not all(map(is_name, key.split("/"))):
            return Unread(key, State.VANISHED, "vanished")
        try:
            for _ in range(ATTEMPTS):
                found = self._tried(reading)
                if isinstance(found, Long):
                    return found
                if found is not None:
                    return Held(found[0], found[1].date(), key)
        except SMBResponseException as error:
            return unread(key, error)
        except LostError:
            return Unread(key, State.UNREADABLE, CONNECTION)
        return Unread(key, State.CHANGED, "changed while read")

    def remarks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Say who may read what was listed last, and whether the user may write to the folder, as the server tells."""
        many = f"every account of the server may read {self._open_to_all} files"
        notes = (many,) if self._open_to_all else ()
        try:
            allowed = self._tried(lambda tree: rights(tree, self._path("")))
        except (LostError, SMBResponseException):
            return notes, ()
        return notes, ("the user may write to the share; use one that may only read",) if allowed & _WRITES else ()

    def close(self) -> None:
        """Let go of the connection."""
        if self._connected is not None:
            disconnect(self._connected.session.connection)
            self._connected = None

    def _bring(self, key: str, sink: Sink) -> None:
        try:
            tree = self._tree()
        except (LostError, ConnectorError):
            raise CutError(State.PARTIAL, CONNECTION) from None
        bring(tree, self._path(key), sink)

    def _folder(self, prefix: str, rule: Rule, seen: set[int], depth: int) -> Iterator[Unit | Unread]:
        try:
            found = self._tried(lambda tree: listing(tree, self._path(prefix.rstrip("/"))))
        except SMBResponseException as error:
            if not prefix:
                raise ConnectorError(
                    f"files: {self._address}: the folder cannot be listed; see that it exists"
                ) from None
            yield unread(prefix, error)
            return
        except LostError:
            raise ConnectorError(
                f"files: {self._address}: the server does not answer; try again when it does"
            ) from None
        if found.number in seen:
            yield Unread(prefix, State.SKIPPED, "visited")
            return
        seen.update({found.number} - {0})
        for start in range(0, len(found.entries), AT_ONCE):
            part = found.entries[start : start + AT_ONCE]
            readers = self._readers(prefix, [entry for entry in part if self._is_listed(prefix, entry, rule)])
            for entry in part:
                yield from self._entry(prefix + entry.name, entry, rule, seen, (depth, readers))

    @staticmethod
    def _is_listed(prefix: str, entry: Entry, rule: Rule) -> bool:
        wanted = is_name(entry.name) and not entry.why_skipped and not entry.is_folder
        return wanted and not rule(prefix + entry.name, False)

    def _readers(self, prefix: str, entries: Sequence[Entry]) -> dict[str, Readers]:
        """Who may read some files of a folder; nothing where the connection breaks: what it is lost for says so."""
        paths = [self._path(prefix + entry.name) for entry in entries]
        try:
            found = self._tried(lambda tree: readers_of(tree, paths))
        except (LostError, SMBResponseException):
            return {}
        self._open_to_all += sum(one >= Readers.EVERYONE for one in found)
        return dict(zip((entry.name for entry in entries), found, strict=True))

    def _entry(
        self, key: str, entry: Entry, rule: Rule, seen: set[int], place: tuple[int, Mapping[str, Readers]]
    ) -> Iterator[Unit | Unread]:
        depth, readers = place
        shown = f"{key}/" if entry.is_folder else key
        why = entry.why_skipped or rule(key, entry.is_folder)
        if not is_name(entry.name):
            yield Unread(shown.replace("\0", ""), State.UNSUPPORTED, "name")
        elif why:
            yield Unread(shown, State.SKIPPED, why)
        elif not entry.is_folder:
            yield Unit(key, entry.version, "file", entry.size, readers.get(entry.name, Readers.UNKNOWN))
        elif depth >= self.deepest:
            yield Unread(shown, State.REFUSED, "limit:folder_depth")
        else:
            yield from self._folder(shown, rule, seen, depth + 1)

    def _path(self, key: str) -> str:
        return "\\".join(part for part in (*self._address.folder.split("/"), *key.split("/")) if part)

    def _tried(self, request: Callable[[TreeConnect], _T]) -> _T:
        """Send requests; again over a new connection if it breaks.

        Raises:
            LostError: it broke each time.
            SMBResponseException: the server refuses.
            ConnectorError: the server no longer lets us in.
        """
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(random.uniform(0, PAUSE * 2 ** (attempt - 1)))  # noqa: S311  no secret
            try:
                return request(self._tree())
            except LostError:
                self.close()
            except (SMBException, ValueError, OSError) as error:
                if not is_lost(error):
                    raise
                self.close()
        raise LostError

    def _tree(self) -> TreeConnect:
        with self._lock:
            if self._connected is None:
                self._connected = connect(self._address, *self._login)
            return self._connected
