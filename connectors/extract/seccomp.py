"""A filter of system calls: no new process or program, no socket, no signal to others, no way out of a namespace.

What a parser needs is not listed, it is what it must never do that is: a library update must not break reading.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html; numbers from the kernel's tables.
"""

from __future__ import annotations

import ctypes
import errno
import platform
from collections.abc import Iterator
from dataclasses import dataclass

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data; low word of the argument
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_THREAD = 0x00010000  # CLONE_THREAD
_FOREIGN = 0x40000000  # numbers of the x32 machine
_EVERYWHERE = (424, 425, 434, 438)  # pidfd_send_signal, io_uring_setup, pidfd_open, pidfd_getfd
_CLONE3 = 435


@dataclass(frozen=True, slots=True)
class _Machine:
    audit: int
    clone: int
    prlimit: int
    denied: tuple[int, ...]
    """socket socketpair bind listen accept connect accept4 · (fork vfork) execve execveat · kill tkill tgkill
    rt_sigqueueinfo rt_tgsigqueueinfo ptrace process_vm_readv process_vm_writev · mount umount2 unshare setns ·
    add_key request_key keyctl · perf_event_open bpf userfaultfd open_by_handle_at."""


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 56, 302, (
        41, 53, 49, 50, 43, 42, 288, 57, 58, 59, 322, 62, 200, 234, 129, 297, 101, 310, 311, 165, 166, 272, 308,
        248, 249, 250, 298, 321, 323, 304,
    )),
    "aarch64": _Machine(0xC00000B7, 220, 261, (
        198, 199, 200, 201, 202, 203, 242, 221, 281, 129, 130, 131, 138, 240, 117, 270, 271, 40, 39, 97, 268,
        217, 218, 219, 241, 280, 282, 265,
    )),
}  # fmt: skip


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def restrict(libc: ctypes.CDLL) -> bool:
    """Restrict this process; False if the machine is not known or the kernel refuses. `no_new_privs` must be set."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    steps = list(_steps(machine))
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    zero = ctypes.c_ulong(0)
    return bool(libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.byref(program), zero, zero) == 0)


def _steps(machine: _Machine) -> Iterator[_Step]:
    """Write the program; `yes` and `no` say how many steps are left out."""
    refuse = _Step(_RETURN, 0, 0, _ERRNO | errno.EPERM)
    yield _Step(_LOAD, 0, 0, _MACHINE)
    yield _Step(_EQUAL, 1, 0, machine.audit)
    yield refuse
    yield _Step(_LOAD, 0, 0, _NUMBER)
    yield _Step(_AT_LEAST, 0, 1, _FOREIGN)
    yield refuse
    for number in (*machine.denied, *_EVERYWHERE):
        yield _Step(_EQUAL, 0, 1, number)
        yield refuse
    yield _Step(_EQUAL, 0, 1, _CLONE3)
    yield _Step(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)  # its flags lie in memory; the C library then uses `clone`
    yield from (_Step(_EQUAL, 0, 3, machine.clone), _Step(_LOAD, 0, 0, _FIRST_ARGUMENT))
    yield from (_Step(_ANY_BIT, 5, 0, _THREAD), refuse)
    yield from (_Step(_EQUAL, 0, 3, machine.prlimit), _Step(_LOAD, 0, 0, _FIRST_ARGUMENT))
    yield from (_Step(_EQUAL, 1, 0, 0), refuse)  # of this process only
    yield _Step(_RETURN, 0, 0, _ALLOW)
