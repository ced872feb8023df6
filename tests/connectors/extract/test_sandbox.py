"""Whatever a file makes its parser do: it is named, nothing gets out, and the next file is read."""

from __future__ import annotations

import gc
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, State, Unread
from connectors.extract.answers import PIECE
from connectors.extract.bounds import Bounds
from connectors.extract.confine import FULL
from connectors.extract.limits import Limits
from connectors.extract.process import File
from connectors.extract.readers import Job
from connectors.extract.sandbox import InProcess, Parser, Sandbox
from tests.connectors.extract.hostile import LIES

pytestmark = pytest.mark.slow

MIB = 1 << 20
HOSTILE = "tests.connectors.extract.hostile"
BOUNDS = Bounds(seconds=3, silence_seconds=0.8, memory_bytes=256 * MIB, output_bytes=8 * MIB)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(bounds=BOUNDS, program=HOSTILE)
    yield made
    made.close()


def act(sandbox: Sandbox, deed: str, unit: str = "a.txt") -> list[str | Unread]:
    return said(sandbox.read(Job(unit, "act"), deed.encode()))


def said(answers: Iterator[Batch | Unread]) -> list[str | Unread]:
    """The texts of a file, and what was not read."""
    found: list[str | Unread] = []
    for answer in answers:
        found += [answer] if isinstance(answer, Unread) else [column[0] or "" for column in answer.fields.values()]
    return found


def plain(answer: Batch | Unread) -> object:
    """All of an answer, with lists for whatever sequences it has."""
    if isinstance(answer, Unread):
        return answer
    fields = {name: list(column) for name, column in answer.fields.items()}
    return answer.unit, list(answer.records), fields, answer.dates, list(answer.keys), answer.sampled, answer.notes


def children() -> set[int]:
    """The processes that this one started and that are still there, zombies too."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


FAULTS = {
    "hang": (State.REFUSED, "limit:silence"),
    "spin": (State.REFUSED, "limit:silence"),
    "segfault": (State.UNREADABLE, "crash"),
    "abort": (State.UNREADABLE, "crash"),
    "exit": (State.UNREADABLE, "crash"),
    "raise": (State.UNREADABLE, "crash (KeyError)"),
    "memory": (State.REFUSED, "limit:memory"),
}


@pytest.mark.parametrize("deed", FAULTS)
def test_a_fault_is_named_and_the_next_file_is_read(sandbox: Sandbox, deed: str) -> None:
    """T50: hang, segfault, memory."""
    state, reason = FAULTS[deed]
    assert act(sandbox, deed) == [Unread("a.txt", state, reason)]
    assert act(sandbox, f"+ {deed}") == ["before", Unread("a.txt", State.PARTIAL, reason)]
    assert act(sandbox, "say hej") == ["hej"]


def test_time_is_counted_over_the_whole_file() -> None:
    bounds = Bounds(seconds=0.6, silence_seconds=5)
    with_time = Sandbox(bounds=bounds, program=HOSTILE)
    assert act(with_time, "hang") == [Unread("a.txt", State.REFUSED, "limit:time")]
    with_time.close()


def test_time_that_the_reader_of_the_answers_takes_is_not_counted(sandbox: Sandbox) -> None:
    answers = sandbox.read(Job("a.txt", "act"), b"+ say hej")
    next(answers)
    time.sleep(1)
    assert said(answers) == ["hej"]


def test_endless_output_is_cut(sandbox: Sandbox) -> None:
    """T50: output without end."""
    *texts, last = said(sandbox.read(Job("a.txt", "flood"), b"x"))
    assert last == Unread("a.txt", State.PARTIAL, "limit:output")
    assert 6 <= len(texts) <= 8
    assert act(sandbox, "say hej") == ["hej"]


def in_force() -> str:
    probe = Sandbox()
    found = probe.confinement()
    probe.close()
    return found


def full() -> None:
    """Skip where the kernel lacks a measure, fail where all are required."""
    found = in_force()
    if found != FULL and os.environ.get("INSYN_REQUIRE_SERVERS") != "1":
        pytest.skip(f"this system confines by {found} only")
    assert found == FULL


ESCAPES = {
    "a program": "execute /bin/sh",
    "another process": "fork",
    "a file of the system": "read /etc/passwd",
    "a folder": "list /",
    "the memory of the parent": f"read /proc/{os.getpid()}/environ",
    "a new file": "write /tmp/insyn-escaped",
    "a new file in memory": "write /dev/shm/insyn-escaped",
}


@pytest.mark.parametrize("escape", ESCAPES)
def test_what_a_parser_must_not_do_is_refused(sandbox: Sandbox, escape: str) -> None:
    """T50, S6: writes, forks, connects."""
    full()
    [answer] = act(sandbox, ESCAPES[escape])
    assert isinstance(answer, str)
    assert answer.startswith("refused")
    assert act(sandbox, "say hej") == ["hej"]


def test_nothing_is_written(sandbox: Sandbox, tmp_path: Path) -> None:
    """T50, S6."""
    target = tmp_path / "x"
    target.write_text("Anna")
    assert str(act(sandbox, f"write {target}")[0]).startswith("refused")
    assert target.read_text() == "Anna"


def test_no_connection_arrives(sandbox: Sandbox) -> None:
    """T50, S6, S7."""
    full()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        assert str(act(sandbox, f"connect {listener.getsockname()[1]}")[0]).startswith("refused")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_no_signal_reaches_others(sandbox: Sandbox) -> None:
    full()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        assert act(sandbox, f"signal {other.pid}") == ["refused PermissionError"]
        assert other.poll() is None
        other.kill()


def test_the_environment_holds_no_secret(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """S15."""
    monkeypatch.setenv("INSYN_KEY", "hemligt")
    [names] = act(sandbox, "environment")
    assert "INSYN_KEY" not in str(names)
    assert "MALLOC_ARENA_MAX" in str(names)


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_about_more_than_text_is_not_believed(sandbox: Sandbox, lie: str) -> None:
    [answer] = said(sandbox.read(Job("a.txt", "lie"), lie.encode()))
    assert isinstance(answer, Unread)
    assert (answer.unit, answer.state, answer.reason[:5]) == ("a.txt", State.UNREADABLE, "crash")
    assert act(sandbox, "say hej") == ["hej"]


def test_a_child_that_is_killed_from_outside_is_named(sandbox: Sandbox) -> None:
    before = children()
    answers = sandbox.read(Job("a.txt", "act"), b"+ hang")
    next(answers)
    [child] = children() - before
    os.kill(child, signal.SIGKILL)
    assert said(answers) == [Unread("a.txt", State.PARTIAL, "crash")]
    assert act(sandbox, "say hej") == ["hej"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may look")
def test_the_child_has_a_network_of_its_own(sandbox: Sandbox) -> None:
    """S06: beside the filter of calls; there is nothing in it."""
    before = children()
    assert act(sandbox, "say hej") == ["hej"]
    [child] = children() - before
    for kind in ("net", "user", "ipc"):
        assert Path(f"/proc/{child}/ns/{kind}").readlink() != Path(f"/proc/self/ns/{kind}").readlink(), kind


def test_a_child_that_dies_while_nobody_asks_is_replaced(sandbox: Sandbox) -> None:
    before = children()
    assert act(sandbox, "say hej") == ["hej"]
    [child] = children() - before
    os.kill(child, signal.SIGKILL)
    time.sleep(0.1)
    assert act(sandbox, "say hej") == ["hej"]


def test_chaos_sixty_files_in_any_order(sandbox: Sandbox) -> None:
    """T50: chaos, seed 42."""
    deeds = random.Random(42).choices(["say hej", *FAULTS], [6, *[1] * len(FAULTS)], k=60)
    for deed in deeds:
        wanted = "hej" if deed == "say hej" else Unread("a.txt", *FAULTS[deed])
        assert act(sandbox, deed) == [wanted]


def test_nothing_is_left_behind() -> None:
    gc.collect()
    before = children(), len(list(Path("/proc/self/fd").iterdir()))
    for deed in ("say hej", "segfault", "hang"):
        forgotten = Sandbox(bounds=BOUNDS, program=HOSTILE)
        act(forgotten, deed)
        assert act(forgotten, "say hej") == ["hej"]
        del forgotten
    abandoned = Sandbox(bounds=BOUNDS, program=HOSTILE)
    next(abandoned.read(Job("a.txt", "act"), b"+ hang"))
    del abandoned
    gc.collect()
    assert (children(), len(list(Path("/proc/self/fd").iterdir()))) == before


def test_the_child_dies_with_its_parent() -> None:
    code = (
        "from connectors.extract.sandbox import Sandbox, Job\n"
        f"s = Sandbox(program={HOSTILE!r})\n"
        "a = s.read(Job('a.txt', 'act'), b'+ spin'); next(a)\n"
        "import os; print(open(f'/proc/self/task/{os.getpid()}/children').read(), flush=True); os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False, timeout=60)
    child = int(done.stdout)
    end = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_two_files_at_once_are_read_by_two(sandbox: Sandbox) -> None:
    first = sandbox.read(Job("a.txt", "act"), b"+ say a")
    next(first)
    assert act(sandbox, "say b", "b.txt") == ["b"]
    assert said(first) == ["a"]


def test_a_child_is_used_for_many_files_but_not_for_ever() -> None:
    before = children()
    recycling = Sandbox(bounds=Bounds(child_files=3), program=HOSTILE)
    used = []
    for _ in range(6):
        act(recycling, "say hej")
        used += [*(children() - before)]
    recycling.close()
    assert len(used) == 4
    assert len(set(used)) == 2
    assert children() == before


PARSERS: dict[str, Parser] = {"sandbox": Sandbox(), "in process": InProcess()}


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_an_open_file_is_read_when_it_is_settled(parser: Parser, tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("Anna Ek")
    asked: list[int] = []

    def settled(size: int) -> bool:
        asked.append(size)
        return len(asked) == 3

    with target.open("rb") as file:
        assert said(parser.read(Job("a.txt"), File(file.fileno(), 7, settled))) == ["Anna Ek"]
        assert asked == [7, 7, 7]
        never = parser.read(Job("a.txt"), File(file.fileno(), 7, lambda _: False))
        assert said(never) == [Unread("a.txt", State.CHANGED, "changed while read")]


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_a_text_too_long_for_one_message_comes_in_parts_of_their_own(parser: Parser) -> None:
    long = "Anna Ek " * (PIECE // 4)
    batches = [answer for answer in parser.read(Job("a.log"), long.encode()) if isinstance(answer, Batch)]
    records = [record for batch in batches for record in batch.records]
    assert len(records) > 1
    assert len({str(record) for record in records}) == len(records)
    texts = [batch.fields[""][0] or "" for batch in batches]
    assert "".join(texts).rstrip() == long.rstrip()
    assert all(part.endswith(" ") for part in texts[:-1]), "no name is cut"


def test_what_the_child_reads_is_what_is_read_here() -> None:
    files = {
        "a.csv": "namn;ort;skapad\nÅsa;Lund;2025-05-06\nBo;;2025-05-07\n", "b.json": '{"a": [1, {"b": "é"}]}',
        "c.txt": "hej\x01 \u2028 \U0001f600", "d\udce5.txt": "Anna", "e.xml": "<a b='c'>d</a>",
        "f.bin": "\x00\x01\x02" * 9,
    }  # fmt: skip
    for name, content in files.items():
        data = content.encode("cp1252" if name == "d\udce5.txt" else "utf-8")
        there, here = ([plain(answer) for answer in parser.read(Job(name), data)] for parser in PARSERS.values())
        assert there == here
        assert there


def test_the_limits_reach_the_child() -> None:
    small = Sandbox(Limits(text_block=10))
    assert len(said(small.read(Job("a.txt"), b"Anna Ek\nBo Alm\n"))) == 2
    small.close()
