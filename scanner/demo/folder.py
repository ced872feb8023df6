"""Writes files of many formats, on disk or into an archive, and notes what is personal in them and in their names."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape
from zlib import crc32

from scanner.demo.rows import Row, Tree, leaves, plain
from scanner.demo.texts import Text, join
from scanner.demo.truth import Place, Record, Truth

Put = Callable[[str, bytes], None]


def disk(root: Path, first: date, days: int) -> Put:
    """A place to put files: below a directory, each last changed on a day of its own within `days` after the first."""

    def put(path: str, data: bytes) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        day = first + timedelta(days=crc32(path.encode()) % days)
        changed = datetime.combine(day, time(12), UTC).timestamp()
        os.utime(target, (changed, changed))

    return put


class Folder:
    """A tree of files of one source. Paths are texts: what is personal in them is noted, too."""

    def __init__(self, source: str, truth: Truth, put: Put, prefix: str = "") -> None:
        self.source, self.truth, self.count = source, truth, 0
        self._put, self._prefix = put, prefix

    def raw(self, path: Text | str, data: bytes, about: Sequence[str] = ()) -> str:
        """Write bytes; returns the unit's key."""
        name = path if isinstance(path, Text) else Text(path)
        unit = self._prefix + name.text
        self.truth.see(Place(self.source, unit), "path", name)
        if about:
            self.truth.concern(Place(self.source, unit), *about)
        self._put(name.text, data)
        self.count += 1
        return unit

    def _see(self, unit: str, record: Record, fields: Iterable[tuple[str, Text]], about: Sequence[str]) -> None:
        place = Place(self.source, unit, record)
        self.truth.concern(place, *about)
        for name, text in fields:
            self.truth.see(place, name, text)

    def text(self, path: Text | str, body: Text, about: Sequence[str], encoding: str = "utf-8") -> None:
        """Running text as one record."""
        unit = self.raw(path, encoded(body.text, encoding))
        self._see(unit, None, [("", body)], about)

    def log(self, path: str, lines: Sequence[tuple[Text, tuple[str, ...]]], encoding: str = "utf-8") -> None:
        """A log: a record a line; it is about somebody only where more than a name tells so."""
        unit = self.raw(path, encoded("".join(line.text + "\n" for line, _ in lines), encoding))
        for number, (line, about) in enumerate(lines, 1):
            told = {span.person for span in line.spans if span.entity != "PERSON"}
            self._see(unit, {"row": number}, [("", line)], [person for person in about if person in told])

    def table(self, path: Text | str, rows: Sequence[Row], delimiter: str = ";", encoding: str = "utf-8") -> None:
        """Delimited text with a header."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(rows[0].cells)
        writer.writerows([plain(cell) if cell is not None else "" for cell in row.cells.values()] for row in rows)
        about = rows[0].about if isinstance(path, Text) else ()
        self._rows(self.raw(path, encoded(out.getvalue(), encoding), about), rows)

    def _rows(self, unit: str, rows: Sequence[Row]) -> None:
        for number, row in enumerate(rows, 1):
            self._see(unit, {"row": number}, leaves(row.cells, ""), row.about)

    def json(self, path: Text | str, tree: Mapping[str, Tree], about: Sequence[str]) -> None:
        """A JSON document that is one record."""
        unit = self.raw(path, json.dumps(plain(tree), ensure_ascii=False, indent=2).encode())
        self._see(unit, None, leaves(tree, ""), about)

    def json_rows(self, path: str, rows: Sequence[Row], *, lines: bool = False) -> None:
        """An array of objects, or JSON lines: a record an object."""
        if lines:
            data = "".join(json.dumps(plain(row.cells), ensure_ascii=False) + "\n" for row in rows)
        else:
            data = json.dumps([plain(row.cells) for row in rows], ensure_ascii=False, indent=1)
        self._rows(self.raw(path, data.encode()), rows)

    def xml_rows(self, path: str, names: tuple[str, str], rows: Sequence[Row], encoding: str = "utf-8") -> None:
        """Equal elements below a root: a record an element. `names`: of the root and of the elements."""
        root, child = names
        body = "".join(f"  <{child}>{xml_tree(row.cells)}</{child}>\n" for row in rows)
        data = f'<?xml version="1.0" encoding="{encoding}"?>\n<{root}>\n{body}</{root}>\n'.encode(
            encoding, "xmlcharrefreplace"
        )
        self._rows(self.raw(path, data), rows)

    def html(self, path: Text | str, lines: Sequence[Text], about: Sequence[str], title: str = "Brev") -> None:
        """A page of one paragraph a line."""
        body = "".join(f"<p>{escape(line.text)}</p>\n" for line in lines)
        head = f'<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        page = f"{head}<body>\n{body}</body></html>\n"
        unit = self.raw(path, page.encode())
        self._see(unit, None, [("", join("\n", list(lines)))], about)

    def archive(self, path: str, fill: Callable[[Folder], None]) -> None:
        """A zip whose members `fill` writes; zips in zips are filled the same way."""
        members: dict[str, bytes] = {}
        inner = Folder(self.source, self.truth, members.__setitem__, f"{self._prefix}{path}!/")
        fill(inner)
        self.raw(path, zipped(members))
        self.count += inner.count


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding, or in UTF-8 if it has letters that the encoding lacks."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of members, the same bytes at every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 12, 10, 15, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The zip with its members marked as encrypted, as a reader without the password meets it."""
    changed = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(magic)
        while place >= 0:
            changed[place + at] |= 1
            place = data.find(magic, place + 4)
    return bytes(changed)


def xml_tree(tree: Tree) -> str:
    """A nested value as elements."""
    if isinstance(tree, Mapping):
        return "".join(f"<{name}>{xml_tree(value)}</{name}>" for name, value in tree.items() if value is not None)
    return xml_escape(str(plain(tree)))
