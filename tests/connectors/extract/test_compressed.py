"""Archives beside zip: what comes out, what does not, and bombs."""

import bz2
import gzip
import io
import lzma
import tarfile
import time
import zlib

import py7zr
import pytest
from backports import zstd

from connectors.base import State
from tests.connectors.extract.made import read, zipped

PACKED = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd.compress}
MIB = 1 << 20


def tar(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT, encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding=encoding) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def seven(members: dict[str, bytes], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


@pytest.mark.parametrize("kind", PACKED)
def test_one_file_comes_out(kind: str) -> None:
    found = read(f"mapp/fil.txt.{kind}", PACKED[kind]("Åsa".encode()))
    assert found.where("Åsa") == {(f"mapp/fil.txt.{kind}!/fil.txt", "", "")}
    assert found.unread == {}


@pytest.mark.parametrize("kind", PACKED)
def test_streams_that_follow_one_another_are_one_file(kind: str) -> None:
    assert read(f"a.{kind}", PACKED[kind](b"Anna ") + PACKED[kind](b"Ek")).where("Anna Ek")


def test_names_of_what_comes_out() -> None:
    named = io.BytesIO()
    with gzip.GzipFile("kund Åsa.txt", "wb", fileobj=named) as sink:
        sink.write(b"Anna")
    assert read("x.gz", named.getvalue()).where("Anna") == {("x.gz!/kund Åsa.txt", "", "")}
    assert read("x", gzip.compress(b"Anna")).where("Anna") == {("x!/x.out", "", "")}
    assert read("x.tgz", gzip.compress(tar({"a": b"Anna"}))).where("Anna") == {("x.tgz!/x.tar!/a", "", "")}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_tar(form: int, encoding: str) -> None:
    found = read("a.tar", tar({"Åsa Öberg/a.txt": b"Anna", "b.zip": zipped({"c.txt": "Bo"})}, form, encoding))
    assert found.where("Anna") == {("a.tar!/Åsa Öberg/a.txt", "", "")}
    assert found.where("Bo") == {("a.tar!/b.zip!/c.txt", "", "")}
    assert found.unread == {}


def test_links_and_devices_in_a_tar_are_followed_nowhere() -> None:
    """S8."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"l{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = read("a.tar", out.getvalue())
    assert (found.places, found.unread) == ({}, {})


def test_7z() -> None:
    found = read("a.7z", seven({"å/a.txt": b"Anna", "b.zip": zipped({"c.txt": "Bo"})}))
    assert found.where("Anna") == {("a.7z!/å/a.txt", "", "")}
    assert found.where("Bo") == {("a.7z!/b.zip!/c.txt", "", "")}
    assert read("a.7z", seven({"a": b"Anna"}, "hemligt")).unread == {"a.7z": (State.UNREADABLE, "encrypted")}


@pytest.mark.parametrize("kind", [*PACKED, "7z", "tar"])
def test_bombs_are_refused_in_no_time(kind: str) -> None:
    """T49."""
    zeros = bytes(40 * MIB)
    data = (
        PACKED[kind](zeros)
        if kind in PACKED
        else seven({"a": zeros})
        if kind == "7z"
        else gzip.compress(tar({"a": zeros}))
    )
    started = time.monotonic()
    assert read("a", data).unread == {"a": (State.REFUSED, "limit:ratio")}
    assert time.monotonic() - started < 5


def test_a_chain_of_packed_files_ends() -> None:
    """T49."""
    data = b"Anna"
    for _ in range(9):
        data = gzip.compress(data)
    assert list(read("a", data).unread.values()) == [(State.REFUSED, "limit:nesting")]


def test_a_dictionary_too_large_is_a_limit() -> None:
    data = bytearray(lzma.compress(b"Anna"))
    size = (data[12] + 1) * 4
    data[16] = 39  # dictionary: 3 GiB
    data[12 + size - 4 : 12 + size] = zlib.crc32(data[12 : 12 + size - 4]).to_bytes(4, "little")
    assert read("a.xz", bytes(data)).unread == {"a.xz": (State.UNREADABLE, "limit:memory")}


def packed(kind: str, text: bytes) -> bytes:
    if kind in PACKED:
        return PACKED[kind](text)
    return seven({"a": text}) if kind == "7z" else tar({"a": text})


@pytest.mark.parametrize("kind", [*PACKED, "7z", "tar"])
def test_what_is_cut_is_named(kind: str) -> None:
    """T47."""
    data = packed(kind, b"Anna Ek, Storgatan 5\n" * 40).rstrip(b"\0")
    for offset in range(600 if kind == "tar" else 12, len(data), max(1, len(data) // 40)):
        assert read("a", data[:offset]).unread, offset


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "7z"])  # zstd has no checksum unless asked for
def test_what_is_damaged_is_named_or_harmless(kind: str) -> None:
    """T47."""
    text = b"Anna Ek, Storgatan 5\n" * 40
    data = packed(kind, text)
    for offset in range(8, len(data), max(1, len(data) // 40)):
        found = read("a", data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :])
        assert found.unread or text.decode() in found.places.values(), offset
