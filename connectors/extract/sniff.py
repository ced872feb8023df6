"""What a file is, by its content: extensions lie."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"PK\x07\x08", "zip"),
    (0, b"%PDF-", "pdf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"{\\rtf", "rtf"),
    (0, b"!BDN", "pst"),
    (0, b"\x78\x9f\x3e\x22", "tnef"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF8", "gif"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"BM", "bmp"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (8, b"AIFF", "aiff"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wma"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (4, b"ftyp", "mp4"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"#!AMR", "amr"),
    (0, b".snd", "au"),
    (0, b"\x1f\x8b", "gzip"),
    (4, b"1AY&SY", "bzip2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"\x5d\0\0", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (257, b"ustar", "tar"),
    (0, b"SQLite format 3\0", "sqlite"),
    (0, b"PAR1", "parquet"),
    (0, b"ARROW1", "arrow"),
    (0, b"ORC", "orc"),
    (0, b"<stata_dta>", "stata"),
    (0, b"r\x02\x01\0", "stata"),
    (0, b"s\x02\x01\0", "stata"),
    (84, b"\xcf\xbd\x81\x60\xb3\x14\x11\xcf", "sas"),
    (0, b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "xport"),
    (0, b"-----BEGIN PGP MESSAGE-----", "encrypted text"),
    (0, b"-----BEGIN ENCRYPTED PRIVATE KEY-----", "encrypted text"),
    (0, b"-----BEGIN AGE ENCRYPTED FILE-----", "encrypted text"),
    (0, b"age-encryption.org/v1\n", "encrypted text"),
    (0, b"$ANSIBLE_VAULT;", "encrypted text"),
    (0, b"Obj\x01", "avro"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "onenote"),
    (0, b"\x4c\0\0\0\x01\x14\x02\0", "shortcut"),
    (4, b"Standard Jet DB", "access"),
    (4, b"Standard ACE DB", "access"),
    (0, b"ElfFile\0", "eventlog"),
    (0, b"\x7fELF", "elf"),
    (0, b"MZ", "exe"),
)
_PRINTABLE_TOO = frozenset(("bmp", "exe", "mp3", "au", "orc"))
"""Signatures that a text may begin with: they count only for what is no text."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_PADDING = re.compile(r"\x00{16,}")
_SAMPLE = 1 << 20


def signature(data: bytes, file: BinaryIO | None = None) -> str:
    """Name the format that the first bytes tell of, an office document apart from a plain zip; "" if none.

    Args:
        data: All bytes, or the first.
        file: All bytes, if `data` has only the first.
    """
    name = _first(data)
    if name == "zip":
        return _inside(file or io.BytesIO(data))
    return _INSIDE[name](data) if name in _INSIDE else name


def is_container(data: bytes) -> bool:
    """Tell whether more than the first bytes must be seen to name the format."""
    return _first(data) in ("zip", "ole")


def _first(data: bytes) -> str:
    for offset, magic, name in _SIGNATURES:
        if data.startswith(magic, offset) and not (name in _PRINTABLE_TOO and is_text(data[:512].decode("latin-1"))):
            return name
    return ""


def is_text(text: str) -> bool:
    """Tell decoded text from binary by its share of control characters; neither a few NULs nor padding count."""
    sample = text.rstrip("\0")[:_SAMPLE]
    sample = _PADDING.sub("", sample) if "\0" in sample else sample
    return len(_CONTROL.findall(sample)) <= 2 + len(sample) // 20


def _inside(file: BinaryIO) -> str:
    """Tell what a zip holds: documents are zips too."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "zip"
    if "[Content_Types].xml" in names:
        return "ooxml"
    if {"mimetype", "META-INF/manifest.xml", "content.xml"} <= names:
        return "opendocument"
    return "zip"


def _inside_ole(data: bytes) -> str:
    """Tell what a compound file holds by the names of its streams."""
    return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data), "ole")


_STREAMS = (
    ("EncryptedPackage", "encrypted office"),
    ("__properties_version1.0", "msg"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book\0", "xls"),
)


def _inside_ftyp(data: bytes) -> str:
    """Tell a picture from a film by the brand."""
    return "heif" if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc") else "mp4"


_INSIDE: dict[str, Callable[[bytes], str]] = {"ole": _inside_ole, "mp4": _inside_ftyp}
