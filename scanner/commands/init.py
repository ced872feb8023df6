"""`insyn init`: what a new installation starts from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from scanner.console import say
from scanner.errors import ConfigError, InsynError
from scanner.keys import new_key

_POLICY = "policy.yaml"
_TEMPLATE = """\
# Insyn: what is scanned, with which key and policy, and where the findings are kept.
policy: policy.yaml               # the company's policy as data, to edit; or name a bundled one: omnipoint
store: sqlite:///insyn.db         # a map of where personal data lies; holds no values
key: file:insyn.key               # keep a copy in a safe place: without it the store tells nothing

sources:
  share:                          # a name of your choice
    type: files
    path: /srv/share
    owner: ""                     # who answers for it, e.g. Kundtjänst
    purposes: []                  # ids of the policy's purposes; none = all
  # crm:
  #   type: database
  #   url: ${CRM_URL}             # any SQLAlchemy URL; ${NAME} is filled in from the environment
  #   exclude: ["tmp_*"]
  #   owner: Kundtjänst
  #   purposes: [service_provision]
  # samtal:
  #   type: recordings
  #   path: /srv/recordings
  #   calls: ["cdr_*.csv"]
"""


def run(directory: Path, company: str = "") -> None:
    """Write configuration, key and policy; nothing that is there already is overwritten.

    Args:
        directory: Is made if it is not there.
        company: Whose policy is begun; "" = Omnipoint's is written, as an example.

    Raises:
        ConfigError: one of the files is there already.
    """
    config = directory / "insyn.yaml"
    for path in (config, directory / "insyn.key", directory / _POLICY):
        if path.exists():
            raise ConfigError(f"{path}: exists already; nothing was written")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _write_policy(directory / _POLICY, company)
        new_key(directory / "insyn.key")
        config.write_text(_TEMPLATE, encoding="utf-8")
    except OSError as error:
        raise InsynError(f"{directory}: cannot be written ({error.strerror})") from None
    say(f"wrote {config}, insyn.key and {_POLICY}; edit the sources, then run: insyn check -c {config}")
    policy = directory / _POLICY
    if company:
        say(f"{policy} is begun for {company}: fill in what it has promised, then run: insyn policy check {policy}")
    else:
        say(
            f"{policy} is Omnipoint AB's, as an example. Your own: delete it, then run: "
            f"insyn policy new {policy} --company NAME"
        )


def _write_policy(path: Path, company: str) -> None:
    if company:
        from scanner.commands.policy import write_new  # takes longer to load than all else here

        write_new(path, company)
        return
    example = resources.files("reports") / "policies" / "omnipoint.yaml"
    path.write_bytes(example.read_bytes())
