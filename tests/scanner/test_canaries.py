"""What goes wrong tells no value either: parsers and servers quote what they choke on, and scans are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from scanner.keys import new_key
from tests.scanner.conftest import INSYN
from tests.scanner.test_leaks import held

PERSON, NAME, MAIL, PHONE = "19780412-2385", "Kanarina Ekströmsson", "kanarina@example.se", "070-174 06 05"
CANARIES = {PERSON, "780412-2385", "197804122385", NAME, "Kanarina", "Ekströmsson", MAIL, PHONE}
_SAID = f"{NAME} {PERSON} {MAIL} {PHONE}"
BROKEN = {
    f"kund {PERSON} {MAIL}.json": f'{{"namn": "{_SAID}", "x": }}'.encode(),
    "kund.xml": f"<Kanarina><a>{_SAID}</b></Kanarina>".encode(),
    "kund.yaml": f"a: [{_SAID}\nb: *Kanarina\n- x: {{".encode(),
    "kund.csv": f'namn;pnr\n"{NAME};{PERSON}\nx"y;"{MAIL}\n'.encode() + b"\xff\xfe\x00",
    "kund.pdf": f"%PDF-1.7\n1 0 obj << /Title ({_SAID}) >> endobj trailer << /Root /Kanarina >>".encode(),
    "kund.xlsx": b"PK\x03\x04" + _SAID.encode(),
    "kund.eml": f"From: {NAME} <{MAIL}\nContent-Type: text/plain; charset=Kanarina\n\n{_SAID}".encode(),
    "kund.rtf": f"{{\\rtf1\\ansi\\Kanarina {_SAID}".encode(),
    "kund.vcf": f"BEGIN:VCARD\nFN:{NAME}\nTEL;ENCODING=Kanarina:{PHONE}\n".encode(),
    "kund.db": b"SQLite format 3\x00" + _SAID.encode() * 40,
}
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {{type: database, url: "{url}", views: true}}
  share: {{type: files, path: share}}
"""


@dataclass
class Place:
    """Where commands run, with a home and a place for temporary files of their own."""

    directory: Path

    @property
    def environ(self) -> dict[str, str]:
        own = {"HOME": str(self.directory / "home"), "TMPDIR": str(self.directory / "temp")}
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | own

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.directory / "said").open("ab") as said:
            return subprocess.Popen(
                [INSYN, *arguments], cwd=self.directory, env=self.environ, stdout=said, stderr=said, process_group=0
            )

    def written(self) -> dict[str, bytes]:
        """All files but those of the source and the configuration."""
        files = (path for path in self.directory.rglob("*") if path.is_file())
        ours = (path for path in files if path.parts[len(self.directory.parts)] not in ("share", "insyn.yaml"))
        return {str(path.relative_to(self.directory)): path.read_bytes() for path in ours}


@pytest.fixture
def place(tmp_path: Path, postgres_db: str) -> Place:
    for name in ("home", "temp", "share"):
        (tmp_path / name).mkdir()
    for name, content in BROKEN.items():
        (tmp_path / "share" / name).write_bytes(content)
    for at in range(400):
        (tmp_path / "share" / f"brev{at}.txt").write_text(f"{_SAID}, brev {at}", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "share" / "arkiv.zip", "w") as archive:
        archive.writestr(f"{NAME} {PERSON}.json", f'{{"{MAIL}": }}')
    engine = create_engine(postgres_db)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kunder (id int PRIMARY KEY, namn text, pnr text)"))
        connection.execute(text("INSERT INTO kunder VALUES (1, :n, :p)"), {"n": NAME, "p": PERSON})
        connection.execute(text("CREATE VIEW tal AS SELECT namn::int AS a, pnr FROM kunder"))
    engine.dispose()
    (tmp_path / "insyn.yaml").write_text(_CONFIG.format(url=postgres_db), encoding="utf-8")
    new_key(tmp_path / "insyn.key")
    return Place(tmp_path)


def surroundings(group: int) -> Iterator[bytes]:
    """Command lines and environments of all processes of a group, as whoever may look sees them."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                yield (process / "cmdline").read_bytes()
                yield (process / "environ").read_bytes()


def test_a_server_quotes_what_it_chokes_on(postgres_db: str) -> None:
    """Else the test below would show nothing."""
    engine = create_engine(postgres_db)
    with engine.connect() as connection, pytest.raises(Exception, match=NAME):
        connection.execute(text("SELECT CAST(CAST(:n AS text) AS int)"), {"n": NAME})
    engine.dispose()


@pytest.mark.slow
def test_t60_what_cannot_be_read_is_named_and_not_quoted(place: Place) -> None:
    process = place.start("scan", "--workers", "2")
    around: set[bytes] = set()
    while process.poll() is None:
        around |= set(surroundings(process.pid))
        time.sleep(0.05)
    assert process.returncode == 3
    said = (place.directory / "said").read_text(encoding="utf-8")
    assert "22P02" in said, "the view that fails on a name is named, with the server's code"
    assert place.start("inventory", "--format", "json").wait() == 0
    assert any(b"insyn" in one for one in around)
    assert {name: held(one, CANARIES) for name, one in place.written().items() if held(one, CANARIES)} == {}
    assert [found for one in around if (found := held(one, CANARIES))] == []


@pytest.mark.slow
@pytest.mark.parametrize("after", [20, 200])
def test_t60_a_scan_that_is_killed_leaves_none(place: Place, after: int) -> None:
    """Its log of writes, its temporary files."""
    process = place.start("scan", "--workers", "2")
    store = place.directory / "insyn.db-wal"
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        if store.exists() and store.stat().st_size > after * 4096:
            break
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it was still running"
    written = place.written()
    assert written["insyn.db-wal"], "there is a log to look at"
    assert {name: held(one, CANARIES) for name, one in written.items() if held(one, CANARIES)} == {}
