"""What people are allowed to do: roles, and which of them may see what.

Nobody holds more than the work needs (Art. 25, 32 GDPR): support cannot reach what compliance sees, compliance cannot
reach cases, who runs the scans sees no values, and who manages the users sees neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from scanner.errors import ConfigError


class Role(StrEnum):
    """A role of a user; one may have several."""

    ADMIN = "admin"
    OPERATOR = "operator"
    COMPLIANCE = "compliance"
    AGENT = "agent"
    REVIEWER = "reviewer"
    DPO = "dpo"
    SPECIAL = "special"


SUPPORT = frozenset({Role.AGENT, Role.REVIEWER, Role.DPO, Role.SPECIAL})
"""Who works with cases."""
SEARCHERS = frozenset({Role.AGENT, Role.DPO, Role.SPECIAL})
"""Who opens cases and searches for a person."""
EVERY_CASE = frozenset({Role.REVIEWER, Role.DPO})
"""Who sees the cases of others."""
COMPLIANCE = frozenset({Role.COMPLIANCE, Role.DPO})
"""Who sees inventory, gaps, retention and the record of processing."""
ENGINEERS = frozenset({Role.OPERATOR, Role.DPO, Role.COMPLIANCE})
"""Who sees sources and what became of their units."""
OPERATORS = frozenset({Role.OPERATOR})
"""Who starts and stops scans."""
ADMINS = frozenset({Role.ADMIN})
"""Who manages users."""
AUDITORS = frozenset({Role.DPO})
"""Who reads the log of look-ups."""


def parse(names: Iterable[str]) -> frozenset[Role]:
    """Roles by their names.

    Raises:
        ConfigError: there is no such role, or none is named.
    """
    known = {str(role) for role in Role}
    wanted = [name.strip() for name in names if name.strip()]
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        raise ConfigError(f"role: {unknown[0] if unknown else 'none given'}; there are {', '.join(sorted(known))}")
    return frozenset(Role(name) for name in wanted)
