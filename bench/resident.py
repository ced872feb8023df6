"""The most memory that this process had, as its kernel tells.

`ru_maxrss` is not it: it begins with the size of the process that started this one, and hides all growth up to that.
"""

from __future__ import annotations

from pathlib import Path


def peak(pid: int | str = "self") -> float:
    """Tell the greatest resident set of a process so far (`VmHWM`), in MiB; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def forget_peak() -> None:
    """Let the peak of this process begin anew, at what it has now: what it has let go hides no growth."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
