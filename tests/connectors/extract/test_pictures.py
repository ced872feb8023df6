"""Pictures and sound: what is written in them beside pixels and samples."""

import io
import struct
import wave
import zlib

import pytest

from connectors.base import State
from tests.connectors.extract.made import docx, paragraph, read

NAME = "Åsa Öberg"
Entry = tuple[int, int, int, bytes]


def tiff(*directories: list[Entry]) -> bytes:
    """A TIFF structure: first directory, EXIF directory, GPS directory."""
    offsets, tables, heap = [], [], bytearray()
    start = 8
    for entries in directories:
        offsets.append(start)
        start += 2 + 12 * (len(entries) + (2 if entries is directories[0] else 0)) + 4
    pointers = [(0x8769, 4, 1, struct.pack("<I", offsets[1])), (0x8825, 4, 1, struct.pack("<I", offsets[2]))]
    for entries in ([*directories[0], *pointers], *directories[1:]):
        table = struct.pack("<H", len(entries))
        for tag, kind, count, value in entries:
            place = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", start + len(heap))
            heap += value if len(value) > 4 else b""
            table += struct.pack("<HHI", tag, kind, count) + place
        tables.append(table + bytes(4))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(tables) + bytes(heap)


def text(tag: int, value: bytes) -> Entry:
    return tag, 2, len(value), value


def rational(*pairs: tuple[int, int]) -> bytes:
    return b"".join(struct.pack("<II", *pair) for pair in pairs)


COMMENT = b"UNICODE\0" + NAME.encode("utf-16-le")
EXIF = tiff(
    [text(0x013B, NAME.encode() + b"\0"), (0x9C9D, 1, 2 * len(NAME), NAME.encode("utf-16-le"))],
    [(0x9286, 7, len(COMMENT), COMMENT), text(0xA431, b"SN-4711\0")],
    [
        text(1, b"N\0"),
        (2, 5, 3, rational((55, 1), (36, 1), (1800, 100))),
        text(3, b"W\0"),
        (4, 5, 3, rational((13, 1), (0, 1), (0, 1))),
    ],
)
XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description'
    f' xmlns:p="urn:p" p:Credit="{NAME}"/></r:RDF></x:xmpmeta>'
).encode()
BYTES = NAME.encode()
IPTC = b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x10\x1c\2\x50" + struct.pack(">H", len(BYTES)) + BYTES
TAGS = {"exif.Artist", "exif.XPAuthor", "exif.UserComment"}


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xda\0\2" + bytes(9) + b"\xff\xd9"


def png(kind: bytes, body: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + kind + body + bytes(4) + bytes(8)


def webp(kind: bytes, body: bytes) -> bytes:
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


CASES = {
    "jpeg exif": (jpeg(segment(0xE1, b"Exif\0\0" + EXIF)), TAGS),
    "jpeg xmp": (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)), {"xmp.Credit"}),
    "jpeg iptc": (jpeg(segment(0xED, IPTC)), {"iptc.By-line"}),
    "jpeg comment": (jpeg(segment(0xFE, NAME.encode("latin-1"))), {"comment"}),
    "tiff": (EXIF, TAGS),
    "png exif": (png(b"eXIf", EXIF), TAGS),
    "png text": (png(b"tEXt", b"Author\0" + NAME.encode("latin-1")), {"text.Author"}),
    "png packed text": (png(b"zTXt", b"Author\0\0" + zlib.compress(NAME.encode("latin-1"))), {"text.Author"}),
    "png international text": (png(b"iTXt", b"Author\0\0\0sv\0Namn\0" + NAME.encode()), {"text.Author"}),
    "png xmp": (png(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP), {"xmp.Credit"}),
    "webp exif": (webp(b"EXIF", EXIF), TAGS),
    "heif exif": (b"\0\0\0\x18ftypheic" + bytes(20) + b"Exif\0\0" + EXIF, TAGS),
    "gif comment": (b"GIF89a\1\0\1\0\0\0\0\x21\xfe" + bytes([len(BYTES)]) + BYTES + b"\0\x3b", {"comment"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_written_in_a_picture_is_read_and_the_pixels_are_not(case: str) -> None:
    data, names = CASES[case]
    found = read("a.jpg", data)
    assert found.where(NAME) == {("a.jpg", "", name) for name in names}
    assert found.unread == {"a.jpg": (State.PARTIAL, "pixels not read")}


def test_a_place_is_decimal_degrees() -> None:
    found = read("a.jpg", CASES["jpeg exif"][0]).places
    assert found["a.jpg", "", "exif.GPSPosition"] == "55.605000, -13.000000"
    assert found["a.jpg", "", "exif.BodySerialNumber"] == "SN-4711"


def test_pictures_in_a_document_are_read_for_what_is_written_in_them() -> None:
    found = read("a.docx", docx(paragraph("x"), {"word/media/image1.jpg": CASES["jpeg xmp"][0]}))
    assert found.where(NAME) == {("a.docx!/word/media/image1.jpg", "", "xmp.Credit")}
    assert found.unread == {}


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sink:
        sink.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        sink.writeframes(bytes(16000))
    info = b"INFOIART" + struct.pack("<I", len(NAME.encode()) + 1) + NAME.encode() + b"\0"
    info += b"\0" * (len(info) % 2)
    return out.getvalue() + b"LIST" + struct.pack("<I", len(info)) + info


def mp3() -> bytes:
    frame = b"TIT2" + struct.pack(">I", 3 + 2 * len(NAME)) + b"\0\0\1\xff\xfe" + NAME.encode("utf-16-le")
    return b"ID3\3\0\0" + bytes([0, 0, len(frame) >> 7, len(frame) & 127]) + frame


@pytest.mark.parametrize(("data", "name"), [(sound(), "tag.artist"), (mp3(), "tag.title")])
def test_tags_of_sound_are_read_and_what_is_said_is_not(data: bytes, name: str) -> None:
    found = read("a.bin", data)
    assert found.where(NAME) == {("a.bin", "", name)}
    assert found.unread == {"a.bin": (State.PARTIAL, "sound not read")}


def test_the_length_of_sound_is_told() -> None:
    assert read("a", sound()).places["a", "", "tag.duration"] == "1.000"


@pytest.mark.parametrize("case", CASES)
def test_damage_anywhere_is_read_or_named(case: str) -> None:
    """T47."""
    data = CASES[case][0]
    for offset in range(12, len(data), max(1, len(data) // 60)):
        for broken in (data[:offset], data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]):
            assert read("a", broken).unread == {"a": (State.PARTIAL, "pixels not read")}


def test_a_directory_that_goes_in_circles_ends() -> None:
    assert read("a", b"II*\0\x08\0\0\0\0\0" + struct.pack("<I", 8)).unread
