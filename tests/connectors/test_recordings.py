"""Recordings, call lists and sidecars on disk: what is joined, and what is left over."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from connectors import Batch, State, Unit, Unread
from tests.connectors.recordings_folder import HEAD, LISTS, NAMED, call, notes, open_, read, write


def test_a_call_told_of_in_four_ways_is_one_record(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "2026/REC-8842.wav": "Larm 070-1740606",
            "2026/REC-8842.json": '{"call_id": "c-77", "customer": {"name": "Anna Ek"}, "seconds": 12.50}',
            "meta/c-77.xml": '<call call_id="c-77"><note lang="sv">Åsa ringde</note></call>',
            "cdr_2026.csv": "call_id,caller,start\nc-77,0701740605,2026-03-12 10:15:02\n",
        },
    )
    connector = open_(root)
    [batch] = read(connector, "2026/REC-8842.wav")
    assert isinstance(batch, Batch)
    assert {name: values for name, [values] in batch.fields.items()} == {
        "path": "2026/REC-8842.wav",
        "cdr.call_id": "c-77",
        "cdr.caller": "0701740605",
        "cdr.start": "2026-03-12 10:15:02",
        "sidecar.call_id": "c-77",
        "sidecar.customer.name": "Anna Ek",
        "sidecar.seconds": "12.50",
        "sidecar.path": "meta/c-77.xml",
        "sidecar.@call_id": "c-77",
        "sidecar.note": "Åsa ringde",
        "sidecar.note.@lang": "sv",
        "tag.bext.description": "Larm 070-1740606",
    }
    assert (batch.records, batch.dates, batch.notes) == ([None], {"started": ["2026-03-12"]}, ())
    kinds = {unit.key: unit.kind for unit in connector.units() if isinstance(unit, Unit)}
    assert kinds == {
        "2026/REC-8842.wav": "call",
        "2026/REC-8842.json": "sidecar",
        "cdr_2026.csv": "cdr",
        "meta/c-77.xml": "sidecar",
    }
    assert [read(connector, key) for key in kinds if key != "2026/REC-8842.wav"] == [[], [], []]


NOT_JOINED = {
    "same minute, another number": (NAMED, HEAD + "0701740606;0846500400;2026-03-12 10:15:02;agent12\n"),
    "only the company's number": ("in_0846500400_20260312101502.wav", HEAD + ";08-46500400;2026-03-12 10:15:02;\n"),
    "three minutes off": (NAMED, HEAD + "0701740605;0846500400;2026-03-12 10:18:02;agent12\n"),
    "an hour off": (NAMED, HEAD + "0701740605;0846500400;2026-03-12T10:15:02Z;agent12\n"),
    "the date looks like a number": ("0703122026_101502.wav", HEAD + "0703122026;;2026-03-12 10:15:02;\n"),
    "an agent's extension": (
        "0701740606_agent_1001.wav",
        "id;caller;start\n1001;0701740605;2026-03-12 10:15:02\n",
    ),
}


@pytest.mark.parametrize("case", NOT_JOINED)
def test_not_joined(tmp_path: Path, case: str) -> None:
    name, rows = NOT_JOINED[case]
    connector = open_(write(tmp_path, {name: "", "cdr.csv": rows}))
    assert call(connector, name) == {"path": name}
    [batch] = read(connector, "cdr.csv")
    assert isinstance(batch, Batch)
    assert (batch.records, batch.notes) == ([{"row": 1}], ("orphan:no_recording",))


JOINED = {
    "number and time of the name": (NAMED, HEAD + "0701740605;0846500400;2026-03-12 10:15:02;agent12\n"),
    "skewed": (NAMED, HEAD + "0701740605;0846500400;2026-03-12 10:13:02;agent12\n"),
    "+46": (NAMED, HEAD + "+46 (0)70-174 06 05;;2026-03-12 10:15:02;\n"),
    "0046": (NAMED, HEAD + ";0046701740605;2026-03-12 10:15:02;\n"),
    "a zero lost": (NAMED, HEAD + "701740605;;2026-03-12 10:15:02;\n"),
    "Swedish columns": (NAMED, "Datum;Tid;Uppringande nr;Längd\n2026-03-12;10.15.02;0701740605;64\n"),
    "other zone": (NAMED, HEAD + "0701740605;;2026-03-12T09:15:02Z;\n"),
    "PostgreSQL's zone": (NAMED, HEAD + "0701740605;;2026-03-12 10:15:02.1+01;\n"),
    "Unix time": (NAMED, "src,dst,timestamp\n0701740605,0846500400,1773306902\n"),
    "no header": (NAMED, '"","0701740605","0846500400","from-trunk","2026-03-12 10:15:02","2026-03-12 10:16:10"\n'),
    "file": ("REC-8842.wav", "fil;kund\nREC-8842.wav;Anna Ek\n"),
    "path of Windows": ("a/REC-8842.wav", "recording;kund\nD:\\rec\\a\\rec-8842.wav;Anna Ek\n"),
    "call id in the name": ("REC-8842.wav", "samtals_id;kund\n8842;Anna Ek\n"),
}


@pytest.mark.parametrize("case", JOINED)
def test_joined(tmp_path: Path, case: str) -> None:
    name, rows = JOINED[case]
    connector = open_(write(tmp_path, {name: "", "samtal_mars.csv": rows}))
    assert any(field.startswith("cdr.") for field in call(connector, name))
    assert read(connector, "samtal_mars.csv") == []
    assert notes(connector, name) == [()]


def test_a_larger_skew_can_be_allowed(tmp_path: Path) -> None:
    """T55."""
    root = write(tmp_path, {NAMED: "", "cdr.csv": HEAD + "0701740605;;2026-03-12 10:20:02;\n"})
    assert "cdr.caller" not in call(open_(root), NAMED)
    assert "cdr.caller" in call(open_(root, skew=300), NAMED)


def test_number_and_time_of_a_sidecar_or_a_tag_join_too(tmp_path: Path) -> None:
    start = "2026-03-12 10:15:02"
    root = write(
        tmp_path,
        {
            "one.wav": "",
            "one.txt": f"Uppringande: 070-174 06 05\nStarttid: {start}\n",
            "two_20260312101502.wav": "0701740606",
            "cdr.csv": f"{HEAD}0701740605;;{start};a1\n0701740606;;{start};a2\n",
        },
    )
    connector = open_(root)
    assert call(connector, "one.wav")["cdr.agent"] == "a1"
    assert call(connector, "two_20260312101502.wav")["cdr.agent"] == "a2"


def test_doubt_is_noted_on_both_sides_and_joins_nothing(tmp_path: Path) -> None:
    rows = "0701740605;;2026-03-12 10:14:52;a1\n0701740605;;2026-03-12 10:15:12;a2\n0701740699;;2026-03-12 12:00;a3\n"
    connector = open_(write(tmp_path, {NAMED: "", "cdr.csv": HEAD + rows}))
    assert notes(connector, NAMED) == [("ambiguous",)]
    assert call(connector, NAMED) == {"path": NAMED}
    assert notes(connector, "cdr.csv") == [("orphan:no_recording",), ("orphan:no_recording", "ambiguous")]


def test_a_sidecar_can_be_joined_by_the_call_id_of_the_row(tmp_path: Path) -> None:
    rows = "call_id;caller;start\nc-77;0701740605;2026-03-12 10:15:02\n"
    root = write(tmp_path, {NAMED: "", "cdr.csv": rows, "meta/77.json": '{"call_id": "C-77", "kund": "Anna Ek"}'})
    fields = call(open_(root), NAMED)
    assert (fields["sidecar.kund"], fields["sidecar.path"]) == ("Anna Ek", "meta/77.json")


def test_encodings_are_noted(tmp_path: Path) -> None:
    write(tmp_path, {NAMED: ""})
    (tmp_path / "cdr.csv").write_bytes(
        "Uppringande;Starttid;Kund\r\n0701740605;2026-03-12 10:15;Åsa Öberg\r\n".encode("cp1252")
    )
    connector = open_(tmp_path)
    assert call(connector, NAMED)["cdr.Kund"] == "Åsa Öberg"
    assert notes(connector, NAMED) == [("encoding:cp1252",)]


@pytest.mark.parametrize("name", LISTS)
def test_call_lists_in_json_and_xml(tmp_path: Path, name: str) -> None:
    connector = open_(write(tmp_path, {NAMED: "", name: LISTS[name]}))
    assert call(connector, NAMED)["cdr.party.name"] == "Anna Ek"
    batches = [batch for batch in read(connector, name) if isinstance(batch, Batch)]
    around = [batch for batch in batches if list(batch.records) == [None]]
    assert [list(batch.fields.values()) for batch in around] == ([] if "lines" in name else [[["Bo Ek"]]])
    assert (batches[-1].records, batches[-1].fields) == ([{"row": 2}], {"cdr.caller": ["x"]})


def test_a_table_of_calls_is_a_call_list_whatever_its_name(tmp_path: Path) -> None:
    root = write(tmp_path, {"a1.wav": "", "a2.wav": "", "export.csv": "file;kund\na1.wav;Anna Ek\na2.wav;Bo Ek\n"})
    connector = open_(root)
    assert (call(connector, "a1.wav")["cdr.kund"], call(connector, "a2.wav")["cdr.kund"]) == ("Anna Ek", "Bo Ek")


def test_a_table_of_calls_in_json_too(tmp_path: Path) -> None:
    rows = [{"file": "a1.wav", "kund": "Anna Ek"}, {"file": "a2.wav", "kund": "Bo Ek"}]
    connector = open_(write(tmp_path, {"a1.wav": "", "a2.wav": "", "meta.json": json.dumps(rows)}))
    assert (call(connector, "a1.wav")["cdr.kund"], call(connector, "a2.wav")["cdr.kund"]) == ("Anna Ek", "Bo Ek")


OTHER_THINGS = {
    "kund.json": '{"id": "8842", "namn": "Anna Ek"}',  # a customer of that number is not the call of that number
    "kunder.csv": "id;namn;telefon\n8842;Anna Ek;0701740605\n8843;Bo Ek;0701740606\n",
    "order.json": '{"order": {"id": "8842"}, "rader": [{"id": "8842", "pris": 1}, {"id": "2", "pris": 2}]}',
}


@pytest.mark.parametrize("name", OTHER_THINGS)
def test_what_has_the_same_id_but_is_no_call(tmp_path: Path, name: str) -> None:
    connector = open_(write(tmp_path, {"REC-8842.wav": "", name: OTHER_THINGS[name]}))
    assert call(connector, "REC-8842.wav") == {"path": "REC-8842.wav"}
    kinds = {unit.key: unit.kind for unit in connector.units() if isinstance(unit, Unit)}
    assert kinds[name] == "sidecar"
    assert all(isinstance(batch, Batch) for batch in read(connector, name)) and read(connector, name)


def test_two_lists_and_two_legs_of_one_call_are_kept_apart(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "REC-8842.wav": "",
            "cdr_a.csv": "call_id;caller\n8842;0701740605\n8842;0701740606\n",
            "cdr_b.csv": "call_id;caller\n8842;0701740607\n",
        },
    )
    fields = call(open_(root), "REC-8842.wav")
    assert [fields[name] for name in ("cdr.caller", "cdr.caller_2", "cdr.caller_3")] == [
        "0701740605",
        "0701740606",
        "0701740607",
    ]


SIDECARS = {
    "json": ("{", None),
    "txt": ("Kund: Anna Ek\nKund: Bo Ek\n", {"sidecar.text": "Kund: Anna Ek\nKund: Bo Ek\n"}),  # a transcript
    "ini": ("[samtal]\nkund = Anna Ek\n", {"sidecar.kund": "Anna Ek", "sidecar.text": "[samtal]"}),
    "csv": ("kund;telefon\nAnna Ek;0701740605\n", {"sidecar.kund": "Anna Ek", "sidecar.telefon": "0701740605"}),
    "meta": ("Anna Ek ringde", {"sidecar.text": "Anna Ek ringde"}),
    "xml": ("<a><b>1</b><b>2</b></a>", {"sidecar.b[0]": "1", "sidecar.b[1]": "2"}),
}


@pytest.mark.parametrize("extension", SIDECARS)
@pytest.mark.parametrize("beside", ["REC-1", "REC-1.wav"])
def test_sidecars_of_a_recording_s_name(tmp_path: Path, extension: str, beside: str) -> None:
    text, fields = SIDECARS[extension]
    name = f"{beside}.{extension}"
    connector = open_(write(tmp_path, {"REC-1.wav": "", name: text}))
    expected = {"sidecar.text": text} if fields is None else fields
    assert call(connector, "REC-1.wav") == {"path": "REC-1.wav", **expected}
    corrupt = [Unread(name, State.PARTIAL, "corrupt json")] if fields is None else []
    assert read(connector, name) == corrupt


def test_orphans_both_ways(tmp_path: Path) -> None:
    """T55."""
    root = write(
        tmp_path,
        {
            "REC-1.wav": "",
            "REC-2.wav": "Anna Ek",
            NAMED: "",
            "lost_0701740606.json": '{"customer": "Bo Ek", "start": "2026-03-12"}',
            "cdr.csv": HEAD + "0701740699;0846500400;2026-03-13 12:00:00;a\n",
        },
    )
    connector = open_(root, sandbox=True)
    assert notes(connector, "REC-1.wav") == [("orphan:no_description",)]
    assert notes(connector, "REC-2.wav") == notes(connector, NAMED) == [()]  # a tag, a name tell of it
    [batch] = read(connector, "lost_0701740606.json")
    assert isinstance(batch, Batch)
    assert {name: values for name, [values] in batch.fields.items()} == {
        "path": "lost_0701740606.json",
        "sidecar.customer": "Bo Ek",
        "sidecar.start": "2026-03-12",
    }
    assert (batch.dates, batch.notes) == ({"started": ["2026-03-12"]}, ("orphan:no_recording",))
    [rows] = read(connector, "cdr.csv")
    assert isinstance(rows, Batch)
    assert (rows.records, rows.dates, rows.notes) == (
        [{"row": 1}],
        {"started": ["2026-03-13"]},
        ("orphan:no_recording",),
    )
    check = connector.check()
    assert check.units == 5
    assert any(note.startswith("sandbox: rlimits") for note in check.notes)
    assert tuple(note for note in check.notes if not note.startswith(("sandbox", "every user"))) == (
        "recordings: 3",
        "rows of call lists: 1",
        "recordings that nothing describes: 1",
        "rows of call lists without a recording: 1",
        "sidecars without a recording: 1",
    )


STARTED = {
    "list": (
        {"cdr.csv": "file;start\n20260104_1200.wav;2026-01-01\n", "20260104_1200.json": '{"start": "2026-01-02"}'},
        1,
    ),
    "sidecar": ({"20260104_1200.json": '{"start": "2026-01-02"}'}, 2),
    "name": ({}, 4),
}


@pytest.mark.parametrize("case", STARTED)
def test_the_day_is_taken_from_the_first_that_tells_it(tmp_path: Path, case: str) -> None:
    files, day = STARTED[case]
    [batch] = read(open_(write(tmp_path, {"20260104_1200.wav": "", **files})), "20260104_1200.wav")
    assert isinstance(batch, Batch)
    assert batch.dates == {"started": [f"2026-01-0{day}"]}


def test_the_day_of_last_resort_is_that_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"REC-1.wav": ""})
    os.utime(tmp_path / "REC-1.wav", (1767657600, 1767657600))
    [batch] = read(open_(tmp_path), "REC-1.wav")
    assert isinstance(batch, Batch)
    assert batch.dates == {"started": ["2026-01-06"]}
