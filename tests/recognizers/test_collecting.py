"""What the columns of a batch are gathered in."""

from __future__ import annotations

import gc
import weakref

from recognizers.collecting import Table


class _Thing:
    """Something that can be watched."""


def test_a_table_lets_go_of_what_it_numbers_though_the_collector_rests() -> None:
    one, other, table = _Thing(), _Thing(), Table[_Thing]()
    assert table.codes([one, other, one]) == [0, 1, 0]
    assert table.things() == [one, other]
    seen = weakref.ref(one)
    gc.disable()
    try:
        del one, table
        assert seen() is None
    finally:
        gc.enable()
