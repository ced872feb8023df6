"""The soak in its shortest form: one round of all kinds of faults; and its own measures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.soak.__main__ import figures, run
from bench.soak.watch import Held, grown, held, thirds
from bench.trust.figures import keep, kept, lines

FLAT = Held(rss=200.0, files=3, threads=2, children=0, objects=100_000)


@pytest.mark.slow
@pytest.mark.servers
@pytest.mark.timeout(900)
def test_a_round_of_faults_ends_with_the_findings_of_an_undisturbed_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """T72: short; the long form is `python -m bench.soak`."""
    for name in ("CRM_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
        monkeypatch.setenv(name, "")
    soak, _ = run(0.01, 0)
    assert soak.wrong == []
    assert len(soak.rounds) == 1
    assert soak.faults["database crashes"] == 1
    assert soak.faults["failed answers"] > 0


@pytest.mark.parametrize("name", ["rss", "files", "threads", "children", "objects"])
def test_what_grows_is_named(name: str) -> None:
    rounds = [replace(FLAT, **{name: getattr(FLAT, name) * (1 + at / 100) + at}) for at in range(30)]
    (told,) = grown(rounds)
    assert told.startswith(name)


def test_what_is_loaded_at_first_is_no_growth() -> None:
    cold = [replace(FLAT, rss=120.0, objects=1), replace(FLAT, rss=180.0), FLAT]
    assert grown([*cold, *[FLAT] * 9]) == []
    assert thirds([90, 95, 99, 100, 100, 101, 102, 102, 103, 103]) == (101, 103)


def test_the_kernel_tells_what_a_process_holds() -> None:
    import os

    mine = held(os.getpid(), 7)
    assert mine.rss > 20
    assert mine.files >= 3
    assert mine.threads >= 1
    assert mine.objects == 7


def test_figures_are_kept_and_told(tmp_path: Path) -> None:
    from bench.soak.__main__ import Soak

    soak = Soak("digest", rounds=[FLAT] * 6)
    soak.faults["killed"] = 4
    keep("soak", figures(soak, 30.04), tmp_path / "kept.json")
    keep("mutation", {"ledger": {"day": "2026-11-01", "of": 90, "tried": 20, "seen": 19}}, tmp_path / "kept.json")
    assert set(kept(tmp_path / "kept.json")) == {"soak", "mutation"}
    first, second, third = lines(tmp_path / "kept.json")
    assert first.startswith(
        "soak: 30.0 minutes, 6 rounds, 4 killed; after half of the rounds"
        " rss 200 → 200, objects 100000 → 100000, files 3 → 3"
    )
    assert second == "mutation, ledger: 19 of 20 faults seen by the tests (95%), sampled from 90 (2026-11-01)"
    assert third.startswith("fuzzing: ")
