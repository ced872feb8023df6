"""Every connector of ours keeps the contract, the README's own does, and what breaks it is told."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from connectors import Batch, Connector, State, Unit, Unread
from connectors.base import LOCATOR
from connectors.database import DatabaseConnector
from connectors.declared import DeclaredConnector
from connectors.files import FilesConnector
from connectors.recordings import RecordingsConnector
from connectors.s3 import S3Connector
from connectors.testing import assert_contract, violations
from scanner.keys import new_key
from tests.connectors.extract.made import page, zipped
from tests.connectors.test_recordings_places import FILES, OWN
from tests.scanner.conftest import insyn
from tests.servers.ceph import S3Server
from tests.servers.samba import PASSWORD, SmbServer

pytestmark = pytest.mark.slow

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
TREE = {
    "kund/Åsa.txt": "Åsa Öberg, 900118-9811\n".encode(),
    "kund/lista.csv": b"namn;telefon\nAnna Ek;070-1740605\nBo Alm;070-1740606\n",
    "arkiv.zip": zipped({"inre/a.txt": "Anna Ek", "b.json": '{"tel": "070-1740605"}'}),
    "avtal.pdf": page("Avtal med Anna Ek"),
    "trasig.pdf": b"%PDF-1.7 trasig",
    "tom.txt": b"",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, data in TREE.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "tree"


def test_databases(any_db, execute, monkeypatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr("connectors.database.chunks.CHUNK_ROWS", 64)
    execute(
        any_db,
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn VARCHAR(40), profil VARCHAR(99), sedan DATE)",
        ("INSERT INTO kunder VALUES (:id, :n, :p, '2020-01-01')",
         [{"id": n, "n": f"Anna {n}", "p": f'{{"tel": [{n}]}}'} for n in range(500)]),
        "CREATE TABLE par (a INTEGER, b VARCHAR(9), PRIMARY KEY (a, b))",
        "INSERT INTO par VALUES (1, 'x'), (1, 'y')",
        "CREATE TABLE logg (rad VARCHAR(40))",
        "INSERT INTO logg VALUES ('en'), ('en'), (NULL)",
        "CREATE TABLE tom (id INTEGER PRIMARY KEY)",
    )  # fmt: skip
    assert_contract(lambda: DatabaseConnector(url=any_db), secrets=["prov-4711"])
    assert_contract(lambda: DatabaseConnector(url=any_db, rows=10))


def test_files(tree: Path) -> None:
    assert_contract(lambda: FilesConnector(path=str(tree)))


def test_a_share(samba: SmbServer, tree: Path) -> None:
    for name, data in TREE.items():
        path = samba.folder / "avtalat" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    url = samba.url("kunder", "avtalat")
    assert_contract(lambda: FilesConnector(path=url, username=samba.user, password=PASSWORD), secrets=[PASSWORD])


def test_a_bucket(ceph: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    key, secret = ceph.account("avtalat")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    client = boto3.client(
        "s3", endpoint_url=ceph.url, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )  # fmt: skip
    client.create_bucket(Bucket="avtalat")
    for name, data in TREE.items():
        client.put_object(Bucket="avtalat", Key=name, Body=data)
    client.close()
    assert_contract(lambda: S3Connector(bucket="avtalat", endpoint_url=ceph.url), secrets=[secret])


def test_recordings(tmp_path: Path) -> None:
    for name, data in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert_contract(lambda: RecordingsConnector(path=str(tmp_path), company_numbers=OWN))


def test_what_is_declared() -> None:
    assert_contract(lambda: DeclaredConnector(categories=["alarm_contacts"]))


def documented(folder: Path) -> type[Connector]:
    """The README's connector, as a module of its own that is installed."""
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "(Connector)" in block)
    (point,) = re.findall(r'```toml\n\[project.entry-points."insyn.connectors"\]\n(.*?)```', README, re.DOTALL)
    module = point.partition('"')[2].partition(":")[0]
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[insyn.connectors]\n" + point.replace('"', ""))
    space: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), space)
    return space["Notes"]  # type: ignore[return-value]


def test_the_readmes_connector_keeps_the_contract_and_is_scanned(tmp_path: Path) -> None:
    kind = documented(tmp_path)
    (tmp_path / "anteckningar").mkdir()
    (tmp_path / "anteckningar" / "ett.note").write_text("Anna Ek, personnummer 900118-9811")
    assert_contract(lambda: kind(path=str(tmp_path / "anteckningar")))  # type: ignore[call-arg]
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text("sources:\n  egna: {type: notes, path: anteckningar}\n")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    scan = insyn("scan", "--format", "json", cwd=tmp_path, env=env)
    assert scan.code == 0, scan.err
    (source,) = json.loads(scan.out)["sources"]
    assert source["units"] == {"enumerated": 1, "scanned": 1}
    found = insyn("findings", "--format", "jsonl", cwd=tmp_path, env=env).out
    assert "SE_PERSONNUMMER" in found
    assert "egna (notes): ok, 1 unit" in insyn("check", cwd=tmp_path, env=env).out


class Broken(Connector):
    """Breaks what it is told to."""

    def __init__(self, *, fault: str) -> None:
        self.fault = fault
        self.times = 0

    def __repr__(self) -> str:
        return "Broken(hemligt)" if self.fault == "secret" else "Broken()"

    def units(self) -> Iterator[Unit | Unread]:
        self.times += self.fault == "version"
        yield Unit("a", str(self.times), "" if self.fault == "kind" else "file")
        if self.fault == "twice":
            yield Unit("a", "", "file")
        if self.fault == "reason":
            yield Unread("b", State.SKIPPED, "")

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        if unit.key != "a":
            if self.fault != "gone":
                yield Unread(unit.key, State.VANISHED, "gone")
            return
        rows = [{"row": 1}, {"row": 1 if self.fault == "locator" else 2}]
        texts: list[object] = ["ett", 2 if self.fault == "number" else None]
        fields = {"t": texts[:1] if self.fault == "length" else texts}
        dates = {"d": ["i går" if self.fault == "date" else "2020-01-01", None]}
        yield Batch("b" if self.fault == "unit" else "a", rows, fields, dates)  # type: ignore[arg-type]

    def fetch(self, unit, records):  # type: ignore[no-untyped-def]
        found = super().fetch(unit, records)
        return iter(()) if self.fault == "fetch" else found


FAULTS = (
    "secret",
    "version",
    "kind",
    "twice",
    "reason",
    "gone",
    "locator",
    "number",
    "length",
    "date",
    "unit",
    "fetch",
)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_breaks_it_is_told(fault: str) -> None:
    assert list(violations(lambda: Broken(fault=fault), secrets=["hemligt"]))


@pytest.mark.parametrize(
    ("locators", "said"),
    [
        ([1, 2], "a locator that is of type int"),
        ([0, {"row": 2}], "a locator that is of type int"),
        (["a", "b"], "a locator that is of type str"),
        ([{"row": 1.5}, {"row": 2}], "a locator that holds a float"),
        ([{"row": True}, {"row": 2}], "a locator that holds a bool"),
        ([{1: "a"}, {1: "b"}], "a locator with a name that is of type int"),
    ],
)
def test_a_locator_that_is_none_is_told_as_what_it_is(locators: list[object], said: str) -> None:
    class Misplaced(Broken):
        def read(self, unit: Unit) -> Iterator[Batch | Unread]:
            for item in super().read(unit):
                yield replace(item, records=locators) if isinstance(item, Batch) else item  # type: ignore[arg-type]

    (broken,) = set(violations(lambda: Misplaced(fault="")))
    assert broken == f"read('a'): {said}; {LOCATOR}"


def test_what_keeps_it_is_not() -> None:
    assert list(violations(lambda: Broken(fault=""), secrets=["hemligt"])) == []


def test_a_locator_of_another_key_is_left_out(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "t.db") as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)")
        connection.execute("INSERT INTO t VALUES (1, 'x')")
    connection.close()
    with DatabaseConnector(url=f"sqlite:///{tmp_path}/t.db") as connector:
        assert list(connector.fetch("t", [{"kundnr": 1}, {"row": 1}, {"id": 1}])) == [
            ({"id": 1}, {"id": "1", "a": "x"})
        ]
