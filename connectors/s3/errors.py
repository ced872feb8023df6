"""What a failed request means: for one object, or for the whole bucket. No text of the server's gets any further."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    FlexibleChecksumError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
)

from connectors.base import ConnectorError, State, Unread
from connectors.content import CONNECTION
from connectors.s3.client import Place

BROKEN = (HTTPClientError, EndpointConnectionError, IncompleteReadError, FlexibleChecksumError, ConnectionError)
"""What ends a transfer that may succeed another time."""
CHECKSUM = "checksum"
_KEYS = frozenset(
    (
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired",
        "RequestTimeTooSkewed", "InvalidSecurity", "AuthorizationHeaderMalformed",
    )
)  # fmt: skip
"""Codes that say that the key is not accepted, whatever is asked for."""
_REASONS = {403: (State.UNREADABLE, "permission"), 404: (State.VANISHED, "vanished"), 405: (State.VANISHED, "vanished"),
            412: (State.CHANGED, "changed while read")}  # fmt: skip


def unread(key: str, error: ClientError, place: Place) -> Unread:
    """Say why an object cannot be read.

    Raises:
        ConnectorError: the bucket is gone or the key is no longer accepted: no object can be read.
    """
    code, status = code_of(error), _status(error)
    told = error.response.get("Error", {})
    message = str(told.get("Message", "")).lower()
    if code in _KEYS or code == "NoSuchBucket":
        raise fatal(place, error)
    if code == "InvalidObjectState":
        return Unread(key, State.SKIPPED, f"storage class {word(told.get('StorageClass', 'archived'))}")
    if code.startswith("KMS") or "kms:" in message:
        return Unread(key, State.UNREADABLE, "kms")
    if status == 400 and "encrypt" in message:
        return Unread(key, State.UNREADABLE, "encrypted")
    if status in _REASONS:
        return Unread(key, *_REASONS[status])
    return Unread(key, State.UNREADABLE, f"server ({code})")


def broken(error: Exception) -> str:
    """Say why the bytes of an object did not come over."""
    if isinstance(error, FlexibleChecksumError):
        return CHECKSUM
    return "short body" if isinstance(error, IncompleteReadError) else CONNECTION


def fatal(place: Place, error: Exception) -> ConnectorError:
    """Say why a bucket cannot be listed, in one line without what the server said."""
    where = f"{urlsplit(place.endpoint_url).netloc}: " if place.endpoint_url else ""
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return ConnectorError(
            f"{place}: {where}there are no credentials; set AWS_ACCESS_KEY_ID and so on, or `profile`"
        )
    if isinstance(error, BROKEN):
        return ConnectorError(f"{place}: {where}the server does not answer; see that `endpoint_url` is right")
    if not isinstance(error, ClientError):
        return ConnectorError(f"{place}: {where}{type(error).__name__}; see that the options are right")
    code = code_of(error)
    if code in _KEYS:
        return ConnectorError(f"{place}: {where}the access key is not accepted ({code}); set AWS_… or `profile` right")
    if code == "NoSuchBucket" or _status(error) == 404:
        return ConnectorError(f"{place}: {where}there is no such bucket; set `bucket` and `endpoint_url` right")
    if _status(error) == 403:
        return ConnectorError(f"{place}: {where}listing is denied ({code}); the account needs s3:ListBucket")
    return ConnectorError(f"{place}: {where}the listing broke off ({code}); try again")


def code_of(error: ClientError) -> str:
    """Name the error as S3 does, or by the HTTP status if that is no name."""
    return word(error.response.get("Error", {}).get("Code", "")) or str(_status(error))


def word(text: object) -> str:
    """Let a name pass that a server gave; anything that may be more becomes empty."""
    return str(text) if re.fullmatch(r"[A-Za-z0-9_.]{1,60}", str(text)) else ""


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


ERRORS = (ClientError, BotoCoreError, ConnectionError)
"""All that a request may end with."""
