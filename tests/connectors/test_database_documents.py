"""Documents in cells are read as files are (T27, T29, T34): what is in them stands under the column's name."""

import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from connectors.base import Batch, State, Unread
from connectors.database import DatabaseConnector, cells, documents
from tests.connectors.extract.made import page

pytestmark = pytest.mark.slow

PNR = "19900118-9811"


def packed(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return file.getvalue()


def locked_pdf():
    """A PDF that asks for a password."""
    from pypdf import PdfWriter

    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("hemligt")
    writer.write(file)
    return file.getvalue()


def store(url, *values):
    """A table of one binary column with these values, in rows 1, 2, 3 …"""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    table = sa.Table(
        "bilagor", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("fil", sa.LargeBinary(1 << 30)),
    )  # fmt: skip
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        for number, value in enumerate(values, 1):
            connection.execute(table.insert().values(id=number, fil=value))


def read(url):
    """Batch and what could not be read; `fetch` gives the same."""
    with DatabaseConnector(url=url) as connector:
        (unit,) = connector.units()
        batch, *unread = connector.read(unit)
        assert isinstance(batch, Batch), batch
        again = [fields for _, fields in connector.fetch(unit.key, batch.records)]
    for index, fields in enumerate(again):
        assert {name: text for name, text in fields.items() if text} == row(batch, index)
    return batch, unread


def row(batch, index):
    return {name: values[index] for name, values in batch.fields.items() if values[index]}


def test_documents_of_every_kind_are_opened(any_db):
    store(
        any_db,
        page(f"Anna Ek {PNR}"),
        packed(avtal=f"Avtal med {PNR}"),
        f"Åsa Öberg {PNR}".encode(),
        f"Åsa Öberg {PNR} ".encode("cp1252") * 10,
        f'{{"kund": {{"pnr": "{PNR}", "larm": [{{"kod": 7}}], "rum": "hall och kök och vardagsrum"}}}}'.encode(),
        bytes(range(256)) * 2,
        b"\x00\xff",
        None,
        b"",
    )
    batch, unread = read(any_db)
    assert unread == []
    assert PNR in row(batch, 0)["fil"]
    assert row(batch, 1) == {"id": "2", "fil!/avtal.txt.path": "avtal.txt", "fil!/avtal.txt": f"Avtal med {PNR}"}
    assert row(batch, 2) == {"id": "3", "fil": f"Åsa Öberg {PNR}"}
    assert PNR in row(batch, 3)["fil"]
    assert row(batch, 4)["fil.kund.pnr"] == PNR
    assert [row(batch, index) for index in (5, 6, 7, 8)] == [{"id": str(index)} for index in (6, 7, 8, 9)]
    assert "binary:fil" in batch.notes


def test_a_long_document_is_asked_for_in_pieces(any_db, monkeypatch):
    monkeypatch.setattr("connectors.database.reading.PIECE", 70_001)
    text = f"rad ett\n{PNR}\n" + "ord " * 100_000 + "sist"
    store(any_db, text.encode(), b"kort")
    batch, unread = read(any_db)
    assert unread == []
    assert row(batch, 0)["fil"].split() == text.split()


def test_what_cannot_be_opened_is_counted(any_db):
    store(any_db, locked_pdf(), b"%PDF-1.7 trasig" * 9, f"hel {PNR}".encode())
    batch, (unread,) = read(any_db)
    assert row(batch, 2) == {"id": "3", "fil": f"hel {PNR}"}
    assert (unread.unit, unread.state) == (batch.unit, State.PARTIAL)
    assert "1 document encrypted" in unread.reason
    assert "1 document corrupt" in unread.reason


def test_a_document_over_the_limit_is_named(any_db):
    store(any_db, b"ord " * 100_000)
    with DatabaseConnector(url=any_db, limits={"whole_bytes": 1000}) as connector:
        (unit,) = connector.units()
        _, unread = connector.read(unit)
    assert unread == Unread(unit.key, State.PARTIAL, "1 document limit:whole_bytes")


def test_markup_in_texts_is_opened(any_db, execute):
    kind = "LONGTEXT" if "mysql" in any_db else "TEXT"
    execute(any_db, f"CREATE TABLE t (id INTEGER PRIMARY KEY, v {kind})")
    values = ["<p>&Aring;sa <b>Ek</b></p>", "<kund><namn>Åsa</namn></kund>", "<anna@example.se>", "<p>öppen", "a < b"]
    execute(any_db, ("INSERT INTO t VALUES (:id, :v)", [{"id": n, "v": v} for n, v in enumerate(values)]))
    batch, unread = read(any_db)
    assert unread == []
    assert [row(batch, index) for index in range(5)] == [
        {"id": "0", "v": "Åsa Ek"},
        {"id": "1", "v.kund.namn": "Åsa"},
        {"id": "2", "v": "<anna@example.se>"},
        {"id": "3", "v": "<p>öppen"},
        {"id": "4", "v": "a < b"},
    ]


def test_t34_json_thirty_levels_deep_in_json_in_a_cell(any_db, execute):
    kind = "LONGTEXT" if "mysql" in any_db else "TEXT"
    inner = '{"b": ' * 15 + f'"{PNR}"' + "}" * 15
    outer = '{"a": [' * 14 + '{"a": [0, ' + json.dumps(inner) + "]}" * 15
    execute(any_db, f"CREATE TABLE t (id INTEGER PRIMARY KEY, v {kind})")
    execute(any_db, ("INSERT INTO t VALUES (1, :v)", [{"v": outer}]))
    batch, _ = read(any_db)
    deep = "v" + ".a[0]" * 14 + ".a[1]" + ".b" * 15
    assert row(batch, 0)[deep] == PNR


HSTORE = [
    ('"namn"=>"Anna \\"Ek\\"", "tel"=>NULL, "å\\\\b"=>"1"', [("c.namn", 'Anna "Ek"'), ("c.å\\b", "1")]),
    ("", None),
    ("text", None),
    ('"a"=>"b" x', None),
]


@pytest.mark.parametrize(("text", "leaves"), HSTORE)
def test_hstore(text, leaves):
    assert cells.hstore_leaves("c", text) == leaves


def test_hstore_of_a_server(postgres_db, execute):
    execute(
        postgres_db,
        "CREATE EXTENSION hstore",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, h hstore, x xml)",
        f"""INSERT INTO t VALUES (1, 'pnr=>"{PNR}", b=>NULL', '<kund pnr="{PNR}"/>')""",
    )
    batch, _ = read(postgres_db)
    assert row(batch, 0)["h.pnr"] == PNR
    assert PNR in row(batch, 0).values()


def test_a_long_text_of_a_document_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "CHARACTERS", 100)
    url = f"sqlite:///{tmp_path}/t.db"
    store(url, b"ord " * 1000)
    batch, (unread,) = read(url)
    assert len(row(batch, 0)["fil"]) == 100
    assert unread.reason == "1 document limit:cell"
