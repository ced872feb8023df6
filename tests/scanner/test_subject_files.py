"""Keys between files of one share: of exports of one program, a file a year; and whose those are by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.files import FilesConnector
from scanner.store import Store, schema
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, SVEN, customers, found

pytestmark = pytest.mark.slow


def told(store: Store, folder: Path, files: Mapping[str, list[str]], asked: str) -> dict[str, dict[str, Grade]]:
    """Lay lists out beside a register, scan both, ask, and give the grades of the rows of each list."""
    for name, lines in files.items():
        (folder / "export" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "export" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    crm = MemoryConnector({"kunder": customers(kundnr=[f"KF-{10422 + 7 * at}" for at in range(6)])})
    share = FilesConnector(path=str(folder / "export"), sandbox=False)
    grades: dict[str, dict[str, Grade]] = {name: {} for name in files}
    for (unit, row), grade in found(store, {"crm": crm, "export": share}, asked).items():
        grades.setdefault(unit, {})[row] = grade
    return grades


def led(store: Store) -> set[tuple[str, str]]:
    """From which table or file a key leads to which."""
    unit, relation = schema.unit, schema.relation
    child, parent = unit.alias(), unit.alias()
    query = select(child.c.key, parent.c.key).select_from(
        relation.join(child, child.c.id == relation.c.unit_id).join(parent, parent.c.id == relation.c.ref_unit_id)
    )
    with store.reading() as connection:
        return {(store.keys.unseal(one), store.keys.unseal(other)) for one, other in connection.execute(query)}


def invoices(lines: str = "Fakturarader.csv", before: str = "Kundfakturor_2024.csv") -> dict[str, list[str]]:
    """Invoices of two years, numbered on; in which year is not told by their lines."""
    numbers = range(501, 513)
    bills = [f"{number};KF-{10422 + 7 * (number % 6)};2024-03-01" for number in numbers]
    return {
        before: ["Fakturanr;Kundnr;Datum", *bills[:6]],
        "Kundfakturor_2025.csv": ["Fakturanr;Kundnr;Datum", *bills[6:]],
        lines: ["Fakturanr;Vara;Belopp", *(f"{number};{ware};100" for number in numbers for ware in ("Larm", "Resa"))],
    }


def test_lines_of_invoices_refer_to_the_files_of_all_years_beside_them(store: Store, tmp_path: Path) -> None:
    grades = told(store, tmp_path, invoices(), ANNA)
    assert set(grades["Fakturarader.csv"]) == {"7", "8", "19", "20"}


@pytest.mark.parametrize("before", ["Kundfakturor_aldre.csv", "Kundfakturor arkiv.csv"])
def test_one_of_the_files_may_be_of_all_years_before(store: Store, tmp_path: Path, before: str) -> None:
    grades = told(store, tmp_path, invoices(before=before), ANNA)
    assert set(grades["Fakturarader.csv"]) == {"7", "8", "19", "20"}


def test_lines_in_another_folder_have_numbers_of_their_own(store: Store, tmp_path: Path) -> None:
    grades = told(store, tmp_path, invoices("leverantor/Fakturarader.csv"), ANNA)
    assert grades["Kundfakturor_2024.csv"]
    assert not grades["leverantor/Fakturarader.csv"]


def test_of_two_files_with_the_same_numbers_the_one_called_after_them_is_referred_to(
    store: Store, tmp_path: Path
) -> None:
    """Each order was delivered just once, so far."""
    files = {
        "leverans.csv": ["ordernr;kolli", *(f"{601 + at};{at}" for at in range(6))],
        "order.csv": ["ordernr;Kundnr", *(f"{601 + at};KF-{10422 + 7 * at}" for at in range(6))],
    }
    assert set(told(store, tmp_path, files, ANNA)["leverans.csv"]) == {"1"}
    assert ("leverans.csv", "order.csv") in led(store)
    assert ("order.csv", "leverans.csv") not in led(store)


def desk() -> dict[str, list[str]]:
    """Users of a help desk, of whom the last is its agent; what was asked for, and an answer to each question."""
    users = [f"{48237001 + 37 * at}" for at in range(len(PEOPLE))]
    tickets = [(f"TK-{9004 + 7 * at}", user) for at, user in enumerate(users[:-1])]
    comments = [(ticket, author) for ticket, user in tickets for author in (user, users[-1])]
    return {
        "users.csv": [
            "user_id;name;personnummer",
            *(f"{user};{one[1]} {one[2]};{one[0]}" for user, one in zip(users, PEOPLE, strict=True)),
        ],
        "tickets.csv": ["ticket;requester_id", *map(";".join, tickets)],
        "comments.csv": ["ticket;author_id;body", *(f"{ticket};{author};Tack" for ticket, author in comments)],
    }


def test_what_an_agent_wrote_is_not_the_agents_own(store: Store, tmp_path: Path) -> None:
    grades = told(store, tmp_path, desk(), PEOPLE[-1][0])
    assert set(grades["comments.csv"].values()) <= {Grade.POSSIBLE}


def test_a_customer_has_all_that_was_written_on_a_ticket(store: Store, tmp_path: Path) -> None:
    grades = told(store, tmp_path, desk(), SVEN)
    assert {row for row, grade in grades["comments.csv"].items() if grade >= Grade.PROBABLE} == {"3", "4"}


def workshop(*more: str) -> dict[str, list[str]]:
    """Employees, and who did what; of other columns that list has the key that is given."""
    staff = [f"AN-{4821 + 7 * at}" for at in range(len(PEOPLE))]
    done = [(staff[at % 6], "Bromsar", *(f"{key}-{7700 + at // 2}" for key in more)) for at in range(12)]
    return {
        "personal.csv": [
            "anst_nr;namn;personnummer",
            *(f"{number};{one[1]} {one[2]};{one[0]}" for number, one in zip(staff, PEOPLE, strict=True)),
        ],
        "arbeten.csv": [";".join(("anst_nr", "vad", *(f"{key}_nr" for key in more))), *map(";".join, done)],
    }


@pytest.mark.parametrize(("more", "rows"), [((), {"1", "7"}), (("anl",), set())])
def test_what_was_mended_somewhere_is_not_of_who_mended_it(
    store: Store, tmp_path: Path, more: tuple[str, ...], rows: set[str]
) -> None:
    grades = told(store, tmp_path, workshop(*more), ANNA)["arbeten.csv"]
    assert {row for row, grade in grades.items() if grade >= Grade.PROBABLE} == rows
