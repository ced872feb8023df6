"""A real S3 server, private to the test run: Ceph RGW with one monitor and one store in memory."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.servers.private import free_port, home, listens, program, run, serving, wait_until

_CONFIG = """[global]
fsid = {fsid}
mon initial members = a
mon host = [v2:127.0.0.1:{v2},v1:127.0.0.1:{v1}]
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = {home}/keyring
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail warn = 1
mon data avail crit = 1
run dir = {home}/run
admin socket = {home}/run/$name.asok
log file = {home}/run/$name.log
crash dir = {home}/run
mon data = {home}/mon
osd data = {home}/osd
rgw data = {home}/rgw
rgw frontends = beast endpoint=127.0.0.1:{http} tcp_nodelay=1
rgw dns name = localhost
rgw crypt require ssl = false
osd class load list = *
osd class default list = *
"""
_KEYS = (
    ("mon.", ("mon", "allow *")),
    ("client.admin", ("mon", "allow *", "osd", "allow *", "mgr", "allow *")),
    ("osd.0", ("mon", "allow profile osd", "osd", "allow *")),
    ("client.rgw", ("mon", "allow rw", "osd", "allow rwx")),
)


@dataclass(frozen=True, slots=True)
class S3Server:
    """Where the server is, and how to make accounts."""

    url: str
    config: Path

    def account(self, name: str) -> tuple[str, str]:
        """Make an account; its access key and secret."""
        found = run([*self._admin(), "user", "create", f"--uid={name}", f"--display-name={name}"])
        key = json.loads(found)["keys"][0]
        return key["access_key"], key["secret_key"]

    def _admin(self) -> list[str]:
        return [program("radosgw-admin", "radosgw"), "-c", str(self.config)]


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Start the server (about 15 s) and stop it when the block is left."""
    programs = {
        name: program(name, package)
        for name, package in (
            ("ceph-mon", "ceph-mon"), ("ceph-osd", "ceph-osd"), ("radosgw", "radosgw"),
            ("ceph", "ceph-common"), ("ceph-authtool", "ceph-common"), ("monmaptool", "ceph-common"),
        )
    }  # fmt: skip
    with home() as folder, ExitStack() as stack:
        config, http = _prepare(folder, programs)
        start = [f"--conf={config}", f"--keyring={folder}/keyring", "-f"]
        log = folder / "server.log"
        stack.enter_context(serving([programs["ceph-mon"], "-i", "a", *start], log))
        osd = str(uuid4())
        run([programs["ceph"], "-c", str(config), "osd", "new", osd, "0"])
        run([programs["ceph-osd"], "-i", "0", "--mkfs", "--osd-uuid", osd, *start[:2]])
        stack.enter_context(serving([programs["ceph-osd"], "-i", "0", *start], log))
        gateway = stack.enter_context(serving([programs["radosgw"], "-n", "client.rgw", *start], log))
        wait_until(lambda: listens(http), gateway, log)
        yield S3Server(f"http://127.0.0.1:{http}", config)


def _prepare(folder: Path, programs: dict[str, str]) -> tuple[Path, int]:
    """Write the configuration, the keys and the monitor's data; the configuration's path and the port."""
    for name in ("mon", "osd", "run", "rgw"):
        (folder / name).mkdir()
    names = {"fsid": str(uuid4()), "home": str(folder), "v2": free_port(), "v1": free_port(), "http": free_port()}
    config = folder / "ceph.conf"
    config.write_text(_CONFIG.format(**names))
    for number, (name, caps) in enumerate(_KEYS):
        rights = [
            part for kind, allowed in zip(caps[::2], caps[1::2], strict=True) for part in ("--cap", kind, allowed)
        ]
        create = [] if number else ["--create-keyring"]
        run([programs["ceph-authtool"], *create, f"{folder}/keyring", "--gen-key", "-n", name, *rights])
    address = f"[v2:127.0.0.1:{names['v2']},v1:127.0.0.1:{names['v1']}]"
    monmap = f"{folder}/monmap"
    run([programs["monmaptool"], "--create", "--addv", "a", address, "--fsid", str(names["fsid"]), monmap])
    keyring = ["--monmap", monmap, "--keyring", f"{folder}/keyring", f"--conf={config}"]
    run([programs["ceph-mon"], "--mkfs", "-i", "a", *keyring], env={**os.environ, "CEPH_CONF": str(config)})
    return config, int(names["http"])
