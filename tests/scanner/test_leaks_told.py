"""T60: whoever is told of a scheduled scan is told no value: by a command, a webhook, a letter, metrics and the log."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from scanner import config as configuration
from scanner.keys import new_key
from scanner.schedule.runs import note_run
from scanner.workflow import opened
from tests.scanner.forking import insyn
from tests.scanner.test_canaries import BROKEN, CANARIES, MAIL, NAME, PERSON, PHONE
from tests.scanner.test_leaks import held
from tests.scanner.test_schedule import at

pytestmark = pytest.mark.slow
DAILY = "30 2 * * *"
LAST = "2026-01-01T02:30+01:00"


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[int]:
    """The port of a server, until the block is left."""
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[misc]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def hook(heard: list[bytes]) -> HTTPServer:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(str(self.headers).encode() + self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return HTTPServer(("127.0.0.1", 0), Hook)


def postman(heard: list[bytes]) -> socketserver.TCPServer:
    """As much of RFC 5321 as one letter needs."""

    class Post(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    heard.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"250 good\r\n")

    return socketserver.TCPServer(("127.0.0.1", 0), Post)


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """A share of which much cannot be read, a register that is none, and people everywhere in both."""
    folder = tmp_path / "share" / f"{NAME} {PERSON}"
    folder.mkdir(parents=True)
    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    for at_ in range(5):
        (folder / f"{NAME} {at_}.txt").write_text(f"{NAME} {PERSON} {MAIL} {PHONE}, brev {at_}", encoding="utf-8")
    (tmp_path / "crm.db").write_bytes(b"SQLite format 3\0" + f"{NAME} {PERSON}".encode() * 40)
    (tmp_path / "prom").mkdir()
    new_key(tmp_path / "insyn.key")
    return tmp_path


def configured(estate: Path, ports: tuple[int, int]) -> Path:
    web, mail = ports
    letter = {"to": ["dpo@example.se"], "sender": "insyn@example.se", "host": "127.0.0.1", "port": mail, "tls": False}
    config = {
        "sources": {
            "share": {"type": "files", "path": "share", "schedule": DAILY},
            "crm": {"type": "database", "url": "sqlite:///crm.db", "schedule": DAILY},
        },
        "metrics": "prom",
        "notify": {
            "command": ["sh", "-c", "cat >>told"], "webhook": f"http://127.0.0.1:{web}/", "email": letter,
        },
    }  # fmt: skip
    path = estate / "insyn.yaml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    with opened(configuration.load(path), create=True) as store:
        for source in ("share", "crm"):
            note_run(store, source, at(LAST))
    return path


@pytest.mark.parametrize("log", ["text", "json"])
def test_nobody_who_is_told_of_a_scan_is_told_a_value(estate: Path, log: str) -> None:
    hooked: list[bytes] = []
    posted: list[bytes] = []
    with serving(hook(hooked)) as web, serving(postman(posted)) as mail:
        path = configured(estate, (web, mail))
        run = insyn("schedule", "--once", "--log-format", log, "-c", path, cwd=estate)
    assert run.code == 0, run.err
    told = {
        "command": (estate / "told").read_bytes(),
        "webhook": b"".join(hooked),
        "letters": b"".join(posted),
        "log": run.err.encode(),
        "metrics": b"".join(one.read_bytes() for one in (estate / "prom").iterdir()),
    }
    for way in ("command", "webhook", "letters", "log"):
        assert b"failure" in told[way], way
        assert b"gaps" in told[way], way
    assert len(hooked) == len(posted) == 2
    assert b'state="unreadable"' in told["metrics"]
    assert run.out == ""
    assert {way: found for way, data in told.items() if (found := held(data, CANARIES))} == {}
