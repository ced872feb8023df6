"""What the account may do, asked without doing it, and the least that a scan needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from connectors.s3.client import Place
from connectors.s3.errors import ERRORS

_EVERYBODY = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")
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


def _own_id(client: Any) -> str:
    try:
        return str(client.list_buckets(MaxBuckets=1).get("Owner", {}).get("ID", ""))
    except ERRORS:
        return "?"


def _policy_warnings(client: Any, place: Place) -> Iterator[str]:
    try:
        statements = json.loads(client.get_bucket_policy(Bucket=place.bucket)["Policy"])["Statement"]
    except (*ERRORS, ValueError, KeyError):
        return
    own = _own_id(client)
    for one in _listed(statements):
        if one.get("Effect") != "Allow" or not _is_for(one.get("Principal"), own):
            continue
        writes = [action for action in _listed(one.get("Action")) if str(action).lower().startswith(_WRITES)]
        if writes:
            yield f"the bucket's policy lets the account write ({', '.join(map(str, writes))}); take that away"


def _is_for(principal: Any, own: str) -> bool:
    """Tell whether a statement is for everybody, or names the account."""
    named = _listed(principal.get("AWS")) if isinstance(principal, dict) else _listed(principal)
    return any(one == "*" or str(one).endswith((f"/{own}", f":{own}")) for one in named)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
