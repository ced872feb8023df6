"""Tags of WAV and MP3 files made by hand, sound and broken."""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.recordings import tags

ZONE = ZoneInfo("Europe/Stockholm")


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def info(**entries: str) -> bytes:
    return chunk(b"LIST", b"INFO" + b"".join(chunk(k.encode(), v.encode("cp1252") + b"\0") for k, v in entries.items()))


def bext(description: str, originator: str = "", date: str = "", clock: str = "", history: str = "") -> bytes:
    fixed = struct.pack("<256s32s32s10s8s", *(s.encode() for s in (description, originator, "REF1", date, clock)))
    return chunk(b"bext", fixed.ljust(602, b"\0") + history.encode())


def cart(title: str, cut: str) -> bytes:
    return chunk(b"cart", struct.pack("<4s64s64s64s", b"0101", title.encode(), b"", cut.encode()).ljust(2048, b"\0"))


def wav(*after: bytes, before: tuple[bytes, ...] = ()) -> bytes:
    """A real WAV file with chunks before and after its audio."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(b"\1\2" * 101)
    plain = file.getvalue()
    body = b"WAVE" + b"".join(before) + plain[12:] + b"".join(after)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(**frames: str) -> bytes:
    """An MP3 file: an ID3v2.4 tag written by hand, then one frame of audio."""
    body = b""
    for name, text in frames.items():
        lead = b"\x03swe\0" if name == "COMM" else b"\x03"
        data = lead + text.encode()
        body += name[:4].encode() + struct.pack(">I", len(data)) + b"\0\0" + data
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + size + body + b"\xff\xfb\x90\x00" + bytes(413)


def read(data: bytes, extension: str = "wav") -> tags.Tags:
    return tags.read(io.BytesIO(data), extension)


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (wav(), {}),
        (wav(info(ISFT="   ")), {}),
        (wav(info(INAM="Samtal 7", ICMT="åtgärd: ring Åsa")), {"title": "Samtal 7", "comment": "åtgärd: ring Åsa"}),
        (wav(info(IXYZ="odd"), info(ICMT="a"), info(ICMT="b")), {"info.ixyz": "odd", "comment": "a", "comment_2": "b"}),
        (
            wav(before=(bext("0701740605;agent12", "Recorder", "2026-03-12", "10:15:02", "A=PCM"),)),
            {
                "bext.description": "0701740605;agent12",
                "bext.originator": "Recorder",
                "bext.originator_reference": "REF1",
                "bext.origination_date": "2026-03-12",
                "bext.origination_time": "10:15:02",
                "bext.coding_history": "A=PCM",
            },
        ),
        (wav(cart("Anna Ek", "8842")), {"cart.title": "Anna Ek", "cart.cut_id": "8842"}),
        (
            wav(chunk(b"iXML", b"<BWFXML><NOTE>Anna</NOTE><USER><CALL_ID>8842</CALL_ID></USER></BWFXML>")),
            {"ixml.note": "Anna", "ixml.user.call_id": "8842"},
        ),
        (wav(chunk(b"id3 ", mp3(TPE1="agent12"))), {"artist": "agent12"}),
        (wav(chunk(b"LIST", b"adtl" + chunk(b"labl", b"secret"))), {}),  # a list of another kind
    ],
)
def test_wav_tags(data: bytes, fields: dict[str, str]) -> None:
    found = read(data)
    assert (found.fields, found.problem) == (fields, "")


def test_mp3_tags() -> None:
    found = read(mp3(TIT2="Samtal", TPE1="agent12", COMM="Anna Ek", TXXX="CALL_ID\x008842"), "mp3")
    assert found.fields == {"title": "Samtal", "artist": "agent12", "comment": "Anna Ek", "call_id": "8842"}
    assert found.problem == ""


def test_clues_of_tags() -> None:
    clues = read(wav(bext("0701740605;agent12", date="2026:03:12", clock="10-15-02"))).clues(ZONE)
    assert clues.numbers == {"46701740605"}
    assert clues.started and clues.started.at == datetime(2026, 3, 12, 9, 15, 2, tzinfo=UTC)
    found = read(mp3(TDRC="2026-03-12T10:15:02", TXXX="CALL_ID\x008842"), "mp3").clues(ZONE)
    assert found.ids == {"8842"}
    assert found.started == clues.started


@pytest.mark.parametrize(
    ("data", "telling"),
    [
        (wav(), False),
        (wav(info(ISFT="Lavf58.29"), chunk(b"cart", bytes(2048))), False),
        (wav(info(ISFT="Lavf58.29", INAM="Anna Ek")), True),
    ],
)
def test_the_name_of_the_software_tells_nothing_of_a_call(data: bytes, telling: bool) -> None:
    assert read(data).telling is telling


def _cut(data: bytes, name: bytes, inside: int) -> bytes:
    return data[: data.index(name) + 8 + inside]


@pytest.mark.parametrize(
    ("data", "fields", "problem"),
    [
        (b"", {}, "corrupt audio header"),
        (b"RIFF", {}, "corrupt audio header"),
        (b"0701740605 this is no audio", {}, "corrupt audio header"),
        (wav()[:20], {}, "corrupt audio header"),
        (wav()[:12], {}, "corrupt audio header"),
        (wav()[:100], {}, "truncated audio"),
        (_cut(wav(info(INAM="x"), bext("y")), b"bext", 20), {"title": "x"}, "corrupt audio header"),
        (wav(b"\0\1\2\3\4\0\0\0abcd"), {}, "corrupt audio header"),
        (wav(chunk(b"iXML", b"<a><b>070-1740605</a>")), {"ixml": "<a><b>070-1740605</a>"}, "corrupt (iXML)"),
        (wav(chunk(b"iXML", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')), None, "corrupt (iXML)"),
    ],
)
def test_broken_wav_keeps_what_came_before(data: bytes, fields: dict[str, str] | None, problem: str) -> None:
    found = read(data)
    assert found.problem == problem
    assert fields is None or found.fields == fields


@pytest.mark.parametrize(
    ("make", "extension", "problem"),
    [
        (lambda: b"", "mp3", "corrupt audio header"),
        (lambda: b"text of an e-mail", "mp3", "corrupt audio header"),
        (lambda: mp3(TIT2="a" * 500)[:60], "mp3", "corrupt audio header"),
        (lambda: b"not ogg", "ogg", "corrupt audio header"),
        (lambda: b"OggS but no more", "ogg", "corrupt audio header"),
        (lambda: b"fLaC", "flac", ""),
        (lambda: b"#!AMR\n", "amr", ""),
        (lambda: b"\xd0\x20", "gsm", ""),  # GSM frames have no header and no tags
        (lambda: b"\1\2", "dss", "no tag reader (dss)"),
    ],
)
def test_other_formats(make: Callable[[], bytes], extension: str, problem: str) -> None:
    assert read(make(), extension).problem == problem


def test_a_file_of_countless_chunks_is_given_up() -> None:
    assert read(wav(b"JUNK\0\0\0\0" * 10_001)).problem == "limit:chunks"


def test_audio_of_unknown_length_is_no_fault() -> None:
    """Recorders that stream write 0xFFFFFFFF, for the length is not known yet."""
    data = wav()
    at = data.index(b"data") + 4
    assert read(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]).problem == ""


def test_rf64_tells_the_length_of_large_audio() -> None:
    data = wav(info(INAM="after the audio"))
    at = data.index(b"data") + 4
    size = data[at : at + 4]
    large = chunk(b"ds64", bytes(8) + size + bytes(16))
    found = read(b"RF64" + data[4:12] + large + data[12:at] + b"\xff\xff\xff\xff" + data[at + 4 :])
    assert (found.fields, found.problem) == ({"title": "after the audio"}, "")


class Watched(io.BytesIO):
    """Notes what is asked for and what is given."""

    given = 0
    largest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.given += len(data)
        self.largest = max(self.largest, size or 0)
        return data


def test_audio_is_not_read() -> None:
    file = Watched(wav(chunk(b"data", bytes(5_000_000)), info(INAM="end")))
    assert tags.read(file, "wav").fields == {"title": "end"}
    assert file.given < 2000


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"ID3\x04\0\0\x7f\x7f\x7f\x7fTIT2\x7f\x7f\x7f\x7f\0\0\x03a", "mp3"),
        (b"\0\0\0\x10ftypM4A \0\0\0\0\x7f\xff\xff\xf0moov\x7f\xff\xff\xe0udta\x7f\xff\xff\xd0meta", "m4a"),
        (wav() + b"bext\xf0\xff\xff\xff", "wav"),
        (b"fLaC\x84\xff\xff\xff", "flac"),
    ],
)
def test_a_tag_that_claims_gigabytes_is_not_believed(data: bytes, extension: str) -> None:
    file = Watched(data)
    assert tags.read(file, extension).fields == {}
    assert file.largest <= 64 << 20
