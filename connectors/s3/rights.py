"""What the account may do, asked without doing it, and the least that a scan needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from connectors.base import Readers
from connectors.s3.client import Place
from connectors.s3.errors import ERRORS

_EVERYBODY = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")
_READS = ("s3:getobject", "s3:getobject*", "s3:getobjectversion", "s3:get*", "s3:*", "*")
_WRITES = ("s3:put", "s3:delete", "s3:*", "*")


def least_policy(place: Place, versions: bool) -> str:
    """Write the bucket policy that lets an account scan, and no more, as one line of JSON."""
    bucket = f"arn:aws:s3:::{place.bucket}"
    listing: dict[str, Any] = {"Effect": "Allow", "Action": ["s3:ListBucketVersions" if versions else "s3:ListBucket"]}
    listing["Resource"] = [bucket]
    if place.prefix:
        listing["Condition"] = {"StringLike": {"s3:prefix": [f"{place.prefix}*"]}}
    actions = ["s3:GetObject", "s3:GetObjectVersion"] if versions else ["s3:GetObject"]
    reading = {"Effect": "Allow", "Action": actions, "Resource": [f"{bucket}/{place.prefix}*"]}
    return json.dumps({"Version": "2012-10-17", "Statement": [listing, reading]}, ensure_ascii=False)


def unread_versions(client: Any, place: Place) -> Iterator[str]:
    """Say that a bucket keeps older versions: what was deleted may still be there."""
    try:
        status = client.get_bucket_versioning(Bucket=place.bucket).get("Status")
    except ERRORS:
        return
    if status:
        yield "the bucket keeps older versions, which are not read; set `versions: true`"


def write_rights(client: Any, place: Place) -> Iterator[str]:
    """Say what lets the account, or anybody, write. Only the bucket's list of rights and its policy are read."""
    try:
        rights = client.get_bucket_acl(Bucket=place.bucket)
    except ERRORS:
        rights = {}
    for grant in rights.get("Grants", ()):
        who, what = grant.get("Grantee", {}), str(grant.get("Permission", ""))
        if str(who.get("URI", "")).endswith(_EVERYBODY):
            yield f"the bucket is open to everybody ({what} in its access list); close it"
        elif place.endpoint_url and what in ("WRITE", "FULL_CONTROL") and who.get("ID") == _own_id(client):
            yield "the account may write (it owns the bucket, or its access list says so); use one that may only read"
    yield from _policy_warnings(client, place)


def readers(client: Any, place: Place) -> Readers:
    """Who may read the bucket's objects, by its policy and access list; what single objects grant is not asked.

    The server's own word (`GetBucketPolicyStatus`) is not taken: Ceph calls a policy public that names one account.
    """
    try:
        grants = client.get_bucket_acl(Bucket=place.bucket).get("Grants", ())
        listed = max(map(_granted, grants), default=Readers.OWNER)
    except ERRORS:
        listed = Readers.UNKNOWN
    allowed = max(map(_allowed, _statements(client, place)), default=Readers.UNKNOWN)
    blocked = _blocked(client, place)
    if blocked.get("IgnorePublicAcls"):
        listed = min(listed, Readers.GROUP)
    if blocked.get("RestrictPublicBuckets"):
        allowed = min(allowed, Readers.GROUP)
    return max(listed, allowed)


def _allowed(statement: Any) -> Readers:
    """Who a statement lets read objects; one with a condition lets nobody do so for sure."""
    actions = [str(action).lower() for action in _listed(statement.get("Action"))]
    if statement.get("Effect") != "Allow" or statement.get("Condition") or not any(one in _READS for one in actions):
        return Readers.UNKNOWN
    return Readers.PUBLIC if _is_for(statement.get("Principal"), "\0") else Readers.GROUP


def _granted(grant: Any) -> Readers:
    """Who a line of the access list lets read."""
    if grant.get("Permission") not in ("READ", "FULL_CONTROL"):
        return Readers.UNKNOWN
    uri = str(grant.get("Grantee", {}).get("URI", ""))
    if uri.endswith(_EVERYBODY[0]):
        return Readers.PUBLIC
    return Readers.EVERYONE if uri.endswith(_EVERYBODY[1]) else Readers.OWNER


def _blocked(client: Any, place: Place) -> Any:
    """Ask which public rights the bucket ignores; nothing where it cannot tell."""
    try:
        return client.get_public_access_block(Bucket=place.bucket)["PublicAccessBlockConfiguration"]
    except (*ERRORS, KeyError):
        return {}


def _own_id(client: Any) -> str:
    try:
        return str(client.list_buckets(MaxBuckets=1).get("Owner", {}).get("ID", ""))
    except ERRORS:
        return "?"


def _policy_warnings(client: Any, place: Place) -> Iterator[str]:
    own = _own_id(client)
    for one in _statements(client, place):
        if one.get("Effect") != "Allow" or not _is_for(one.get("Principal"), own):
            continue
        writes = [action for action in _listed(one.get("Action")) if str(action).lower().startswith(_WRITES)]
        if writes:
            yield f"the bucket's policy lets the account write ({', '.join(map(str, writes))}); take that away"


def _statements(client: Any, place: Place) -> list[Any]:
    """Give the statements of the bucket's policy; none where there is none, or we may not see it."""
    try:
        return _listed(json.loads(client.get_bucket_policy(Bucket=place.bucket)["Policy"])["Statement"])
    except (*ERRORS, ValueError, KeyError):
        return []


def _is_for(principal: Any, own: str) -> bool:
    """Tell whether a statement is for everybody, or names the account."""
    named = _listed(principal.get("AWS")) if isinstance(principal, dict) else _listed(principal)
    return any(one == "*" or str(one).endswith((f"/{own}", f":{own}")) for one in named)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
