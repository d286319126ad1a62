"""What a command took: wall, CPU and memory, of it and of all that it started."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_EVERY = 0.1
"""Seconds between two looks at the memory, at least."""
_SHARE = 20
"""So many times as long as a look takes is waited for the next: gigabytes are long to look at."""
_AT_MOST = 0.5
"""Seconds between two looks, at most."""


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall: float
    cpu: float
    """Of it and its children, in seconds."""
    memory: float
    """The most that it and its children were seen to hold at once: proportional set size, in
    megabytes, looked at every tenth of a second to every half."""


def measured(command: Sequence[str | Path], folder: Path = ROOT) -> Cost:
    """Runs a command, which has to succeed, in a folder."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=as_at_home(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        most = [0]
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, most, ended))
        watcher.start()
        told, _ = process.communicate()
        ended.set()
        watcher.join()
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"{command}: {told[-1000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, most[0] / 1024)


def commit() -> str:
    """What is measured: the commit, and whether anything that a site is made by is another now."""

    def git(*asked: str) -> str:
        return subprocess.run(["git", *asked], cwd=ROOT, capture_output=True, text=True).stdout

    made_by = ("readout", "templates", "bench/*.py", "bench/hugo", "build.py", "mkdocs.yml")
    changed = " and changes to it" if git("status", "--porcelain", "--", *made_by) else ""
    return git("rev-parse", "--short", "HEAD").strip() + changed


def _watch(process: int, most: list[int], ended: threading.Event) -> None:
    pause = _EVERY
    while not ended.wait(pause):
        start = time.monotonic()
        most[0] = max(most[0], _held(process))
        pause = min(max(_EVERY, _SHARE * (time.monotonic() - start)), _AT_MOST)


def _held(process: int) -> int:
    """The proportional set size of a process and its descendants, in kilobytes (Linux)."""
    total, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        try:
            waiting += children_of(one)
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:  # it has ended meanwhile
            continue
    return total


def children_of(process: int) -> list[int]:
    """The children of all threads of a process, which is there (Linux)."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):  # a thread that has ended
            found += map(int, (task / "children").read_text().split())
    return found


def as_at_home() -> dict[str, str]:
    """The environment, in which Python keeps what it has compiled."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def cpu_of(process: int) -> float:
    """The CPU seconds of a process and of its children that have ended (Linux, proc(5))."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
