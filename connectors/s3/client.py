"""The client: where the bucket is, how long to wait, and where no client may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from connectors.addresses import is_forbidden
from connectors.base import ConnectorError
from connectors.s3.peers import watch

REQUESTS = 8
"""How often a request is sent that the server is too busy for; the pauses between double, at random, up to 20 s."""
CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where the objects are, as the options say it."""

    bucket: str
    prefix: str = ""
    endpoint_url: str | None = None
    profile: str | None = None
    region: str | None = None
    path_style: bool | None = None
    """Whether the bucket is part of the path, not of the host; None: where an endpoint is given."""
    seconds: float = 60
    """How long to wait for bytes."""

    def __str__(self) -> str:
        """Name the bucket in a message."""
        return f"s3: bucket {self.bucket}"


def make_client(place: Place) -> Any:
    """Make a client. Credentials are found as every AWS tool finds them: environment, profile, role.

    Raises:
        ConnectorError: an option is wrong, or the endpoint is one that no scan may ask.
    """
    if not place.bucket:
        raise ConnectorError("s3: `bucket` is empty; give its name")
    if place.endpoint_url:
        _refuse(place.endpoint_url)
    in_path = bool(place.endpoint_url) if place.path_style is None else place.path_style
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=place.seconds,
        retries={"mode": "standard", "total_max_attempts": REQUESTS},
        request_checksum_calculation="when_required",  # older servers know no other checksums
        s3={"addressing_style": "path" if in_path else "auto"},
        user_agent_extra="insyn",
    )
    try:
        session = boto3.session.Session(profile_name=place.profile, region_name=place.region)
        client = session.client("s3", endpoint_url=place.endpoint_url, config=config)
    except (BotoCoreError, ValueError) as error:
        raise ConnectorError(
            f"{place}: no client can be made ({type(error).__name__}); set `profile`, `region` and `endpoint_url` right"
        ) from None
    _refuse(client.meta.endpoint_url)  # a profile or the environment may name one too
    watch(client)
    return client


def _refuse(url: str) -> None:
    """Refuse an endpoint that is no web address, has a user in it, or lies where clouds tell secrets.

    Raises:
        ConnectorError: it is one of these.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        raise ConnectorError("s3: `endpoint_url` is no web address; give https://HOST[:PORT]")
    if parts.username is not None or parts.query or parts.fragment:
        raise ConnectorError("s3: `endpoint_url` has more than a host and a port; give https://HOST[:PORT]")
    if is_forbidden(host, port):
        raise ConnectorError(f"s3: `endpoint_url` {host} is a link-local or metadata address; give the server's")
