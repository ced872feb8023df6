"""EXIF: the tags of a TIFF structure that hold text, times and places (Exif 3.0, CIPA DC-008)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from connectors.extract.encoding import clean, decode

_NAMES = {
    0x010D: "DocumentName",
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x011D: "PageName",
    0x0131: "Software",
    0x0132: "DateTime",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9003: "DateTimeOriginal",
    0x9004: "DateTimeDigitized",
    0x9286: "UserComment",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
    0xA420: "ImageUniqueID",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
    0xA436: "ImageTitle",
    0xA437: "Photographer",
    0xA438: "ImageEditor",
}
_GPS_NAMES = {0x1B: "GPSProcessingMethod", 0x1C: "GPSAreaInformation", 0x1D: "GPSDateStamp", 0x12: "GPSMapDatum"}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_LATITUDE, _LONGITUDE = 2, 4
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4, 10: 8, 13: 4, 129: 1}
_TEXT = frozenset((2, 129))
_USER_COMMENT = {b"UNICODE\0": "utf-16", b"ASCII\0\0\0": "", b"JIS\0\0\0\0\0": "iso2022_jp", bytes(8): ""}
_ENTRIES = 1000

Entry = tuple[int, int, bytes]
"""Tag, type, value."""


def exif(data: bytes) -> dict[str, str]:
    """Read the tags of a TIFF structure.

    Returns:
        `exif.Artist` … -> text; `exif.GPSPosition` -> `59.32930, 18.06860` (decimal degrees, WGS 84). What is broken
        is left out.
    """
    order = {b"II": "<", b"MM": ">"}.get(data[:2], "")
    if not order or len(data) < 8:
        return {}
    fields: dict[str, str] = {}
    first = _number(data, 4, order)
    ahead = [(first, False)]
    seen: set[int] = set()
    while ahead:
        offset, is_gps = ahead.pop()
        if offset in seen or len(seen) > 64:
            continue
        seen.add(offset)
        entries = list(_entries(data, offset, order))
        found = {tag: (kind, value) for tag, kind, value in entries}
        fields |= _gps(found, order) if is_gps else _texts(found, order)
        nested = () if is_gps else (tag for tag in (_EXIF_IFD, _GPS_IFD) if tag in found)
        ahead.extend((_number(found[tag][1], 0, order), tag == _GPS_IFD) for tag in nested)
        following = _number(data, offset + 2 + 12 * _count(data, offset, order), order)
        if following and not is_gps:
            ahead.append((following, False))
    return {name: value for name, value in fields.items() if value.strip()}


def _number(data: bytes, offset: int, order: str) -> int:
    piece = data[offset : offset + 4]
    return int(struct.unpack(f"{order}I", piece)[0]) if len(piece) == 4 else 0


def _count(data: bytes, offset: int, order: str) -> int:
    piece = data[offset : offset + 2]
    return int(struct.unpack(f"{order}H", piece)[0]) if len(piece) == 2 else 0


def _entries(data: bytes, offset: int, order: str) -> Iterator[Entry]:
    for index in range(min(_count(data, offset, order), _ENTRIES)):
        piece = data[offset + 2 + 12 * index : offset + 14 + 12 * index]
        if len(piece) < 12:
            return
        tag, kind, count = struct.unpack(f"{order}HHI", piece[:8])
        size = _SIZES.get(kind, 0) * count
        start = _number(piece, 8, order)
        yield tag, kind, piece[8 : 8 + size] if size <= 4 else data[start : start + size]


def _texts(found: dict[int, tuple[int, bytes]], order: str) -> dict[str, str]:
    fields = {}
    for tag, (kind, value) in found.items():
        name = _NAMES.get(tag, f"0x{tag:04X}")
        if tag == 0x9286:
            fields[f"exif.{name}"] = _comment(value, order)
        elif 0x9C9B <= tag <= 0x9C9F:
            fields[f"exif.{name}"] = clean(value.decode("utf-16-le", "replace").rstrip("\0"))
        elif kind in _TEXT:
            fields[f"exif.{name}"] = _text(value)
    return fields


def _text(value: bytes) -> str:
    return clean(decode(value.rstrip(b"\0"))[0])


def _comment(value: bytes, order: str) -> str:
    encoding = _USER_COMMENT.get(value[:8])
    if encoding == "utf-16":
        encoding = "utf-16-le" if order == "<" else "utf-16-be"
    if encoding:
        return clean(value[8:].decode(encoding, "replace").rstrip("\0 "))
    return _text(value if encoding is None else value[8:])


def _gps(found: dict[int, tuple[int, bytes]], order: str) -> dict[str, str]:
    fields = {}
    for tag, name in _GPS_NAMES.items():
        if tag in found:
            kind, value = found[tag]
            fields[f"exif.{name}"] = _text(value) if kind in _TEXT else _comment(value, order)
    latitude = _degrees(found, _LATITUDE, order)
    longitude = _degrees(found, _LONGITUDE, order)
    if latitude is not None and longitude is not None:
        fields["exif.GPSPosition"] = f"{latitude:.6f}, {longitude:.6f}"
    return fields


def _degrees(found: dict[int, tuple[int, bytes]], tag: int, order: str) -> float | None:
    """Turn degrees, minutes and seconds into decimal degrees, south and west negative."""
    value = found.get(tag, (0, b""))[1]
    if len(value) < 24:
        return None
    parts = struct.unpack(f"{order}6I", value[:24])
    total: float = sum(parts[2 * i] / parts[2 * i + 1] / 60**i for i in range(3) if parts[2 * i + 1])
    letter = found.get(tag - 1, (0, b""))[1][:1].upper()
    return -total if letter in (b"S", b"W") else total
