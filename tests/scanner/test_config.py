"""Every mistake in the configuration is one line that names file, key and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import config
from scanner.errors import ConfigError

GOOD = "sources:\n  share:\n    type: files\n    path: share\n"
RELATION = GOOD + "    relations:\n      - "


def written(directory: Path, text: str) -> Path:
    path = directory / "insyn.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected keys such as `sources:`"),
        ("sources: [", "line 1: not valid YAML"),
        ("sources: {}\n", "sources: at least one source is needed"),
        ("policy: omnipoint\n", "sources: is missing"),
        (
            "sauces: {}\n" + GOOD,
            "sauces: no such option; there are policy, store, key, web, schedule, notify, metrics, sources",
        ),
        ("sources:\n  a:\n    path: x\n", "sources.a.type: is missing"),
        ("sources:\n  a:\n    type: fiels\n    path: x\n", "sources.a.type: fiels is no source type; there are"),
        (
            "sources:\n  a:\n    type: files\n    pth: x\n",
            "sources.a.pth: no such option of type files; there are path",
        ),
        ("sources:\n  a:\n    type: files\n", "sources.a.path: is missing"),
        (
            "sources:\n  a:\n    type: files\n    path: ${INSYN_NOT_SET}\n",
            "sources.a.path: the environment variable INSYN_NOT_SET is not set",
        ),
        ("key: ${file:nowhere}\n" + GOOD, "key: the file nowhere cannot be read"),
        ("notify: {command: ring klockan}\n" + GOOD, "notify.command: must be a list: [one, another]"),
        ("notify: {emial: a@example.se}\n" + GOOD, "notify.emial: no such option; there are on, command, webhook"),
        ("web: {oidc: {isuer: x}}\n" + GOOD, "web.oidc.issuer: is missing"),
        ("notify: ja\n" + GOOD, "notify: must have options of its own, indented below it"),
        (
            GOOD + "    tables:\n      kunder: {relationship_ends: x}\n",
            "sources.share.tables.kunder.relationship_ends: no such option; there are purposes",
        ),
        (RELATION + "{form: a.b, to: c.d}\n", "sources.share.relations.0.from: is missing"),
        (RELATION + "{from: a.b, too: c.d}\n", "relations.0.too: no such option; there are from, to, source, deny"),
        (RELATION + "{from: a.b}\n", "relations.0: to: is missing: the column that it refers to; only with deny: true"),
        (
            RELATION + "{from: a.b, source: share, deny: true}\n",
            "relations.0: to: is missing: the column of that source",
        ),
        (RELATION + "{from: ab, to: c.d}\n", "relations.0.from: must name a table or file and a column of it: orders."),
        (RELATION + "{from: a.b, to: c.}\n", "relations.0.to: must name a table or file and a column of it: orders."),
        (RELATION + "{from: a.b, to: c.d, deny: nej}\n", "relations.0.deny: must be true or false"),
        (
            RELATION + "{from: a.b, to: c.d, source: crm}\n",
            "relations.0.source: there is no source crm; there are share",
        ),
        (RELATION + "{from: a.b, to: a.b}\n", "sources.share.relations.0.to: is the same column as from"),
        (
            RELATION + "{from: a.b, to: c.d}\n      - {from: a.b, to: c.d, deny: true}\n",
            "sources.share.relations.1: the same is said and denied; take one of the two away",
        ),
        (GOOD + "    relations: {from: a.b, to: c.d}\n", "sources.share.relations: must be a list: [one, another]"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text))
    message = str(caught.value)
    assert message.startswith("insyn.yaml")
    assert expected in message
    assert "\n" not in message


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"insyn.yaml: no such file in .*; `insyn init` writes one"):
        config.load(tmp_path / "insyn.yaml")


def test_environment_and_secret_files_are_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("hemligt\n")
    monkeypatch.setenv("CRM_HOST", "db.example.se")
    loaded = config.load(
        written(
            tmp_path,
            "sources:\n  crm:\n    type: database\n    url: postgresql+psycopg://u:${file:password}@${CRM_HOST}/crm\n",
        )
    )
    assert loaded.sources["crm"].options["url"] == "postgresql+psycopg://u:hemligt@db.example.se/crm"


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    loaded = config.load(written(tmp_path, GOOD + "  crm: {type: database, url: 'sqlite:///crm.db'}\n"))
    assert loaded.store == f"sqlite:///{tmp_path}/insyn.db"
    assert loaded.key == f"file:{tmp_path}/insyn.key"
    assert loaded.sources["share"].options["path"] == f"{tmp_path}/share"
    assert loaded.sources["crm"].options["url"] == f"sqlite:///{tmp_path}/crm.db"
