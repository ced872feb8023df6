"""Confine this process: no file but the libraries, no network, no program, no child, no more memory than told.

Each measure is taken where the system has it, and named in what comes back: what is missing is never silent.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import site
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from connectors.extract import landlock, seccomp
from connectors.extract.ocr import LANGUAGE_DATA

if sys.platform != "win32":
    import resource

FULL = "rlimits+userns+netns+landlock+seccomp"
"""All measures in force."""
_DESCRIPTORS = 64
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_NEWUSER, _NEWNET, _NEWIPC = 0x10000000, 0x40000000, 0x08000000
_CAPABILITY_VERSION_3 = 0x20080522
_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")


def confine(memory: int, parent: int) -> str:
    """Confine this process for good. It must have one thread only.

    Args:
        memory: Bytes of address space that it may have beyond what it has now.
        parent: Process that it must not outlive.

    Returns:
        The measures in force: `FULL`, or fewer of them; `rlimits-as` if one limit could not be set.
    """
    if not sys.platform.startswith("linux"):
        return _limit(memory)
    libc = ctypes.CDLL(None, use_errno=True)
    names = []
    libc.prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    libc.prctl(_PR_SET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0)))
    readable = list(_libraries())
    limits = _limit(memory)
    names += _namespaces(libc)
    names += ["landlock"] if landlock.restrict(libc, readable) else []
    _drop_capabilities(libc)
    names += ["seccomp"] if seccomp.restrict(libc) else []
    _die_with(libc, parent)  # last: the kernel forgets it where rights change
    return "+".join((limits, *names))


def limit_processor(seconds: float) -> None:
    """Let the kernel end this process (SIGXCPU) after so many more seconds of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    end = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end if hard == resource.RLIM_INFINITY else min(end, hard), hard))


def _limit(memory: int) -> str:
    space = _address_space() + memory
    wanted = {"FSIZE": 0, "CORE": 0, "NOFILE": _DESCRIPTORS, "NPROC": 0, "AS": space, "DATA": space}
    failed = [name for name, value in wanted.items() if not _set(getattr(resource, f"RLIMIT_{name}"), value)]
    return "-".join(("rlimits", *map(str.lower, failed)))


def _set(name: int, value: int) -> bool:
    hard = resource.getrlimit(name)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(name, (value, value))
    except (ValueError, OSError):
        return False
    return True


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 512 << 20  # no /proc: more than a fresh child has
    return pages * os.sysconf("SC_PAGE_SIZE")


def _namespaces(libc: ctypes.CDLL) -> list[str]:
    """Leave the network, and the rights of root over what others own; root may leave the network alone."""
    if libc.unshare(_NEWUSER | _NEWNET | _NEWIPC) == 0:
        return ["userns", "netns"]
    return ["netns"] if libc.unshare(_NEWNET | _NEWIPC) == 0 else []


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))


def _die_with(libc: ctypes.CDLL, parent: int) -> None:
    libc.prctl(_PR_SET_PDEATHSIG, *map(ctypes.c_ulong, (signal.SIGKILL, 0, 0, 0)))
    if os.getppid() not in (parent, 0):  # 0: the parent lies outside this process's namespace
        os._exit(1)


def _libraries() -> Iterator[Path]:
    """Name what Python may still import, and what that may load."""
    yield from map(Path, _SYSTEM_LIBRARIES)
    yield from LANGUAGE_DATA
    yield from {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    yield Path(sys.base_prefix, "lib")
    packages = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    yield from map(Path, (*packages, *site.getsitepackages()))
    yield Path(__file__).resolve().parents[1]
