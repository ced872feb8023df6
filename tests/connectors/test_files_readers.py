"""Who may read a file: told of each, and counted before a scan."""

from pathlib import Path

import pytest

from connectors import Readers, Unit
from connectors.files import FilesConnector


def test_check_says_how_many_files_are_open_to_all(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Anna")
    tmp_path.chmod(0o755)
    (tmp_path / "a.txt").chmod(0o644)
    (tmp_path / "b.txt").chmod(0o640)
    source = FilesConnector(path=str(tmp_path))
    assert source.check().notes[-1] == "every user of the machine may read 1 files"
    (tmp_path / "a.txt").chmod(0o600)
    assert "every user" not in str(source.check().notes)


@pytest.mark.parametrize(
    ("folder", "file", "wanted"),
    [
        (0o755, 0o644, Readers.EVERYONE),
        (0o755, 0o640, Readers.GROUP),
        (0o755, 0o600, Readers.OWNER),
        (0o750, 0o644, Readers.GROUP),
        (0o700, 0o666, Readers.OWNER),
        (0o744, 0o644, Readers.OWNER),
    ],
)
def test_who_may_read_a_file_hangs_on_the_folders_too(tmp_path: Path, folder: int, file: int, wanted: Readers) -> None:
    tmp_path.chmod(0o755)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (below / "x.txt").write_text("x", encoding="utf-8")
    (below / "x.txt").chmod(file)
    (tmp_path / "a").chmod(folder)
    (tmp_path / "open.txt").write_text("x", encoding="utf-8")
    (tmp_path / "open.txt").chmod(0o644)
    with FilesConnector(path=str(tmp_path)) as source:
        found = {item.key: item.readers for item in source.units() if isinstance(item, Unit)}
    assert found == {"a/b/x.txt": wanted, "open.txt": Readers.EVERYONE}
