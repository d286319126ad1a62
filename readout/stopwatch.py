"""Where the time of a build goes: `--profile`."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator


class Stopwatch:
    """Hears of each stage as it begins, and measures it."""

    def __init__(self) -> None:
        self._stages: list[tuple[str, float, float]] = []
        self.stage("starting")
        # The process was there before this module.
        self._stages[0] = ("starting", self._stages[0][1] - time.process_time(), 0.0)

    def stage(self, name: str) -> None:
        """The stage before ends, and one begins."""
        self._stages.append((name, *_now()))

    def lines(self) -> Iterator[str]:
        """A line for each stage: seconds by the wall, and of processors, children's included."""
        ends = [*self._stages[1:], ("", *_now())]
        yield f"{'wall s':>8} {'CPU s':>8}  stage"
        for (name, wall, cpu), (_, wall_after, cpu_after) in zip(self._stages, ends, strict=True):
            yield f"{wall_after - wall:8.2f} {cpu_after - cpu:8.2f}  {name}"
        (_, wall, cpu), (_, wall_after, cpu_after) = self._stages[0], ends[-1]
        yield f"{wall_after - wall:8.2f} {cpu_after - cpu:8.2f}  all"


def _now() -> tuple[float, float]:
    """The wall's time, and that of this process and its children that have ended."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.monotonic(), sum(one.ru_utime + one.ru_stime for one in found)
