import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.files import FilesConnector, readable

Listing = dict[str, str | tuple[State, str]]


def listing(path: Path | str, **options: object) -> Listing:
    """Give kind of each unit, or the state and reason it is not read with; a key met twice fails."""
    found: Listing = {}
    for item in FilesConnector(path=str(path), **options).units():  # type: ignore[arg-type]
        key = item.unit if isinstance(item, Unread) else item.key
        assert key not in found
        found[key] = (item.state, item.reason) if isinstance(item, Unread) else item.kind
    return found


def read(path: Path, key: str) -> list[Batch | Unread]:
    return list(FilesConnector(path=str(path)).read(Unit(key, "", "file")))


def put(folder: Path, **files: str) -> Path:
    """Write files, a name's `__` standing for a `/` and `_` for the dot."""
    for name, text in files.items():
        target = folder / name.replace("__", "/").replace("_", ".")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return folder


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's rights, if we have them."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for path in folder.iterdir():
            path.chmod(0o755)


def test_a_file_is_a_unit(tmp_path: Path) -> None:
    put(tmp_path, b_txt="Bo", a__x_txt="Anna", c_txt="")
    units = [unit for unit in FilesConnector(path=str(tmp_path)).units() if isinstance(unit, Unit)]
    assert [(unit.key, unit.kind, unit.size) for unit in units] == [
        ("a/x.txt", "file", 4),
        ("b.txt", "file", 2),
        ("c.txt", "file", 0),
    ]
    assert len({unit.version for unit in units}) == 3


def test_the_version_changes_with_the_content_only(tmp_path: Path) -> None:
    def version() -> str:
        return next(unit.version for unit in FilesConnector(path=str(tmp_path)).units() if isinstance(unit, Unit))

    target = put(tmp_path, a_txt="Anna") / "a.txt"
    before = version()
    target.read_text()
    assert version() == before
    info = target.stat()
    time.sleep(0.02)  # the clock of a file system ticks every few milliseconds
    target.write_text("Anne")
    os.utime(target, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert version() != before, "same size and same time of change"


def test_a_file_begins_with_its_path_and_every_batch_has_its_date(tmp_path: Path) -> None:
    target = put(tmp_path, kund__lista_csv="namn;skapad\nAnna;2025-05-06\nBo;2025-05-07\n") / "kund/lista.csv"
    os.utime(target, (1_700_000_000, 1_700_000_000))
    first, content = read(tmp_path, "kund/lista.csv")
    assert isinstance(first, Batch)
    assert isinstance(content, Batch)
    assert (first.records, first.fields, first.dates) == (
        [None],
        {"path": ["kund/lista.csv"]},
        {"modified": ["2023-11-14"]},
    )
    assert content.records == [{"row": 1}, {"row": 2}]
    assert content.dates == {"skapad": ["2025-05-06", "2025-05-07"], "modified": ["2023-11-14"] * 2}


def test_an_empty_file_has_its_path_only(tmp_path: Path) -> None:
    put(tmp_path, a_txt="")
    assert [batch.fields for batch in read(tmp_path, "a.txt") if isinstance(batch, Batch)] == [{"path": ["a.txt"]}]


def test_a_single_file_is_a_source_of_one_unit(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Anna", b_txt="Bo")
    assert listing(tmp_path / "a.txt") == {"a.txt": "file"}
    source = FilesConnector(path=str(tmp_path / "a.txt"))
    assert list(source.fetch("a.txt", [None])) == [(None, {"path": "a.txt", "": "Anna"})]
    assert list(source.fetch("b.txt", [None])) == []


@pytest.mark.parametrize(
    ("options", "read_keys"),
    [
        ({}, ["a.csv", "b.tmp", "d/c.csv", "d/e/f.txt"]),
        ({"include": ["*.csv"]}, ["a.csv", "d/c.csv"]),
        ({"include": "*.csv"}, ["a.csv", "d/c.csv"]),
        ({"include": ["d/*"]}, ["d/c.csv", "d/e/f.txt"]),
        ({"exclude": ["*.tmp", "f.*"]}, ["a.csv", "d/c.csv"]),
        ({"exclude": ["d"]}, ["a.csv", "b.tmp"]),
        ({"exclude": ["d/e"]}, ["a.csv", "b.tmp", "d/c.csv"]),
    ],
)
def test_what_the_globs_leave_out_is_listed_as_skipped(
    tmp_path: Path, options: dict[str, object], read_keys: list[str]
) -> None:
    put(tmp_path, a_csv="", b_tmp="", d__c_csv="", d__e__f_txt="")
    found = listing(tmp_path, **options)
    assert [key for key, kind in found.items() if kind == "file"] == read_keys
    assert {kind for kind in found.values() if kind != "file"} <= {
        (State.SKIPPED, "include"),
        (State.SKIPPED, "exclude"),
    }
    for key in ("a.csv", "b.tmp", "d/c.csv", "d/e/f.txt"):
        assert any(key == unit or (unit.endswith("/") and key.startswith(unit)) for unit in found), (
            f"{key} is not accounted for"
        )


def test_the_own_store_is_skipped(tmp_path: Path) -> None:
    put(tmp_path, insyn_db="", x_db="")
    (tmp_path / "insyn.db-wal").touch()
    skipped = (State.SKIPPED, "own store")
    found = listing(tmp_path, skip=[str(tmp_path / "insyn.db")])
    assert found == {"insyn.db": skipped, "insyn.db-wal": skipped, "x.db": "file"}


def test_links_are_not_followed_and_irregular_files_not_opened(tmp_path: Path) -> None:
    """T38, T39, S8."""
    put(tmp_path, d__a_txt="Anna")
    (tmp_path / "d/loop").symlink_to("..")
    (tmp_path / "out").symlink_to("/etc/passwd")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        found = listing(tmp_path)
    link, irregular = (State.SKIPPED, "symlink"), (State.UNSUPPORTED, "irregular")
    assert found == {
        "d/a.txt": "file",
        "d/loop": link,
        "dangling": link,
        "fifo": irregular,
        "out": link,
        "socket": irregular,
    }


def become_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def become_link(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.symlink_to("other")


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        (Path.unlink, State.VANISHED, "vanished"),
        (lambda path: path.parent.rename(path.parent.with_name("e")), State.VANISHED, "vanished"),
        (become_fifo, State.UNSUPPORTED, "irregular"),
        (become_link, State.SKIPPED, "symlink"),
        (become_folder, State.UNSUPPORTED, "irregular"),
    ],
)
def test_what_happens_between_listing_and_reading_is_named(
    tmp_path: Path, change: Callable[[Path], object], state: State, reason: str
) -> None:
    """T37, T38, T39."""
    put(tmp_path, d__a_txt="Anna")
    source = FilesConnector(path=str(tmp_path))
    (unit,) = source.units()
    assert isinstance(unit, Unit)
    change(tmp_path / "d/a.txt")
    assert list(source.read(unit)) == [Unread("d/a.txt", state, reason)]


@contextmanager
def after_each_read(change: Callable[[], object]) -> Iterator[None]:
    """Let something happen whenever a file has just been read, before its state is looked at again."""

    def on_event(frame: object, event: str, function: object) -> None:
        if event == "c_return" and getattr(function, "__name__", "") == "read":
            change()

    before = sys.getprofile()
    sys.setprofile(on_event)
    try:
        yield
    finally:
        sys.setprofile(before)


CHANGES: dict[str, Callable[[Path], object]] = {
    "grows": lambda path: os.truncate(path, path.stat().st_size + 1),
    "shrinks": lambda path: os.truncate(path, path.stat().st_size - 1),
    "is written": lambda path: os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_whenever_it_is_read_is_named(tmp_path: Path, change: str) -> None:
    """T36."""
    target = put(tmp_path, a_txt="Anna Ek") / "a.txt"
    with after_each_read(lambda: CHANGES[change](target)):
        found = read(tmp_path, "a.txt")
    assert found == [Unread("a.txt", State.CHANGED, "changed while read")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_once_is_read_again(tmp_path: Path, change: str) -> None:
    """T36."""
    target = put(tmp_path, a_txt="Anna Ek") / "a.txt"
    once = iter([CHANGES[change]])
    with after_each_read(lambda: next(once, lambda _: None)(target)):
        found = read(tmp_path, "a.txt")
    assert isinstance(found[-1], Batch)
    assert found[-1].fields[""][0] == target.read_text().replace("\0", " ")


def test_a_file_that_is_replaced_is_read_as_it_was(tmp_path: Path) -> None:
    """T36."""
    put(tmp_path, a_txt="Anna Ek", b_txt="Bo")
    with after_each_read(lambda: (tmp_path / "b.txt").exists() and (tmp_path / "b.txt").rename(tmp_path / "a.txt")):
        found = read(tmp_path, "a.txt")
    assert isinstance(found[-1], Batch)
    assert found[-1].fields[""][0] == "Anna Ek"


def test_what_may_not_be_opened_is_named_and_the_rest_is_read(shared: Path) -> None:
    """T35."""
    put(shared, a_txt="Anna", closed__b_txt="Bo", secret_txt="Ce")
    (shared / "closed").chmod(0)
    (shared / "secret.txt").chmod(0)
    (shared / "a.txt").chmod(0o644)
    source = FilesConnector(path=str(shared))
    source.check()  # starts the child while we may
    with as_nobody():
        found = listing(shared)
        check = source.check()
        secret, anna = (list(source.read(Unit(key, "", "file"))) for key in ("secret.txt", "a.txt"))
    (shared / "secret.txt").chmod(0o600)
    assert found == {"a.txt": "file", "closed/": (State.UNREADABLE, "permission"), "secret.txt": "file"}
    assert check.warnings == ("closed/: permission",)
    assert secret == [Unread("secret.txt", State.UNREADABLE, "permission")]
    assert all(isinstance(batch, Batch) for batch in anna), "not our file: O_NOATIME is refused, reading is not"


def test_depth_is_limited_and_said(tmp_path: Path) -> None:
    """T46."""
    Path(str(tmp_path) + "/d" * 70).mkdir(parents=True)
    Path(str(tmp_path) + "/d" * 64, "a.txt").write_text("Anna")
    Path(str(tmp_path) + "/d" * 65, "b.txt").write_text("Bo")
    assert listing(tmp_path) == {"d/" * 64 + "a.txt": "file", "d/" * 65: (State.REFUSED, "limit:folder_depth")}


def test_paths_longer_than_the_system_takes_are_read(tmp_path: Path) -> None:
    """T46."""
    descriptor, names = os.open(tmp_path, os.O_RDONLY), ["mapp" * 60] * 25
    for name in names:
        os.mkdir(name, dir_fd=descriptor)
        below = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    sink = os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=descriptor)
    os.write(sink, b"Anna")
    os.close(sink)
    os.close(descriptor)
    key = "/".join([*names, "a.txt"])
    assert len(key) > 4096
    assert listing(tmp_path) == {key: "file"}
    assert list(FilesConnector(path=str(tmp_path)).fetch(key, [None])) == [(None, {"path": key, "": "Anna"})]


NAMES = [
    b"\xc5sa.txt",
    "Åsa.txt".encode(),
    "A\u030asa.txt".encode(),
    b"a\nb",
    b"\x1b[31m",
    b"x" * 255,
    b"slut. ",
    b"CON",
    b" ",
    b"a!",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_round_trips(tmp_path: Path, name: bytes) -> None:
    """T45."""
    (tmp_path / os.fsdecode(name)).write_text("Anna")
    source = FilesConnector(path=str(tmp_path))
    (unit,) = source.units()
    assert isinstance(unit, Unit)
    assert os.fsencode(unit.key) == name
    ((record, fields),) = source.fetch(unit.key, [None])
    assert (record, fields[""]) == (None, "Anna")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (b"kund/\xc5sa \xd6berg.txt", "kund/Åsa Öberg.txt"),
        ("kund/Åsa.txt".encode(), "kund/Åsa.txt"),
        ("kund/A\u030asa.txt".encode(), "kund/Åsa.txt"),
        (b"kund/\x8fsa \x99berg i Malm\x94.txt", "kund/Åsa Öberg i Malmö.txt"),
    ],
)
def test_a_path_is_searched_as_text(name: bytes, text: str) -> None:
    assert readable(os.fsdecode(name)) == text


def test_holes_cost_nothing(tmp_path: Path) -> None:
    """T40: of a sparse file what stands in it is read."""
    with (tmp_path / "a.txt").open("wb") as sink:
        sink.write(b"Anna")
        sink.seek(1 << 36)
        sink.write(b"Bo")
    began = time.monotonic()
    found = "".join(
        cell or "" for batch in read(tmp_path, "a.txt") if isinstance(batch, Batch) for cell in batch.fields.get("", ())
    )
    assert found.split() == ["Anna", "Bo"]
    assert time.monotonic() - began < 20


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    target = put(tmp_path, a_txt="Anna") / "a.txt"
    os.utime(target, (1_000_000_000, 1_600_000_000))
    before = target.stat()
    read(tmp_path, "a.txt")
    after = target.stat()
    assert (after.st_atime_ns, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_atime_ns,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


@pytest.mark.parametrize(
    "key", ["../a.txt", "/etc/passwd", "d/../../a.txt", "", ".", "d//a.txt", "d/loop/a.txt", "a\0b"]
)
def test_no_key_leads_out_of_the_tree(tmp_path: Path, key: str) -> None:
    """S8."""
    put(tmp_path, a_txt="Anna", root__d__x_txt="")
    (tmp_path / "root/d/loop").symlink_to("../..")
    assert list(FilesConnector(path=str(tmp_path / "root")).fetch(key, [None])) == []


def test_check_counts_and_opens_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_csv="Anna", b_CSV="Bo", c_txt="", annaek_annaek="x")
    os.mkfifo(tmp_path / "fifo")
    check = FilesConnector(path=str(tmp_path)).check()
    assert (check.units, check.size) == (4, 7)
    assert check.notes[:3] == (".csv: 2 files", ".txt: 1 files", "other: 1 files")
    assert check.notes[3].startswith("sandbox: rlimits")
    assert check.warnings == ("fifo: irregular",)


def test_check_says_that_a_scan_counts_what_lies_in_files_too(tmp_path: Path) -> None:
    put(tmp_path, a_zip="Anna", b_PST="Bo", c_txt="")
    check = FilesConnector(path=str(tmp_path)).check()
    assert "in 2 of them lie more files, mails or tables: a scan counts each as a unit of its own" in check.notes


@pytest.mark.parametrize("path", ["", "/nowhere/at/all", "ftp://HOST/SHARE", "/dev/null", "a\0b"])
def test_a_source_that_is_not_there_is_one_line(path: str) -> None:
    with pytest.raises(ConnectorError, match=r"^files: [^\n]*`path`[^\n]*$"):
        FilesConnector(path=path).check()


def test_limits_are_options() -> None:
    with pytest.raises(ConnectorError, match=r"`limits` has no bytes; it has .*file_bytes"):
        FilesConnector(path="/tmp", limits={"bytes": 1})


def test_limits_are_kept(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Anna")
    source = FilesConnector(path=str(tmp_path), limits={"file_bytes": 3})
    assert list(source.read(Unit("a.txt", "", "file"))) == [Unread("a.txt", State.REFUSED, "limit:file_bytes")]


def test_the_depth_is_an_option(tmp_path: Path) -> None:
    """T46."""
    put(tmp_path, a__b__c_txt="Anna", a__d_txt="Bo")
    found = listing(tmp_path, limits={"folder_depth": 1})
    assert found == {"a/b/": (State.REFUSED, "limit:folder_depth"), "a/d.txt": "file"}
