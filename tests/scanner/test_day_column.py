"""The same days are selected, however a database writes them."""

from datetime import date

import pytest
from sqlalchemy import BigInteger, Column, MetaData, String, Table, create_engine, select
from sqlalchemy.types import TypeEngine

from scanner.reporting.day_column import DayColumn

DAY = date(2024, 10, 31)
WRITTEN = {
    "iso": ["2024-10-30", "2024-10-31", "2024-11-01", None, "", "0000-00-00"],
    "time": ["2024-10-30 23:59", "2024-10-31T00:00:01", "2024-11-01 00:00", None],
    "day": ["20241030", "20241031", "20241101", None, "0", "00000000"],
    "minute": ["202410302359", "202410310000", "202411010000", None, "0"],
    "second": ["20241030235959", "20241031000001", "20241101000000", None],
}


DIGITS = ("day", "minute", "second")


@pytest.mark.parametrize(
    ("written", "kind"), [*((one, String(20)) for one in WRITTEN), *((one, BigInteger()) for one in DIGITS)]
)
def test_days_compare_as_they_are_written(written: str, kind: TypeEngine[object]) -> None:
    digits = written in DIGITS
    table = Table("rows", MetaData(), Column("number", BigInteger), Column("day", kind))
    with create_engine("sqlite://").begin() as connection:
        table.create(connection)
        values = [
            None if day is None else int(day) if isinstance(kind, BigInteger) else day for day in WRITTEN[written]
        ]
        connection.execute(table.insert(), [{"number": at, "day": day} for at, day in enumerate(values)])
        day = DayColumn(table.c.day, digits)
        found = [
            [*connection.scalars(select(table.c.number).where(one).order_by(table.c.number))]
            for one in (day.not_after(DAY), day.after(DAY), day.told(), day.missing())
        ]
    assert found == [[0, 1], [2], [0, 1, 2], [*range(3, len(values))]]
