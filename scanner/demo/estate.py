"""Makes the demo estate: customer register, file share and recordings of an alarm company that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scanner.demo.calls import write_calls
from scanner.demo.crm import fill
from scanner.demo.share import write_share
from scanner.demo.truth import Truth
from scanner.demo.world import build

_CONFIG = """\
# The demo's sources. All people are fictional; their numbers are official test numbers.
policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm:
    label: Kundsystemet
    type: database
    url: {url}
    owner: Kundtjänst
    purposes: [service_provision, direct_marketing]
    tables:
      kunder: {{relationship_end: avslutad, since: kundsedan}}
      offerter: {{purposes: [quote_requests], received: skapad}}
      webb_events: {{purposes: [direct_marketing]}}
      fakturor: {{purposes: [service_provision, legal_compliance]}}
      betalningar: {{purposes: [service_provision, legal_compliance]}}
  share:
    label: Filservern
    type: files
    path: share
    owner: IT
  samtal:
    label: Inspelade samtal
    type: recordings
    path: recordings
    calls: ["cdr_*.csv"]
    company_numbers: ["08-465 004 00"]
    owner: Kundtjänst
    purposes: [service_provision]
"""


@dataclass(frozen=True, slots=True)
class Estate:
    """What was made, and where."""

    directory: Path
    config: Path
    """`insyn.yaml`; the key that it names is not made here."""
    truth: Path
    """What is personal in it, and whose: see `scanner.demo.truth`."""
    customers: int
    rows: int
    files: int
    recordings: int


OPEN = "share/marknad"
"""The one folder that every account of the machine may read."""


def make(directory: Path, *, seed: int = 1, crm_url: str | None = None) -> Estate:
    """Make `crm.db`, `share/`, `recordings/`, `insyn.yaml` and `truth.json`. The same seed makes the same data.

    Args:
        directory: Made if it is not there; it must be empty.
        seed: Which estate.
        crm_url: SQLAlchemy URL of an empty database to fill instead of `crm.db`; the configuration says `${CRM_URL}`.

    Raises:
        FileExistsError: the directory is not empty.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty: give a new directory")
    world, truth = build(seed), Truth()
    rows = fill(crm_url or f"sqlite:///{directory / 'crm.db'}", world, truth)
    files = write_share(directory / "share", world, truth)
    recordings = write_calls(directory / "recordings", world, truth)
    close(directory)
    config = directory / "insyn.yaml"
    config.write_text(_CONFIG.format(url="${CRM_URL}" if crm_url else "sqlite:///crm.db"), encoding="utf-8")
    truth_path = directory / "truth.json"
    truth.write(truth_path, world.people)
    return Estate(directory, config, truth_path, len(world.people.customers), rows, files, recordings)


def close(directory: Path) -> None:
    """Let only the owner read what was made, but for one folder."""
    for path in directory.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    for path in (directory / "share", directory / OPEN, *(directory / OPEN).rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
