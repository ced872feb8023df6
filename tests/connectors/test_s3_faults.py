"""The `s3` connector against a server that is busy, breaks off, lies, and points elsewhere."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.s3 import S3Connector, bucket
from tests.servers.faulty_s3 import PAGE, Answer, FaultyS3, Request, error, etag, faulty_s3

pytestmark = pytest.mark.slow

SECRET = "hemligheten-4711"


@pytest.fixture
def server() -> Iterator[FaultyS3]:
    with faulty_s3() as store:
        yield store


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that would be made, in seconds; none is."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    return made


@pytest.fixture
def source(server: FaultyS3, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Connector]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKPROV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with S3Connector(bucket="lager", endpoint_url=server.url, sandbox=False) as connector:
        yield connector


def keys(source: S3Connector) -> list[str]:
    return [item.unit if isinstance(item, Unread) else item.key for item in source.units()]


def read(source: S3Connector, key: str = "a.txt") -> str | Unread:
    """Give the text of an object, or why it was not read."""
    *_, last = source.read(Unit(key, "", "file"))
    return last if isinstance(last, Unread) else str(last.fields[""][0])


def test_a_busy_server_is_asked_again_and_each_object_read_once(
    server: FaultyS3, source: S3Connector, pauses: list[float]
) -> None:
    """T54: 503 SlowDown in bursts."""
    chance = random.Random(4711)
    server.objects = {f"{number:03}.txt": b"nummer %d" % number for number in range(3 * PAGE)}
    busy = (error(503, "SlowDown"), error(500, "InternalError"), Answer(502), error(503, "ServiceUnavailable"))
    server.fault = lambda _request, answer: chance.choice(busy) if chance.random() < 0.3 else answer
    listed = keys(source)
    assert listed == sorted(server.objects)
    assert [read(source, key) for key in listed] == [data.decode() for data in server.objects.values()]
    assert len(server.requests) > 1.3 * 3 * PAGE
    assert 0 < max(pauses) <= 20
    assert len(set(pauses)) == len(pauses), "at random, so that not all come back at once"


def test_a_server_that_stays_busy_is_given_up(server: FaultyS3, source: S3Connector, pauses: list[float]) -> None:
    """T54."""
    server.objects = {"a.txt": b"Anna"}
    server.fault = lambda _request, _answer: error(503, "SlowDown")
    assert read(source) == Unread("a.txt", State.UNREADABLE, "server (SlowDown)")
    assert 3 < len(server.requests) < 12
    with pytest.raises(ConnectorError, match=r"^s3: bucket lager: .*the listing broke off \(SlowDown\); try again$"):
        keys(source)


@pytest.mark.parametrize("sent", [0, 1, 5])
def test_what_breaks_off_is_gone_on_with(server: FaultyS3, source: S3Connector, sent: int) -> None:
    """T54: short body."""
    server.objects = {"a.txt": b"Anna Ek"}
    server.fault = lambda request, answer: replace(answer, sent=sent) if request.number == 1 else answer
    assert read(source) == "Anna Ek"
    asked = [request.headers.get("range") for request in server.requests]
    assert asked == [None, f"bytes={sent}-" if sent else None]


def test_what_breaks_off_each_time_is_unreadable(server: FaultyS3, source: S3Connector) -> None:
    """T54: short body."""
    server.objects = {"a.txt": b"Anna Ek"}
    server.fault = lambda _request, answer: replace(answer, sent=1)
    found = read(source)
    assert isinstance(found, Unread)
    assert (found.state, found.reason) in ((State.UNREADABLE, "short body"), (State.UNREADABLE, "connection"))
    assert len(server.requests) == 6


def test_no_two_objects_are_put_together(server: FaultyS3, source: S3Connector) -> None:
    """What breaks off and has changed is read from its start."""
    server.objects = {"a.txt": b"Anna Ek"}

    def fault(request: Request, answer: Answer) -> Answer:
        if request.number > 1:
            return answer
        server.objects["a.txt"] = b"Bo Alm!"
        return replace(answer, sent=3)

    server.fault = fault
    assert read(source) == "Bo Alm!"
    assert server.requests[1].headers["if-match"] == etag(b"Anna Ek")


def test_a_server_that_knows_no_ranges_is_asked_for_the_whole(server: FaultyS3, source: S3Connector) -> None:
    server.objects = {"a.txt": b"Anna Ek"}
    whole = Answer(200, b"Anna Ek", {"ETag": etag(b"Anna Ek"), "Last-Modified": "Tue, 06 May 2025 07:08:09 GMT"})
    server.fault = lambda request, _answer: replace(whole, sent=3 if request.number == 1 else None)
    assert read(source) == "Anna Ek"


def test_what_always_changes_is_named(server: FaultyS3, source: S3Connector) -> None:
    """T36, T54: 412."""
    server.objects = {"a.txt": b"Anna Ek"}
    server.fault = lambda _request, answer: (
        error(412, "PreconditionFailed") if answer.status == 206 else replace(answer, sent=3)
    )
    assert read(source) == Unread("a.txt", State.CHANGED, "changed while read")
    assert len(server.requests) == 6


@pytest.mark.parametrize("wrong", [1, 3])
def test_bytes_that_do_not_fit_their_checksum_are_read_again(server: FaultyS3, source: S3Connector, wrong: int) -> None:
    """T54: wrong CRC."""
    server.objects = {"a.txt": b"Anna Ek"}
    spoilt = {"x-amz-checksum-crc32": "AAAAAA=="}
    server.fault = lambda request, answer: (
        replace(answer, headers={**answer.headers, **spoilt}) if request.number <= wrong else answer
    )
    expected = Unread("a.txt", State.UNREADABLE, "checksum") if wrong == 3 else "Anna Ek"
    assert read(source) == expected
    assert server.requests[0].headers["x-amz-checksum-mode"] == "ENABLED"


@pytest.mark.usefixtures("source")
def test_a_silent_server_is_not_waited_for_long(server: FaultyS3) -> None:
    """T54: timeout."""
    server.objects = {"a.txt": b"Anna"}
    never = threading.Event()
    with S3Connector(bucket="lager", endpoint_url=server.url, timeout=0.5, sandbox=False) as impatient:
        server.fault = lambda request, answer: replace(answer, wait=never) if request.number == 1 else answer
        assert read(impatient) == "Anna"
        server.fault = lambda _request, answer: replace(answer, wait=never)
        assert read(impatient) == Unread("a.txt", State.UNREADABLE, "connection")
    never.set()


def test_a_server_that_goes_away_ends_the_scan(server: FaultyS3, source: S3Connector) -> None:
    """T54."""
    server.objects = {"a.txt": b"Anna"}
    server.fault = lambda _request, _answer: Answer(0)
    found: list[Batch | Unread] = []
    with pytest.raises(ConnectorError, match="no longer answers"):
        for _ in range(20):
            found += list(source.read(Unit("a.txt", "", "file")))
    assert found == [Unread("a.txt", State.UNREADABLE, "connection")] * 9
    with pytest.raises(ConnectorError, match=r"does not answer|no longer answers"):
        list(source.fetch("a.txt", [None]))


NAMED = {
    "archived": (error(403, "InvalidObjectState"), State.SKIPPED, "storage class archived"),
    "key disabled": (error(400, "KMS.DisabledException"), State.UNREADABLE, "kms"),
    "no right to the key": (
        error(403, "AccessDenied", "User: x is not authorized to perform: kms:Decrypt"), State.UNREADABLE, "kms",
    ),
    "customer key": (
        error(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption."),
        State.UNREADABLE, "encrypted",
    ),
    "denied": (error(403, "AccessDenied"), State.UNREADABLE, "permission"),
    "gone": (error(404, "NoSuchKey"), State.VANISHED, "vanished"),
    "deleted": (Answer(405, headers={"x-amz-delete-marker": "true"}), State.VANISHED, "vanished"),
    "another error": (error(400, "Fel, kund Anna"), State.UNREADABLE, "server (400)"),
    "no XML": (Answer(418, b"kund Anna"), State.UNREADABLE, "server (418)"),
    "too large": (
        Answer(200, b"", {"Content-Length": str(5 << 40), "ETag": '"x"'}, 0), State.REFUSED, "limit:file_bytes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED)
def test_what_cannot_be_read_is_named(server: FaultyS3, source: S3Connector, case: str) -> None:
    """T54: 5 TB declared, refused, gone."""
    answer, state, reason = NAMED[case]
    server.fault = lambda _request, _answer: answer
    assert read(source) == Unread("a.txt", state, reason)
    assert len(server.requests) == 1


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidAccessKeyId", "NoSuchBucket"])
def test_what_no_object_can_be_read_without_ends_the_scan(server: FaultyS3, source: S3Connector, code: str) -> None:
    server.fault = lambda _request, _answer: error(400, code)
    with pytest.raises(ConnectorError, match=r"^s3: bucket lager: [^\n]*$") as caught:
        read(source)
    assert "Anna" not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_vaults_are_not_opened(server: FaultyS3, source: S3Connector) -> None:
    """T54: Glacier."""
    server.objects = dict.fromkeys("abcde", b"Anna")
    server.classes = {"a": "GLACIER", "b": "DEEP_ARCHIVE", "c": "GLACIER_IR", "d": "STANDARD_IA", "e": "REDUCED"}
    found = list(source.units())
    assert found[:2] == [
        Unread("a", State.SKIPPED, "storage class GLACIER"),
        Unread("b", State.SKIPPED, "storage class DEEP_ARCHIVE"),
    ]
    assert [unit.key for unit in found[2:] if isinstance(unit, Unit)] == ["c", "d", "e"]
    assert "storage class GLACIER: 1 skipped" in source.check().notes


def test_what_was_asked_back_from_a_vault_is_read(server: FaultyS3, source: S3Connector) -> None:
    server.objects = dict.fromkeys("ab", b"Anna")
    server.classes = dict.fromkeys("ab", "GLACIER")
    restored = b"<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress>"
    restored += b"<RestoreExpiryDate>2030-01-01T00:00:00Z</RestoreExpiryDate></RestoreStatus></Contents>"
    server.fault = lambda _request, answer: replace(answer, body=answer.body.replace(b"</Contents>", restored, 1))
    assert [type(item) for item in source.units()] == [Unit, Unread]
    assert server.requests[0].headers["x-amz-optional-object-attributes"] == "RestoreStatus"


@pytest.mark.parametrize("lost", ["page", "token", "loop"])
def test_a_listing_that_is_not_whole_is_an_error(server: FaultyS3, source: S3Connector, lost: str) -> None:
    """T54: a page of the listing is lost."""
    server.objects = {f"{number:03}.txt": b"" for number in range(3 * PAGE)}

    def fault(request: Request, answer: Answer) -> Answer:
        if lost == "token":
            return replace(answer, body=answer.body.replace(b"NextContinuationToken", b"X"))
        if lost == "loop":
            return replace(answer, body=answer.body.replace(b">50<", b">25<"))
        return error(500, "InternalError") if request.query.get("continuation-token") == "25" else answer

    server.fault = fault
    with pytest.raises(ConnectorError, match=r"^s3: bucket lager: [^\n]*$"):
        keys(source)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_request_goes_where_a_server_points(server: FaultyS3, source: S3Connector, status: int) -> None:
    """S14."""
    with faulty_s3() as other:
        other.objects = server.objects = {"a.txt": b"Anna"}
        moved = error(status, "PermanentRedirect")
        moved.body = moved.body.replace(b"</Error>", f"<Endpoint>{other.url[7:]}</Endpoint></Error>".encode())
        moved.headers = {"Location": f"{other.url}/lager/a.txt", "x-amz-bucket-region": "eu-north-1"}
        server.fault = lambda _request, _answer: moved
        assert isinstance(read(source), Unread)
        with pytest.raises(ConnectorError):
            keys(source)
        assert other.requests == []


FORBIDDEN = (
    "http://169.254.169.254", "http://[fe80::1]", "http://[fd00:ec2::254]", "http://[::ffff:169.254.169.254]",
    "http://0.0.0.0:8000", "http://100.100.100.200", "http://2852039166", "http://0xa9fea9fe", "http://224.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("url", FORBIDDEN)
def test_no_request_goes_where_clouds_keep_their_secrets(source: S3Connector, url: str) -> None:
    """S14."""
    with (
        pytest.raises(ConnectorError, match="link-local or metadata address"),
        S3Connector(bucket="lager", endpoint_url=url) as some,
    ):
        keys(some)


def test_an_endpoint_of_the_environment_is_checked_too(source: S3Connector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://169.254.169.254")
    with (
        pytest.raises(ConnectorError, match="link-local or metadata address"),
        S3Connector(bucket="lager") as some,
    ):
        keys(some)


@pytest.mark.parametrize("url", ["http://127.0.0.1@{}", "http://anna:hemligt@{}", "http://{}?x=1", "http://{}#x"])
def test_an_endpoint_is_a_host_and_no_more(server: FaultyS3, source: S3Connector, url: str) -> None:
    with (
        pytest.raises(ConnectorError, match="more than a host and a port") as caught,
        S3Connector(bucket="lager", endpoint_url=url.format(server.url[7:])) as some,
    ):
        keys(some)
    assert "hemligt" not in str(caught.value)
    assert server.requests == []


def test_nothing_is_asked_that_could_change_anything(server: FaultyS3, source: S3Connector) -> None:
    server.objects = {"a.txt": b"Anna", "b.txt": b"Bo"}
    source.check()
    for unit in source.units():
        assert isinstance(unit, Unit)
        assert [type(batch) for batch in source.read(unit)] == [Batch, Batch]
    assert {request.method for request in server.requests} == {"GET"}
    assert source.check().warnings == ()


def test_no_descriptor_stays_open(server: FaultyS3, source: S3Connector) -> None:
    descriptors = Path("/proc/self/fd")
    server.objects = {"a.txt": b"rad\n" * 500_000}
    server.fault = lambda request, answer: replace(answer, sent=1_500_000) if request.number % 3 == 1 else answer
    list(source.read(Unit("a.txt", "", "file")))
    before = set(descriptors.iterdir())
    for _ in range(4):
        assert len(list(source.read(Unit("a.txt", "", "file")))) > 1
        next(iter(source.read(Unit("a.txt", "", "file"))))
    server.fault = lambda _request, answer: replace(answer, sent=400_000)
    assert isinstance(read(source), Unread)
    assert len(set(descriptors.iterdir()) - before) <= 2, "the connections of the pool"


LONG = b"larm\n" * 100_000 + b"Anna Ek\n"


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects of more than a hundred thousand bytes come through a pipe."""
    monkeypatch.setattr(bucket, "PIPED", 100_000)


@pytest.mark.usefixtures("piped")
def test_a_large_object_is_read_as_it_comes_and_taken_up_where_it_breaks_off(
    server: FaultyS3, source: S3Connector
) -> None:
    """T54: short bodies."""
    server.objects = {"a.txt": LONG}
    server.fault = lambda request, answer: replace(answer, sent=200_000) if request.number == 1 else answer
    text = read(source)
    assert isinstance(text, str)
    assert text.encode() == LONG
    assert [request.headers.get("if-match") for request in server.requests] == [None, etag(LONG)]


@pytest.mark.usefixtures("piped")
@pytest.mark.parametrize(
    ("later", "told"),
    [
        (error(412, "PreconditionFailed"), (State.CHANGED, "changed while read")),
        (error(404, "NoSuchKey"), (State.VANISHED, "vanished")),
        (Answer(0), (State.PARTIAL, "connection")),
    ],
    ids=["changed", "vanished", "lost"],
)
def test_a_large_object_that_does_not_come_whole_is_said_to(
    server: FaultyS3, source: S3Connector, later: Answer, told: tuple[State, str]
) -> None:
    """T54: what came is read, and the object is not taken for whole."""
    server.objects = {"a.txt": LONG}
    server.fault = lambda request, answer: replace(answer, sent=200_000) if request.number == 1 else later
    assert read(source) == Unread("a.txt", *told)


def test_a_name_that_comes_to_mean_a_forbidden_address_is_not_asked(
    server: FaultyS3, source: S3Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S14: what the name meant when it was looked up is asked again of the connection itself (DNS rebinding)."""
    server.objects = {"a.txt": b"Anna"}
    assert keys(source) == ["a.txt"]
    asked = len(server.requests)
    source.close()
    meant = [False, False, True]
    monkeypatch.setattr(
        "connectors.addresses._is_forbidden", lambda _address: meant.pop(0) if len(meant) > 1 else meant[0]
    )
    with pytest.raises(ConnectorError, match="does not answer"):
        keys(source)
    assert len(server.requests) == asked
