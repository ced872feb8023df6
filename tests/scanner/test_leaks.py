"""No value of the estate's people is in the store, the logs or the reports: everything that was written is searched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.scanner.conftest import Demo, insyn

LONG_ENOUGH = 6
_NEAR = 0xFFFFFF
"""The first three bytes: most of a blob begins as no value does."""
COMMON = re.compile(r"[a-zåäöé]+|[A-Za-zÅÄÖåäö]+|\d{1,6}")
"""One plain word or a short number is also a word of the reports; values with more to them are searched for."""


def values(demo: Demo) -> set[str]:
    """What is personal in the estate, and long enough not to be an ordinary word."""
    truth = json.loads((demo.directory / "truth.json").read_text(encoding="utf-8"))
    found = {row["value"] for row in truth["findings"]}
    for subject in truth["subjects"]:
        found |= {*subject["emails"], *subject["phones"], subject["name"] or "", subject["personnummer"] or ""}
    return {value for value in found if len(value) >= LONG_ENOUGH and not COMMON.fullmatch(value)}


def held(blob: bytes, searched: set[str]) -> list[str]:
    """Values that stand in a blob, in the encodings that a program might write.

    All that begin as something in the blob begins are looked for whole: thousands of values, megabytes of bytes.
    """
    written = {value.encode(encoding): value for value in searched for encoding in ("utf-8", "utf-16-le")}
    beginnings = windows(b"".join(one[:LONG_ENOUGH] for one in written))[::LONG_ENOUGH]
    near = np.zeros(_NEAR + 1, np.bool_)
    near[beginnings & _NEAR] = True
    there = windows(blob)
    met = np.isin(beginnings, there[near[there & _NEAR]])
    return sorted({value for (one, value), is_met in zip(written.items(), met, strict=True) if is_met and one in blob})


def windows(blob: bytes) -> NDArray[np.uint64]:
    """Each run of so many bytes as a number."""
    parts = np.frombuffer(blob, np.uint8).astype(np.uint64)
    count = max(0, len(parts) - LONG_ENOUGH + 1)
    return sum((parts[at : at + count] << np.uint64(8 * at) for at in range(LONG_ENOUGH)), np.zeros(count, np.uint64))


def written(demo: Demo) -> Iterator[tuple[str, bytes]]:
    """All that the commands wrote: store with its log, reports, output."""
    for pattern in ("insyn.db*", "inventory.*", "retention.*"):
        for path in sorted(demo.directory.glob(pattern)):
            yield path.name, path.read_bytes()
    yield "standard error", demo.run.err.encode()
    out = demo.run.out.split("Try next")[0]  # the example names the person whom it asks for
    yield "standard output", out.encode()


def test_the_search_would_see_a_value(demo: Demo) -> None:
    searched = values(demo)
    assert len(searched) > 2000
    assert held((demo.directory / "crm.db").read_bytes(), searched)


@pytest.mark.slow
def test_no_value_is_written(demo: Demo) -> None:
    """T60, S01."""
    searched = values(demo)
    assert {name: held(blob, searched) for name, blob in written(demo)} == {name: [] for name, _ in written(demo)}


@pytest.mark.parametrize(
    "arguments", [["inventory"], ["inventory", "--format", "csv"], ["scan", "--full"], ["inventory", "--lang", "en"]]
)
def test_no_value_is_printed(demo: Demo, arguments: list[str]) -> None:
    """T60."""
    run = insyn(*arguments, cwd=demo.directory)
    assert run.code in (0, 3), run.err
    assert held((run.out + run.err).encode(), values(demo)) == []


def test_nothing_is_left_elsewhere(demo: Demo, tmp_path: Path) -> None:
    """T60."""
    home, temp = tmp_path / "home", tmp_path / "temp"
    home.mkdir()
    temp.mkdir()
    env = {"HOME": str(home), "TMPDIR": str(temp), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    assert insyn("scan", "--full", cwd=demo.directory, env=env).code == 3
    left = [path for path in (*home.rglob("*"), *temp.rglob("*")) if path.is_file()]
    assert left == []
