"""The same tree on a disk, on a share and in a bucket gives the same findings, and nothing of the logins gets out."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from scanner.keys import new_key
from tests.scanner.conftest import Run, insyn
from tests.servers.ceph import S3Server
from tests.servers.samba import PASSWORD, SmbServer

pytestmark = pytest.mark.servers
CONFIG = """
sources:
  disk: {type: files, path: tree}
  share: {type: files, path: "${SHARE}", username: "${SMB_USER}", password: "${SMB_PASSWORD}"}
  bucket: {type: s3, bucket: arkiv, endpoint_url: "${S3_ENDPOINT}"}
"""


def plant(folder: Path) -> None:
    """A small tree of fictional people."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inre/lista.csv", "namn;telefon\nÅsa Öberg;070-1740605\n")
    files = {
        "kund/Åsa Öberg.txt": "Åsa Öberg, personnummer 900118-9811, åsa ringer 070-1740605\n".encode(),
        "kund/register.csv": "namn;personnummer;epost\nAnna Ek;900118-9811;anna.ek@example.com\n".encode("cp1252"),
        "arkiv.zip": packed.getvalue(),
        "logg/stor.log": b"2025-05-06 07:08:09 inget\n" * 60_000 + b"mejl till bo.alm@example.se\n",
        "tom.txt": b"",
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def findings(run: Run, source: str) -> list[tuple[str, ...]]:
    rows = [json.loads(line) for line in run.out.splitlines()]
    keys = ("unit", "record", "field", "entity", "kind", "category", "score", "start", "end", "token", "why")
    return sorted(tuple(json.dumps(row[key]) for key in keys) for row in rows if row["source"] == source)


@pytest.fixture
def env(ceph: S3Server, samba: SmbServer, tmp_path: Path) -> dict[str, str]:
    """The tree in its three places, and what the configuration takes from the environment."""
    plant(tmp_path / "tree")
    shutil.copytree(tmp_path / "tree", samba.folder / "enig")
    key, secret = ceph.account("enig")
    client = boto3.client(
        "s3", endpoint_url=ceph.url, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )  # fmt: skip
    client.create_bucket(Bucket="arkiv")
    for path in (tmp_path / "tree").rglob("*"):
        if path.is_file():
            client.upload_file(str(path), "arkiv", str(path.relative_to(tmp_path / "tree")))
    client.close()
    (tmp_path / "insyn.yaml").write_text(CONFIG)
    new_key(tmp_path / "insyn.key")
    logins = {
        "SMB_USER": samba.user,
        "SMB_PASSWORD": PASSWORD,
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
    }
    return {**os.environ, **logins, "SHARE": samba.url("kunder", "enig"), "S3_ENDPOINT": ceph.url}


def test_the_same_findings(env: dict[str, str], tmp_path: Path) -> None:
    scan = insyn("scan", "--format", "json", cwd=tmp_path, env=env)
    assert scan.code == 0, scan.err
    counts = [source["units"]["enumerated"] for source in json.loads(scan.out)["sources"]]
    assert counts == [counts[0]] * 3
    run = insyn("findings", "--format", "jsonl", "--min-score", "0.3", cwd=tmp_path, env=env)
    expected = findings(run, "disk")
    assert len({unit for unit, *_ in expected}) == 4
    assert findings(run, "share") == expected
    assert findings(run, "bucket") == expected
    again = json.loads(insyn("scan", "--format", "json", cwd=tmp_path, env=env).out)
    assert all("scanned" not in source["units"] or not source["units"]["scanned"] for source in again["sources"])
    checked = insyn("check", cwd=tmp_path, env=env)
    told = "".join((scan.out, scan.err, checked.out, checked.err))
    assert not any(env[name] in told for name in ("SMB_PASSWORD", "AWS_SECRET_ACCESS_KEY"))
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("insyn.db*"))
    assert kept
    assert not any(env[name].encode() in kept for name in ("SMB_PASSWORD", "AWS_SECRET_ACCESS_KEY"))
