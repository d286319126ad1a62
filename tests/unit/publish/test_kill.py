"""A build that is killed at any moment leaves a whole site, and the next build goes through.

Each round forks (so that nothing is imported twice), kills the child after a random time, and
looks at what it left. READOUT_KILLS and READOUT_KILLED_BUILDS are the numbers of rounds.
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import readout.publish.mkdocs_run  # imported here, so that a child need not
from readout.publish import swap
from readout.publish.problem import Problem
from readout.publish.tree import claim
from tests.unit.publish.sites import (
    fingerprint,
    make_settings,
    mark_of,
    publish,
    put_in_place,
    site_pages,
)

SWAPS = int(os.environ.get("READOUT_KILLS", "60"))
BUILDS = int(os.environ.get("READOUT_KILLED_BUILDS", "30"))
MARKS = ("one", "two", "three")
assert readout.publish.mkdocs_run


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


def forked(work: Callable[[], object], seconds: float | None) -> bool:
    """Runs `work` in a child and kills it after `seconds`; whether it came to its end."""
    child = start(work)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 2), "the child raised"
    return os.WIFEXITED(status)


def duration(work: Callable[[], object]) -> float:
    """How long `work` takes in a child: the time within which to kill."""
    start = time.monotonic()
    assert forked(work, None)
    return time.monotonic() - start


def kill_in_rounds(
    rounds: int,
    site: Path,
    prints: dict[str, str],
    build: Callable[[str], object],
) -> None:
    chance = random.Random(os.environ.get("READOUT_SEED", "publish"))
    longest = max(duration(lambda m=mark: build(m)) for mark in MARKS) * 1.2
    killed = 0
    for number in range(rounds):
        mark = MARKS[number % len(MARKS)]
        # The time to kill within follows the machine: an idle disk is much faster than a busy one.
        ended = forked(lambda m=mark: build(m), chance.uniform(0, longest))
        longest *= 0.8 if ended else 1.05
        killed += not ended
        assert fingerprint(site) in prints.values(), f"broken in round {number}"
        if number % 5 == 4:
            assert forked(lambda m=mark: build(m), None), f"the build after round {number}"
            assert fingerprint(site) == prints[mark], f"not recovered in round {number}"
    assert killed > rounds // 4, f"only {killed} of {rounds} builds were killed"


def clean_prints(folder: Path) -> dict[str, str]:
    """What the site of each mark is when nothing goes wrong."""
    prints = {}
    for mark in MARKS:
        (folder / mark).mkdir(parents=True)
        assert publish(site_pages(mark), make_settings(folder / mark)).problems == ()
        prints[mark] = fingerprint(folder / mark / "site")
    return prints


def test_whole_builds_are_killed(tmp_path: Path) -> None:
    prints = clean_prints(tmp_path / "clean")
    settings = make_settings(tmp_path)

    def build(mark: str) -> None:
        result = publish(site_pages(mark), settings)
        assert result.problems == (), result

    build("one")
    kill_in_rounds(BUILDS, settings.site, prints, build)


@pytest.fixture(name="put")
def putting(tmp_path: Path) -> Callable[[str], None]:
    """The publishing step alone, from a clean build to `site`."""

    def put(mark: str) -> None:
        room = tmp_path / "room"
        assert claim(room) is None
        assert swap.recover(tmp_path / "site", room) is None
        shutil.copytree(tmp_path / "clean" / mark / "site", room / "staging")
        result = put_in_place(room, tmp_path / "site")
        assert not isinstance(result, Problem), result

    return put


def test_first_builds_are_killed(tmp_path: Path) -> None:
    chance = random.Random(os.environ.get("READOUT_SEED", "first"))
    good = clean_prints(tmp_path / "clean")["one"]
    longest = duration(lambda: publish(site_pages("one"), make_settings(tmp_path / "clean/two")))
    for number in range(max(10, BUILDS // 3)):
        folder = tmp_path / str(number)
        folder.mkdir()
        settings = make_settings(folder)
        forked(lambda s=settings: publish(site_pages("one"), s), chance.uniform(0, longest))
        assert not settings.site.exists() or fingerprint(settings.site) == good
        assert publish(site_pages("one"), settings).problems == ()
        assert fingerprint(settings.site) == good


def test_publications_are_killed(tmp_path: Path, put: Callable[[str], None]) -> None:
    prints = clean_prints(tmp_path / "clean")
    put("one")
    kill_in_rounds(SWAPS, tmp_path / "site", prints, put)


def test_the_site_is_whole_at_every_instant(tmp_path: Path, put: Callable[[str], None]) -> None:
    prints = clean_prints(tmp_path / "clean")
    put("one")
    looks = 0
    for number in range(max(6, SWAPS // 5)):
        mark = MARKS[number % len(MARKS)]
        looks += watch(lambda m=mark: put(m), tmp_path / "site", prints, random.Random(number))
        assert fingerprint(tmp_path / "site") == prints[mark]
    assert looks > 0


def watch(
    work: Callable[[], object], site: Path, prints: dict[str, str], chance: random.Random
) -> int:
    """Stops a child again and again, and looks at the site each time: whole at every instant; how
    often that was."""
    child = start(work)
    looks = 0
    while True:
        time.sleep(chance.uniform(0, 0.002))
        os.kill(child, signal.SIGSTOP)
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            break
        assert fingerprint(site) in prints.values()
        looks += 1
        os.kill(child, signal.SIGCONT)
    assert os.WIFEXITED(status)
    assert os.WEXITSTATUS(status) == 0
    return looks


def test_the_next_best_recovers_from_a_kill_between_its_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prints = clean_prints(tmp_path / "clean")
    settings = make_settings(tmp_path)
    monkeypatch.setattr(swap, "_exchange_at_once", lambda one, other: False)
    rename = Path.rename
    publish(site_pages("one"), settings)
    for last in (1, 2, 3):
        seen = []

        def dying(path: Path, target: Path, seen: list[Path] = seen, last: int = last) -> Path:
            result = rename(path, target)
            if "aside" in {path.name, target.name} or target == settings.site:
                seen.append(path)
                if len(seen) == last:
                    os.kill(os.getpid(), signal.SIGKILL)
            return result

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", dying)
            assert not forked(lambda: publish(site_pages("two"), settings), None)
        assert (tmp_path / "site").exists() is (last > 1)
        bad = site_pages("two") | {"topics/bad.md": b"[x](gone.md)\n"}
        assert publish(bad, settings).problems != ()
        assert fingerprint(tmp_path / "site") == prints["one" if last == 1 else "two"]
        for mark in ("three", "one"):
            assert publish(site_pages(mark), settings).problems == ()
            assert mark_of(tmp_path / "site") == mark
