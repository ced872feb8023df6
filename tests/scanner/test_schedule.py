"""Scans run when the configuration says so; nobody runs two at once; who wants to know is told, without a value."""

from __future__ import annotations

import fcntl
import json
import socket
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from scanner import config as configuration
from scanner.errors import ConfigError
from scanner.keys import new_key
from scanner.schedule.model import Email, Notify
from scanner.schedule.notify import Event, tell
from scanner.schedule.printed import calendar
from scanner.schedule.runs import Planner, last_runs, note_run
from scanner.workflow import opened
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

CONFIG = """
sources:
  delad:
    type: files
    path: delad
    sandbox: false
    schedule: "{cron}"
schedule: {{window: "{window}", catch_up: {catch_up}}}
"""


def made(directory: Path, cron: str = "30 2 * * *", window: str = "", catch_up: str = "true") -> Path:
    (directory / "delad").mkdir()
    (directory / "delad" / "a.txt").write_text("Personnummer 900118-9811, ring 070-174 06 05")
    new_key(directory / "insyn.key")
    path = directory / "insyn.yaml"
    path.write_text(CONFIG.format(cron=cron, window=window, catch_up=catch_up))
    return path


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_the_next_run_and_one_that_was_missed(tmp_path: Path) -> None:
    planner = Planner(configuration.load(made(tmp_path)))
    now = at("2026-11-20T12:00+01:00")
    assert planner.next("delad", now, now) == at("2026-11-21T02:30+01:00")
    assert planner.next("delad", at("2026-11-17T02:30+01:00"), now) == at("2026-11-18T02:30+01:00")


def test_missed_runs_may_be_left_out(tmp_path: Path) -> None:
    planner = Planner(configuration.load(made(tmp_path, catch_up="false")))
    now = at("2026-11-20T12:00+01:00")
    assert planner.next("delad", at("2026-11-17T02:30+01:00"), now) == at("2026-11-21T02:30+01:00")


@pytest.mark.parametrize(
    ("time", "opens"),
    [
        ("2026-11-20T23:00+01:00", "2026-11-20T23:00+01:00"),
        ("2026-11-20T05:59+01:00", "2026-11-20T05:59+01:00"),
        ("2026-11-20T06:00+01:00", "2026-11-20T20:00+01:00"),
        ("2026-11-20T19:59+01:00", "2026-11-20T20:00+01:00"),
    ],
)
def test_scans_begin_within_the_window(tmp_path: Path, time: str, opens: str) -> None:
    planner = Planner(configuration.load(made(tmp_path, window="20:00-06:00")))
    assert planner.opens(at(time)) == at(opens)


def test_a_wrong_expression_is_one_line(tmp_path: Path) -> None:
    run = insyn("schedule", "--once", "-c", made(tmp_path, cron="kl 2"), cwd=tmp_path)
    assert run.code == 2
    assert 'sources.delad.schedule: kl 2 is no cron expression; expected such as "0 2 * * 1-5"' in run.line


def test_what_is_due_is_scanned_and_who_wants_to_know_is_told_of_gaps(tmp_path: Path) -> None:
    path = made(tmp_path)
    heard = tmp_path / "heard.json"
    path.write_text(f"{path.read_text()}notify: {{command: [tee, {heard}]}}\n")
    with opened(configuration.load(path), create=True) as store:
        note_run(store, "delad", at("2026-01-01T02:30+01:00"))
    run = insyn("schedule", "--once", "--log-format", "json", "-c", path, cwd=tmp_path)
    assert run.code == 0, run.err
    lines = [json.loads(line) for line in run.err.splitlines() if line.startswith("{")]
    assert lines[0]["event"] == "scanned"
    assert lines[0]["units"] == {"enumerated": 1, "scanned": 1}
    event = json.loads(heard.read_text())
    assert event["kind"] == "gaps"
    assert event["sources"] == ["delad"]
    assert "900118" not in run.err + heard.read_text()
    with opened(configuration.load(path)) as store:
        assert last_runs(store)["delad"] > at("2026-11-01T00:00+01:00")


def test_two_schedules_of_one_configuration_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        run = insyn("schedule", "--once", "-c", path, cwd=tmp_path)
    assert (run.code, run.line) == (11, "insyn: another `insyn schedule` of insyn.yaml runs")


def test_a_webhook_is_sent_the_event_and_one_that_is_down_is_told() -> None:
    heard: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    event = Event("failure", ["crm"], "the scan ended with 1")
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/"
        assert tell(Notify(webhook=url), event) == []
        thread.join()
    assert json.loads(heard[0])["summary"] == "the scan ended with 1"
    told = "check it in the configuration"
    assert tell(Notify(webhook=url), event) == [
        f"notify.webhook: 127.0.0.1 cannot be reached (connection refused); {told}"
    ]
    assert tell(Notify(webhook=url, on=["gaps"]), event) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "127.0.0.1 answered 503;"),
        (b"nonsense\r\n\r\n", "127.0.0.1 failed (BadStatusLine);"),
    ],
)
def test_a_webhook_that_answers_badly_is_told_without_its_address(answer: bytes, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/hooks/hemlig"
        (line,) = tell(Notify(webhook=url), Event("failure", ["crm"], "x"))
        thread.join()
    assert said in line
    assert "hemlig" not in line


def test_a_letter_that_cannot_be_sent_and_a_command_that_fails_are_told() -> None:
    email = Email(host="127.0.0.1", port=1, sender="a@example.se", to=["b@example.se"])
    event = Event("failure", ["crm"], "x")
    assert "127.0.0.1:1 cannot be reached (connection refused);" in tell(Notify(email=email), event)[0]
    assert "false ended with 1;" in tell(Notify(command=["false"]), event)[0]
    assert "finns-inte is not there;" in tell(Notify(command=["finns-inte"]), event)[0]


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("30 2 * * *", "*-*-* 2:30:00"),
        ("*/15 8-17 * * 1-5", "Mon..Fri *-*-* 8..17:0/15:00"),
        ("0 3 1 */2 *", "*-1/2-1 3:0:00"),
    ],
)
def test_cron_as_systemd_says_it(cron: str, expected: str) -> None:
    assert calendar(cron) == expected


@pytest.mark.parametrize("what", ["systemd", "cron", "airflow"])
def test_what_other_schedulers_need(tmp_path: Path, what: str) -> None:
    path = made(tmp_path)
    run = insyn("schedule", "--print", what, "-c", path, cwd=tmp_path)
    assert run.code == 0
    assert f"scan delad -c {path}" in run.out
    assert f"case tidy -c {path}" in run.out
    if what == "airflow":
        compile(run.out, "dag.py", "exec")


def test_a_window_is_two_times(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected a window such as"):
        configuration.load(made(tmp_path, window="kväll"))


def test_a_paused_source_is_not_scanned_until_it_is_resumed(tmp_path: Path) -> None:
    path = made(tmp_path, cron="* * * * *")
    long_ago = at("2026-11-17T02:30+01:00")
    with opened(configuration.load(path), create=True) as store:
        note_run(store, "delad", long_ago)
    assert insyn("schedule", "--pause", "delad", "-c", path, cwd=tmp_path).code == 0
    listed = insyn("schedule", "--list", "-c", path, cwd=tmp_path)
    assert listed.out.startswith("delad\t* * * * *\tpaused by ")
    assert insyn("schedule", "--once", "-c", path, cwd=tmp_path).code == 0
    with opened(configuration.load(path)) as store:
        assert last_runs(store)["delad"] == long_ago
    assert insyn("schedule", "--resume", "delad", "-c", path, cwd=tmp_path).code == 0
    with opened(configuration.load(path)) as store:
        assert last_runs(store)["delad"] > long_ago  # what was left out is not made up for
    assert "paused" not in insyn("schedule", "--list", "-c", path, cwd=tmp_path).out


def test_a_source_without_a_schedule_cannot_be_paused(tmp_path: Path) -> None:
    run = insyn("schedule", "--pause", "annan", "-c", made(tmp_path), cwd=tmp_path)
    assert run.code == 2
    assert run.line == "insyn: schedule: annan has no schedule; there are: delad"
