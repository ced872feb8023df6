"""What systemd, cron and Airflow need to do what `insyn schedule` does: scans, and deleting packages that are due."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from scanner.config import Config

_UNIT = """# insyn-{name}.service
[Unit]
Description=Insyn: {what}
[Service]
Type=oneshot
ExecStart={command}
Nice=10
SuccessExitStatus=3
TimeoutStopSec=10

# insyn-{name}.timer
[Unit]
Description=Insyn: {what}, when
[Timer]
OnCalendar={calendar}
RandomizedDelaySec={jitter}
Persistent={persistent}
[Install]
WantedBy=timers.target
"""
_TASK = """    BashOperator(task_id="{name}", bash_command={command!r}, skip_on_exit_code=None)
"""
_DAG = """with DAG("insyn_{name}", schedule="{cron}", catchup=False, max_active_runs=1, start_date=START):
"""
TIDY, TIDIED = "packages-due", "10 4 * * *"
"""Name and time of the job that deletes packages."""
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def command(config: Config, name: str) -> str:
    """The scan of one source, as a shell takes it."""
    return _shell("scan", name, "-c", str(config.path), "--format", "json", "-o", "/dev/null")


def tidy(config: Config) -> str:
    """Deleting the packages whose day has come, as a shell takes it."""
    return _shell("case", "tidy", "-c", str(config.path))


def _shell(*arguments: str) -> str:
    insyn = Path(sys.argv[0]).absolute() if Path(sys.argv[0]).name == "insyn" else Path("insyn")
    return shlex.join([str(insyn), *arguments])


def systemd(config: Config) -> str:
    """A service and a timer a source, and one to tidy."""
    jobs = [(name, f"scan of {name}", command(config, name), cron) for name, cron in _scheduled(config).items()]
    jobs.append((TIDY, "packages whose day has come are deleted", tidy(config), TIDIED))
    return "\n".join(
        _UNIT.format(
            name=name,
            what=what,
            command=does,
            calendar=f"{calendar(cron)} {config.schedule.timezone}",
            jitter=config.schedule.jitter,
            persistent=str(config.schedule.catch_up or name == TIDY).lower(),
        )
        for name, what, does, cron in jobs
    )


def calendar(cron: str) -> str:
    """A cron expression as systemd's `OnCalendar`."""
    minute, hour, day, month, weekday = cron.split()
    days = "" if weekday == "*" else ",".join(_days(part) for part in weekday.split(",")) + " "
    return f"{days}*-{_part(month, 1)}-{_part(day, 1)} {_part(hour, 0)}:{_part(minute, 0)}:00"


def _part(part: str, least: int) -> str:
    first, slash, step = part.partition("/")
    first = first.replace("-", "..")
    return f"{least if first == '*' else first}/{step}" if slash else first


def _days(part: str) -> str:
    names = [_DAYS[int(one)] if one.isdigit() else one.capitalize() for one in part.split("-")]
    return "..".join(names)


def cron(config: Config) -> str:
    """Lines of a crontab. Cron knows no time zone of its own and no missed runs."""
    lines = [f"CRON_TZ={config.schedule.timezone}"]
    lines += [f"{expression} {command(config, name)}" for name, expression in _scheduled(config).items()]
    lines.append(f"{TIDIED} {tidy(config)} >/dev/null")
    return "\n".join(lines) + "\n"


def airflow(config: Config) -> str:
    """A DAG a source, and one to tidy."""
    parts = [
        "import pendulum\nfrom airflow import DAG\nfrom airflow.operators.bash import BashOperator\n",
        f'START = pendulum.datetime(2026, 1, 1, tz="{config.schedule.timezone}")\n',
    ]
    jobs = [(name, expression, command(config, name)) for name, expression in _scheduled(config).items()]
    for name, expression, does in [*jobs, (TIDY, TIDIED, tidy(config))]:
        parts.append(_DAG.format(name=name, cron=expression) + _TASK.format(name=name, command=does))
    return "\n".join(parts)


def _scheduled(config: Config) -> Mapping[str, str]:
    return {name: source.schedule for name, source in config.sources.items() if source.schedule}


PRINTERS: Mapping[str, Callable[[Config], str]] = {"systemd": systemd, "cron": cron, "airflow": airflow}
