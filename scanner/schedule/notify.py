"""Tells somebody how a scheduled scan ended: by a command, a webhook, a letter. Counts and kinds, never a value."""

from __future__ import annotations

import json
import smtplib
import ssl
import subprocess
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage
from http.client import HTTPException
from socket import gaierror
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from scanner.schedule.model import Email, Notify

_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody is told."""

    kind: str
    """`failure` or `gaps`."""
    sources: Sequence[str]
    summary: str
    gaps: Mapping[str, int] = field(default_factory=dict)
    """Kind of gap -> how many are new."""

    def json(self) -> str:
        """For machines."""
        return json.dumps(asdict(self), ensure_ascii=False)


def tell(notify: Notify, event: Event) -> list[str]:
    """Tell everybody who wants to know.

    Returns:
        What went wrong, a line each: that nobody could be told must not stop the next scan.
    """
    if event.kind not in notify.on:
        return []
    ways: list[tuple[str, str, Callable[[], None]]] = []
    if notify.command:
        ways.append(("command", notify.command[0], lambda: _command(notify.command, event)))
    if notify.webhook:
        host = urlsplit(notify.webhook).hostname or "its address"
        ways.append(("webhook", host, lambda: _webhook(notify.webhook, notify.headers, event)))
    if email := notify.email:
        ways.append(("email", f"{email.host}:{email.port}", lambda: _email(email, event)))
    faults = []
    for name, whom, way in ways:
        try:
            way()
        except (OSError, subprocess.SubprocessError, smtplib.SMTPException, HTTPException, ValueError) as error:
            faults.append(f"notify.{name}: {whom} {_fault(error)}; check it in the configuration")
    return faults


def _fault(error: Exception) -> str:
    """What went wrong; no address beyond the host (it may hold a secret) and nothing that the other side wrote."""
    match error:
        case HTTPError():
            return f"answered {error.code}"
        case URLError(reason=OSError() as reason):
            return _fault(reason)
        case smtplib.SMTPAuthenticationError():
            return "did not accept user and password"
        case smtplib.SMTPRecipientsRefused():
            return "refused the recipients"
        case smtplib.SMTPResponseException():
            return f"answered {error.smtp_code}"
        case subprocess.CalledProcessError():
            return f"ended with {error.returncode}"
        case subprocess.TimeoutExpired() | TimeoutError():
            return f"did not answer within {_SECONDS} s"
        case ConnectionRefusedError():
            return "cannot be reached (connection refused)"
        case gaierror():
            return "is no known host"
        case FileNotFoundError():
            return "is not there"
    return f"failed ({type(error).__name__})"


def _command(command: Sequence[str], event: Event) -> None:
    subprocess.run(  # noqa: S603  the administrator's own command
        list(command), input=event.json().encode(), timeout=_SECONDS, check=True, stdout=subprocess.DEVNULL
    )


def _webhook(url: str, headers: Mapping[str, str], event: Event) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("no web address")
    sent = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(url, event.json().encode(), sent, method="POST")  # noqa: S310  scheme is checked
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        answer.read(1)


def _email(email: Email, event: Event) -> None:
    message = EmailMessage()
    message["Subject"] = f"Insyn: {event.kind}: {', '.join(event.sources)}"
    message["From"], message["To"] = email.sender, ", ".join(email.to)
    message.set_content(f"{event.summary}\n" + "".join(f"{kind}: {count}\n" for kind, count in event.gaps.items()))
    with smtplib.SMTP(email.host, email.port, timeout=_SECONDS) as server:
        if email.tls:
            server.starttls(context=ssl.create_default_context())
        if email.user:
            server.login(email.user, email.password)
        server.send_message(message)
