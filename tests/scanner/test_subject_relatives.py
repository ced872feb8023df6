"""Whom to call about somebody's home, by the family's e-mail and a name that sounds like theirs, is another."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.engine import Scanner
from scanner.linking.identity import NAME
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.question import seeds
from tests.scanner.fakes import KEYS, MemoryConnector
from tests.scanner.test_subject import ANALYZER
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("relation", "names"), [("granne", 1), ("kund", 2)])
def test_the_name_of_who_is_to_be_called_is_not_learnt_as_the_persons(store: Store, relation: str, names: int) -> None:
    contacts = [(f"c{at}", f"h{at}", one[2], "kund", f"familj{at}@example.se") for at, one in enumerate(PEOPLE)]
    tables = {
        "kunder": rows("id pnr namn epost", *((*one, f"familj{at}@example.se") for at, one in enumerate(PEOPLE))),
        "anlaggningar": rows("id kund_id typ", *((f"h{at}", one[0], "villa") for at, one in enumerate(PEOPLE))),
        "larmkontakter": rows(
            "id anl_id namn relation epost", *contacts,
            ("c9", "h0", "Anna-Karin Pettersson", relation, "familj0@example.se"),
        ),
    }  # fmt: skip
    declared = [
        Relation("anlaggningar", ("kund_id",), "kunder", ("id",)),
        Relation("larmkontakter", ("anl_id",), "anlaggningar", ("id",)),
    ]
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(tables, declared=declared)})
    with store.reading() as connection:
        outcome = Search(store, connection).find(seeds(ANALYZER, KEYS, [ANNA]))
    assert len({token for token, one in outcome.owned.items() if one.entity == NAME}) == names
