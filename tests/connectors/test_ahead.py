"""Files that are read ahead, many in one exchange, are read as those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.content import CONNECTION, LOST, Content, ContentConnector, Globs, Rule, costs
from connectors.extract.bounds import Bounds
from connectors.extract.readers import Job
from connectors.extract.sandbox import InProcess, Parser, Sandbox
from connectors.files import FilesConnector
from tests.connectors.extract.hostile import LIES

pytestmark = pytest.mark.slow

HOSTILE = "tests.connectors.extract.hostile"
FAULTS = {
    "segfault": (State.UNREADABLE, "crash"),
    "raise": (State.UNREADABLE, "crash (KeyError)"),
    "memory": (State.REFUSED, "limit:memory"),
    "hang": (State.REFUSED, "limit:silence"),
    "+ segfault": (State.PARTIAL, "crash"),
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    bounds = Bounds(seconds=3, silence_seconds=0.8, memory_bytes=256 << 20)
    made = Sandbox(bounds=bounds, program=HOSTILE)
    yield made
    made.close()


def told(answers: Iterator[Batch | Unread]) -> list[object]:
    return [(one.state, one.reason) if isinstance(one, Unread) else one.fields[""][0] for one in answers]


def test_a_file_that_ends_its_child_takes_none_with_it(sandbox: Sandbox) -> None:
    """T50."""
    deeds = ["say a", *(deed for fault in FAULTS for deed in (fault, f"say {fault[-1]}", "say b"))]
    files = [(Job(f"{n}.txt", "act"), deed.encode()) for n, deed in enumerate(deeds)]
    found = [told(answers) for answers in sandbox.read_many(files)]
    wanted = [
        [deed[4:]] if deed.startswith("say") else [*(["before"] if deed[0] == "+" else []), FAULTS[deed]]
        for deed in deeds
    ]
    assert found == wanted


def test_an_answer_about_another_file_is_not_believed(sandbox: Sandbox) -> None:
    files = [(Job("a.txt", "lie"), next(iter(LIES)).encode()), (Job("b.txt", "act"), b"say hej")]
    assert [told(answers) for answers in sandbox.read_many(files)] == [[(State.UNREADABLE, "crash")], ["hej"]]


def test_what_nobody_goes_through_is_passed_over(sandbox: Sandbox) -> None:
    files = [(Job(f"{n}.txt", "act"), f"say {n}".encode()) for n in range(5)]
    found = [told(answers) if n % 2 else [] for n, answers in enumerate(sandbox.read_many(files))]
    assert found == [[], ["1"], [], ["3"], []]
    started = sandbox.read_many(files)
    next(started)
    started.close()  # type: ignore[attr-defined]
    assert told(sandbox.read(*files[3])) == ["3"]


@pytest.mark.parametrize("parser", [Sandbox(), InProcess()], ids=["confined", "here"])
def test_many_are_read_as_one_is(parser: Parser) -> None:
    files = [(Job(f"{n}.csv"), f"namn;nr\nAnna;{n}\nBo;{n}\n".encode()) for n in range(200)]
    many = [[repr(one) for one in answers] for answers in parser.read_many(files)]
    assert many == [[repr(one) for one in parser.read(job, content)] for job, content in files]
    parser.close()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for n in range(150):
        (tmp_path / f"{n:03}.txt").write_text(f"Anna {n}")
    (tmp_path / "099.txt").write_text("larm " * 100_000)
    return tmp_path


def content(source: FilesConnector, unit: Unit) -> list[object]:
    """What a unit holds, without its path."""
    return [
        (one.state, one.reason) if isinstance(one, Unread) else next(iter(one.fields.values()))[0]
        for one in source.read(unit)
    ][1:] or ["gone"]


def test_units_that_are_expected_are_read_as_they_are(tree: Path) -> None:
    """Whatever is skipped, fetched in between, too large to be sent, gone or changed when its turn comes."""
    with FilesConnector(path=str(tree)) as source:
        units = [unit for unit in source.units() if isinstance(unit, Unit)]
        source.expect(units)
        (tree / "001.txt").unlink()
        (tree / "002.txt").write_text("Bo Öh")
        wanted = {unit.key: [f"Anna {int(unit.key[:3])}"] for unit in units}
        wanted |= {"001.txt": ["gone"], "002.txt": ["Bo Öh"], "099.txt": ["larm " * 100_000]}
        for n, unit in enumerate(units):
            if n % 10 == 7:
                continue
            assert content(source, unit) == wanted[unit.key]
            assert next(iter(source.fetch("000.txt", [None])))[1][""] == "Anna 0"
        assert content(source, units[7]) == ["Anna 7"]
        source.expect(units[:3])
        source.expect(units[5:])
        assert content(source, units[0]) == ["Anna 0"]
        assert content(source, units[5]) == ["Anna 5"]


class Silent:
    """A store whose server does not answer."""

    def __init__(self) -> None:
        self.asked = 0

    def walk(self, rule: Rule) -> Iterator[Unit | Unread]:
        return (Unit(f"{n}.txt", "1", "file", 10) for n in range(100))

    def open(self, key: str, limit: int) -> Content | Unread:
        return self.stream(key, limit)

    def stream(self, key: str, limit: int) -> Content | Unread:
        self.asked += 1
        return Unread(key, State.UNREADABLE, CONNECTION)

    def remarks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (), ()

    def close(self) -> None: ...


def test_a_server_that_does_not_answer_is_not_asked_for_every_file_ahead() -> None:
    """T53."""
    store = Silent()
    with ContentConnector(store, Globs(), costs("files", None), sandbox=False) as source:
        units = [unit for unit in source.units() if isinstance(unit, Unit)]
        source.expect(units)
        for unit in units[: LOST - 1]:
            assert list(source.read(unit)) == [Unread(unit.key, State.UNREADABLE, CONNECTION)]
        with pytest.raises(ConnectorError, match="no longer answers"):
            list(source.read(units[LOST - 1]))
    assert store.asked == LOST
