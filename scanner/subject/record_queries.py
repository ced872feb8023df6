"""The queries of a search, made once: to put one together takes longer than to run it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, LargeBinary, Select, bindparam, select

from scanner.store import schema
from scanner.store.lookup import having

_here, _there = schema.link.alias(), schema.link.alias()
_relation, _finding = schema.relation, schema.finding
RECORD: BindParameter[int] = bindparam("record")

RECORDS: BindParameter[Any] = bindparam("records", expanding=True)
TOKEN: BindParameter[bytes] = bindparam("token", type_=LargeBinary)

_WHERE = select(schema.record.c.unit_id, schema.record.c.locator)
WHERE = _WHERE.where(schema.record.c.id == RECORD)
ALL_WHERE = select(schema.record.c.id, *_WHERE.selected_columns).where(schema.record.c.id.in_(RECORDS))
_SEEN = select(
    _finding.c.field_id, _finding.c.entity, _finding.c.why,
    _finding.c.token, _finding.c.variant, _finding.c.further, _finding.c.score,
).order_by(*schema.READING_ORDER)  # fmt: skip
SEEN = _SEEN.where(_finding.c.record_id == RECORD)
ALL_SEEN = (
    select(_finding.c.record_id, *_SEEN.selected_columns)
    .where(_finding.c.record_id.in_(RECORDS))
    .order_by(*schema.READING_ORDER)
)
SPOTS = select(
    _finding.c.field_id, _finding.c.start, _finding.c.end, _finding.c.entity, _finding.c.score, *schema.TOKENS
).where(_finding.c.record_id == RECORD)
DAYS = select(schema.moment.c.name, schema.moment.c.day).where(schema.moment.c.record_id == RECORD)
ALL_DAYS = select(schema.moment.c.record_id, *DAYS.selected_columns).where(schema.moment.c.record_id.in_(RECORDS))
RELATIONS = select(
    _relation.c.unit_id, _relation.c.field_id, _relation.c.ref_unit_id, _relation.c.ref_field_id, _relation.c.declared
)
_turn = schema.turn.c
TURNS = select(_turn.unit_id, _turn.field_id, _turn.ref_unit_id, _turn.ref_field_id)
KEY = ("token", "unit", "field")
_AT_KEY = (
    schema.is_token(_here.c.token, TOKEN),
    _here.c.unit_id == bindparam("unit"),
    _here.c.field_id == bindparam("field"),
)
AT = select(_here.c.record_id).where(*_AT_KEY).order_by(_here.c.record_id)
FIRST_AT = AT.limit(bindparam("count"))
SAME_KEY = select(_here.c.record_id).where(*_AT_KEY).limit(2)
LINKS = select(_here.c.unit_id, _here.c.field_id, _here.c.token).where(_here.c.record_id == RECORD)
ALL_LINKS = select(_here.c.record_id, _here.c.unit_id, _here.c.field_id, _here.c.token).where(
    _here.c.record_id.in_(RECORDS)
)


def standing(connection: Connection, min_score: float) -> Select[Any]:
    """The records in which `TOKEN` stands, in reading order: record, unit, field, entity.

    Args:
        connection: Tells how its database looks tokens up.
        min_score: Of findings that count.
    """
    columns = (_finding.c.record_id, _finding.c.unit_id, _finding.c.field_id, _finding.c.entity)
    query = select(*columns).where(having(connection, [TOKEN]), _finding.c.score >= min_score)
    return query.order_by(*schema.READING_ORDER)


def _with_values_of(standing: ColumnElement[bool]) -> Select[tuple[Any]]:
    """Records in which a value of some fields of a record stands, too."""
    return (
        select(_there.c.record_id)
        .select_from(_here)
        .join(_there, schema.is_token(_there.c.token, _here.c.token))
        .where(_here.c.record_id == RECORD, _here.c.field_id.in_(bindparam("fields", expanding=True)), standing)
        .order_by(_there.c.record_id)
        .distinct()
    )


_PATHS: BindParameter[Any] = bindparam("paths", expanding=True)
IN_PATHS = _with_values_of(_there.c.field_id.in_(_PATHS))
NAMED_BY_PATH = _with_values_of(_there.c.field_id.not_in(_PATHS))
CALLED = (
    select(_here.c.record_id)
    .select_from(_there)
    .join(_here, schema.is_token(_here.c.token, _there.c.token))
    .where(_there.c.field_id.in_(_PATHS), _here.c.unit_id == bindparam("unit"), _here.c.field_id == bindparam("field"))
    .limit(1)
)
STANDING = (
    select(_here.c.record_id, _here.c.unit_id, _here.c.field_id)
    .where(schema.is_token(_here.c.token, TOKEN), _here.c.field_id.not_in(_PATHS))
    .distinct()
    .limit(1_000)
)
CALLED_BY = (
    select(_here.c.record_id).where(schema.is_token(_here.c.token, TOKEN), _here.c.field_id.in_(_PATHS)).limit(1_000)
)
ALL = select(schema.record.c.id).where(schema.record.c.unit_id == bindparam("unit")).order_by(schema.record.c.id)
FIRST = ALL.limit(bindparam("count"))
