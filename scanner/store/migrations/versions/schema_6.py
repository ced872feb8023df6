"""Findings have no number of their own, and no NULL; tokens are looked up by record.

PostgreSQL keeps the beginnings of tokens in its indexes, and its rows of keys without a tree of their own.
"""

import sqlalchemy as sa
from alembic import op

from scanner.store.schema import Id

revision = "6"
down_revision = "5"
_KEPT = 'record_id, unit_id, field_id, why, start, "end", score, entity, kind, test, token'
_EMPTY = {"sqlite": "x''", "postgresql": "''::bytea"}
_BEGINNING = (
    "CASE WHEN length({0}) > 0 THEN get_byte({0}, 0) * 4096 + get_byte({0}, 1) * 16 + get_byte({0}, 2) / 16 END"
)


def upgrade() -> None:
    """Copy the findings into a table without the number, and make the look-up anew."""
    database = op.get_bind().dialect.name
    op.rename_table("finding", "finding_5")
    for index in sa.inspect(op.get_bind()).get_indexes("finding_5"):
        op.drop_index(str(index["name"]), "finding_5")
    _make_findings()
    further = ", ".join(f"coalesce({column}, {_EMPTY[database]})" for column in ("variant", "further"))
    op.execute(
        f"INSERT INTO finding ({_KEPT}, variant, further) SELECT {_KEPT}, {further} FROM finding_5 ORDER BY id"  # noqa: S608 - our own names
    )
    op.drop_table("finding_5")
    op.create_index("ix_finding_record_id", "finding", ["record_id"])
    op.create_index("ix_finding_unit_id", "finding", ["unit_id"])
    if database == "sqlite":
        _make_lookup()
    else:
        _index()


def _make_findings() -> None:
    numbers = ("unit_id", "field_id", "why", "start", "end")
    op.create_table(
        "finding",
        sa.Column("record_id", Id, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in numbers),
        sa.Column("score", sa.REAL, nullable=False),
        sa.Column("entity", sa.SmallInteger, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.LargeBinary(16), nullable=False) for name in ("token", "variant", "further")),
    )


def _make_lookup() -> None:
    op.drop_table("lookup")
    op.create_table(
        "lookup",
        sa.Column("token", sa.LargeBinary(16), primary_key=True),
        sa.Column("record_id", Id, primary_key=True),
        sqlite_with_rowid=False,
    )
    pairs = (
        f"SELECT {column} AS token, record_id FROM finding WHERE length({column}) > 0"  # noqa: S608 - our own names
        for column in ("token", "variant", "further")
    )
    op.execute(f"INSERT OR IGNORE INTO lookup (token, record_id) {' UNION ALL '.join(pairs)} ORDER BY token")
    op.execute("DELETE FROM meta WHERE name = 'lookup'")
    op.execute("INSERT INTO meta (name, value) SELECT 'lookup', coalesce(max(record_id), 0) FROM finding")


def _index() -> None:
    for column in ("token", "variant", "further"):
        beginning = _BEGINNING.format(column)
        op.execute(f"CREATE INDEX finding_{column} ON finding (({beginning})) WHERE length({column}) > 0")
    op.execute("DROP SEQUENCE IF EXISTS finding_numbers")
    op.drop_constraint("link_pkey", "link", type_="primary")
    op.create_index("link_record", "link", ["record_id"])
