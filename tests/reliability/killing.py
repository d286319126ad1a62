"""Builds that are killed, and what they leave."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import readout.publish.finish
import readout.publish.mkdocs_run  # imported here, so that a child need not
import readout.publish.press
import readout.publish.theme
from readout.publish import swap
from readout.publish.ahead import LookedAhead, looked
from readout.publish.problem import Problem
from readout.publish.tree import claim
from tests.reliability.system_calls import Counter, hooked
from tests.unit.publish.sites import fingerprint, make_settings, publish, put_in_place, site_pages

MARKS: Final = ("one", "two", "three")
"""The sites that take each other's place."""
assert readout.publish.mkdocs_run
assert readout.publish.press
assert readout.publish.theme

Build = Callable[[str], object]
"""Makes the site of a mark; raises where it cannot."""


def start(work: Callable[[], object]) -> int:
    """Runs `work` in a child; its exit status is 2 when it raised."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def forked(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Runs `work` in a child and kills it after `seconds`; whether it came to its end."""
    child = start(work)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return ended(child)


def ended(child: int) -> bool:
    """Waits for a child: whether it came to its end by itself. It must not have raised."""
    _, status = os.waitpid(child, 0)
    assert not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 2), "the child raised"
    return os.WIFEXITED(status)


def duration(work: Callable[[], object]) -> float:
    """How long `work` takes in a child: the time within which to kill."""
    begin = time.monotonic()
    assert forked(work)
    return time.monotonic() - begin


class Rounds:
    """One site, built and killed again and again."""

    def __init__(self, site: Path, prints: Mapping[str, str], build: Build, seed: str) -> None:
        """`prints` are those of the sites of the marks when nothing goes wrong."""
        self.killed = 0
        self.left_new = 0
        """Kills that left the new site, and not the old one."""
        self.recovered = 0
        """Builds that came after a kill, were left alone, and made the site that they should."""
        self._site = site
        self._prints = prints
        self._build = build
        self._chance = random.Random(seed)
        self._number = 0
        self._standing = MARKS[-1]
        build(self._standing)
        self._longest = 1.2 * max(duration(partial(build, mark)) for mark in MARKS)
        self._end = self._longest / 8
        """The same from the moment on at which the site is about to be exchanged."""

    def kill(self, late: bool = False) -> str:
        """Builds the next site, kills that, and looks; what is wrong, or nothing.

        `late`: not before the site is about to be exchanged.
        """
        mark = MARKS[self._number % len(MARKS)]
        self._number += 1
        came_to_its_end = self._kill_late(mark) if late else self._kill(mark)
        # The time within which to kill follows the machine, an idle disk being much faster: about
        # a third of the builds come to their end.
        factor = 0.9 if came_to_its_end else 1.05
        if late:
            self._end *= factor
        else:
            self._longest *= factor
        self.killed += not came_to_its_end
        before, self._standing = self._standing, self._found()
        if self._standing == mark != before:
            self.left_new += not came_to_its_end
        elif self._standing != before or (came_to_its_end and before != mark):
            return f"round {self._number}: {self._standing} stands, after {before} and {mark}"
        if self._chance.random() < 0.75:
            return self._recover(mark)
        return ""

    def _kill(self, mark: str) -> bool:
        return forked(lambda: self._build(mark), self._chance.uniform(0, self._longest))

    def _kill_late(self, mark: str) -> bool:
        reading, writing = os.pipe()

        def telling(*args: object) -> object:
            os.write(writing, b"!")
            return swap.replace_site(*args)  # type: ignore[arg-type]

        def work() -> None:
            vars(readout.publish.finish)["replace_site"] = telling
            self._build(mark)

        child = start(work)
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)
        time.sleep(self._chance.uniform(0, self._end))
        os.kill(child, signal.SIGKILL)
        return ended(child)

    def _found(self) -> str:
        """The mark of the site that stands there; what is none of them, told as it is."""
        try:
            found = fingerprint(self._site)
        except (OSError, AssertionError, KeyError) as error:
            return f"a broken site ({error})"
        return next((m for m, one in self._prints.items() if one == found), "another site")

    def _recover(self, mark: str) -> str:
        if not forked(lambda: self._build(mark)):
            return f"round {self._number}: the next build died"
        self._standing = self._found()
        if self._standing != mark:
            return f"round {self._number}: the next build left {self._standing}, not {mark}"
        self.recovered += 1
        return ""


def clean_prints(folder: Path) -> dict[str, str]:
    """What the site of each mark is when nothing goes wrong."""
    prints = {}
    for mark in MARKS:
        (folder / mark).mkdir(parents=True)
        assert publish(site_pages(mark), make_settings(folder / mark)).problems == ()
        prints[mark] = fingerprint(folder / mark / "site")
    return prints


def publishing(folder: Path) -> Build:
    """A whole publication in a folder; all but those of one mark look ahead, as builds do."""
    settings = make_settings(folder)

    def build(mark: str) -> None:
        ahead = None
        if mark != MARKS[1]:
            answer = looked(settings.site, settings.work)
            ahead = LookedAhead(lambda: answer)
        result = publish(site_pages(mark), settings, remembered=ahead)
        assert result.problems == (), result

    return build


def swapping(folder: Path) -> Build:
    """The swap alone: from the clean builds in `folder`/clean to `folder`/site."""

    def put(mark: str) -> None:
        room = folder / "room"
        assert claim(room) is None
        assert swap.recover(folder / "site", room) is None
        shutil.copytree(folder / "clean" / mark / "site", room / "staging")
        result = put_in_place(room, folder / "site")
        assert not isinstance(result, Problem), result

    return put


def calls_of(work: Callable[[], object]) -> int:
    """How many calls to the system a piece of work makes."""
    counter = Counter()
    with hooked(counter):
        work()
    return counter.count


def killed_before_call(work: Callable[[], object], at: int) -> bool:
    """Runs `work` in a child that dies before its `at`-th call; False if there are not so many."""

    def dying() -> None:
        with hooked(Counter(at, lambda _: os.kill(os.getpid(), signal.SIGKILL))):
            work()

    return not forked(dying)
