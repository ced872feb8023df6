"""The random sample of fields without findings, from the draw to what it proves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports.elusion import bound, silent
from scanner import config as configuration
from scanner.audit import log as audit_log
from scanner.decisions import sampling
from scanner.errors import ConfigError
from scanner.reporting import remembered
from scanner.workflow import opened
from tests.scanner.conftest import Demo
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow


def test_from_the_draw_to_the_bound(demo: Demo, tmp_path: Path) -> None:
    shutil.copytree(demo.directory, tmp_path / "estate")
    config = configuration.load(tmp_path / "estate" / "insyn.yaml")
    with opened(config) as store:
        fields = silent(remembered.estate(store, config))
        with pytest.raises(ConfigError):
            sampling.draw(store, fields, 0)
        sampling.draw(store, fields, 20, "anna")
        drawn = sampling.latest(store)
        assert drawn is not None
        assert (len(drawn.fields), drawn.population, drawn.most) == (20, len(fields), None)
        known = {(one.source, one.unit, one.field) for one in fields}
        assert all((one.source, one.unit, one.field) in known for one in drawn.fields)
        read = [sampling.look(store, config, one.id, "anna") for one in drawn.fields]
        assert sum(values is not None for values in read) >= 15
        assert all(len(values) <= sampling.SHOWN for values in read if values)
        assert audit_log.rows(store, 1)[0].action == "sample look"
        for one in drawn.fields[:10]:
            sampling.mark(store, one.id, sampling.CLEAN, "anna")
        sampling.mark(store, drawn.fields[0].id, sampling.MISSED, "anna")
        marked = sampling.latest(store)
        assert marked is not None
        assert (marked.looked, marked.missed, marked.most) == (10, 1, bound(1, 10))
        with pytest.raises(ConfigError):
            sampling.mark(store, 10_000, sampling.CLEAN)
    shown = insyn("review", "sample", cwd=config.directory)
    assert shown.out.count("\n") == 20
    assert "1 of 10" in shown.err
    again = insyn("review", "mark", drawn.fields[1].id, "missed", cwd=config.directory)
    assert again.code == 0, again.err
    assert "2 of 10" in insyn("review", "sample", cwd=config.directory).err
