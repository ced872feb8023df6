"""Names of recordings as a company's own recorder makes them: `{date}_{time}_{number}_{agent}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import PurePosixPath

from connectors.base import ConnectorError
from connectors.recordings.clues import Clues
from connectors.recordings.numbers import normalize
from connectors.recordings.times import Moment, parse

_PARTS = {
    "date": r"\d{4}[-_.]?\d\d[-_.]?\d\d|\d{6}",
    "time": r"\d\d[-_.:]?\d\d(?:[-_.:]?\d\d)?",
    "number": r"\+?\d[\d -]*\d",
    "id": r"[^/]+?",
    "agent": r"[^/]+?",
    "any": r"[^/]*?",
}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A way to name recordings."""

    pattern: re.Pattern[str]

    def read(self, key: str, local: tzinfo) -> tuple[Clues, str] | None:
        """Clues and the agent ("" = not told) of a recording's name; None: it is not named so.

        Args:
            key: Path relative to the source. A template without `/` is held against the name, another against the end
                of the path.
            local: Time zone of the times.
        """
        found = self.pattern.search("/" + str(PurePosixPath(key).with_suffix("")))
        if not found:
            return None
        said = found.groupdict()
        number = normalize(said.get("number") or "")
        ids = frozenset({said["id"].casefold()} if said.get("id") else ())
        return Clues(frozenset({number} - {""}), _started(said, local), ids), said.get("agent") or ""


def template(text: str) -> Template:
    """Read a template.

    Raises:
        ConnectorError: it has a part that is not known, or one twice.
    """
    parts = _PLACE.split(text)
    named = parts[1::2]
    wrong = [name for name in named if name not in _PARTS or (name != "any" and named.count(name) > 1)]
    if wrong or not named:
        raise ConnectorError(
            f"recordings: `names`: {text!r}: there are {', '.join(f'{{{name}}}' for name in _PARTS)}, each once"
        )
    pieces = [re.escape(part) if index % 2 == 0 else _group(part) for index, part in enumerate(parts)]
    return Template(re.compile(f"/{''.join(pieces)}$", re.IGNORECASE))


def _group(name: str) -> str:
    return f"(?:{_PARTS[name]})" if name == "any" else f"(?P<{name}>{_PARTS[name]})"


def _started(said: dict[str, str | None], local: tzinfo) -> Moment | None:
    """The moment of a date (of six digits: this century) and a time."""
    day, clock = (re.sub(r"\D", "", said.get(part) or "") for part in ("date", "time"))
    if not day:
        return None
    return parse(("20" + day if len(day) == 6 else day) + (f" {clock}" if clock else ""), local)
