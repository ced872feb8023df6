"""Files of statistics programs and of columns: Stata, SAS transport, Arrow, ORC."""

from __future__ import annotations

import io
import struct

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import orc

from connectors.base import State
from tests.connectors.extract.made import read

NAME, NUMBER = "Märta Åkesson-Öberg", "070-1740605"
FRAME = pd.DataFrame(
    {
        "namn": ["Bo Ek", NAME],
        "tel": [None, NUMBER],
        "nr": [199001189811.0, float("nan")],
        "dag": pd.to_datetime(["2024-01-02", None]),
    }
)


def stata(version: int) -> bytes:
    out = io.BytesIO()
    frame = FRAME.assign(tel=FRAME["tel"].fillna("")) if version < 118 else FRAME.fillna({"tel": ""})
    frame = frame if version >= 118 else frame.assign(namn=["Bo Ek", "Åsa Öberg"])
    frame.to_stata(out, write_index=False, version=version)  # type: ignore[call-overload]
    return out.getvalue()


def arrow() -> bytes:
    table = pa.Table.from_pandas(FRAME, preserve_index=False)
    out = io.BytesIO()
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def in_stripes() -> bytes:
    out = io.BytesIO()
    orc.write_table(pa.Table.from_pandas(FRAME.drop(columns="dag"), preserve_index=False), out)
    return out.getvalue()


MADE = {"kund.dta": stata(118), "kund.feather": arrow(), "kund.orc": in_stripes()}


@pytest.mark.parametrize("name", MADE)
def test_rows_are_read_as_people_see_them(name: str) -> None:
    found = read(name, MADE[name])
    assert found.unread == {}
    assert found.where(NAME) == {(name, "row=2", "namn")}
    assert found.where(NUMBER) == {(name, "row=2", "tel")}
    assert found.places[name, "row=1", "nr"] == "199001189811"
    assert (name, "row=2", "nr") not in found.places
    assert found.places.get((name, "row=1", "dag"), "2024-01-02") == "2024-01-02"


@pytest.mark.parametrize("version", [114, 117])
def test_older_files_of_stata_are_read(version: int) -> None:
    found = read("gammal.dta", stata(version))
    assert found.where("Åsa Öberg") == {("gammal.dta", "row=2", "namn")}


@pytest.mark.parametrize("name", MADE)
def test_what_is_cut_is_named(name: str) -> None:
    """T47."""
    data = MADE[name]
    for end in range(20, len(data) - 1, max(1, len(data) // 15)):
        assert read(name, data[:end]).unread[name][0] in (State.UNREADABLE, State.PARTIAL), end


def test_a_note_that_begins_as_such_a_file_is_text() -> None:
    assert read("hl7.txt", f"ORC|RE|{NUMBER}\rOBX|1".encode()).where(NUMBER)


def ibm(value: float) -> bytes:
    """A number as mainframes had it, which transport files keep: sixteen to a power, and seven bytes of a fraction."""
    power = 0
    while value >= 1:
        value, power = value / 16, power + 1
    return struct.pack(">B", 64 + power) + int(value * 2**56).to_bytes(7, "big")


def transport() -> bytes:
    """A transport file of SAS, version 5, with one text and one number, as its documentation (TS-140) lays it out."""

    def card(text: str) -> bytes:
        return text.encode("latin-1").ljust(80)

    def header(kind: str, numbers: str) -> bytes:
        return card(f"HEADER RECORD*******{kind:<8}HEADER RECORD!!!!!!!{numbers}")

    def column(kind: int, length: int, number: int, name: str, at: int) -> bytes:
        head = struct.pack(">hhhh", kind, 0, length, number) + name.encode().ljust(8) + b" " * 40
        return (
            head + b" " * 8 + struct.pack(">hhh2s", 0, 0, 0, b"") + b" " * 8 + struct.pack(">hhl", 0, 0, at) + bytes(52)
        )

    day = "01JAN26:00:00:00"
    said = card("SAS     SAS     SASLIB  9.4     X".ljust(64) + day)
    columns = column(2, 24, 1, "NAMN", 0) + column(1, 8, 2, "NR", 24)
    rows = NAME.encode("latin-1").ljust(24) + ibm(1019819) + b"Bo Ek".ljust(24) + ibm(7)
    return b"".join(
        (
            header("LIBRARY", "0" * 30), said, card(day),
            header("MEMBER", "000000000000000001600000000140"), header("DSCRPTR", "0" * 30), said, card(day),
            header("NAMESTR", "000000000200000000000000000000"), columns.ljust(-(-len(columns) // 80) * 80),
            header("OBS", "0" * 30), rows.ljust(-(-len(rows) // 80) * 80),
        )
    )  # fmt: skip


def test_transport_files_of_sas_are_read() -> None:
    found = read("kund.xpt", transport())
    assert found.unread == {}
    assert found.where(NAME) == {("kund.xpt", "row=1", "NAMN")}
    assert found.places["kund.xpt", "row=1", "NR"] == "1019819"
