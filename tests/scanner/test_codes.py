"""Every evidence code that a scan gives is explained."""

from __future__ import annotations

import json

from recognizers.codes import CODES, meaning
from tests.scanner.conftest import Demo
from tests.scanner.forking import insyn


def test_every_code_of_the_demo_is_explained(demo: Demo) -> None:
    listed = insyn("findings", "--format", "jsonl", "--min-score", "0", cwd=demo.directory).out.splitlines()
    codes = {code for line in listed for code in json.loads(line)["why"]}
    assert len(codes) > 20
    assert {code for code in codes if meaning(code) is None} == set()


def test_the_command_lists_them(demo: Demo) -> None:
    listed = insyn("plugins", "--why", cwd=demo.directory).out
    assert all(f"{code} " in listed for code in CODES)
