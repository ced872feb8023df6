"""Files that change, vanish, are none, or may not be read; paths and holes without end."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connectors import Batch, State, Unit, Unread
from connectors.files import FilesConnector
from tests.connectors.tree import as_nobody, listing, put, read

pytestmark = pytest.mark.slow


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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_folder_that_is_mounted_into_itself_is_entered_once(tmp_path: Path) -> None:
    """T39: the mount is seen by the process that lists, and by no other."""
    (put(tmp_path, d__a_txt="Anna") / "d" / "loop").mkdir()
    lists = "import sys; from tests.connectors.tree import listing; print(listing(sys.argv[1]))"
    mounted = f'mount --bind "$1" "$1/d/loop" && exec "$2" -c "{lists}" "$1"'
    command = ["unshare", "--mount", "sh", "-c", mounted, "sh", str(tmp_path), sys.executable]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str({"d/a.txt": "file", "d/loop/": (State.SKIPPED, "visited")})


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
    """T37, T38, T39, S8: a link that has taken a file's place is not opened."""
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
