"""`schedule:` and `notify:` of the configuration: when scans run, and who is told how they ended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Schedule(BaseModel):
    """What holds for all sources; each says itself when it is scanned (`schedule: "0 2 * * *"`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timezone: str = "Europe/Stockholm"
    window: str = ""
    """`20:00-06:00`: scans begin within it only; "" = at any time."""
    jitter: int = Field(default=0, ge=0)
    """Seconds by which a run is put off at most, by chance: many installations must not ask one server at once."""
    catch_up: bool = True
    """A run that was missed (the machine was off) is made up for, once."""

    @field_validator("window")
    @classmethod
    def _is_window(cls, window: str) -> str:
        if window and not _WINDOW.fullmatch(window):
            raise ValueError("expected a window such as 20:00-06:00")
        return window


class Email(BaseModel):
    """Where letters go, and through which server."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: tuple[str, ...]
    sender: str
    host: str
    port: int = 587
    tls: bool = True
    user: str = ""
    password: str = Field(default="", repr=False)


class Notify(BaseModel):
    """Who is told, and of what. What is told holds names of sources, counts and kinds, never a value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: Sequence[Literal["failure", "gaps"]] = ("failure", "gaps")
    command: tuple[str, ...] = ()
    """Is given the event as JSON on standard input."""
    webhook: str = ""
    """Is sent the event as JSON by POST."""
    headers: Mapping[str, str] = Field(default_factory=dict, repr=False)
    email: Email | None = None
