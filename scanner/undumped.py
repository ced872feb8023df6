"""Memory that is not written to disk: whatever makes this process end, no core dump tells what it held.

A limit keeps the kernel from writing one, here and in all processes started from here. Where the kernel hands dumps
to a program, the limit is only told to it; so on Linux this process is also marked as not to be dumped (prctl(2),
PR_SET_DUMPABLE). Then nobody but root reads its memory or environment through /proc or a debugger, either.
"""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def undumped() -> None:
    """Let this process leave no dump. Started anew (exec), a process must say so again."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0)))
