"""Small files made by hand, part by part, and what is read of them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.base import Batch, Record, State, Unread
from connectors.extract import Limits, extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f'xmlns:r="{_RELATION}"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
S = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" {R}'
_O = "urn:oasis:names:tc:opendocument:xmlns"
ODF = " ".join(
    f'xmlns:{name}="{_O}:{path}:1.0"'
    for name, path in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "meta": "meta",
        "presentation": "presentation", "form": "form",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""


@dataclass
class Found:
    """What was read of a file."""

    places: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(unit, record as text, field) -> value."""
    unread: dict[str, tuple[State, str]] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)

    def where(self, text: str) -> set[tuple[str, str, str]]:
        return {place for place, value in self.places.items() if text in value}


def read(unit: str, data: bytes, only: str = "", **limits: int) -> Found:
    """Read a file, and hold what comes to the contract: a place is given once, a unit ends in one state."""
    found = Found()
    for one in extract(unit, data, Limits(**limits), only):
        if isinstance(one, Unread):
            assert one.unit not in found.unread, one.unit
            found.unread[one.unit] = (one.state, one.reason)
            continue
        found.notes |= set(one.notes)
        for name, column in one.fields.items():
            assert len(column) == len(one.records)
            _add(found, one, name)
    return found


def _add(found: Found, batch: Batch, name: str) -> None:
    for record, value in zip(batch.records, batch.fields[name], strict=True):
        if value is not None:
            place = (batch.unit, shown(record), name)
            assert place not in found.places, place[1:]
            found.places[place] = value


def shown(record: Record) -> str:
    return "" if record is None else " ".join(f"{key}={value}" for key, value in sorted(record.items()))


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def rels(*targets: str) -> str:
    """Relations rId1 …; what has a colon is outside."""
    kinds = {"worksheets": "worksheet", "slides": "slide", "xl": "officeDocument"}
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATION}/{kinds.get(target.split("/")[0], "part")}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELS}">{lines}</Relationships>'


def paragraph(text: str, tag: str = "w:t") -> str:
    return f"<w:p><w:r><{tag}>{text}</{tag}></w:r></w:p>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": document, **(parts or {})})


def pptx(slides: list[str], parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Slides in the order that they are shown; their files are numbered backwards."""
    files = [f"slides/slide{len(slides) - n}.xml" for n in range(len(slides))]
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "ppt/presentation.xml": f"<p:presentation {A} {R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": rels(*files),
            **{f"ppt/{file}": slide(text) for file, text in zip(files, slides, strict=True)},
            **(parts or {}),
        }
    )


def slide(text: str, root: str = "p:sld") -> str:
    return f"<{root} {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></{root}>"


def cell(place: str, value: str) -> str:
    """A cell: a number as a number, all else as text."""
    if value.replace(".", "").isdigit():
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(rows: list[list[str]], after: str = "") -> str:
    lines = "".join(
        f'<row r="{y}">{"".join(cell(f"{chr(64 + x)}{y}", value) for x, value in enumerate(row, 1))}</row>'
        for y, row in enumerate(rows, 1)
    )
    return f"<worksheet {S}><sheetData>{lines}</sheetData>{after}</worksheet>"


def xlsx(sheets: Mapping[str, str], parts: Mapping[str, str | bytes] | None = None, names: str = "") -> bytes:
    """Name -> XML of a sheet; those whose name begins with `Dolt` are hidden."""
    hidden = ' state="hidden"'
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{hidden if name.startswith("Dolt") else ""}/>'
        for n, name in enumerate(sheets, 1)
    )
    files = [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    book = f"<workbook {S}><sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": rels("xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": rels(*files),
            **{f"xl/{file}": xml for file, xml in zip(files, sheets.values(), strict=True)},
            **(parts or {}),
        }
    )


def odf(kind: str, body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument file: `text`, `presentation`, `spreadsheet`."""
    content = (
        f"<office:document-content {ODF}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_O}:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
            **(parts or {}),
        }
    )


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Number the objects from 1: catalog, information, and what they refer to."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 2 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def page(text: str = "", entries: bytes = b"", catalog: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page. Further objects are numbered from 7; 5 is the page's content, 6 the font."""
    shown = text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
    content = b"BT /F1 12 Tf 10 100 Td (%s) Tj ET" % shown if text else b"q 200 0 0 200 0 0 cm /I Do Q"
    return pdf(
        [
            b"<</Type/Catalog/Pages 3 0 R%s>>" % catalog,
            b"<<>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 200 200]/Contents 5 0 R"
            b"/Resources<</Font<</F1 6 0 R>>/XObject<</I 7 0 R>>>>%s>>" % entries,
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            *more,
        ]
    )


IMAGE = stream(b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")


_SECTOR, _SMALL, _NONE, _END, _TABLE = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE): path -> stream. Short streams lie in the small sectors, long ones in their own."""
    small, small_table, sectors, table = bytearray(), [], bytearray(), []

    def place(data: bytes) -> int:
        """Lay a stream in sectors of its own and return the first."""
        first, count = len(table), max(1, -(-len(data) // _SECTOR))
        table.extend([*range(first + 1, first + count), _END])
        sectors.extend(data.ljust(count * _SECTOR, b"\0"))
        return first

    def place_small(data: bytes) -> int:
        first, count = len(small_table), -(-len(data) // _SMALL)
        if not count:
            return _END
        small_table.extend([*range(first + 1, first + count), _END])
        small.extend(data.ljust(count * _SMALL, b"\0"))
        return first

    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, _END, 0]]
    folders = {"": 0}
    for path, data in streams.items():
        parent = ""
        for name in path.split("/")[:-1]:
            folder = f"{parent}{name}/"
            if folder not in folders:
                folders[folder] = len(entries)
                entries.append([name, 1, entries[folders[parent]][3], _NONE, 0, 0])
                entries[folders[parent]][3] = folders[folder]
            parent = folder
        start = place(data) if len(data) >= 4096 else place_small(data)
        entries.append([path.rpartition("/")[2], 2, entries[folders[parent]][3], _NONE, start, len(data)])
        entries[folders[parent]][3] = len(entries) - 1
    entries[0][4:] = [place(bytes(small)), len(small)]
    small_start = place(b"".join(struct.pack("<I", number) for number in small_table))
    directory = place(b"".join(_entry(entry) for entry in entries))
    tables = -(-(len(table) + 8) // (_SECTOR // 4))
    first = len(table)
    table += [_TABLE] * tables
    sectors += b"".join(struct.pack("<I", number) for number in table).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, directory, 0, 4096, small_start, 1, _END, 0)
    places = [*range(first, first + tables)]
    return header + b"".join(struct.pack("<I", n) for n in (places + [_NONE] * 109)[:109]) + bytes(sectors)


def _entry(entry: list[object]) -> bytes:
    name, kind, right, child, start, size = entry
    encoded = str(name).encode("utf-16-le") + b"\0\0"
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<III36xIQ", _NONE, right, child, start, size)
