"""Landlock: from here on this process opens nothing but what lies below some folders, to read, never to execute.

Source: https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # version -> how many rights on files it knows
_RIGHTS_NEWEST = 16
_NET = 0b11  # bind and connect TCP, from version 4
_SCOPED = 0b11  # abstract UNIX sockets and signals to others, from version 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def restrict(libc: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    """Restrict this process; False if the kernel has no Landlock. `no_new_privs` must be set.

    Args:
        libc: The C library, loaded with `use_errno`.
        readable: Folders and files that stay readable; what does not exist is left out.
    """
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    known = (1 << _RIGHTS.get(version, _RIGHTS_NEWEST)) - 1
    wanted = _Ruleset(known, _NET, _SCOPED)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow(libc, ruleset, path)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not there, or not ours to read: then it cannot be read later either
    try:
        rule = _PathBeneath(_READ_FILE | (_READ_DIR if path.is_dir() else 0), parent)
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
