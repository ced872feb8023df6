"""Names as databases allow them: quoted, never executed; and which of them the options choose."""

import pytest
import sqlalchemy as sa

from connectors.base import State, Unread
from connectors.database import DatabaseConnector
from connectors.database.tables import table_key

EVIL = [
    'x"; DROP TABLE offer; --', "x'; DROP TABLE offer; --", "x`; DROP TABLE offer; --", "två ord", "åäö", "Ω",
    "rad\nbrytning", "tab\tb", "100%", "%s", "%(a)s", "%%", ":kolon", "::text", "?", "fråga?",
    "@at", "#hash", "--", "/* x */",
    "select", "table", "order", "group", "user", "from", "t", "n", "ctid2", "Versal", "vERSAL2", "a.b", "a.b.c", "[x]",
    "{x}",
    "\\bak", "1siffra", "-", "&amp;", "<b>", "x" * 63, "$1", "$$", ",", "()", "null", "true", '"', "'", "`",
]  # fmt: skip


def test_evil_names_are_read_and_never_executed(any_db):
    """T26, S09."""
    engine = sa.create_engine(any_db, poolclass=sa.NullPool)
    metadata = sa.MetaData()
    sa.Table("offer", metadata, sa.Column("id", sa.Integer, primary_key=True))
    for name in EVIL:
        other = sa.Column("annan" + name[:50], sa.String(20))
        sa.Table(name, metadata, sa.Column(name, sa.Integer, primary_key=True), other)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name in EVIL:
            table = metadata.tables[name]
            connection.execute(table.insert().from_select(list(table.c)[:1], sa.select(sa.literal(7))))
    with DatabaseConnector(url=any_db) as connector:
        units = list(connector.units())
        assert [item for item in units if isinstance(item, Unread)] == []
        read = {unit.key: list(connector.read(unit)) for unit in units}
        fetched = {unit.key: list(connector.fetch(unit.key, read[unit.key][0].records)) for unit in units if unit.size}
    schema = {"postgresql": "public", "mysql": engine.url.database}.get(engine.url.get_backend_name())
    assert {unit.key for unit in units} == {table_key(schema, name) for name in [*EVIL, "offer"]}
    for name in EVIL:
        (batch,) = read[table_key(schema, name)]
        assert list(batch.records) == [{name: 7}]
        assert batch.fields[name] == ["7"]
        assert [record for record, _ in fetched[table_key(schema, name)]] == [{name: 7}]


CHOICES = [
    # include, exclude, read
    (["*"], [], {"kunder", "kunder_arkiv", "logg"}),
    (["kunder"], [], {"kunder"}),
    (["kund*"], [], {"kunder", "kunder_arkiv"}),
    (["kund*"], ["*arkiv"], {"kunder"}),
    ([], [], set()),
    (["KUNDER"], [], set()),
    (["*"], ["*"], set()),
]


@pytest.mark.parametrize(("include", "exclude", "read"), CHOICES)
def test_include_and_exclude(any_db, execute, include, exclude, read):
    execute(any_db, *(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)" for name in ("kunder", "kunder_arkiv", "logg")))
    with DatabaseConnector(url=any_db, include=include, exclude=exclude) as connector:
        found = list(connector.units())
    unread = [item for item in found if isinstance(item, Unread)]
    assert {item.key.rpartition(".")[2] for item in found if not isinstance(item, Unread)} == read
    assert len(found) == 3
    assert {(item.state, item.reason) for item in unread} <= {(State.SKIPPED, "excluded")}


def test_globs_with_a_dot_are_on_schema_and_table(postgres_db, execute):
    execute(
        postgres_db,
        "CREATE SCHEMA arkiv",
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY)",
        "CREATE TABLE arkiv.kunder (id INTEGER PRIMARY KEY)",
    )
    chosen = {}
    for glob in ("kunder", "arkiv.*", "public.kund*", "*.kunder"):
        with DatabaseConnector(url=postgres_db, include=[glob]) as connector:
            chosen[glob] = {item.key for item in connector.units() if not isinstance(item, Unread)}
    both = {"arkiv.kunder", "public.kunder"}
    assert chosen == {"kunder": both, "arkiv.*": {"arkiv.kunder"}, "public.kund*": {"public.kunder"}, "*.kunder": both}


def test_no_two_tables_share_a_key():
    pairs = [("a", "b.c"), ("a.b", "c"), ('"a', "b"), (None, "a.b"), ('"a.b"', "c")]
    assert len({table_key(*pair) for pair in pairs if pair[0] is not None}) == 4


def test_names_that_differ_by_case_only(postgres_db, execute):
    """T26."""
    execute(
        postgres_db,
        'CREATE TABLE "Kunder" ("Id" INTEGER PRIMARY KEY, id INTEGER)',
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY)",
        'INSERT INTO "Kunder" VALUES (1, 2)',
    )
    with DatabaseConnector(url=postgres_db) as connector:
        units = {unit.key: unit for unit in connector.units()}
        (batch,) = connector.read(units["public.Kunder"])
    assert set(units) == {"public.Kunder", "public.kunder"}
    assert ({name: list(v) for name, v in batch.fields.items()}, batch.records) == (
        {"Id": ["1"], "id": ["2"]},
        [{"Id": 1}],
    )


def test_partitions_and_heirs_are_read_once(postgres_db, execute):
    """T31."""
    execute(
        postgres_db,
        "CREATE TABLE del (id INTEGER PRIMARY KEY, ar INTEGER)",
        "CREATE TABLE arv () INHERITS (del)",
        "INSERT INTO del VALUES (1, 1)",
        "INSERT INTO arv VALUES (2, 2)",
        "CREATE TABLE delad (id INTEGER, ar INTEGER) PARTITION BY LIST (ar)",
        "CREATE TABLE delad1 PARTITION OF delad FOR VALUES IN (1)",
        "CREATE TABLE delad2 PARTITION OF delad FOR VALUES IN (2)",
        "INSERT INTO delad VALUES (1, 1), (2, 2)",
    )
    with DatabaseConnector(url=postgres_db) as connector:
        ids = {
            unit.key: [value for batch in connector.read(unit) for value in batch.fields["id"]]
            for unit in connector.units()
        }
    assert ids == {"public.arv": ["2"], "public.del": ["1"], "public.delad": ["1", "2"]}
