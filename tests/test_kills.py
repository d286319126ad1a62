"""What is killed leaves a whole site; `python -m tests.heavy.kills` kills ten thousand times."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from readout.publish import swap
from readout.stats import TICK
from tests.builds import SMALL
from tests.reliability import desk
from tests.reliability.killed_builds import KilledBuilds
from tests.reliability.killing import (
    MARKS,
    Rounds,
    calls_of,
    clean_prints,
    killed_before_call,
    publishing,
    swapping,
)
from tests.unit.publish.sites import fingerprint

_KILLS = 25
_BUILDS, _WARM = 2, 6
_CALLS = 40
"""So many calls of a publication, spread over it."""


@pytest.mark.parametrize("kind", ["publication", "swap", "end"])
def test_a_killed_publication(kind: str, tmp_path: Path) -> None:
    prints = clean_prints(tmp_path / "clean")
    build = swapping(tmp_path) if kind == "swap" else publishing(tmp_path)
    rounds = Rounds(tmp_path / "site", prints, build, f"sample {kind}")
    while rounds.killed < _KILLS:
        assert rounds.kill(late=kind == "end") == ""
    assert rounds.recovered > 0


def test_a_publication_killed_before_one_call(tmp_path: Path) -> None:
    prints = clean_prints(tmp_path / "clean")
    build = publishing(tmp_path)
    counts = []
    for _ in range(3):  # files that are young still are looked at more closely
        time.sleep(2 * TICK / 1e9)
        for mark in (MARKS[2], MARKS[1]):
            build(mark)
        counts.append(calls_of(lambda: build(MARKS[0])))
    count = min(counts)
    stood = set()
    for at in range(1, count - 9, count // _CALLS):  # one build makes a few calls less than another
        build(MARKS[2])
        build(MARKS[1])
        assert killed_before_call(lambda: build(MARKS[0]), at)
        found = fingerprint(tmp_path / "site")
        stood.add(found)
        build(MARKS[2])
        assert fingerprint(tmp_path / "site") == prints[MARKS[2]]
    assert stood == {prints[MARKS[0]], prints[MARKS[1]]}


def test_killed_builds(tmp_path: Path) -> None:
    prints = desk.clean_prints(tmp_path / "clean", original=SMALL)
    for warm in (True, False):
        builds = KilledBuilds(tmp_path / f"desk {warm}", prints, "sample", SMALL, warm)
        while builds.killed < (_WARM if warm else _BUILDS):
            assert builds.round() == ""


def test_a_site_written_in_place_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_place(one: Path, other: Path, aside: Path) -> None:
        for path in sorted(other.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        time.sleep(0.02)
        shutil.copytree(one, other, dirs_exist_ok=True)

    prints = clean_prints(tmp_path / "clean")
    monkeypatch.setattr(swap, "exchange", in_place)
    rounds = Rounds(tmp_path / "site", prints, swapping(tmp_path), "in place")
    assert any("broken" in rounds.kill() for _ in range(60))
