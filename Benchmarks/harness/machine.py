"""A description of the machine, and the load by other processes."""

from datetime import datetime, timezone
import json
import os
import platform
import resource
import subprocess
import time

from .places import ROOT


def _cpu():
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"


def _output(*command):
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


class Bystanders:
    """The load by other processes since this object was created."""

    def __init__(self):
        self.start = self._now()

    def cores(self):
        """Returns the mean number of cores that other processes used or that the host withheld; `None` if the system
        does not report it. Call this when all processes that were started here have ended."""
        if self.start is None:
            return None
        wall, busy, own = (b - a for a, b in zip(self.start, self._now()))
        return round(max(busy - own, 0) / wall, 2)

    @staticmethod
    def _now():
        try:
            with open("/proc/stat") as file:
                user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
        except (OSError, ValueError):
            return None
        busy = (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
        own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return time.monotonic(), busy, own


def description(likeness):
    """Returns the description. `likeness` is the program's path; its command `doctor` names the engine."""
    doctor = _output(likeness, "doctor", "--format", "json")
    checks = json.loads(doctor)["checks"] if doctor else []
    engine = next((check["detail"] for check in checks if check["name"] == "engine"), None)
    swift = _output("swift", "--version")
    return {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "commit": _output("git", "describe", "--always", "--dirty"),
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memoryGiB": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1),
        "system": platform.platform(),
        "swift": swift.splitlines()[0] if swift else None,
        "engine": engine,
        "python": platform.python_version(),
    }
