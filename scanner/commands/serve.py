"""`insyn serve`: the pages and the API, on this machine's own address unless told otherwise."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scanner import config as configuration
from scanner.config import Config
from scanner.console import say
from scanner.decisions import policy_versions
from scanner.errors import ConfigError, InsynError
from scanner.workflow import opened, policy

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Server

    from scanner.web.site import Site

LOCAL = ("127.0.0.1", "localhost", "::1")
_TURN_SECONDS = 0.0005
"""Of a thread that works while another waits. The driver lets go of the interpreter at every row that it fetches: with
Python's 5 ms a search of thousands of rows took many seconds longer while the inventory was being counted."""


def run(path: Path, host: str, port: int) -> None:
    """Serve until stopped; the first start prints the link that makes the admin.

    Raises:
        ConfigError: the extra `web` is not installed.
    """
    try:
        from scanner.web import app
        from scanner.web.site import Site
        from scanner.web.tidy import Tidier
        from scanner.web.warm import Warmer
    except ModuleNotFoundError as error:
        raise ConfigError(f"serve: the package {error.name} is not installed; pip install 'insyn[web]'") from None
    config = configuration.load(path)
    promised = policy(config)
    with opened(config, create=True) as store:
        policy_versions.note(store, promised)
        site = Site(config, store, promised)
        base = config.web.url.rstrip("/") or f"http://{_in_address(host)}:{port}"
        server = listener(app.create(site, hosts(config, host)), host, port, proxied=bool(config.web.url))
        say(f"insyn: serving {base} – stop with Ctrl-C")
        if hint := lacking(site, base):
            say(f"insyn: {hint}")
        helpers = (Warmer(site), Tidier(site))
        for helper in helpers:
            helper.start()
        server.run()
        for helper in helpers:
            helper.stop()
        if not server.started:
            raise InsynError(f"serve: {host}:{port} cannot be served; is another server running there?")


def lacking(site: Site, base: str) -> str:
    """What to do where nobody can give anybody a role, "" where somebody can, here or at the provider of sign-ins."""
    if site.first_code:
        return f"nobody can sign in yet; make the first admin here, once: {base}/first/{site.first_code}"
    if site.config.web.oidc or any(user.active and "admin" in user.roles for user in site.users.all()):
        return ""
    return "there is no administrator; make one: insyn user add NAME --role admin"


def listener(application: FastAPI, host: str, port: int, *, proxied: bool = False) -> Server:
    """A server that tells nobody which pages are asked for, nor what it is itself.

    Args:
        application: What it serves.
        host: Address to listen on.
        port: Port to listen on.
        proxied: Something before it says in headers who asks and whether over https.
    """
    import uvicorn

    sys.setswitchinterval(_TURN_SECONDS)
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=proxied,
    )
    return uvicorn.Server(config)


def hosts(config: Config, host: str) -> set[str]:
    """Names by which the server may be called: its own address, and that of the configuration."""
    named = urlsplit(config.web.url).hostname
    local = set(LOCAL) if host in LOCAL or not named else set()
    return {*local, host.strip("[]").lower(), *([named] if named else [])}


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
