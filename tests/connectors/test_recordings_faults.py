"""Recordings that change, break, are not there, or may not be read: what is told of them."""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.recordings import RecordingsConnector
from tests.connectors.recordings_folder import HEAD, LISTS, NAMED, Texts, call, open_, read, versions, wav, write

ROWS = HEAD + "0701740605;;2026-03-12 10:15:02;a1\n0701740699;;2026-03-13 12:00:00;a2\n"
CHANGES: dict[str, tuple[Texts, set[str]]] = {
    "nothing": ({}, set()),
    "a row of another call": ({"cdr.csv": ROWS.replace("a2", "a22")}, {"cdr.csv"}),
    "a row above": ({"cdr.csv": ROWS.replace("agent\n", "agent\n0701740698;;2026-03-13 13:00;a3\n")}, {"cdr.csv"}),
    "its row": ({"cdr.csv": ROWS.replace("a1", "a11")}, {"cdr.csv", NAMED}),
    "its row is gone": ({"cdr.csv": HEAD + "0701740699;;2026-03-13 12:00:00;a2\n"}, {"cdr.csv", NAMED}),
    "the recording": ({NAMED: "tag"}, {NAMED}),
    "a sidecar": ({"REC-1.json": '{"a": "22"}'}, {"REC-1.json", "REC-1.wav"}),
    "a recording for the other row": ({"x_20260313120000_0701740699.wav": ""}, {"cdr.csv"}),
    "a recording for the sidecar": ({"lost.wav": ""}, {"lost.json"}),
}


@pytest.mark.parametrize("case", CHANGES)
def test_versions_change_with_their_parts_only(tmp_path: Path, case: str) -> None:
    files, changed = CHANGES[case]
    write(tmp_path, {NAMED: "", "REC-1.wav": "", "REC-1.json": '{"a": "1"}', "lost.json": "{}", "cdr.csv": ROWS})
    connector = open_(tmp_path)
    before = versions(connector)
    write(tmp_path, files)
    after = versions(connector)
    assert {key for key in before if before[key] != after[key]} == changed
    assert versions(open_(tmp_path)) == after


def test_fetch_gives_what_read_gave(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            NAMED: "Anna Ek",
            "REC-1.wav": "",
            "REC-1.csv": "a;b\nx1;\n",
            "lost.csv": "namn;ort\nAnna;Umeå\nBo;Luleå\n",
            "cdr.csv": ROWS,
            "cdr.json": LISTS["cdr.json"],
            "notes.html": "<p>Anna Ek</p>",
        },
    )
    connector = open_(tmp_path)
    count = 0
    for unit in connector.units():
        assert isinstance(unit, Unit)
        for batch in connector.read(unit):
            assert isinstance(batch, Batch)
            given = [
                (record, {name: values[i] for name, values in batch.fields.items()})
                for i, record in enumerate(batch.records)
            ]
            fetched = list(open_(tmp_path).fetch(batch.unit, batch.records))
            assert all(any(item[0] == r and f.items() <= item[1].items() for item in fetched) for r, f in given)
            count += len(given)
    assert count >= 8
    assert list(connector.fetch(NAMED, [{"row": 1}])) == []
    assert list(connector.fetch("cdr.csv", [{"row": 1}, {"row": 99}])) == []  # taken by its recording; none such
    assert list(connector.fetch("gone.wav", [None])) == []


def test_broken_audio_is_read_for_all_else(tmp_path: Path) -> None:
    write(tmp_path, {NAMED: "", "cdr.csv": ROWS})
    path = tmp_path / NAMED
    path.write_bytes(path.read_bytes()[:20])
    batch, unread = read(open_(tmp_path), NAMED)
    assert isinstance(batch, Batch)
    assert batch.fields["cdr.agent"] == ["a1"]
    assert unread == Unread(NAMED, State.PARTIAL, "corrupt audio header")


def test_large_audio_is_stepped_over(tmp_path: Path) -> None:
    write(tmp_path, {NAMED: ""})
    path = tmp_path / NAMED
    size = 2 << 30
    data = path.read_bytes()
    at = data.index(b"data")
    path.write_bytes(data[:at] + b"data" + struct.pack("<I", size))
    os.truncate(path, at + 8 + size)
    assert call(open_(tmp_path), NAMED) == {"path": NAMED}


def test_what_is_no_recording_is_still_accounted_for(tmp_path: Path) -> None:
    write(tmp_path, {"REC-1.wav": "", "thumbs.db": "\0\1\2binary\0", "readme": "Anna Ek"})
    (tmp_path / "link.wav").symlink_to("REC-1.wav")
    os.mkfifo(tmp_path / "pipe.wav")
    connector = open_(tmp_path)
    found = list(connector.units())
    assert [(u.unit, u.state, u.reason) for u in found if isinstance(u, Unread)] == [
        ("link.wav", State.SKIPPED, "symlink"),
        ("pipe.wav", State.UNSUPPORTED, "irregular"),
    ]
    assert [(u.key, u.kind) for u in found if isinstance(u, Unit)] == [
        ("REC-1.wav", "call"),
        ("readme", "file"),
        ("thumbs.db", "file"),
    ]
    assert [u.state for u in read(connector, "thumbs.db") if isinstance(u, Unread)] == [State.UNSUPPORTED]
    assert any(batch.fields.get("") == ["Anna Ek"] for batch in read(connector, "readme") if isinstance(batch, Batch))


def test_what_changes_after_the_listing(tmp_path: Path) -> None:
    write(tmp_path, {"REC-1.wav": "", "REC-2.wav": "", "REC-3.wav": ""})
    connector = open_(tmp_path)
    one, two, three = (unit for unit in connector.units() if isinstance(unit, Unit))
    (tmp_path / "REC-1.wav").unlink()
    wav(tmp_path / "REC-2.wav", "still recording")
    (tmp_path / "REC-3.wav").unlink()
    (tmp_path / "REC-3.wav").symlink_to("REC-2.wav")
    assert [u.state for u in connector.read(one) if isinstance(u, Unread)] == [State.VANISHED]
    assert [u.state for u in connector.read(two) if isinstance(u, Unread)] == [State.CHANGED]
    assert [u.state for u in connector.read(three) if isinstance(u, Unread)] == [State.SKIPPED]


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder that anyone can enter, read as an account that is not root's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(was)
        shutil.rmtree(folder)


def test_no_permission_is_reported(nobody: Path) -> None:
    mine = os.geteuid()
    os.seteuid(os.getuid())
    write(nobody, {NAMED: "", "cdr.csv": ROWS, "cdr_2.csv": ROWS, "closed/REC-1.wav": ""})
    for name in (NAMED, "cdr_2.csv", "closed"):
        (nobody / name).chmod(0)
    connector = open_(nobody)
    connector.check()  # starts the child while we may
    os.seteuid(mine)
    assert "closed/: permission" in connector.check().warnings
    assert Unread("closed/", State.UNREADABLE, "permission") in list(connector.units())
    assert read(connector, "cdr_2.csv") == [Unread("cdr_2.csv", State.UNREADABLE, "permission")]
    batch, unread = read(connector, NAMED)
    assert isinstance(batch, Batch)
    assert batch.fields["cdr.agent"] == ["a1"]
    assert unread == Unread(NAMED, State.UNREADABLE, "permission")
    os.seteuid(os.getuid())
    (nobody / "closed").chmod(0o755)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"path": "smb://host/share"}, "set `username` and `password`"),
        ({"path": "ftp://host/samtal"}, "`path` is a directory, smb://HOST/SHARE/DIR or s3://BUCKET/PREFIX"),
        ({"path": "s3://"}, "`path` is a directory"),
        ({"path": "x", "skew": -1}, "`skew` is -1"),
        ({"path": "x", "timezone": "Mars/Olympus"}, "no time zone Mars/Olympus"),
    ],
)
def test_wrong_options(options: dict[str, object], said: str) -> None:
    with pytest.raises(ConnectorError, match=said) as error:
        RecordingsConnector(**options)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


def test_no_directory(tmp_path: Path) -> None:
    connector = open_(tmp_path / "missing")
    with pytest.raises(ConnectorError, match="set `path`") as error:
        list(connector.units())
    assert "\n" not in str(error.value)
    with pytest.raises(ConnectorError):
        connector.check()


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/samtal_\xc5sa_0701740605.wav"
    write(tmp_path, {"x.wav": ""})
    (tmp_path / "x.wav").rename(os.fsdecode(raw))
    connector = open_(tmp_path)
    [unit] = connector.units()
    assert isinstance(unit, Unit)
    [batch] = connector.read(unit)
    assert isinstance(batch, Batch)
    assert batch.fields["path"] == ["samtal_Åsa_0701740605.wav"]
    assert [fields for _, fields in connector.fetch(unit.key, [None])] == [{"path": "samtal_Åsa_0701740605.wav"}]
