"""What is scanned in the soak: the demo estate, its register in PostgreSQL, its share beside a copy in a bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from scanner.demo.estate import make
from scanner.keys import new_key
from tests.conftest import private_postgres
from tests.servers.faulty_s3 import FaultyS3, faulty_s3

OBJECTS = 40
"""Files of the share that lie in the bucket, too."""
_BUCKET = """\
  arkiv:
    type: s3
    bucket: lager
    endpoint_url: {url}
    owner: IT
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """An estate and the servers that it lies on."""

    directory: Path
    server: str
    """URL of the database server's administrator."""
    bucket: FaultyS3

    @property
    def share(self) -> Path:
        """The directory of files."""
        return self.directory / "share"

    def forget(self) -> None:
        """Take the store away."""
        for path in self.directory.glob("insyn.db*"):
            path.unlink()


@contextmanager
def surroundings(directory: Path) -> Iterator[Surroundings]:
    """Make the estate in an empty directory; the servers run until the block is left."""
    with private_postgres() as server, faulty_s3() as bucket:
        database = sa.make_url(server).set(database="crm")
        admin = sa.create_engine(server, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE crm")
        os.environ["CRM_URL"] = database.render_as_string(hide_password=False)
        os.environ |= {"AWS_ACCESS_KEY_ID": "prov", "AWS_SECRET_ACCESS_KEY": "prov-4711", "AWS_REGION": "eu-north-1"}
        made = make(directory, crm_url=os.environ["CRM_URL"])
        new_key(directory / "insyn.key")
        with made.config.open("a", encoding="utf-8") as config:
            config.write(_BUCKET.format(url=bucket.url))
        files = sorted(path for path in (directory / "share").rglob("*") if path.is_file())[:OBJECTS]
        bucket.objects = {path.relative_to(directory / "share").as_posix(): path.read_bytes() for path in files}
        yield Surroundings(directory, server, bucket)
