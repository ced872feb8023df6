import io
import random
import struct
import time
import zipfile

import pytest

from connectors.base import Batch, State, Unread
from connectors.extract import Limits, extract

Outcome = tuple[dict[str, str], dict[str, tuple[State, str]]]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def outcome(data: bytes, **limits: int) -> Outcome:
    """Give the text of each unit, and what was not read."""
    texts: dict[str, str] = {}
    unread: dict[str, tuple[State, str]] = {}
    for found in extract("a.zip", data, Limits(**limits)):
        if isinstance(found, Unread):
            assert found.unit not in unread
            unread[found.unit] = (found.state, found.reason)
        else:
            values = [value for name, column in found.fields.items() if name != "path" for value in column if value]
            texts[found.unit] = texts.get(found.unit, "") + "".join(values)
    return texts, unread


def test_members_are_read_to_any_depth() -> None:
    inner = zipped({"x.csv": b"namn;tel\nAnna;1\nBo;2\n", "tom.txt": b""})
    texts, unread = outcome(zipped({"dir/fil.txt": "Åsa".encode(), "in.zip": inner, "dir/": b""}))
    assert texts == {
        "a.zip!/dir/fil.txt": "Åsa",
        "a.zip!/in.zip": "",
        "a.zip!/in.zip!/x.csv": "AnnaBo12",
        "a.zip!/in.zip!/tom.txt": "",
    }
    assert unread == {}


def test_a_member_begins_with_its_path() -> None:
    first = next(iter(extract("a.zip", zipped({"kund/Anna.txt": b"hej"}))))
    assert isinstance(first, Batch)
    assert (first.unit, first.records, first.fields) == ("a.zip!/kund/Anna.txt", [None], {"path": ["kund/Anna.txt"]})


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x.txt",
        "a!/b.txt",
        "rad\nrad",
        "\x1b[31m.txt",
        "å" * 200,
        "CON",
        "slut. ",
        "a//b",
    ],
)
def test_names_are_labels(name: str) -> None:
    """S8: zip slip."""
    assert outcome(zipped({name: b"Anna"})) == ({f"a.zip!/{name}": "Anna"}, {})


def test_names_without_a_flag_may_be_utf8_or_cp437() -> None:
    for encoding in ("utf-8", "cp437"):
        name = "Åsa Öberg.txt".encode(encoding)
        data = zipped({"x" * len(name): b"Anna"}).replace(b"x" * len(name), name)
        assert list(outcome(data)[0]) == ["a.zip!/Åsa Öberg.txt"]


def test_a_member_without_a_name_is_read() -> None:
    data = zipped({"zzzz": b"Anna"}).replace(b"zzzz", b"\0zzz")
    assert outcome(data) == ({"a.zip!/": "Anna"}, {})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"Anna")
        archive.writestr("a.txt", b"Bo")
    assert outcome(out.getvalue()) == ({"a.zip!/a.txt": "Anna", "a.zip!/a.txt_2": "Bo"}, {})


def test_an_encrypted_member_is_named_and_the_others_are_read() -> None:
    """T48."""
    data = bytearray(zipped({"a.txt": b"Anna", "b.txt": b"Bo"}))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    assert outcome(bytes(data)) == ({"a.zip!/b.txt": "Bo"}, {"a.zip!/a.txt": (State.UNREADABLE, "encrypted")})


def test_a_method_that_picks_its_own_memory_is_not_used() -> None:
    data = zipped({"a.txt": b"Anna"}, zipfile.ZIP_LZMA)
    assert outcome(data) == ({}, {"a.zip!/a.txt": (State.UNSUPPORTED, "zip method 14")})


def test_a_damaged_member_is_named_and_the_others_are_read() -> None:
    data = zipped({"a.txt": b"Anna" * 99, "b.txt": b"Bo"}, zipfile.ZIP_STORED).replace(b"AnnaAnna", b"AnnaBnna", 1)
    assert outcome(data) == ({"a.zip!/b.txt": "Bo"}, {"a.zip!/a.txt": (State.UNREADABLE, "corrupt")})


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_damage_anywhere_is_named_or_harmless(method: int) -> None:
    """T47."""
    members = {f"{n}.txt": bytes(random.Random(n).choices(b"Anna Ek ", k=300)) for n in range(4)}
    data = zipped(members, method)
    whole = outcome(data)[0]
    for offset in range(0, len(data), max(1, len(data) // 60)):
        cut = outcome(data[:offset]) if offset else ({}, {"a.zip": (State.UNREADABLE, "corrupt")})
        assert cut[1], f"cut at {offset}"
        flipped = data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]
        texts, unread = outcome(flipped)
        assert unread or sorted(texts.values()) == sorted(whole.values()), f"flipped at {offset}"


def overlapping() -> bytes:
    """Let every entry of the directory point at the same kernel of compressed data (CVE-2024-0450)."""
    data = zipped({"a": b"0" * 100_000})
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
    count = 100
    end = end[:8] + struct.pack("<HHLL", count, count, count * len(entry), start) + end[20:]
    return data[:start] + entry * count + end


def quine(depth: int) -> bytes:
    data = b"Anna"
    for _ in range(depth):
        data = zipped({"i.zip": data})
    return data


MIB = 1 << 20
BOMBS = {
    "deflate": (zipped({"a.txt": b"0" * (40 * MIB)}), {}, "limit:ratio"),
    "bzip2": (zipped({"a.txt": b"0" * (40 * MIB)}, zipfile.ZIP_BZIP2), {}, "limit:ratio"),
    "in parts": (zipped({f"{n}.txt": b"0" * MIB for n in range(40)}), {}, "limit:ratio"),
    "nested": (zipped({"b.zip": zipped({"a.txt": b"0" * (40 * MIB)})}), {}, "limit:ratio"),
    "members": (zipped({str(n): b"" for n in range(20)}, zipfile.ZIP_STORED), {"members": 10}, "limit:members"),
    "members in all": (
        zipped({f"{n}.zip": zipped({str(m): b"" for m in range(5)}) for n in range(5)}),
        {"members": 20},
        "limit:members",
    ),
    "bytes": (zipped({"a.txt": bytes(MIB)}, zipfile.ZIP_STORED), {"unpacked_bytes": MIB - 1}, "limit:unpacked_bytes"),
    "overlap": (overlapping(), {}, "overlapping members"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_no_time(name: str) -> None:
    """T49."""
    data, limits, reason = BOMBS[name]
    started = time.monotonic()
    assert outcome(data, **limits)[1]["a.zip"] == (State.REFUSED, reason)
    assert time.monotonic() - started < 5


def test_archives_nested_too_deep_are_refused_and_their_siblings_read() -> None:
    """T49."""
    texts, unread = outcome(zipped({"deep.zip": quine(9), "a.txt": b"Anna"}))
    assert texts["a.zip!/a.txt"] == "Anna"
    assert unread == {"a.zip!/deep.zip" + "!/i.zip" * 7: (State.REFUSED, "limit:nesting")}
    assert outcome(quine(8))[1] == {}


def test_members_that_the_directory_leaves_out_are_reported() -> None:
    first, second = zipped({"a.txt": b"Anna"}), zipped({"b.txt": b"Bo"})
    assert outcome(first + second) == (
        {"a.zip!/b.txt": "Bo"},
        {"a.zip": (State.PARTIAL, "members outside the directory")},
    )


def test_only_what_is_asked_for_is_unpacked() -> None:
    data = zipped({"bomb.txt": b"0" * (40 * MIB), "in.zip": zipped({"a.txt": b"Anna", "b.txt": b"Bo"}), "in": b"Ce"})
    for unit, text in (("a.zip!/in.zip!/a.txt", "Anna"), ("a.zip!/in", "Ce")):
        found = [
            batch for batch in extract("a.zip", data, only=unit) if isinstance(batch, Unread) or batch.unit == unit
        ]
        assert [batch.fields.get("") for batch in found if isinstance(batch, Batch)] == [None, [text]]
        assert len(found) == 2


def test_much_that_compresses_well_is_no_bomb() -> None:
    texts, unread = outcome(zipped({f"{n}.txt": b"Anna Ek " * 100_000 for n in range(10)}))
    assert len(texts) == 10
    assert unread == {}
