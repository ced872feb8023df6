"""The page on security, made from the faults and threats and their tests."""

from __future__ import annotations

from collections.abc import Sequence

from bench.trust.collect import ROOT, Item

PAGE = ROOT / "docs" / "security.md"
_HEAD = """\
# Security

<!-- Made by `python -m bench.trust --write` from bench/trust/known.toml and the tests; do not edit. -->

Insyn holds a map to everything a company knows about people. What is to be protected: the store and its tokens, the
packages handed out, the passwords of sources, the key and the log, the sources' availability, and the correctness of
verdicts. Who is reckoned with: a curious agent, somebody who asks in another's name, an insider with access to a
database, whoever can put a file on a share or a row in a table, a neighbour on the network, a stolen laptop or back-up.
Trusted are the host's root and whoever writes `insyn.yaml`.

`python -m bench.trust --tests` names every test below; with `--junit FILE` also how it went in a run.
"""


def page(rows: Sequence[Item]) -> str:
    """The whole page, in Markdown."""
    threats = [item for item in rows if item.control]
    faults = [item for item in rows if not item.control]
    return "\n".join([_HEAD, *_threats(threats), *_faults(faults)])


def _threats(rows: Sequence[Item]) -> list[str]:
    lines = ["## Threats", ""]
    for item in rows:
        shown = f"Shown by {_files(item)}." if item.tests else "Shown by no test."
        remains = f" **Open:** {item.open}" if item.open else ""
        lines += [f"### {item.id} {item.name}", "", f"{item.control} {shown}{remains}", ""]
    return lines


def _faults(rows: Sequence[Item]) -> list[str]:
    lines = ["## Faults", "", "| fault | tests |", "|---|---|"]
    for item in rows:
        shown = "; ".join(part for part in (_files(item), item.open and f"open: {item.open}") if part)
        lines.append(f"| {item.id} {item.name} | {shown} |")
    return [*lines, ""]


def _files(item: Item) -> str:
    return ", ".join(f"`{name}`" for name in sorted({test.partition("::")[0] for test in item.tests}))
