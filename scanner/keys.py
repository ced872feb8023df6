"""The one secret of an installation, and what is derived from it: subkeys for tokens, locators and the audit chain.

The key never lies in the store. There are only 46 million valid personnummer, so a hash without a secret is plaintext;
every token is an HMAC-SHA256 under a subkey of its entity type, every locator is sealed with AES-SIV (RFC 5297).
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from scanner.errors import ConfigError, InsynError

if TYPE_CHECKING:
    from hashlib import _Hash

TOKEN_BYTES = 16
_NAMES = 4096
"""Sealed names that are kept."""
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_ADVICE = "put your copy of it back; only where nothing was scanned yet, make one: insyn key new"
"""A new key opens no store that there is: it is the second thing to try."""


def new_key(path: Path) -> None:
    """Write a new random key of 64 hex digits, readable by its owner only.

    Raises:
        ConfigError: the file exists already (a lost key cannot be made again).
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigError(f"{path.name}: exists already; a key is never overwritten") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(handle)


def read_key(reference: str) -> bytes:
    """Read the key that `key:` of the configuration names: `env:NAME`, `file:PATH` or `keyring:SERVICE`.

    Returns:
        32 bytes.

    Raises:
        ConfigError: the reference is wrong, or there is no key behind it, or anyone may read it.
    """
    kind, _, name = reference.partition(":")
    if kind == "env":
        text = os.environ.get(name)
        if text is None:
            raise ConfigError(f"key: the environment variable {name} is not set")
    elif kind == "file":
        text = _from_file(Path(name))
    elif kind == "keyring":
        text = _from_keyring(name)
    else:
        raise ConfigError("key: expected env:NAME, file:PATH or keyring:SERVICE")
    if not _HEX.fullmatch(text.strip()):
        raise ConfigError(f"key: {kind}:{Path(name).name} does not hold 64 hex digits: {_ADVICE}")
    return bytes.fromhex(text.strip())


def _from_file(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise ConfigError(f"key: no file {path.name} in {path.parent}: {_ADVICE}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"key: {path.name} cannot be read ({type(error).__name__})") from None
    if stat.S_IMODE(mode) & 0o077:
        raise ConfigError(f"key: others may read {path.name}; run chmod 600 on it")
    return text


def _from_keyring(service: str) -> str:
    try:
        import keyring
    except ImportError:
        raise ConfigError("key: keyring: needs the package keyring; pip install keyring") from None
    try:
        text = keyring.get_password(service, "insyn")
    except keyring.errors.KeyringError as error:
        raise ConfigError(f"key: the keyring cannot be used ({type(error).__name__})") from None
    if text is None:
        raise ConfigError(f"key: the keyring has no password for service {service}, user insyn")
    return str(text)


def _begun(key: bytes) -> tuple[_Hash, _Hash]:
    """Inner and outer hash of HMAC-SHA256 with the key taken in: once, not once a message (RFC 2104, section 4)."""
    block = key.ljust(sha256().block_size, b"\x00")
    return sha256(bytes(byte ^ 0x36 for byte in block)), sha256(bytes(byte ^ 0x5C for byte in block))


def _maker(key: bytes) -> Callable[[str], bytes]:
    """What makes the tokens of one subkey. Where millions are made, to look a name up costs as much as to hash."""
    inner, outer = (begun.copy for begun in _begun(key))

    def token(value: str) -> bytes:
        first, second = inner(), outer()
        first.update(value.encode("utf-8", "surrogateescape"))
        second.update(first.digest())
        return second.digest()[:TOKEN_BYTES]

    return token


class Keys:
    """Subkeys of one key (HKDF, RFC 5869), and what is done with them. `repr` shows nothing."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._makers: dict[str, Callable[[str], bytes]] = {}
        self._names: dict[str, bytes] = {}
        self._siv = AESSIV(self._subkey("locator", 64))
        self.audit = self._subkey("audit", 32)

    def _subkey(self, purpose: str, length: int) -> bytes:
        return HKDFExpand(SHA256(), length, f"insyn/1/{purpose}".encode()).derive(self._key)

    def token(self, domain: str, value: str) -> bytes:
        """16 bytes that depend on key, domain (an entity type) and canonical value only."""
        return self.maker(domain)(value)

    def maker(self, domain: str) -> Callable[[str], bytes]:
        """What makes the tokens of a domain: for many of them."""
        made = self._makers.get(domain)
        if made is None:
            made = self._makers[domain] = _maker(self._subkey(f"token/{domain}", 32))
        return made

    def seal(self, text: str) -> bytes:
        """Encrypt deterministically, so that equal locators are equal in the store."""
        return self._siv.encrypt(b"\x00" + text.encode("utf-8", "surrogateescape"), None)

    def seal_name(self, name: str) -> bytes:
        """What `seal` gives for the name of a field, which comes again with every batch."""
        sealed = self._names.get(name)
        if sealed is None:
            if len(self._names) >= _NAMES:  # names of JSON's fields can be values: without end
                self._names.clear()
            sealed = self._names[name] = self.seal(name)
        return sealed

    def unseal(self, sealed: bytes) -> str:
        """Undo `seal`.

        Raises:
            InsynError: sealed with another key, or changed.
        """
        try:
            return self._siv.decrypt(sealed, None)[1:].decode("utf-8", "surrogateescape")
        except InvalidTag:
            raise InsynError(
                "the store holds a locator that this key cannot open: wrong key, or a damaged store"
            ) from None

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file's content."""
        return self._siv.encrypt(b"\x01" + content, None)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Undo `seal_bytes`.

        Raises:
            InsynError: sealed with another key, or changed.
        """
        try:
            return self._siv.decrypt(sealed, None)[1:]
        except InvalidTag:
            raise InsynError(
                "the store holds a file that this key cannot open: wrong key, or a damaged store"
            ) from None

    def reseal(self, sealed: bytes, other: Keys) -> bytes:
        """Seal under another key what `seal` or `seal_bytes` of this one has sealed.

        Raises:
            InsynError: sealed with another key, or changed.
        """
        try:
            return other._siv.encrypt(self._siv.decrypt(sealed, None), None)
        except InvalidTag:
            raise InsynError("the store holds what its key cannot open: run insyn store check") from None

    def check_value(self) -> str:
        """A value to keep beside the data, so that a wrong key is refused instead of finding nothing."""
        return self._subkey("check", 16).hex()
