"""The same recordings in a directory, on a share and in a bucket are read alike (T55); sound is not fetched."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from connectors import Batch, State, Unit, Unread
from connectors.recordings import RecordingsConnector
from connectors.recordings.listing import ENDS
from tests.servers.ceph import S3Server
from tests.servers.samba import PASSWORD, SmbServer

pytestmark = pytest.mark.slow

OWN = ["08-465 004 00"]


def long_wav(said: bytes, sound: int) -> bytes:
    """A WAV whose INFO comes after the sound."""
    body = b"ICMT" + struct.pack("<I", len(said)) + said + b"\0" * (len(said) % 2)
    chunks = (
        (b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)), (b"data", bytes(sound)), (b"LIST", b"INFO" + body),
    )  # fmt: skip
    data = b"".join(name + struct.pack("<I", len(part)) + part for name, part in chunks)
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WAVE" + data


def long_id3(said: str, filling: int) -> bytes:
    """An MP3 whose comment lies behind a long picture."""
    frames = b"".join(
        name + struct.pack(">I", len(text)) + b"\0\0" + text
        for name, text in ((b"APIC", b"\0image/png\0\3\0" + bytes(filling)), (b"TIT2", b"\0" + said.encode("latin-1")))
    )
    size = bytes((len(frames) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + frames + b"\xff\xfb\x90\0" + bytes(2 * ENDS)


FILES = {
    "2026/20260312_101502_0701740605_agent12.wav": long_wav("Åsa Ek".encode("latin-1"), 3 * ENDS),
    "2026/REC-2.wav": long_wav(b"ring 070-174 06 06", 10),
    "2026/REC-3.mp3": long_id3("0701740607", 3 * ENDS),
    "2026/REC-4.wav": b"RIFF trasig",
    "cdr_2026.csv": b"caller;callee;start;agent\n+46701740605;0846500400;2026-03-12 10:15:30;a1\n"
    b"0701740699;0846500400;2026-03-13 11:00:00;a2\n",
    "2026/REC-2.json": b'{"customer": {"name": "Anna Ek"}}',
    "notis.html": b"<p>Anna Ek har nummer 070-1740605</p>",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        path = tmp_path / "samtal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "samtal"


@pytest.fixture(params=["disk", "samba", "ceph"])
def source(
    request: pytest.FixtureRequest, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RecordingsConnector]:
    if request.param == "disk":
        connector = RecordingsConnector(path=str(tree), company_numbers=OWN)
    elif request.param == "samba":
        share: SmbServer = request.getfixturevalue("samba")
        shutil.copytree(tree, share.folder / "inspelat", dirs_exist_ok=True)
        connector = RecordingsConnector(
            path=share.url("kunder", "inspelat"), username=share.user, password=PASSWORD, company_numbers=OWN
        )
    else:
        server: S3Server = request.getfixturevalue("ceph")
        upload(server, tree, monkeypatch)
        connector = RecordingsConnector(path="s3://samtal", endpoint_url=server.url, company_numbers=OWN)
    with connector:
        yield connector
    if request.param == "samba":
        shutil.rmtree(share.folder / "inspelat")


def upload(server: S3Server, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, secret = server.account("samtal")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    client = boto3.client(
        "s3", endpoint_url=server.url, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )  # fmt: skip
    client.create_bucket(Bucket="samtal")
    for name in FILES:
        client.upload_file(str(tree / name), "samtal", name)
    client.close()


@pytest.mark.servers
def test_t55_recordings_are_read_alike_wherever_they_lie(source: RecordingsConnector) -> None:
    units = list(source.units())
    assert [(item.key, item.kind) for item in units if isinstance(item, Unit)] == [
        ("2026/20260312_101502_0701740605_agent12.wav", "call"),
        ("2026/REC-2.json", "sidecar"),
        ("2026/REC-2.wav", "call"),
        ("2026/REC-3.mp3", "call"),
        ("2026/REC-4.wav", "call"),
        ("cdr_2026.csv", "cdr"),
        ("notis.html", "file"),
    ]
    assert len(units) == len(FILES)
    read = {item.key: list(source.read(item)) for item in units if isinstance(item, Unit)}
    first, second, third, broken, lists = (
        fields(read[key]) for key in (*read,) if key.endswith((".wav", "mp3", "csv"))
    )
    assert (first["cdr.agent"], first["tag.comment"]) == ("a1", "Åsa Ek")
    assert (second["sidecar.customer.name"], second["tag.comment"]) == ("Anna Ek", "ring 070-174 06 06")
    assert third["tag.title"] == "0701740607"
    assert broken == {"path": "2026/REC-4.wav"}
    assert lists["cdr.caller"] == "0701740699"
    unread = [item for items in read.values() for item in items if isinstance(item, Unread)]
    assert unread == [Unread("2026/REC-4.wav", State.PARTIAL, "corrupt audio header")]
    ((_, again),) = source.fetch("2026/REC-2.wav", [None])
    assert again == second
    assert source.check().units == len(FILES)


def fields(items: list[Batch | Unread]) -> dict[str, str]:
    (batch, *_) = items
    assert isinstance(batch, Batch)
    return {name: values[0] for name, values in batch.fields.items() if values[0]}
