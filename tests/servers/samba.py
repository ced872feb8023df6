"""A real SMB server, private to the test run: Samba with one user and one share."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.private import free_port, home, listens, program, run, serving, wait_until

PASSWORD = "prov-4711"
_CONFIG = """[global]
server role = standalone server
map to guest = never
smb ports = {port}
interfaces = lo
bind interfaces only = yes
server min protocol = SMB2_10
server signing = mandatory
passdb backend = tdbsam:{home}/passdb.tdb
private dir = {home}
lock directory = {home}
state directory = {home}
cache directory = {home}
pid directory = {home}
ncalrpc dir = {home}/ncalrpc
log file = {home}/log
disable netbios = yes
disable spoolss = yes
load printers = no
[kunder]
path = {share}
read only = no
[stangd]
path = {share}
invalid users = {user}
[lasbar]
path = {share}
read only = yes
[hanvisning]
path = {share}
msdfs root = yes
"""


@dataclass(frozen=True, slots=True)
class SmbServer:
    """Where the server is, who may log in, and the folder that it shares."""

    port: int
    user: str
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, share: str = "kunder", folder: str = "") -> str:
        """Address of the share, or of a folder in it."""
        return f"smb://127.0.0.1:{self.port}/{share}/{folder}".rstrip("/")

    def stop(self) -> None:
        """Stop the server, with all that are logged in."""
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def smb_server() -> Iterator[SmbServer]:
    """Start the server (below a second) and stop it when the block is left."""
    smbd, pdbedit = program("smbd", "samba"), program("pdbedit", "samba")
    user = "daemon" if os.geteuid() == 0 else getpass.getuser()  # a user of the system that a login is for
    with home() as folder:
        share = folder / "share"
        share.mkdir()
        config, port = folder / "smb.conf", free_port()
        config.write_text(_CONFIG.format(port=port, home=folder, share=share, user=user))
        run([pdbedit, "-s", str(config), "-a", "-u", user, "-t"], input=f"{PASSWORD}\n{PASSWORD}\n")
        log = folder / "server.log"
        with serving([smbd, "--foreground", "--no-process-group", "-s", str(config)], log) as process:
            wait_until(lambda: listens(port), process, log)
            yield SmbServer(port, user, share, process)
