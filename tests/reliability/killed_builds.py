"""`build.py`, killed at random moments: from the command line, or forked from this process."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.reliability.desk import MARKS, Desk, shown
from tests.reliability.faulty_builds import in_a_child

_TICK = 0.002


class KilledBuilds:
    """One desk, built and killed again and again."""

    def __init__(
        self,
        folder: Path,
        prints: Mapping[str, str],
        seed: str,
        original: Path,
        warm: bool = False,
    ) -> None:
        """`prints` are those of clean builds (`desk.clean_prints`) of the same content. `warm`:
        builds are forked from this process, and begin where Python and its imports are done."""
        self.killed = 0
        self.left_new = 0
        self.recovered = 0
        self.on_the_lock = 0
        """Kills while the build held the lock, so that something was being written."""
        self._desk = Desk(folder, original)
        self._prints = prints
        self._chance = random.Random(seed)
        self._warm = warm
        self._number = 0
        self._standing = MARKS[-1]
        self._desk.put(self._standing)
        before = time.monotonic()
        failed = self._run()
        assert not failed, failed
        self._longest = time.monotonic() - before

    def round(self) -> str:
        """Builds the next state, kills that, looks, and builds again; what is wrong, or nothing."""
        mark = MARKS[self._number % len(MARKS)]
        self._number += 1
        self._desk.put(mark)
        came_to_its_end = self._kill(
            late=self._number % 2 == 0, all_of_it=self._chance.random() < 0.5
        )
        self._longest *= 0.9 if came_to_its_end else 1.05
        self.killed += not came_to_its_end
        before, self._standing = self._standing, self._found()
        if self._standing == mark != before:
            self.left_new += not came_to_its_end
        elif self._standing != before:
            return f"round {self._number}: {self._standing} stands, after {before} and {mark}"
        if self._number % 4 == 0:
            return ""  # the next build is killed as well
        return self._recover(mark)

    def _kill(self, late: bool, all_of_it: bool) -> bool:
        """Whether the build came to its end before it could be killed."""
        build = self._desk.start_warm() if self._warm else self._desk.start()
        if late:
            while build.poll() is None and not self._has_lock(build.pid):
                time.sleep(_TICK)
        # From the command line, most of the time goes before the lock is taken.
        part = 3 if late and not self._warm else 1
        time.sleep(self._chance.uniform(0, self._longest / part))
        self.on_the_lock += self._has_lock(build.pid) and build.poll() is None
        if build.poll() is None:
            if all_of_it:
                with suppress(ProcessLookupError):  # before it has a group of its own
                    os.killpg(build.pid, signal.SIGKILL)
            build.kill()  # those that it started find out by themselves
        status = build.wait()
        assert status in (0, -signal.SIGKILL), f"exit status {status}"
        return status == 0

    def _has_lock(self, process: int) -> bool:
        """A killed build leaves the file, so that its being there says nothing."""
        try:
            return (self._desk.work / ".lock").read_text(encoding="ascii") == f"{process}\n"
        except FileNotFoundError:
            return False

    def _found(self) -> str:
        """The state whose site stands there; what is none of them, told as it is."""
        try:
            found = self._desk.prints()[0]
        except (OSError, AssertionError, KeyError) as error:
            return f"a broken site ({error})"
        fits = (m for m, one in self._prints.items() if one.split()[0] == found)
        return next(fits, "another site")

    def _recover(self, mark: str) -> str:
        failed = self._run()
        if failed:
            return f"round {self._number}: the next build failed: {failed}"
        self._standing = mark
        if " ".join(self._desk.prints()) != self._prints[mark]:
            return f"round {self._number}: the next build is not the clean one of {mark}"
        self.recovered += 1
        return ""

    def _run(self) -> str:
        """A build that is left alone: what it said where it failed."""
        if self._warm:
            said = in_a_child(self._desk)
            return said.text.replace("\n", " / ") if said.status else ""
        done = self._desk.run()
        return shown(done) if done.returncode else ""
