"""What is shipped along: `python -m bench.trust.supply [--write]` lists every distribution of the lock and its licence.

The lock is packaging/requirements.lock (made by packaging/lock); licences are those that the installed distributions
state. `--write` makes packaging/sbom.cdx.json anew, a bill of materials in CycloneDX. Ends 1 if a licence does not go
with MIT.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from bench.trust.collect import ROOT

LOCK = ROOT / "packaging" / "requirements.lock"
SBOM = ROOT / "packaging" / "sbom.cdx.json"
COMPATIBLE = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "LGPL-2.1-or-later",
    "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "UPL-1.0", "Unlicense", "Zlib",
})  # fmt: skip
"""Licences of parts that a program under MIT may be given out with: used as they are, replaceable, not copied in."""
STATED = {
    "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "BSD, Public Domain": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "MIT License": "MIT", "ISC License": "ISC", "LGPL-2.1+": "LGPL-2.1-or-later",
    "GNU LESSER GENERAL PUBLIC LICENSE": "LGPL-2.1-or-later", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""What distributions say that is no SPDX expression, as one."""
READ = {
    "brotlicffi": "MIT", "colorama": "BSD-3-Clause", "hatchling": "MIT",
    "sspilib": "MIT", "tomlkit": "MIT", "trove-classifiers": "Apache-2.0",
}  # fmt: skip
"""Of distributions for other systems or for building only: read in them by hand."""
_PINNED = re.compile(r"^([\w.-]+)==(\S+?)(?: ; (.+?))? \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.M)


@dataclass(frozen=True, slots=True)
class Pinned:
    """One line of the lock."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def licence(self) -> str:
        """As an SPDX expression; "" if nothing tells."""
        try:
            return READ.get(self.name) or expression(metadata(self.name))
        except PackageNotFoundError:
            return ""


def pinned() -> Iterator[Pinned]:
    """All lines of the lock."""
    for name, version, marker, hashes in _PINNED.findall(LOCK.read_text(encoding="utf-8")):
        yield Pinned(name, version, marker, tuple(re.findall(r"[0-9a-f]{64}", hashes)))


def expression(stated: PackageMetadata) -> str:
    """The licence that a distribution states: as an expression, in words, or by a classifier."""
    classifiers = (one.rpartition(" :: ")[2] for one in stated.get_all("Classifier", []) if one.startswith("License"))
    first = "".join(stated.get_all("License", [])[:1]).strip().partition("\n")[0].strip()
    for said in (*stated.get_all("License-Expression", []), first, *classifiers):
        try:
            return canonicalize_license_expression(STATED.get(said, said))
        except InvalidLicenseExpression:
            continue
    return ""


def goes_with_mit(licence: str) -> bool:
    """Whether all that must be kept, or one of what may be chosen, is compatible.

    >>> goes_with_mit("MIT AND Zlib"), goes_with_mit("GPL-2.0-only OR MIT"), goes_with_mit("GPL-3.0-only")
    (True, True, False)
    """
    choices = [set(re.findall(r"[\w.+-]+", one)) - {"AND"} for one in licence.split(" OR ")]
    return any(choice and choice <= COMPATIBLE for choice in choices)


def bill() -> str:
    """The bill of materials, the same text for the same lock."""
    factory = LicenseFactory()
    bom = Bom(
        components=[
            Component(
                type=ComponentType.LIBRARY, name=one.name, version=one.version,
                purl=(purl := PackageURL("pypi", None, one.name, one.version)), bom_ref=str(purl),
                licenses=[factory.make_with_expression(one.licence)],
            )
            for one in pinned()
        ]
    )  # fmt: skip
    made: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    del made["serialNumber"], made["metadata"], made["dependencies"]  # of this moment; of nothing that a lock tells
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """List, and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.trust.supply", description=__doc__)
    parser.add_argument("--write", action="store_true", help="make packaging/sbom.cdx.json anew")
    given = parser.parse_args()
    rows = list(pinned())
    wrong = [one for one in rows if not goes_with_mit(one.licence)]
    for one in rows:
        print(f"{one.name:<24}{one.version:<16}{one.licence or 'unknown'}{'  NOT WITH MIT' if one in wrong else ''}")
    if given.write:
        SBOM.write_text(bill(), encoding="utf-8")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
