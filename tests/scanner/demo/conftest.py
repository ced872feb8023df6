"""One estate for all tests that only read it."""

from __future__ import annotations

import pytest

from scanner.demo import Estate, make


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Estate:
    """The estate of seed 1."""
    return make(tmp_path_factory.mktemp("estate") / "demo")
