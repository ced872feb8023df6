"""YAML, cards, calendars, SIE, RTF, SQLite, Parquet: what is read of each, and where."""

import hashlib
import io
import sqlite3
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.base import State
from tests.connectors.extract.made import read, zipped

NUMBER = "900118-9811"


def rtf(body: str) -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}" + body + "}").encode("cp1252")


def card(*lines: str, kind: str = "VCARD") -> bytes:
    return "\r\n".join((f"BEGIN:{kind}", *lines, f"END:{kind}", "")).encode()


def database(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def parquet(columns: Mapping[str, list[object]], metadata: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(dict(columns)).replace_schema_metadata(dict(metadata or {})), out)
    return out.getvalue()


CASES: dict[str, tuple[str, bytes, tuple[str, str, str]]] = {
    "yaml value": ("a.yaml", f"kund:\n  nr: {NUMBER}\n".encode(), ("a.yaml", "", "kund.nr")),
    "yaml list": ("a.yml", f"- nr: x\n- nr: {NUMBER}\n".encode(), ("a.yml", "row=2", "nr")),
    "yaml comment": ("a.yml", f"a: b # {NUMBER}\n".encode(), ("a.yml", "", "@comment")),
    "yaml key": ("a.yml", f"{NUMBER}: x\n".encode(), ("a.yml", "row=1", "@key")),
    "yaml document": ("a.yml", f"a: x\n---\na: {NUMBER}\n".encode(), ("a.yml", "row=2", "a")),
    "vCard": ("a.vcf", card("FN:x") + card(f"NOTE:{NUMBER}"), ("a.vcf", "row=2", "NOTE")),
    "vCard, folded": ("a.vcf", card(f"NOTE:{NUMBER[:5]}", f" {NUMBER[5:]}"), ("a.vcf", "row=1", "NOTE")),
    "vCard, quoted-printable": (
        "a.vcf", card(f"NOTE;ENCODING=QUOTED-PRINTABLE:=39{NUMBER[1:6]}=", NUMBER[6:]), ("a.vcf", "row=1", "NOTE")
    ),
    "calendar": (
        "a.ics", card("BEGIN:VEVENT", f"ATTENDEE;CN={NUMBER}:mailto:a@example.com", "END:VEVENT", kind="VCALENDAR"),
        ("a.ics", "row=1", "ATTENDEE.CN"),
    ),
    "SIE": ("a.se", f'#FLAGGA 0\r\n#VER A 1 20260102 "Ö {NUMBER}"\r\n'.encode("cp437"), ("a.se", "row=2", "VER.text")),
    "SIE line": ("a.si", f"#FLAGGA 0\n#X {NUMBER}\n".encode(), ("a.si", "row=2", "X.1")),
    "rtf": ("a", rtf(r"Hej \'c5sa \u214?berg 9001{\b 18}-9811\par"), ("a", "", "")),
    "rtf header": ("a", rtf(rf"x{{\header {NUMBER}}}"), ("a", "", "header")),
    "rtf comment": ("a", rtf(rf"x{{\*\annotation {NUMBER}}}"), ("a", "", "comments")),
    "rtf footnote": ("a", rtf(rf"x{{\footnote {NUMBER}}}"), ("a", "", "footnotes")),
    "rtf author": ("a", rtf(rf"{{\info{{\author {NUMBER}}}}}x"), ("a", "", "@author")),
    "rtf deletion": ("a", rtf(rf"x{{\deleted {NUMBER}}}"), ("a", "", "deleted")),
    "rtf destination that nobody knows": ("a", rtf(rf"x{{\*\okand {NUMBER}}}"), ("a", "", "@okand")),
    "rtf table": ("a", rtf(rf"\trowd Namn\cell {NUMBER}\cell\row"), ("a", "", "")),
    "table of a database": (
        "a.db", database("CREATE TABLE k (nr, b)", f"INSERT INTO k VALUES ('x', 1), ('{NUMBER}', 2)"),
        ("a.db!/k", "row=2", "nr"),
    ),
    "text in a blob": (
        "a.db", database("CREATE TABLE k (b)", f"INSERT INTO k VALUES (x'{NUMBER.encode().hex()}')"),
        ("a.db!/k", "row=1", "b"),
    ),
    "view": ("a.db", database("CREATE TABLE t (a)", f"CREATE VIEW v AS SELECT '{NUMBER}'"), ("a.db", "", "@sql")),
    "parquet": ("a", parquet({"nr": ["x", NUMBER], "tal": [1.0, None]}), ("a", "row=2", "nr")),
    "parquet, nested": ("a", parquet({"k": [{"nr": [NUMBER]}]}), ("a", "row=1", "k")),
    "parquet metadata": ("a", parquet({"a": ["x"]}, {"kund": NUMBER}), ("a", "", "@kund")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_text_is_found_where_it_hides(case: str) -> None:
    unit, data, place = CASES[case]
    found = read(unit, data)
    assert found.where(NUMBER) == {place}
    assert found.unread == {}


def test_parquet_in_an_archive_is_held_up_to_the_limit_and_named_above_it() -> None:
    """T42: its index stands at its end, so it is read in any order."""
    packed = zipped(
        {"kunder": parquet({"nr": [hashlib.sha256(b"%d" % at).hexdigest() for at in range(500)] + [NUMBER]})}
    )
    small = {"held_bytes": 1000, "whole_bytes": 4000}
    assert read("fil", packed, **small).unread == {"fil!/kunder": (State.REFUSED, "limit:whole_bytes")}
    assert read("fil", packed).where(NUMBER) == {("fil!/kunder", "row=501", "nr")}


def test_yaml_keeps_what_is_written() -> None:
    data = b"a: 0123\nb: 12:30:45\nc: yes\nd: 2026-01-02\ne: &x {f: 1}\ng: *x\nh: ~\n"
    found = {place[2]: value for place, value in read("a.yaml", data).places.items()}
    assert found == {"a": "0123", "b": "12:30:45", "c": "yes", "d": "2026-01-02", "e.f": "1", "g.f": "1", "h": "~"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- " * 100_000, "limit:yaml_depth"),
        ("{" * 100_000, "limit:yaml_depth"),
        ("a: &a [x,x,x,x]\n" + "".join(f"{n}: &{n} [{','.join([f'*{n - 1 or chr(97)}'] * 10)}]\n" for n in range(1, 9)),
         "limit:yaml_nodes"),
        ("a: [Anna\nb: }", "corrupt yaml"),
    ],
)  # fmt: skip
def test_yaml_that_is_too_much_is_read_as_text(text: str, reason: str) -> None:
    found = read("a.yaml", text.encode())
    assert found.unread == {"a.yaml": (State.PARTIAL, reason)}
    assert found.places


def test_yaml_that_holds_itself_ends() -> None:
    assert read("a.yaml", b"a: &a\n  b: *a\n").places == {("a.yaml", "", "a.b"): "*a"}


def test_sie_is_read_in_the_encoding_of_the_time() -> None:
    data = '#FLAGGA 0\n#FORMAT PC8\n#ADRESS "Åsa Öberg" "Gatan 1" "222 22 Lund" "070-1740605"\n'.encode("cp437")
    found = read("a.se", data)
    assert found.notes == {"encoding:cp437"}
    assert found.places["a.se", "row=3", "ADRESS.kontakt"] == "Åsa Öberg"
    assert found.places["a.se", "row=3", "ADRESS.telefon"] == "070-1740605"


def test_rtf_that_is_cut_is_named() -> None:
    assert read("a", rtf("Anna")[:-1]).unread == {"a": (State.PARTIAL, "corrupt (cut)")}


def test_a_database_in_wal_mode_is_read_and_said() -> None:
    data = database("CREATE TABLE k (a)", "INSERT INTO k VALUES ('Anna')")
    found = read("a.db", data[:18] + b"\2\2" + data[20:])
    assert found.where("Anna") == {("a.db!/k", "row=1", "a")}
    assert found.notes == {"wal"}


def test_binary_cells_are_named() -> None:
    data = database("CREATE TABLE k (a)", "INSERT INTO k VALUES (x'00ff01fe02fd03fc04fb')")
    assert read("a.db", data).unread == {"a.db!/k": (State.PARTIAL, "binary cells (1)")}


def test_names_of_tables_that_need_quotes() -> None:
    data = database('CREATE TABLE "a""b; DROP" ("c d" TEXT)', """INSERT INTO "a""b; DROP" VALUES ('Anna')""")
    assert read("a.db", data).where("Anna") == {('a.db!/a"b; DROP', "row=1", "c d")}


@pytest.mark.parametrize("case", ["table of a database", "parquet", "rtf header", "yaml list", "SIE"])
def test_damage_anywhere_is_read_or_named(case: str) -> None:
    unit, data, _ = CASES[case]
    for offset in range(8, len(data), max(1, len(data) // 40)):
        for broken in (data[:offset], data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]):
            found = read(unit, broken)
            assert found.places or found.unread, offset
