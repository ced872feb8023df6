import io
import wave

import pytest

from connectors.base import Batch, Record, State, Unread
from connectors.extract import Limits, extract


def kinds(unit: str, data: bytes) -> list[object]:
    """Give records and field names of what was read, and the reasons of what was not."""
    found: list[object] = []
    for item in extract(unit, data):
        found.append((item.state, item.reason) if isinstance(item, Unread) else (list(item.records), list(item.fields)))
    return found


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sink:
        sink.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        sink.writeframes(b"Anna" * 100)
    return out.getvalue()


STUBS = {
    "pdf": b"%PDF-1.7\nAnna",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "gif": b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff",
    "tiff": b"II*\0\x08\0\0\0",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "gzip": b"\x1f\x8b\x08\0\0\0\0\0",
    "bzip2": b"BZh91AY&SY\x01\x02\x03\x04\x05\x06\x07",
    "xz": b"\xfd7zXZ\0\0\x04",
    "zstd": b"\x28\xb5\x2f\xfd\x04\0",
    "7z": b"7z\xbc\xaf\x27\x1c\0\x04",
    "rar": b"Rar!\x1a\x07\x01\0",
    "tar": b"a.txt" + bytes(252) + b"ustar\x0000",
    "parquet": b"PAR1\x15\x04",
    "arrow": b"ARROW1\0\0",
    "elf": b"\x7fELF\x02\x01\x01",
    "binary": bytes(range(256)) * 9,
}


PIXELS = (State.PARTIAL, "pixels not read")
READ: dict[str, tuple[State, str]] = {
    **dict.fromkeys(("png", "jpeg", "gif", "tiff", "webp"), PIXELS),
    **dict.fromkeys(("pdf", "gzip", "bzip2", "xz", "zstd", "7z"), (State.UNREADABLE, "corrupt")),
    "tar": (State.UNREADABLE, "corrupt"),
    **dict.fromkeys(("parquet", "arrow"), (State.UNREADABLE, "corrupt")),
}


@pytest.mark.parametrize("extension", ["", ".txt", ".csv", ".json"])
@pytest.mark.parametrize("kind", STUBS)
def test_what_is_not_read_is_named_by_content(kind: str, extension: str) -> None:
    assert kinds(f"fil{extension}", STUBS[kind]) == [READ.get(kind, (State.UNSUPPORTED, kind))]


def test_what_is_read_of_hardly_anything() -> None:
    sound_only = (State.PARTIAL, "sound not read")
    assert kinds("x.txt", sound()) == [([None], ["tag.duration"]), sound_only]
    assert kinds("x.txt", b"{\\rtf1 Anna}") == [([None], [""])]
    for stub in (b"fLaC\0\0\0\x22", b"OggS\0\x02" + bytes(22), b"\0\0\0\x20ftypisom\0\0\2\0"):
        assert [found[0] for found in kinds("x.txt", stub) if isinstance(found[0], State)] == [State.PARTIAL]


ROWS: list[Record] = [{"row": 1}, {"row": 2}]
TEXT = ([None], [""])
CASES = [
    ("x.txt", b"Anna Ek bor i en stad", TEXT),
    ("x.md", b"# Anna;Ek\n# Bo;Ek\n", TEXT),
    ("x", "Åsa Öberg".encode("utf-16-le"), TEXT),
    ("BM.txt", b"BMW hos Anna", TEXT),
    ("x.txt", b"MZ Anna Ek", TEXT),
    ("x.txt", b"ID3 och Anna Ek", TEXT),
    ("x.csv", b"namn;tel\nAnna;1\nBo;2\n", (ROWS, ["namn", "tel"])),
    ("x.txt", b"namn;tel\nAnna;1\nBo;2\n", (ROWS, ["namn", "tel"])),
    ("x.jpg", b"namn\ttel\nAnna\t1\nBo\t2\n", (ROWS, ["namn", "tel"])),
    ("x.tsv", b"namn\ttel\nAnna, Bo\t1\nBo\t2\n", (ROWS, ["namn", "tel"])),
    ("x.csv", b"epost\nanna@example.com\nbo@example.com\n", (ROWS, ["epost"])),
    ("x.log", b"Anna\nBo\n", (ROWS, [""])),
    ("x.log", b"a;b\nc;d\n", (ROWS, [""])),
    ("x.txt", b"2026-01-02 10:00:00 Anna\n2026-01-02 10:00:01 Bo\n", (ROWS, [""])),
    ("x.txt", b"Jan  2 10:00:00 host Anna\nJan  2 10:00:01 host Bo\n", (ROWS, [""])),
    ("x", b'192.0.2.1 - anna [02/Jan/2026:10:00:00 +0100] "GET /"\n' * 2, (ROWS, [""])),
    ("x.csv", b'[{"namn": "Anna"}, {"namn": "Bo"}]', (ROWS, ["namn"])),
    ("x.txt", b"<html><p>Anna</p></html>", TEXT),
    ("x.html", b"<k><n>Anna</n></k>", ([None], ["k.n"])),
    ("x.csv", b"<?xml version='1.0'?><k><n>Anna</n></k>", ([None], ["k.n"])),
]


@pytest.mark.parametrize(("unit", "data", "expected"), CASES)
def test_content_tells_the_type_and_the_extension_only_breaks_ties(unit: str, data: bytes, expected: object) -> None:
    assert kinds(unit, data) == [expected]


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t", b"\xef\xbb\xbf"])
def test_nothing_is_read_of_nothing(data: bytes) -> None:
    assert kinds("x.txt", data) == []


def test_long_text_is_cut_between_lines() -> None:
    text = "".join(f"rad {n} Anna Ek\n" for n in range(1, 101))
    batches = [b for b in extract("x.txt", text.encode(), Limits(text_block=200)) if isinstance(b, Batch)]
    assert len(batches) > 5
    assert "".join(b.fields[""][0] or "" for b in batches) == text
    for batch in batches:
        record = batch.records[0]
        assert record is not None
        assert (batch.fields[""][0] or "").startswith(f"rad {record['row']} ")


def test_a_line_longer_than_a_block_is_one_block() -> None:
    batches = [
        b for b in extract("x.txt", b"kort\n" + b"x" * 500 + b"\nkort", Limits(text_block=100)) if isinstance(b, Batch)
    ]
    assert [(b.records[0], len(b.fields[""][0] or "")) for b in batches] == [
        ({"row": 1}, 5),
        ({"row": 2}, 501),
        ({"row": 3}, 4),
    ]


def test_the_encoding_is_noted_where_it_is_not_utf8() -> None:
    batches = [next(iter(extract("x.txt", "Åsa Öberg".encode(name)))) for name in ("utf-8", "cp850")]
    assert [batch.notes for batch in batches if isinstance(batch, Batch)] == [(), ("encoding:cp850",)]


def test_rows_of_a_table_come_in_batches_and_a_wide_row_does_not_widen_all() -> None:
    data = b"kund_id;namn\n" + b"1;Anna\n" * 25 + b"2" + b";x" * 50 + b"\n3;Bo\n"
    batches = [b for b in extract("x.csv", data, Limits(batch_records=10, batch_cells=60)) if isinstance(b, Batch)]
    assert [len(batch.records) for batch in batches] == [10, 10, 5, 1, 1]
    assert [record["row"] for batch in batches for record in batch.records if record] == list(range(1, 28))
    assert batches[3].fields["column_51"] == ("x",)
