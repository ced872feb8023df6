"""A bucket: listed to its last page, objects read whole or named."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, date
from functools import cached_property
from typing import Any, BinaryIO

from botocore.exceptions import ClientError

from connectors.base import ConnectorError, Readers, State, Unit, Unread
from connectors.content import Content, Rule
from connectors.held import Held, room
from connectors.piped import PIPED, CutError, Facts, Piped, Sink
from connectors.s3.client import Place, make_client
from connectors.s3.errors import BROKEN, CHECKSUM, ERRORS, broken, fatal, unread, word
from connectors.s3.rights import least_policy, readers, unread_versions, write_rights

ATTEMPTS = 3
"""How often an object is read that changes meanwhile, or whose bytes break off."""
PAUSE = 0.5
"""Seconds before the second attempt at most; twice as many before the third."""
_CHUNK = 1 << 20
_ARCHIVED = ("GLACIER", "DEEP_ARCHIVE")
_VERSION = re.compile(r"(.*)\?versionId=([^?/]+)", re.DOTALL)


class BrokenOffError(Exception):
    """The bytes of an object did not come over whole; the message is the reason."""


class Bucket:
    """The objects of a bucket whose keys begin with the prefix; with `versions` the older ones too."""

    def __init__(self, place: Place, versions: bool = False) -> None:
        """Keep the options; nothing is reached."""
        self.place = place
        self._versions = versions

    @cached_property
    def client(self) -> Any:
        """The client, made when it is first used."""
        return make_client(self.place)

    @cached_property
    def _readers(self) -> Readers:
        """Who may read the objects, asked once a listing."""
        return readers(self.client, self.place)

    def walk(self, rule: Rule) -> Iterator[Unit | Unread]:
        """List the objects in the order of their keys; older versions have keys `key?versionId=…`."""
        self.__dict__.pop("_readers", None)
        for listed in self._listed():
            why = rule(listed["Key"], False)
            unit = self._unit(listed)
            archived = _archived(listed)
            if why or archived:
                yield Unread(unit.key, State.SKIPPED, why or archived)
            else:
                yield unit

    def open(self, key: str, limit: int) -> Content | Unread:
        """Read an object, again if its bytes break off or it changes meanwhile."""
        return self._attempts(key, lambda: self._whole(key, limit))

    def stream(self, key: str, limit: int) -> Content | Unread:
        """Read an object, a large one as it comes."""
        return self._attempts(key, lambda: self._coming(key, limit))

    def ends(self, key: str, length: int) -> Content | Unread:
        """Read the first and the last bytes of an object; what lies between is left out (zeros)."""
        return self._attempts(key, lambda: self._ends(key, length))

    def _attempts(self, key: str, read: Callable[[], Content | Unread]) -> Content | Unread:
        if not key:
            return Unread(key, State.VANISHED, "vanished")
        found: Content | Unread = Unread(key, State.CHANGED, "changed while read")
        for attempt in range(ATTEMPTS):
            _pause(attempt)
            try:
                found = self._attempt(key, read)
            except BrokenOffError as error:
                found = Unread(key, State.UNREADABLE, str(error))
                continue
            if not isinstance(found, Unread) or found.state is not State.CHANGED:
                return found
        return found

    def remarks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the policy that would be enough, and say what the account may do beyond it."""
        versions = () if self._versions else unread_versions(self.client, self.place)
        policy = f"least policy: {least_policy(self.place, self._versions)}"
        return (policy,), (*write_rights(self.client, self.place), *versions)

    def close(self) -> None:
        """Let go of the connections."""
        if "client" in self.__dict__:
            self.client.close()
            del self.client

    def _listed(self) -> Iterator[Mapping[str, Any]]:
        """Give all entries of all pages.

        Raises:
            ConnectorError: a page cannot be had: what is on it would be forgotten as if it were gone.
        """
        name, parts = ("list_object_versions", ("Versions", "DeleteMarkers")) if self._versions else (
            "list_objects_v2", ("Contents",)
        )  # fmt: skip
        try:
            pages = self.client.get_paginator(name).paginate(
                Bucket=self.place.bucket, Prefix=self.place.prefix, OptionalObjectAttributes=["RestoreStatus"]
            )
            for page in pages:
                for part in parts:
                    yield from page.get(part, ())
                if page.get("IsTruncated") and not (page.get("NextContinuationToken") or page.get("NextKeyMarker")):
                    raise ConnectorError(f"{self.place}: the server lists a part only and does not say how to go on")
        except ERRORS as error:
            raise fatal(self.place, error) from None

    def _unit(self, listed: Mapping[str, Any]) -> Unit:
        key, version = listed["Key"], listed.get("VersionId", "")
        if self._versions and (not listed["IsLatest"] or _VERSION.fullmatch(key)):
            key = f"{key}?versionId={version}"
        size = listed.get("Size", 0)
        etag = listed.get("ETag", "").strip('"')
        return Unit(key, f"{etag}-{size:x}-{version}", "file", size, self._readers)

    def _attempt(self, key: str, read: Callable[[], Content | Unread]) -> Content | Unread:
        """Read from the start, or say why that is not worth another attempt (but for a change)."""
        try:
            return read()
        except ClientError as error:
            return unread(key, error, self.place)
        except BROKEN as error:  # after as many requests as are worth it
            return Unread(key, State.UNREADABLE, broken(error))
        except ERRORS as error:
            raise fatal(self.place, error) from None

    def _coming(self, key: str, limit: int) -> Content | Unread:
        target = self._target(key)
        answer = self.client.get_object(**target)
        size = answer["ContentLength"]
        if not PIPED < size <= limit:
            return self._held(key, limit, answer)
        return Piped(Facts(target["Key"], size, _day(answer)), lambda sink: self._bring(key, answer, sink))

    def _whole(self, key: str, limit: int) -> Content | Unread:
        return self._held(key, limit, self.client.get_object(**self._target(key)))

    def _held(self, key: str, limit: int, answer: Mapping[str, Any]) -> Content | Unread:
        target = self._target(key)
        if answer["ContentLength"] > limit:
            answer["Body"].close()
            return Unread(key, State.REFUSED, "limit:file_bytes")
        with ExitStack() as stack:
            sink = stack.enter_context(room(answer["ContentLength"]))
            self._fill(sink, target, answer)
            stack.pop_all()
            return Held(sink, _day(answer), target["Key"])

    def _ends(self, key: str, length: int) -> Content | Unread:
        target = self._target(key)
        answer = self.client.head_object(**target)
        size = answer["ContentLength"]
        if size <= 2 * length:
            return self._whole(key, size)
        with ExitStack() as stack:
            sink = stack.enter_context(room(size))
            for start in (0, size - length):
                span = f"bytes={start}-{start + length - 1}"
                sink.seek(start)
                _drain(self.client.get_object(**target, IfMatch=answer["ETag"], Range=span), sink)
            stack.pop_all()
            return Held(sink, _day(answer), target["Key"])

    def _bring(self, key: str, answer: Mapping[str, Any], sink: Sink) -> None:
        """Read an object as it comes; where the bytes break off, go on from there."""
        target = self._target(key)
        for attempt in range(ATTEMPTS):
            _pause(attempt)
            try:
                return self._rest(target, answer["ETag"], sink) if sink.tell() else _drain(answer, sink)
            except BrokenOffError as error:
                cut = CutError(State.PARTIAL, str(error))
                if str(error) == CHECKSUM or not sink.tell():
                    break
            except ClientError as error:
                failed = unread(key, error, self.place)
                raise CutError(failed.state, failed.reason) from None
            except BROKEN as error:
                cut = CutError(State.PARTIAL, broken(error))
        raise cut

    def _fill(self, sink: BinaryIO, target: Mapping[str, str], answer: Mapping[str, Any]) -> None:
        try:
            _drain(answer, sink)
        except BrokenOffError as error:
            if str(error) == CHECKSUM or not sink.tell():
                raise
            self._rest(target, answer["ETag"], sink)

    def _rest(self, target: Mapping[str, str], etag: str, sink: BinaryIO | Sink) -> None:
        """Go on where the bytes broke off, if the object is still the same.

        Raises:
            BrokenOffError: the server gives something else than was asked for.
        """
        answer = self.client.get_object(**target, IfMatch=etag, Range=f"bytes={sink.tell()}-")
        if not str(answer.get("ContentRange", "")).startswith(f"bytes {sink.tell()}-"):
            answer["Body"].close()
            raise BrokenOffError("short body")
        _drain(answer, sink)

    def _target(self, key: str) -> dict[str, str]:
        match = _VERSION.fullmatch(key) if self._versions else None
        if match:
            return {"Bucket": self.place.bucket, "Key": match.group(1), "VersionId": match.group(2)}
        return {"Bucket": self.place.bucket, "Key": key}


def _drain(answer: Mapping[str, Any], sink: BinaryIO | Sink) -> None:
    body = answer["Body"]
    try:
        while chunk := body.read(_CHUNK):
            sink.write(chunk)
    except BROKEN as error:
        raise BrokenOffError(broken(error)) from None
    finally:
        body.close()


def _day(answer: Mapping[str, Any]) -> date:
    modified = answer["LastModified"]
    day: date = modified.astimezone(UTC).date()
    return day


def _archived(listed: Mapping[str, Any]) -> str:
    """Say why an object has no bytes to read: it is a mark that it was deleted, or must be asked back from a vault."""
    if "Size" not in listed:
        return "delete marker"
    kind = listed.get("StorageClass", "")
    restored = "RestoreExpiryDate" in listed.get("RestoreStatus", {})
    return f"storage class {word(kind)}" if kind in _ARCHIVED and not restored else ""


def _pause(attempt: int) -> None:
    """Wait a little, at random so that not all come back at once."""
    if attempt:
        time.sleep(random.uniform(0, PAUSE * 2 ** (attempt - 1)))  # noqa: S311  no secret
