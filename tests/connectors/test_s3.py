"""The `s3` connector against a real S3 server (Ceph RGW) over HTTP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from connectors import Batch, ConnectorError, Readers, State, Unit, Unread
from connectors.s3 import S3Connector
from tests.servers.ceph import S3Server

pytestmark = pytest.mark.servers
PEOPLE = b"namn;skapad\nAnna;2025-05-06\n"


def client_of(server: S3Server, account: tuple[str, str]) -> Any:
    return boto3.client(
        "s3", endpoint_url=server.url, aws_access_key_id=account[0], aws_secret_access_key=account[1],
        region_name="us-east-1", config=Config(s3={"addressing_style": "path"}),
    )  # fmt: skip


@pytest.fixture(scope="session")
def owner(ceph: S3Server) -> tuple[str, str]:
    """Key and secret of the account that owns the buckets."""
    return ceph.account("agare")


@pytest.fixture(scope="session")
def reader(ceph: S3Server) -> tuple[str, str]:
    """Key and secret of an account that has no rights but those it is given."""
    return ceph.account("lasare")


@pytest.fixture
def admin(ceph: S3Server, owner: tuple[str, str]) -> Iterator[Any]:
    """A client that may write."""
    client = client_of(ceph, owner)
    yield client
    client.close()


@pytest.fixture
def bucket(admin: Any) -> str:
    """A new bucket."""
    name = f"b{uuid4().hex[:12]}"
    admin.create_bucket(Bucket=name)
    return name


def log_in(monkeypatch: pytest.MonkeyPatch, account: tuple[str, str]) -> None:
    """Log in as AWS tools do."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", account[0])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", account[1])
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def source(
    ceph: S3Server, bucket: str, owner: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[S3Connector]:
    """The bucket as a source, its owner logged in."""
    log_in(monkeypatch, owner)
    with S3Connector(bucket=bucket, endpoint_url=ceph.url, sandbox=False) as connector:
        yield connector


def listing(source: S3Connector) -> dict[str, str | tuple[State, str]]:
    """Give kind of each unit, or the state and reason it is not read with; a key met twice fails."""
    found: dict[str, str | tuple[State, str]] = {}
    for item in source.units():
        key = item.unit if isinstance(item, Unread) else item.key
        assert key not in found
        found[key] = (item.state, item.reason) if isinstance(item, Unread) else item.kind
    return found


def text_of(source: S3Connector, key: str) -> dict[str, str | None]:
    return dict(next(fields for _, fields in source.fetch(key, [None])))


def test_an_object_is_a_unit(source: S3Connector, admin: Any, bucket: str) -> None:
    admin.put_object(Bucket=bucket, Key="kund/lista.csv", Body=PEOPLE)
    (unit,) = source.units()
    assert isinstance(unit, Unit)
    assert (unit.key, unit.kind, unit.size) == ("kund/lista.csv", "file", len(PEOPLE))
    path, content = source.read(unit)
    assert isinstance(path, Batch)
    assert isinstance(content, Batch)
    day = admin.head_object(Bucket=bucket, Key="kund/lista.csv")["LastModified"].date().isoformat()
    assert (path.unit, path.records, path.fields) == ("kund/lista.csv", [None], {"path": ["kund/lista.csv"]})
    assert path.dates == {"modified": [day]}
    assert content.records == [{"row": 1}]
    assert {name: list(column) for name, column in content.fields.items()} == {
        "namn": ["Anna"],
        "skapad": ["2025-05-06"],
    }
    assert content.dates == {"skapad": ["2025-05-06"], "modified": [day]}
    assert list(source.fetch("kund/lista.csv", [{"row": 1}])) == [
        ({"row": 1}, {"namn": "Anna", "skapad": "2025-05-06"})
    ]


def test_the_version_changes_with_the_content_only(source: S3Connector, admin: Any, bucket: str) -> None:
    def version() -> str:
        return next(unit.version for unit in source.units() if isinstance(unit, Unit))

    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"Anna")
    before = version()
    text_of(source, "a.txt")
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"Anna")
    assert version() == before
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"Anne")
    assert version() != before, "same size"


def test_an_empty_bucket_has_no_units(source: S3Connector) -> None:
    assert listing(source) == {}
    assert (source.check().units, source.check().size) == (0, 0)


def test_a_bucket_is_listed_to_its_last_page(source: S3Connector, admin: Any, bucket: str) -> None:
    """T54: more than one page of keys."""
    keys = [f"mapp/{number:04}.txt" for number in range(1001)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: admin.put_object(Bucket=bucket, Key=key, Body=b"x"), keys))
    assert list(listing(source)) == keys


KEYS = (
    "a/../b.txt", "./b.txt", "b.txt", "a//b.txt", "/b.txt", "a+b c.txt", "a%2Bb.txt",
    "Åsa Öberg/avtal 2.txt", "mapp/", "!/b.txt",
    "tab\there.txt", "rad\nbrytning.txt", "a?versionId=b", "a#b&c=d.txt", "🔔.txt", "a!/b.txt", "~$x.txt", "a\\b.txt",
    "e\u0301.txt",
)  # fmt: skip


def test_every_key_leads_to_its_own_object(source: S3Connector, admin: Any, bucket: str) -> None:
    """T54: keys that look like paths, with spaces and signs."""
    for number, key in enumerate(KEYS):
        admin.put_object(Bucket=bucket, Key=key, Body=b"nummer %d" % number)
    assert listing(source) == dict.fromkeys(sorted(KEYS, key=str.encode), "file")
    for number, key in enumerate(KEYS):
        assert text_of(source, key)[""] == f"nummer {number}", key


def test_an_empty_object_has_its_path_only(source: S3Connector, admin: Any, bucket: str) -> None:
    """T54: 0 bytes."""
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"")
    assert [batch.fields for batch in source.read(Unit("a.txt", "", "file")) if isinstance(batch, Batch)] == [
        {"path": ["a.txt"]}
    ]


def test_prefix_and_globs(ceph: S3Server, source: S3Connector, admin: Any, bucket: str) -> None:
    for key in ("avtal/a.csv", "avtal/b.tmp", "avtal/gamla/c.csv", "avtalat.csv", "bilder/d.csv"):
        admin.put_object(Bucket=bucket, Key=key, Body=b"x")
    with S3Connector(
        bucket=bucket, endpoint_url=ceph.url, prefix="avtal/", include=["*.csv"], exclude=["*/gamla/*"]
    ) as some:
        assert listing(some) == {
            "avtal/a.csv": "file",
            "avtal/b.tmp": (State.SKIPPED, "include"),
            "avtal/gamla/c.csv": (State.SKIPPED, "exclude"),
        }


def test_large_objects_are_read_whole_or_refused(ceph: S3Server, source: S3Connector, admin: Any, bucket: str) -> None:
    body = b"rad\n" * 3_000_000 + b"Anna"
    admin.upload_fileobj(io.BytesIO(body), bucket, "a.txt")
    batches = [batch for batch in source.read(Unit("a.txt", "", "file")) if isinstance(batch, Batch)]
    assert sum(len(text or "") for batch in batches for text in batch.fields.get("", ())) >= len(body) - len(batches)
    assert str(batches[-1].fields[""][-1]).endswith("Anna")
    with S3Connector(bucket=bucket, endpoint_url=ceph.url, limits={"file_bytes": len(body) - 1}) as some:
        assert list(some.read(Unit("a.txt", "", "file"))) == [Unread("a.txt", State.REFUSED, "limit:file_bytes")]


def test_objects_are_parsed_in_the_confined_child(ceph: S3Server, source: S3Connector, admin: Any, bucket: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kund.csv", PEOPLE)
    admin.put_object(Bucket=bucket, Key="arkiv.zip", Body=packed.getvalue())
    admin.put_object(Bucket=bucket, Key="stor.txt", Body=b"rad\n" * 400_000 + b"Bo")
    with S3Connector(bucket=bucket, endpoint_url=ceph.url) as confined:
        assert list(confined.fetch("arkiv.zip!/kund.csv", [{"row": 1}])) == [
            ({"row": 1}, {"namn": "Anna", "skapad": "2025-05-06"})
        ]
        last = list(confined.read(Unit("stor.txt", "", "file")))[-1]
        assert isinstance(last, Batch)
        assert str(last.fields[""][-1]).endswith("Bo")


def test_versions_and_delete_markers(ceph: S3Server, source: S3Connector, admin: Any, bucket: str) -> None:
    """T54."""
    admin.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = admin.put_object(Bucket=bucket, Key="a.csv", Body=PEOPLE)["VersionId"]
    admin.put_object(Bucket=bucket, Key="a.csv", Body=PEOPLE.replace(b"Anna", b"Bo"))
    gone = admin.put_object(Bucket=bucket, Key="b.txt", Body=b"borta")["VersionId"]
    marker = admin.delete_object(Bucket=bucket, Key="b.txt")["VersionId"]
    odd = admin.put_object(Bucket=bucket, Key="c?versionId=d", Body=b"udda")["VersionId"]
    assert listing(source) == {"a.csv": "file", "c?versionId=d": "file"}
    assert "the bucket keeps older versions, which are not read; set `versions: true`" in source.check().warnings
    with S3Connector(bucket=bucket, endpoint_url=ceph.url, versions=True, sandbox=False) as deep:
        assert not any("older versions" in warning for warning in deep.check().warnings)
        assert listing(deep) == {
            "a.csv": "file",
            f"a.csv?versionId={first}": "file",
            f"b.txt?versionId={gone}": "file",
            "b.txt": (State.SKIPPED, "delete marker"),
            f"c?versionId=d?versionId={odd}": "file",
        }
        older = f"a.csv?versionId={first}"
        assert [batch.unit for batch in deep.read(Unit(older, "", "file")) if isinstance(batch, Batch)] == [older] * 2
        assert text_of(deep, older) == {"path": "a.csv"}
        assert list(deep.fetch(older, [{"row": 1}])) == [({"row": 1}, {"namn": "Anna", "skapad": "2025-05-06"})]
        assert next(iter(deep.fetch("a.csv", [{"row": 1}])))[1]["namn"] == "Bo"
        assert text_of(deep, f"b.txt?versionId={gone}") == {"path": "b.txt", "": "borta"}
        assert text_of(deep, f"c?versionId=d?versionId={odd}")[""] == "udda"
        assert list(deep.fetch(f"a.csv?versionId={marker}", [None])) == []


def test_what_is_gone_since_it_was_listed_has_vanished(source: S3Connector, admin: Any, bucket: str) -> None:
    """T37, T54."""
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"Anna")
    (unit,) = source.units()
    admin.delete_object(Bucket=bucket, Key="a.txt")
    assert isinstance(unit, Unit)
    assert list(source.read(unit)) == [Unread("a.txt", State.VANISHED, "vanished")]
    assert list(source.fetch("a.txt", [None])) == []


def test_what_a_customer_key_encrypts_cannot_be_read(source: S3Connector, admin: Any, bucket: str) -> None:
    """T54: server-side encryption."""
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"Anna", SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    assert list(source.read(Unit("a.txt", "", "file"))) == [Unread("a.txt", State.UNREADABLE, "encrypted")]


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


READER = {"AWS": ["arn:aws:iam:::user/lasare"]}


def test_the_printed_policy_is_enough_to_scan_and_to_do_no_more(
    ceph: S3Server,
    source: S3Connector,
    admin: Any,
    bucket: str,
    reader: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"Anna")
    note = next(note for note in source.check().notes if note.startswith("least policy: "))
    least = json.loads(note.removeprefix("least policy: "))
    admin.put_bucket_policy(Bucket=bucket, Policy=policy(*({**one, "Principal": READER} for one in least["Statement"])))
    log_in(monkeypatch, reader)
    with S3Connector(bucket=bucket, endpoint_url=ceph.url, sandbox=False) as some:
        assert listing(some) == {"a.txt": "file"}
        assert text_of(some, "a.txt")[""] == "Anna"
        assert some.check().warnings == ()
    with pytest.raises(ClientError, match="AccessDenied"):
        client_of(ceph, reader).put_object(Bucket=bucket, Key="b.txt", Body=b"x")


def test_an_account_that_may_write_is_warned_of(
    ceph: S3Server,
    source: S3Connector,
    admin: Any,
    bucket: str,
    reader: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert any("the account may write" in warning for warning in source.check().warnings), "it owns the bucket"
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": resources, "Principal": READER}
    admin.put_bucket_policy(Bucket=bucket, Policy=policy(statement))
    log_in(monkeypatch, reader)
    with S3Connector(bucket=bucket, endpoint_url=ceph.url, sandbox=False) as some:
        assert any("policy lets the account write (s3:*)" in warning for warning in some.check().warnings)
    admin.put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    assert any("open to everybody" in warning for warning in source.check().warnings)


@pytest.mark.parametrize(
    ("principal", "acl", "wanted"),
    [
        (None, "private", Readers.OWNER),
        (READER, "private", Readers.GROUP),
        ("*", "private", Readers.PUBLIC),
        ({"AWS": "*"}, "private", Readers.PUBLIC),
        (None, "authenticated-read", Readers.EVERYONE),
        (None, "public-read", Readers.PUBLIC),
    ],
)
def test_who_may_read_a_bucket(
    source: S3Connector, admin: Any, bucket: str, principal: Any, acl: str, wanted: Readers
) -> None:
    admin.put_object(Bucket=bucket, Key="a.txt", Body=b"a")
    admin.put_bucket_acl(Bucket=bucket, ACL=acl)
    if principal:
        resources = [f"arn:aws:s3:::{bucket}/*"]
        statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": resources, "Principal": principal}
        admin.put_bucket_policy(Bucket=bucket, Policy=policy(statement))
    (unit,) = source.units()
    assert isinstance(unit, Unit) and unit.readers is wanted


def test_denied_objects_are_named_and_the_others_read(
    ceph: S3Server,
    source: S3Connector,
    admin: Any,
    bucket: str,
    reader: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T35, T54."""
    for key in ("a.txt", "b.txt", "c.txt"):
        admin.put_object(Bucket=bucket, Key=key, Body=b"Anna")
    allow = {"Effect": "Allow", "Principal": READER, "Action": ["s3:ListBucket", "s3:GetObject"]}
    allow["Resource"] = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    deny = {"Effect": "Deny", "Principal": READER, "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/b.txt"}
    admin.put_bucket_policy(Bucket=bucket, Policy=policy(allow, deny))
    log_in(monkeypatch, reader)
    with S3Connector(bucket=bucket, endpoint_url=ceph.url, sandbox=False) as some:
        units = [unit for unit in some.units() if isinstance(unit, Unit)]
        ends = [list(some.read(unit))[-1] for unit in units]
    assert [type(end) for end in ends] == [Batch, Unread, Batch]
    assert ends[1] == Unread("b.txt", State.UNREADABLE, "permission")


WRONG = {
    "no such bucket": ({"bucket": "finns-inte"}, "no such bucket"),
    "no bucket": ({"bucket": ""}, "`bucket` is empty"),
    "a bucket's name that cannot be": ({"bucket": "a b/c"}, "see that the options are right"),
    "a port that nothing listens on": ({"endpoint_url": "http://127.0.0.1:9"}, "does not answer"),
    "a host that does not exist": ({"endpoint_url": "http://finns-inte.example"}, "does not answer"),
    "no profile": ({"profile": "finns-inte"}, "ProfileNotFound"),
    "no web address": ({"endpoint_url": "ftp://127.0.0.1"}, "no web address"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_option_is_one_line(
    ceph: S3Server, source: S3Connector, bucket: str, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    options, told = WRONG[case]
    with (
        pytest.raises(ConnectorError, match=r"^s3: [^\n]*$") as caught,
        S3Connector(**{"bucket": bucket, "endpoint_url": ceph.url, **options}) as some,  # type: ignore[arg-type]
    ):
        list(some.units())
    assert told in str(caught.value)


@pytest.mark.parametrize("wrong", ["secret", "key", "rights"])
def test_a_login_that_fails_is_one_line_without_the_secret(
    ceph: S3Server,
    source: S3Connector,
    bucket: str,
    reader: tuple[str, str],
    wrong: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """S15."""
    key, secret = reader
    account = {"secret": (key, "fel-hemlighet-4711"), "key": ("FELNYCKEL4711", secret), "rights": (key, secret)}[wrong]
    log_in(monkeypatch, account)
    with (
        pytest.raises(ConnectorError, match=r"^s3: bucket [^\n]*$") as caught,
        S3Connector(bucket=bucket, endpoint_url=ceph.url) as some,
    ):
        list(some.units())
    assert ("not accepted" in str(caught.value)) == (wrong != "rights")
    assert not any(part in str(caught.value) + repr(caught.value.__cause__) for part in account)
