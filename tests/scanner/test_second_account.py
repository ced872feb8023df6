"""S01, S15: another account of the same machine reads nothing of ours, be it while a scan runs.

Everything lies in a folder that others may enter, and a file beside it that they can read shows that they do.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.conftest import INSYN

pytestmark = pytest.mark.slow
NUMBER = "19900118-9811"
PASSWORD = "hemligt-lösenord-4711"
SEEN = ("environ", "maps", "mem", "cmdline")
CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  share: {{type: files, path: share, owner: IT}}
  crm: {{type: database, url: "postgresql+psycopg://anna:${{CRM_PASSWORD}}@127.0.0.1:{port}/crm", owner: IT}}
"""


@pytest.fixture(scope="module")
def other() -> Iterator[pwd.struct_passwd]:
    """A fresh account without rights."""
    if os.geteuid() != 0 or shutil.which("useradd") is None:
        pytest.skip("only root makes accounts")
    name = f"insyn-{secrets.token_hex(4)}"
    subprocess.run(["useradd", "--no-create-home", "--shell", "/bin/sh", name], check=True, capture_output=True)
    yield pwd.getpwnam(name)
    subprocess.run(["userdel", name], check=True, capture_output=True)


@pytest.fixture(scope="module")
def estate() -> Iterator[Path]:
    """A scanned share with a case and its package, made as a user would, under the usual mask of rights."""
    with tempfile.TemporaryDirectory(prefix="insyn-other-") as name:
        directory = Path(name)
        directory.chmod(0o755)
        (directory / "share").mkdir()
        for at in range(3):
            (directory / "share" / f"{at}.txt").write_text(f"Anna Ekdahl, personnummer {NUMBER}, ärende {at}")
        (directory / "insyn.yaml").write_text(CONFIG.format(port=9), encoding="utf-8")
        (directory / "beside").write_text("anybody may read this")
        new_key(directory / "insyn.key")
        run(directory, "scan", "share")
        for line in (f"new {NUMBER} --number A-1", "search A-1", "package A-1 --because provet"):
            run(directory, "case", *line.split())
        run(directory, "store", "backup", "copy.db")
        yield directory


def run(directory: Path, *arguments: str) -> None:
    done = subprocess.run(
        [INSYN, *arguments], cwd=directory, capture_output=True, text=True, umask=0o022, check=False,
        env=os.environ | {"CRM_PASSWORD": PASSWORD},
    )  # fmt: skip
    assert done.returncode in (0, 3), done.stderr


def reads(other: pwd.struct_passwd, path: Path | str) -> bytes:
    """What the other account gets of a file; nothing where it is refused."""
    return subprocess.run(
        ["cat", str(path)], user=other.pw_uid, group=other.pw_gid, extra_groups=[], capture_output=True, check=False
    ).stdout


def test_nothing_of_ours_is_open_to_others(estate: Path) -> None:
    """S01: store with its log, key, packages, copies, whatever account asks."""
    ours = [
        path for path in estate.rglob("*") if path.name.startswith(("insyn.db", "insyn.key", "copy.db", "packages"))
    ]
    ours += (estate / "packages").rglob("*")
    assert {"insyn.db", "insyn.key", "copy.db", "packages"} <= {path.name for path in ours}
    assert any(path.suffix == ".zip" for path in ours)
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in ours if path.stat().st_mode & 0o077} == {}


def test_another_account_reads_nothing(estate: Path, other: pwd.struct_passwd) -> None:
    """S01."""
    assert reads(other, estate / "beside") == b"anybody may read this", "else it shows nothing"
    files = [path for path in estate.rglob("*") if path.is_file() and path.parent.name != "share"]
    files = [path for path in files if path.name not in ("beside", "insyn.yaml")]
    assert len(files) >= 4
    assert [path.name for path in files if reads(other, path)] == []


def test_another_account_sees_nothing_of_a_scan_that_runs(estate: Path, other: pwd.struct_passwd) -> None:
    """S15: neither its environment, where a password is, nor its memory, nor that password in its arguments."""
    secret, proc = {"CRM_PASSWORD": PASSWORD}, Path("/proc")
    theirs = subprocess.Popen(["sleep", "60"], env=secret, user=other.pw_uid, group=other.pw_gid, extra_groups=[])
    with socket.create_server(("127.0.0.1", 0)) as silent:
        config = estate / "runs.yaml"
        config.write_text(CONFIG.format(port=silent.getsockname()[1]), encoding="utf-8")
        scan = subprocess.Popen(
            [INSYN, "scan", "crm", "-c", config], cwd=estate, env=os.environ | secret, stderr=subprocess.DEVNULL
        )
        try:
            silent.settimeout(60)
            with silent.accept()[0]:  # it is logging in, and waits for an answer
                assert PASSWORD.encode() in reads(other, proc / str(theirs.pid) / "environ"), "else it shows nothing"
                seen = {name: reads(other, proc / str(scan.pid) / name) for name in SEEN}
                assert scan.poll() is None
        finally:
            for one in (theirs, scan):
                one.kill()
                one.wait()
    assert b"insyn" in seen["cmdline"]
    assert PASSWORD.encode() not in seen.pop("cmdline")
    assert {name for name, data in seen.items() if data} == set()
