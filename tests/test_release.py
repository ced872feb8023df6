"""What is released: the wheel alone in an environment of its own, the service, the image's recipe."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
EXPOSURE = 3.0
"""At most, of ten, as `systemd-analyze security` counts it; 9.6 is a service that nothing was said of."""


def ran(*command: object, cwd: Path) -> str:
    env = {**os.environ, "PYTHONPATH": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_wheel_alone_scans(tmp_path: Path) -> None:
    index = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(tmp_path), "hatchling"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if index.returncode and not os.environ.get("INSYN_REQUIRE_SERVERS"):
        pytest.skip("pip reaches no index")
    venv.create(tmp_path / "own", with_pip=True)
    bin = tmp_path / "own" / "bin"
    ran(bin / "pip", "wheel", "-q", "--no-deps", "-w", tmp_path / "wheel", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "wheel").glob("insyn-*.whl")
    ran(bin / "pip", "install", "-q", wheel, cwd=tmp_path)
    assert ran(bin / "insyn", "--version", cwd=tmp_path) == f"insyn {VERSION}\n"
    ran(bin / "insyn", "init", cwd=tmp_path)
    config = tmp_path / "insyn.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("/srv/share", "share"), encoding="utf-8")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "kund.txt").write_text("Anna Ekdahl, 19780412-2385, anna.ekdahl@example.se\n")
    ran(bin / "insyn", "scan", cwd=tmp_path)
    assert "SE_PERSONNUMMER" in ran(bin / "insyn", "findings", cwd=tmp_path)
    assert "personnummer" in ran(bin / "insyn", "inventory", cwd=tmp_path).lower()


def test_the_service_is_sound_and_confined(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        if os.environ.get("INSYN_REQUIRE_SERVERS"):
            pytest.fail("systemd-analyze is missing: apt-get install systemd")
        pytest.skip("there is no systemd-analyze")
    unit = tmp_path / "insyn.service"
    text = (PACKAGING / "insyn.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/insyn/bin/insyn", str(Path(sys.executable).with_name("insyn"))))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "insyn.service" in line]) == (0, [])
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    (exposure,) = re.findall(r"exposure level for \S+: ([\d.]+)", told)
    assert float(exposure) <= EXPOSURE


def test_the_image_runs_as_nobody_and_holds_what_is_there() -> None:
    text = (PACKAGING / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    last = lines[max(at for at, line in enumerate(lines) if line[0] == "FROM") :]
    (user,) = (rest for word, rest in last if word == "USER")
    assert int(user.split(":")[0]) > 0
    assert not [word for word, rest in lines if word == "ADD" or "latest" in rest or "curl" in rest]
    copied = [name for word, rest in lines if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert set(packages["targets"]["wheel"]["packages"]) <= set(copied)
