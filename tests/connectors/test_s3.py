"""The `s3` connector against a real S3 server (Ceph RGW) over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from connectors import Batch, Unit
from connectors.s3 import S3Connector
from tests.servers.ceph import S3Server

pytestmark = pytest.mark.servers


@pytest.fixture(scope="session")
def owner(ceph: S3Server) -> tuple[str, str]:
    """Key and secret of the account that owns the buckets."""
    return ceph.account("agare")


@pytest.fixture
def admin(ceph: S3Server, owner: tuple[str, str]) -> Iterator[Any]:
    """A client that may write."""
    config = Config(s3={"addressing_style": "path"})
    client = boto3.client(
        "s3", endpoint_url=ceph.url, aws_access_key_id=owner[0], aws_secret_access_key=owner[1], config=config,
        region_name="us-east-1",
    )  # fmt: skip
    yield client
    client.close()


@pytest.fixture
def bucket(admin: Any) -> str:
    """A new bucket."""
    name = f"b{uuid4().hex[:12]}"
    admin.create_bucket(Bucket=name)
    return name


@pytest.fixture(autouse=True)
def as_owner(monkeypatch: pytest.MonkeyPatch, owner: tuple[str, str]) -> None:
    """Log in as the owner, as AWS tools do."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", owner[0])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", owner[1])
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def test_an_object_is_a_unit(ceph: S3Server, admin: Any, bucket: str) -> None:
    admin.put_object(Bucket=bucket, Key="kund/lista.csv", Body=b"namn;skapad\nAnna;2025-05-06\n")
    with S3Connector(bucket=bucket, endpoint_url=ceph.url) as source:
        (unit,) = source.units()
        assert isinstance(unit, Unit)
        batches = list(source.read(unit))
    assert [(batch.unit, dict(batch.fields)) for batch in batches if isinstance(batch, Batch)] == [
        ("kund/lista.csv", {"path": ["kund/lista.csv"]}),
        ("kund/lista.csv", {"namn": ["Anna"], "skapad": ["2025-05-06"]}),
    ]
