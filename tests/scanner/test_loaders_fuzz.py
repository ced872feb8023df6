"""Whatever stands in a configuration or a policy file: one line that says what is wrong, never another error."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.policy import PolicyError, load
from scanner import config
from scanner.errors import ConfigError

pytestmark = pytest.mark.slow

KEYS = st.sampled_from(
    ["sources", "policy", "store", "key", "crm", "type", "files", "path", "url", "owner", "purposes", "tables", "rows",
     "schedule", "web", "notify", "categories", "retention", "name", "id", "legal_bases"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.dates(),
    st.sampled_from(["files", "database", "declared", "${", "${file:", "${file:/}", "file:", "env:", "sqlite:///a.db",
                     "0 2 * * *"]),
)  # fmt: skip
DOCUMENTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.integers(), inner, max_size=5)
)
ROUNDS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for loader, refusal in ((config.load, ConfigError), (load, PolicyError)):
        try:
            loader(path if loader is config.load else str(path))  # type: ignore[operator]
        except refusal as error:
            assert "\n" not in str(error)


@ROUNDS
@given(document=DOCUMENTS)
def test_any_document(document: object, tmp_path: Path) -> None:
    read(tmp_path / "a.yaml", yaml.safe_dump(document, allow_unicode=True).encode("utf-8", "surrogatepass"))


@ROUNDS
@given(document=st.dictionaries(KEYS, DOCUMENTS, max_size=5))
def test_any_source(document: object, tmp_path: Path) -> None:
    read(tmp_path / "a.yaml", yaml.safe_dump({"sources": {"crm": document}}).encode("utf-8", "surrogatepass"))


@ROUNDS
@given(data=st.binary(max_size=60))
def test_any_bytes(data: bytes, tmp_path: Path) -> None:
    read(tmp_path / "a.yaml", data)


@pytest.mark.parametrize(
    "text",
    [
        "sources: " + "[" * 5000,
        "a: &a [*a]",
        "sources: &s {crm: *s}",
        "sources: {<<: 1}",
        "? [1]\n: 2",
        "!!python/object:os.system {}",
        "sources: 2026-02-31",
        "key: !!binary x",
        "a: 1\na: 2",
        "\ufeffsources: {}",
        "sources: {crm: {type: 1e999}}",
        "\x00",
        "--- 1\n--- 2",
        "sources: {? {} : 1}",
        "policy: 999999999999999999999999-01-01",
        "&a [" + "&b [" * 300,
    ],
)
def test_yaml_that_is_odd(text: str, tmp_path: Path) -> None:
    read(tmp_path / "a.yaml", text.encode())
