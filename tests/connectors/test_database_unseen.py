"""SQL Server and Oracle: no server can be had, so what is sent to them is held against what their manuals ask for."""

import oracledb
import pymssql
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql, oracle
from sqlalchemy.dialects.mssql import pymssql as mssql_dialect
from sqlalchemy.dialects.oracle import oracledb as oracle_dialect
from sqlalchemy.sql.elements import quoted_name

from connectors.base import ConnectorError
from connectors.database import DatabaseConnector, errors
from connectors.database import oracle as ours_oracle
from connectors.database import sqlserver as ours_sqlserver
from connectors.database.paging import Keyset
from connectors.database.reading import Reader
from connectors.database.session import Session, dialect_of
from connectors.database.tables import Column, Name, Table

SERVERS = {
    "mssql": ("mssql+pymssql://u:hemligt@127.0.0.1:1/db", mssql_dialect.dialect()),
    "oracle": ("oracle+oracledb://u:hemligt@127.0.0.1:1/?service_name=x", oracle_dialect.dialect()),
}


def emitted(server, table, last=None):
    """The statement of a table's next page, as the database gets it."""
    url, dialect = SERVERS[server]
    reader = Reader(Session(dialect_of(sa.make_url(url), views=False)), table)
    paging = reader.dialect.paging(table)
    statement = reader._select(position.shown for position in paging.positions)
    if isinstance(paging, Keyset):
        paging.last = last
    page = paging.page(statement).compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    return " ".join(str(page).split())


def table(*columns, key=("id",), schema="dbo"):
    return Table(Name(schema, "kunder"), tuple(Column(*column) for column in columns), key)


def test_a_page_of_sql_server():
    found = emitted(
        "mssql",
        table(
            ("id", mssql.INTEGER()), ("namn", mssql.NVARCHAR(50)), ("saldo", mssql.MONEY()), ("fil", mssql.VARBINARY()),
            ("skapad", mssql.DATETIME2()), ("lat", mssql.FLOAT()), ("anm", mssql.NVARCHAR()),
        ),
        last=(7,),
    )  # fmt: skip
    assert found.startswith("SELECT TOP 2000 t.id, CAST(t.namn AS NVARCHAR(max))")
    assert "convert(nvarchar(64), t.saldo, 2)" in found
    assert "substring(t.fil, " in found
    assert "convert(nvarchar(64), t.skapad, 121)" in found
    assert "convert(nvarchar(64), t.lat, 3)" in found
    assert "datalength(CAST(t.anm AS NVARCHAR(max)))" in found
    assert " FROM dbo.kunder AS t WHERE t.id > " in found
    assert found.endswith("ORDER BY t.id")
    assert "OFFSET" not in found


def test_a_page_of_oracle():
    found = emitted(
        "oracle",
        table(
            ("id", sa.Integer()), ("namn", oracle.VARCHAR2(50)), ("skapad", oracle.DATE()),
            ("tal", oracle.NUMBER(8, 2)), ("anm", oracle.CLOB()), ("fil", oracle.BLOB()), key=("id",), schema="crm",
        ),
        last=(7,),
    )  # fmt: skip
    assert "to_char(t.skapad)" in found
    assert "to_char(t.tal)" in found
    assert "substr(t.anm, " in found
    assert "CASE WHEN (t.fil IS NOT NULL) THEN '1' END" in found.replace(" ELSE NULL", "")
    assert " FROM crm.kunder t WHERE t.id > " in found
    assert found.endswith("ORDER BY t.id FETCH FIRST 2000 ROWS ONLY")


@pytest.mark.parametrize("server", SERVERS)
def test_a_key_of_two_columns_is_walked_without_tuples(server):
    key = table(("a", sa.Integer()), ("b", sa.String(9)), key=("a", "b"))
    found = emitted(server, key, last=(1, "x"))
    assert "t.a >= " in found
    assert " OR " in found
    assert found.count("ORDER BY t.a, t.b") == 1


@pytest.mark.parametrize("server", SERVERS)
def test_t26_names_are_quoted(server):
    evil = 'x"]; DROP TABLE offer; --'
    strange = Table(Name(quoted_name("a.b", quote=True), evil), (Column(evil, sa.Integer()),), (evil,))
    found = emitted(server, strange)
    quoted = {"mssql": '[x"]]; DROP TABLE offer; --]', "oracle": '"x""]; DROP TABLE offer; --"'}[server]
    assert found.count(quoted) >= 3
    assert {"mssql": "[a.b]", "oracle": '"a.b"'}[server] in found


class Recorder:
    """A DBAPI connection that notes what it is told."""

    def __init__(self):
        self.said = []
        self.call_timeout = 0

    def cursor(self):
        return self

    def execute(self, statement):
        self.said.append(statement)

    def close(self):
        pass


def test_the_session_of_sql_server():
    dialect = dialect_of(sa.make_url(SERVERS["mssql"][0]), views=False)
    told = Recorder()
    dialect.prepare(told)
    assert told.said == list(ours_sqlserver.SETTINGS)
    assert "SET LOCK_TIMEOUT 2000" in told.said
    assert dialect.connect_args()["read_only"] is True
    assert dialect.connect_args()["timeout"] == 120


def test_the_session_of_oracle():
    dialect = dialect_of(sa.make_url(SERVERS["oracle"][0]), views=False)
    told = Recorder()
    dialect.prepare(told)
    dialect.begin(told)
    assert told.said == [*ours_oracle.SETTINGS, "SET TRANSACTION READ ONLY"]
    assert told.call_timeout == 120_000


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_that_is_not_there(server):
    with pytest.raises(ConnectorError, match="cannot be reached") as caught:
        list(DatabaseConnector(url=SERVERS[server][0]).units())
    assert "hemligt" not in str(caught.value)
    assert "\n" not in str(caught.value)


class _Said:
    """Oracle's error object, as far as it is asked."""

    def __init__(self, code):
        self.code, self.full_code = code, f"ORA-{code:05}"


CODES = [
    (pymssql.OperationalError(18456, b"Login failed for user 'u'"), "login"),
    (pymssql.OperationalError(1222, b"Lock request time out"), "locked"),
    (pymssql.OperationalError((20003, b"timed out")), "timeout"),
    (pymssql.ProgrammingError(229, b"denied"), "permission"),
    (pymssql.ProgrammingError(4711, b"hemligt"), "error 4711"),
    (oracledb.DatabaseError(_Said(942)), "gone"),
    (oracledb.DatabaseError(_Said(1017)), "login"),
    (oracledb.DatabaseError(_Said(1555)), "deadlock"),
    (oracledb.DatabaseError(_Said(4711)), "error 4711"),
]


@pytest.mark.parametrize(("error", "code"), CODES, ids=range(len(CODES)))
def test_errors_are_codes(error, code):
    assert errors.reason_of(sa.exc.DBAPIError("SELECT 1", None, error)) == code
