# SPDX-License-Identifier: Apache-2.0
"""Processor time and memory of running processes, as Linux counts them."""

import contextlib
import os
import time
from pathlib import Path

from programs import CannotRun


def tree(pid):
    """The process and all its descendants (nginx: the master and its workers)."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(parent_of(int(entry.name)), []).append(int(entry.name))
    found = [pid]
    for member in found:
        found.extend(children.get(member, []))
    return found


def parent_of(pid):
    try:
        # The name in parentheses may hold anything; the parent is the second field after it.
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def cpu_seconds(pids):
    """User and system time of the processes, all threads, also ended ones.

    It is utime + stime of /proc/PID/stat, read through each process's own clock: in nanoseconds instead of
    ticks of 10 ms. The clock's number is clock_getcpuclockid(3) spelled out, which Python does not offer.
    """
    scheduler_clock = 2
    try:
        return sum(time.clock_gettime_ns((~pid << 3) | scheduler_clock) for pid in pids) / 1e9
    except OSError:
        raise CannotRun("a server ended while it was measured") from None


@contextlib.contextmanager
def apart(pids):
    """Leaves the last processor to this program and what it starts meanwhile, and the others to the processes."""
    *others, last = sorted(os.sched_getaffinity(0))
    if not others:
        raise CannotRun("there is one processor, for the server and for its load")
    before = os.sched_getaffinity(0)
    keep(pids, others)
    os.sched_setaffinity(0, {last})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
        keep(pids, before)


def keep(pids, processors):
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                os.sched_setaffinity(int(thread.name), processors)


def resident_kib(pid):
    return status_kib(pid, "VmRSS")


def peak_resident_kib(pid):
    """The most that was resident since the start, or since the last reset_peak."""
    return status_kib(pid, "VmHWM")


def status_kib(pid, key):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        raise CannotRun("the server ended while it was measured") from None
    return next(int(line.split()[1]) for line in lines if line.startswith(key + ":"))


def reset_peak(pid):
    """Lowers the peak to what is resident now. Where that is not allowed, the peak since the start stays."""
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    except OSError:
        pass
