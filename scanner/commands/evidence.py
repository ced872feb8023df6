"""`insyn evidence`: one archive to hand to an authority: reports, ledger, policy, versions, head of the log.

From the same store, configuration and day it is the same byte for byte, so anyone can make it again and compare.
"""

from __future__ import annotations

import hashlib
import io
import platform
import zipfile
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import select

from recognizers import Analyzer
from reports import objects, retention_report, review_report
from reports.formats import render_document, render_inventory
from reports.language import LANGUAGES, translator
from reports.policy_file import raw_bytes
from scanner import audit
from scanner import config as configuration
from scanner.commands import article30, retention
from scanner.commands.inventory import build_inventory
from scanner.config import Config
from scanner.console import one_of, say, write
from scanner.decisions import review
from scanner.errors import InsynError
from scanner.reporting.overview import coverage
from scanner.store import Store, schema
from scanner.subject.shown import Shown, decided
from scanner.workflow import opened, policy

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKAGES = ("insyn", "presidio-analyzer", "spacy", "phonenumbers", "sqlalchemy", "pypdfium2", "lxml")


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    output: Path
    lang: str
    on: str = ""


def run(path: Path, options: Options) -> None:
    """Write the archive.

    Raises:
        InsynError: nothing was scanned yet, or the log has been tampered with.
    """
    one_of("--lang", options.lang, LANGUAGES)
    config = configuration.load(path)
    data = bundle(config, options)
    write(data, options.output)
    say(f"insyn: wrote {options.output}, sha256 {hashlib.sha256(data).hexdigest()}")


def bundle(config: Config, options: Options) -> bytes:
    """The archive: documents, and a manifest with the digest of each and of what they were made from."""
    with opened(config) as store:
        scanned = store.last_scan()
        if not scanned:
            raise InsynError("evidence: nothing has been scanned yet; `insyn scan` first")
        day = options.on or scanned[:10]
        files = _files(store, config, retention.Options("json", None, options.lang, on=day))
        facts = _facts(store, config, day)
    inventory = build_inventory(config)
    files |= {f"inventory.{format}": render_inventory(inventory, format, options.lang) for format in ("html", "json")}
    files["inventory.xlsx"] = render_inventory(inventory, "xlsx", options.lang)
    files["article30.json"] = article30.render(config, "json", options.lang)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files["manifest.json"] = objects.document(facts | {"files": digests})
    return _zipped(files)


def _files(store: Store, config: Config, options: retention.Options) -> dict[str, bytes]:
    promised = policy(config)
    report = retention.build(store, config, promised, options)
    ledger = [
        {"source": one.source, "state": one.state, "count": one.count, "reasons": dict(one.reasons)}
        for one in coverage(store, config)
    ]
    language = translator(options.lang)
    page = render_document(retention_report.document(report, language), "html", options.lang)
    made = review_report.objects(decided(review.decisions(store), Shown(store, Analyzer())), options.day)
    return {
        "retention.json": objects.document(retention_report.objects(report)),
        "retention.html": page,
        "ledger.json": objects.document(ledger),
        "decisions.json": objects.document(made),
        "policy.yaml": raw_bytes(config.policy),
    }


def _facts(store: Store, config: Config, day: str) -> dict[str, Any]:
    verdict = audit.verify(store)
    if verdict.broken is not None or verdict.cut:
        raise InsynError("evidence: the log of look-ups has been changed; `insyn audit verify` tells where")
    with store.reading() as connection:
        scans = [dict(row) for row in connection.execute(select(schema.scan).order_by(schema.scan.c.id)).mappings()]
    return {
        "company": policy(config).company,
        "on": date.fromisoformat(day),
        "scanned": store.last_scan(),
        "scans": scans,
        "configuration_sha256": hashlib.sha256(config.path.read_bytes()).hexdigest(),
        "policy_sha256": policy(config).sha256,
        "log": {"rows": verdict.head.rows, "head": verdict.head.chain},
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PACKAGES},
    }


def _zipped(files: dict[str, bytes]) -> bytes:
    """A zip whose bytes hang on its contents only: fixed order, times and rights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
