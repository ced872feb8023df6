"""Fixtures for all tests: real database servers, private to the test run, on the loopback interface."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

PASSWORD = "prov-4711"
"""Of the administrators of the private servers; they live for one test run."""
START_SECONDS = 60.0


SERVERS = ("[postgresql]", "[mariadb]", "postgres_", "mariadb_", "[postgres", "[mariadb", "ceph", "samba")
"""What the name of a test or of one of its fixtures says when it needs a server that takes seconds to start."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a server, or the demo scanned first, is left out of the quick round, too."""
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
        names = (item.name, *getattr(item, "fixturenames", ()))
        if any(server in name for name in names for server in SERVERS):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.servers)


def _missing(server: str, package: str) -> str:
    """Skip, or fail where servers are required: a run without them must not look like a pass."""
    reason = f"{server} server binaries not found: apt-get install {package}"
    if os.environ.get("INSYN_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _account(preferred: str) -> str:
    """The system user to run a server as: a server refuses to run as root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return preferred if preferred in names else "nobody"


@contextmanager
def _home(user: str) -> Iterator[Path]:
    """A directory under the temp directory that `user` owns (pytest's own is closed to other users)."""
    path = Path(tempfile.mkdtemp(prefix="insyn-server-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(path, user)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _run_as(user: str) -> dict[str, Any]:
    """Arguments for `subprocess` that give up root."""
    if os.geteuid() != 0:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; show its log if it does not."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with engine.connect():
                return
        except sa.exc.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                pytest.fail(f"server did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)


def _prepare(command: list[str], home: Path, user: str) -> None:
    """Make a server's data directory; show what the program says if it cannot."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, check=False, **_run_as(user))
    if done.returncode:
        pytest.fail(f"{command[0]} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")


@contextmanager
def _serving(command: list[str], url: str, home: Path, user: str) -> Iterator[str]:
    """Run a server until the block is left."""
    log = home / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=home, **_run_as(user))
    try:
        _wait_for(url, server, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _newest_postgres() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of the administrator (database `postgres`) of a fresh PostgreSQL server."""
    with private_postgres() as url:
        yield url


@contextmanager
def private_postgres(shared_buffers: str = "32MB") -> Iterator[str]:
    """The same for whoever needs one outside a test."""
    binaries = _newest_postgres()
    if binaries is None:
        _missing("PostgreSQL", "postgresql")
    assert binaries
    user, port = _account("postgres"), _free_port()
    with _home(user) as home:
        secret = home / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        options = [
            "--auth=scram-sha-256",
            "--username=chef",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        _prepare([str(binaries / "initdb"), "-D", str(home / "data"), "--no-sync", *options], home, user)
        settings = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off",
            "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
            "shared_buffers": shared_buffers,
        }  # fmt: skip
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        url = f"postgresql+psycopg://chef:{PASSWORD}@127.0.0.1:{port}/postgres"
        with _serving([str(binaries / "postgres"), "-D", str(home / "data"), *flags], url, home, user):
            yield url


@pytest.fixture(scope="session")
def mariadb_url() -> Iterator[str]:
    """URL of the administrator (no database) of a fresh MariaDB server."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/libexec"
    server, install = shutil.which("mariadbd", path=path), shutil.which("mariadb-install-db", path=path)
    if server is None or install is None:
        _missing("MariaDB", "mariadb-server")
    assert server and install
    user, port = _account("mysql"), _free_port()
    with _home(user) as home:
        data = f"--datadir={home / 'data'}"
        _prepare(
            [install, "--no-defaults", data, "--auth-root-authentication-method=normal", "--skip-test-db"], home, user
        )
        start = home / "start.sql"
        start.write_text(
            f"CREATE USER chef@'%' IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON *.* TO chef@'%' WITH GRANT OPTION;\n"
        )
        start.chmod(0o644)
        flags = [
            "--bind-address=127.0.0.1", f"--port={port}", f"--socket={home / 's'}", f"--pid-file={home / 'pid'}",
            f"--init-file={start}", "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin",
            "--innodb-buffer-pool-size=64M", "--innodb-flush-method=nosync", "--innodb-doublewrite=0",
            "--character-set-server=utf8mb4",
        ]  # fmt: skip
        url = f"mysql+pymysql://chef:{PASSWORD}@127.0.0.1:{port}/"
        with _serving([server, "--no-defaults", data, *flags], url, home, user):
            yield url


@contextmanager
def _database(server: str, drop: str) -> Iterator[str]:
    """A new empty database on `server`, gone when the block is left."""
    name = f"t{uuid4().hex[:12]}"
    engine = sa.create_engine(server, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(drop.format(name))


@pytest.fixture
def postgres_db(postgres_url: str) -> Iterator[str]:
    """URL of a new empty PostgreSQL database, its owner logged in."""
    with _database(postgres_url, "DROP DATABASE {} WITH (FORCE)") as url:
        yield url


@pytest.fixture
def mariadb_db(mariadb_url: str) -> Iterator[str]:
    """URL of a new empty MariaDB database, an administrator logged in."""
    with _database(mariadb_url, "DROP DATABASE {}") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres_db", "mariadb_db"], ids=["sqlite", "postgresql", "mariadb"])
def any_db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a new empty database, of each kind in turn."""
    if request.param != "sqlite":
        return str(request.getfixturevalue(request.param))
    path = tmp_path / "prov.db"
    path.touch()
    return f"sqlite:///{path}"


@pytest.fixture
def execute() -> Callable[..., None]:
    """Run statements (texts, or pairs of a statement and its rows) against a URL and commit."""

    def run(url: str, *statements: str | tuple[str, list[dict[str, Any]]]) -> None:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            for statement in statements:
                if isinstance(statement, str):
                    connection.exec_driver_sql(statement)
                else:
                    connection.execute(sa.text(statement[0]), statement[1])

    return run
