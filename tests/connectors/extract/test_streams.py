"""T42, T29: what is too large to be held is read as it comes, and gives what it gives when it is held."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from connectors import Batch, Record, State, Unit, Unread
from connectors.extract import extract
from connectors.extract.limits import Limits
from connectors.files import FilesConnector

pytestmark = pytest.mark.slow

NAME, NUMBER = "Märta Åkesson-Öberg", "070-1740605"
STREAMED = Limits(held_bytes=1000)
ROWS = "".join(f"{n};Kund {n};2026-01-02\n" for n in range(1, 45_000))
TABLE = f"kund_id;namn;skapad\n{ROWS}0;{NAME} {NUMBER};2026-01-03\n"
LOG = "".join(f"2026-01-02 10:00:00 larm {n}\n" for n in range(40_000)) + f"2026-01-02 10:00:00 {NAME} {NUMBER}\n"
JSON_LINES = "".join(f'{{"nr": {n}, "text": "larm"}}\n' for n in range(40_000)) + f'{{"namn": "{NAME} {NUMBER}"}}\n'
MAIL = (
    "From a@example.se Thu Jan  1 10:00:00 2026\nFrom: a@example.se\nTo: c@example.se\n"
    "Subject: {}\nMessage-ID: <1@example.se>\n\n{}\n"
)
MAILBOX = "".join(MAIL.format(n, "larm " * 300) for n in range(900)) + MAIL.format("hej", f"Hej {NUMBER}")


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", data)
        archive.writestr("b.log", LOG)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name in ("a.csv", "b.csv"):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


FILES = {
    "a.csv": TABLE.encode(),
    "latin.csv": TABLE.encode("cp1252"),
    "dos.csv": TABLE.encode("cp850"),
    "mac.csv": TABLE.replace("\n", "\r").encode("mac-roman"),
    "wide.csv": TABLE.encode("utf-16"),
    "windows.csv": TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
    "quoted.csv": TABLE.replace("Kund 7;", '"Kund\n7; a";').encode(),
    "open.csv": TABLE.replace("Kund 40000;", '"Kund 40000;').encode(),
    "a.log": LOG.encode(),
    "a.jsonl": JSON_LINES.encode(),
    "a.mbox": MAILBOX.encode(),
    "a.zip": zipped(TABLE.encode()),
    "a.tgz": tarred(TABLE.encode()),
    "a.csv.gz": gzip.compress(TABLE.encode(), 1) + gzip.compress(ROWS.encode(), 1),
    "a.log.bz2": bz2.compress(LOG.encode(), 1),
    "a.jsonl.xz": lzma.compress(JSON_LINES.encode(), preset=0),
}


@contextmanager
def as_file(data: bytes, folder: Path) -> Iterator[BinaryIO]:
    (folder / "f").write_bytes(data)
    with (folder / "f").open("rb", buffering=0) as file:
        yield file


@contextmanager
def as_pipe(data: bytes, _folder: Path) -> Iterator[BinaryIO]:
    reader, writer = os.pipe()

    def write() -> None:
        with os.fdopen(writer, "wb") as sink:
            sink.write(data)

    thread = threading.Thread(target=write)
    thread.start()
    with os.fdopen(reader, "rb", buffering=0) as file:
        yield file
    thread.join()


def rows(answers: Iterator[Batch | Unread]) -> tuple[dict[str, list[tuple[Record, dict[str, str]]]], list[Unread]]:
    """Give the records of each unit, however they are batched, and what was not read."""
    found: dict[str, list[tuple[Record, dict[str, str]]]] = {}
    unread = []
    for answer in answers:
        if isinstance(answer, Unread):
            unread.append(answer)
            continue
        for index, record in enumerate(answer.records):
            fields = {name: cells[index] for name, cells in answer.fields.items()}
            filled = {name: cell for name, cell in fields.items() if cell is not None}
            found.setdefault(answer.unit, []).append((record, filled))
    return found, unread


@pytest.mark.parametrize("opened", [as_file, as_pipe])
@pytest.mark.parametrize("name", FILES)
def test_a_streamed_file_gives_what_a_held_one_gives(name: str, opened: type, tmp_path: Path) -> None:
    with opened(FILES[name], tmp_path) as file:
        streamed = rows(extract(name, file, STREAMED, size=len(FILES[name])))
    assert streamed == rows(extract(name, FILES[name]))
    assert NUMBER in str(streamed)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "mac-roman", "utf-16-le", "utf-16-be", "utf-32"])
def test_prose_is_read_to_its_end_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    """T44: one letter in the last block is decoded as those before it."""
    text = "Ärende på Öland.\n" + "larm och ingen mer\n" * 80_000 + f"{NAME}\n"
    with as_file(text.encode(encoding), tmp_path) as file:
        found, unread = rows(extract("a.txt", file, Limits(held_bytes=1000, text_block=1 << 18)))
    assert "".join(fields[""] for _, fields in found["a.txt"]) == text
    assert not unread
    places = [record["row"] for record, _ in found["a.txt"] if record]
    assert places == sorted(set(places))
    assert len(places) > 3


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.log"])
def test_a_line_without_end_comes_in_parts(name: str, tmp_path: Path) -> None:
    """T29, T42: a cell, a value or a line of any length costs no more memory than a part of it."""
    before = {"a.csv": "id;text\n1;kort\n2;", "a.jsonl": '{"a": 1}\n{"b": 2}\n{"c": "', "a.log": LOG[:60], "a.txt": ""}
    text = before[name] + f"larm i {NAME} " * 60_000 + f"\n{LOG[:30] if name == 'a.log' else '3;Bo'}\n"
    with as_file(text.encode(), tmp_path) as file:
        found, _ = rows(extract(name, file, Limits(held_bytes=1000, line_chars=1 << 18)))
    parts = [(record, fields[""]) for record, fields in found[name] if record and "part" in record]
    assert [record["part"] for record, _ in parts if record] == list(range(1, len(parts) + 1))
    assert len({record["row"] for record, _ in parts if record}) == 1
    assert sum(part.count("Märta") for _, part in parts) == 60_000
    assert max(len(part) for _, part in parts) <= 1 << 21
    assert "Bo" in str(found[name][-1]) or name == "a.log"


def test_documents_that_are_too_long_are_named(tmp_path: Path) -> None:
    """A format that must be held whole is refused above a limit; a long tree is read as text, and said to be."""
    with as_file(b"%PDF-1.7\n" + bytes(5000), tmp_path) as file:
        assert list(extract("a.pdf", file, Limits(held_bytes=1000, whole_bytes=4000))) == [
            Unread("a.pdf", State.REFUSED, "limit:whole_bytes")
        ]
    text = "kund:\n" + "".join(f"- namn: {NAME}\n" for _ in range(500))
    with as_file(text.encode(), tmp_path) as file:
        found, unread = rows(extract("a.yaml", file, Limits(held_bytes=1000, tree_bytes=4000)))
    assert unread == [Unread("a.yaml", State.PARTIAL, "limit:tree_bytes")]
    assert str(found).count(NAME) == 500


@pytest.mark.parametrize("sandbox", [True, False])
def test_a_long_file_that_changes_while_it_is_read_is_said_to(tmp_path: Path, sandbox: bool) -> None:
    """T36."""
    (tmp_path / "a.log").write_text(LOG)
    with FilesConnector(path=str(tmp_path), limits={"held_bytes": 1000}, sandbox=sandbox) as source:
        answers = source.read(Unit("a.log", "", "file"))
        next(answers)
        with (tmp_path / "a.log").open("a") as more:
            more.write("mer\n")
        assert list(answers)[-1] == Unread("a.log", State.CHANGED, "changed while read")
        assert not [answer for answer in source.read(Unit("a.log", "", "file")) if isinstance(answer, Unread)]


def test_a_member_that_breaks_is_read_up_to_there(tmp_path: Path) -> None:
    """T47."""
    data = FILES["a.csv.gz"]
    with as_file(data[: len(data) // 4], tmp_path) as file:
        found, unread = rows(extract("a.csv.gz", file, STREAMED))
    assert unread == [Unread("a.csv.gz", State.PARTIAL, "corrupt")]
    assert len(found["a.csv.gz!/a.csv"]) > 10_000
