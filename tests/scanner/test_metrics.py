"""A scan tells Prometheus what became of its sources."""

from __future__ import annotations

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from scanner.cli import app


def estate(folder: Path, metrics: str = "prom") -> Path:
    (folder / "share").mkdir()
    (folder / "share" / "logg.txt").write_text("från 192.0.2.17\n", encoding="utf-8")
    (folder / "insyn.key").write_text("ab" * 32)
    (folder / "insyn.key").chmod(0o600)
    path = folder / "insyn.yaml"
    sources = "filer: {type: files, path: share}, borta: {type: database, url: postgresql+psycopg://a@127.0.0.1:9/b}"
    path.write_text(f"metrics: {metrics}\nsources: {{{sources}}}\n")
    return path


def test_each_source_has_a_file_of_counts(tmp_path: Path) -> None:
    config = estate(tmp_path)
    (tmp_path / "prom").mkdir()
    CliRunner().invoke(app, ["scan", "-c", str(config)])
    read = {
        name: {
            (sample.name, sample.labels.get("state") or sample.labels.get("status")): sample.value
            for family in text_string_to_metric_families((tmp_path / "prom" / name).read_text())
            for sample in family.samples
        }
        for name in ("insyn-filer.prom", "insyn-borta.prom")
    }
    found = read["insyn-filer.prom"]
    assert (found["insyn_scan_units", "scanned"], found["insyn_scan_status", "complete"]) == (1, 1)
    assert found["insyn_scan_findings", None] >= 1
    assert read["insyn-borta.prom"]["insyn_scan_status", "failed"] == 1
    assert "192.0.2.17" not in (tmp_path / "prom" / "insyn-filer.prom").read_text()


def test_a_directory_that_is_not_there_is_said_before_the_scan(tmp_path: Path) -> None:
    config = estate(tmp_path, "nowhere")
    result = CliRunner().invoke(app, ["scan", "-c", str(config)])
    assert result.exit_code == 2
    assert not (tmp_path / "insyn.db").exists()


def test_metrics_that_cannot_be_written_take_nothing_from_the_scan(tmp_path: Path) -> None:
    config = estate(tmp_path)
    (tmp_path / "prom" / "insyn-filer.prom").mkdir(parents=True)
    result = CliRunner().invoke(app, ["scan", "filer", "-c", str(config)])
    assert result.exit_code == 0
    assert "filer: 1 unit (1 scanned), " in result.stdout
    assert "insyn: metrics: insyn-filer.prom cannot be written" in result.stderr
