"""A recognizer that raises at a value: the unit is told as read in part, and nothing else that is in it is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import connectors.database.chunks
from connectors import Batch, Connector, State, Unit, Unread
from connectors.database import DatabaseConnector
from connectors.files import FilesConnector
from recognizers import Analyzer
from recognizers.base import Candidate, Proof
from recognizers.ip import IpRecognizer
from recognizers.personnummer import PersonnummerRecognizer
from scanner.engine import Scanner, SourceResult
from scanner.keys import new_key
from scanner.store import Store, schema
from scanner.subject import Search
from scanner.subject.question import seeds
from scanner.subject.reread import Now, Rereader
from tests.scanner.conftest import insyn
from tests.scanner.fakes import KEYS, MemoryConnector, unreadable

ODD = "192.0.2.66"
REASON = "fault (Tripping: ValueError)"
PLUGIN = """
from recognizers.ip import IpRecognizer

class Tripping(IpRecognizer):
    entity = "DEVICE_ADDRESS"
    def prove(self, candidate):
        if candidate.text == "192.0.2.66":
            raise ValueError(candidate.text)
        return super().prove(candidate)
"""


class Tripping(IpRecognizer):
    def prove(self, candidate: Candidate) -> Proof | None:
        if candidate.text == ODD:
            raise ValueError(candidate.text)
        return super().prove(candidate)


class Broken(IpRecognizer):
    def prove(self, candidate: Candidate) -> Proof | None:
        raise KeyError(candidate.text)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, KEYS)
    yield opened
    opened.close()


def scanned(store: Store, source: Connector, kind: type[IpRecognizer] = Tripping) -> SourceResult:
    (result,) = Scanner(store, Analyzer([kind(), PersonnummerRecognizer()])).scan({"crm": source})
    return result


def held(store: Store) -> list[tuple[str, str]]:
    """Entity and field of every finding, by record."""
    finding = schema.finding.c
    with store.reading() as connection:
        rows = connection.execute(
            select(finding.entity, finding.field_id).order_by(finding.record_id, finding.start)
        ).all()
        return [
            (store.terms.text(connection, entity), KEYS.unseal(store.field_names.text(connection, field)))
            for entity, field in rows
        ]


def rows(*texts: str) -> list[dict[str, str]]:
    return [{"id": str(at), "text": text} for at, text in enumerate(texts)]


IP, PNR = ("IP_ADDRESS", "text"), ("SE_PERSONNUMMER", "text")
TEXTS = ("192.0.2.1 900118-9811", f"{ODD} 900118-9811", "192.0.2.2")


def test_in_a_table_all_else_is_found_and_the_table_is_told(store: Store) -> None:
    result = scanned(store, MemoryConnector({"a": rows(*TEXTS), "b": rows("192.0.2.1")}))
    assert (result.status, result.units) == ("partial", {State.PARTIAL: 1, State.SCANNED: 1})
    assert result.unread == [Unread("a", State.PARTIAL, REASON)]
    assert sorted(held(store)) == sorted([IP, PNR, PNR, IP, IP])


def test_it_is_tried_again_until_it_is_whole(store: Store) -> None:
    source = MemoryConnector({"a": rows(*TEXTS)})
    for _ in range(2):
        assert scanned(store, source).units == {State.PARTIAL: 1}
        assert len(held(store)) == 4
    assert source.reads == ["a", "a"]
    source.tables["a"] = rows(*TEXTS[::2])
    assert scanned(store, source).status == "complete"
    assert scanned(store, source).units == {State.UNCHANGED: 1}


def test_what_came_beside_the_odd_value_is_not_lost_though_more_was_known(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")})
    scanned(store, source)
    source.tables["a"] = rows(*TEXTS)
    assert scanned(store, source).unread == [Unread("a", State.PARTIAL, REASON)]
    assert len(held(store)) == 4
    source.tables["a"], source.broken = [], {"a": [unreadable("a")]}
    scanned(store, source)
    assert len(held(store)) == 4  # an outage that follows is none the less an outage


def test_where_it_tells_nothing_what_was_known_is_kept(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1", "192.0.2.2"), "b": rows("900118-9811")})
    scanned(store, source)
    result = scanned(store, source, Broken)
    assert result.unread == [Unread("a", State.PARTIAL, "fault (Broken: KeyError)")]
    assert sorted(held(store)) == [IP, IP, PNR]


def test_one_that_tells_of_another_part_of_the_unit_is_not_broken(store: Store) -> None:
    class Paged(MemoryConnector):
        def read(self, unit: Unit) -> Iterator[Batch | Unread]:
            for row in self.tables[unit.key]:
                yield Batch(unit.key, [{"id": row["id"] or ""}], {"text": [row["text"]]})

    source = Paged({"a": rows("192.0.2.1")})
    scanned(store, source)
    source.tables["a"] = rows(ODD, "192.0.2.2", "900118-9811")
    assert scanned(store, source).unread == [Unread("a", State.PARTIAL, REASON)]
    assert held(store) == [IP, PNR]


def test_in_files_all_else_is_found_in_each_that_is_read_with_others(store: Store, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for at, text in enumerate(TEXTS):
        (share / f"{at}.txt").write_text(text, encoding="utf-8")
    (share / "tabell.csv").write_text("namn;ip\nx;" + "\nx;".join(TEXTS) + "\n", encoding="utf-8")
    result = scanned(store, FilesConnector(path=str(share), sandbox=False))
    assert result.unread == [Unread(name, State.PARTIAL, REASON) for name in ("1.txt", "tabell.csv")]
    assert sorted(entity for entity, _ in held(store)) == ["IP_ADDRESS"] * 4 + ["SE_PERSONNUMMER"] * 4


def test_in_a_table_of_chunks_only_one_is_read_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connectors.database.chunks, "CHUNK_ROWS", 64)
    with sqlite3.connect(tmp_path / "crm.db") as crm:
        crm.execute("CREATE TABLE logg (id INTEGER PRIMARY KEY, ip TEXT)")
        crm.executemany("INSERT INTO logg VALUES (?, ?)", [(at, f"192.0.2.{at % 90}") for at in range(300)])
    crm.close()
    source = DatabaseConnector(url=f"sqlite:///{tmp_path}/crm.db")
    known = sum(at % 90 != 66 for at in range(300))
    result = scanned(store, source)
    assert (result.unread, result.findings) == ([Unread("logg", State.PARTIAL, REASON)], known)
    again = scanned(store, source)
    assert again.unread == result.unread
    assert 0 < again.records < 300
    assert len(held(store)) == known


def test_a_record_that_cannot_be_looked_at_again_is_told_as_missing_and_the_others_are_given(store: Store) -> None:
    """Others' data in it could not be masked."""
    source = MemoryConnector({"a": rows(*TEXTS)})
    scanned(store, source)
    analyzer = Analyzer([Tripping(), PersonnummerRecognizer()])
    with store.reading() as connection:
        search = Search(store, connection)
        hits = search.find(seeds(analyzer, KEYS, ["900118-9811"])).hits.values()
        given = [(hit.now, hit.fields) for hit in Rereader(search, lambda _: source, KEYS, analyzer).all(hits)]
    assert given == [(Now.SAME, {"id": "0", "text": TEXTS[0]}), (Now.UNREACHABLE, {})]


def test_the_command_names_recognizer_and_unit_and_ends_3(tmp_path: Path) -> None:
    (tmp_path / "insyn_own.py").write_text(PLUGIN)
    info = tmp_path / "insyn_own-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: insyn-own\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[insyn.recognizers]\nown = insyn_own:Tripping\n")
    (tmp_path / "share").mkdir()
    for at, text in enumerate(TEXTS):
        (tmp_path / "share" / f"{at}.txt").write_text(f"adress {text}", encoding="utf-8")
    (tmp_path / "share" / f"{ODD} 900118-9811.txt").write_text("inget", encoding="utf-8")
    (tmp_path / "insyn.yaml").write_text("policy: omnipoint\nsources:\n  s: {type: files, path: share, owner: IT}\n")
    new_key(tmp_path / "insyn.key")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = insyn("scan", cwd=tmp_path, env=env)
    assert run.code == 3, run.err
    assert f"not read: 1.txt: partial ({REASON})" in run.out
    assert f"not read: 1***: partial ({REASON})" in run.out
    assert ODD not in run.out + run.err
    assert "900118" not in run.out + run.err
    found = insyn("findings", "--format", "jsonl", cwd=tmp_path, env=env)
    assert found.out.count("SE_PERSONNUMMER") == 3, found.err
    assert insyn("inventory", "--format", "json", cwd=tmp_path, env=env).out.count(REASON) == 1
