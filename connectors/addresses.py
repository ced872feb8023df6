"""Addresses that no source can have: asking them would hand a scan's login, or a cloud's secrets, to somebody else."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

_METADATA = {ip_address(one) for one in ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")}
"""Where clouds tell their machines secrets, besides link-local addresses (169.254.169.254)."""


def is_forbidden(host: str, port: int | None = None) -> bool:
    """Tell whether a host has a link-local, metadata or multicast address; a name that does not resolve has none."""
    with suppress(OSError, UnicodeError):
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return any(_is_forbidden(str(address[0])) for *_, address in found)
    return False


def is_forbidden_peer(connected: socket.socket) -> bool:
    """Tell the same of whom a connection has reached: a name may have got another address since it was asked."""
    return _is_forbidden(str(connected.getpeername()[0]))


def _is_forbidden(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_link_local or address.is_multicast or address.is_unspecified or address in _METADATA
