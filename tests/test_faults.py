"""Builds that the system refuses something; `python -m tests.heavy.faults` refuses every call."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from readout.publish import tree
from tests.builds import SMALL
from tests.reliability.desk import Desk, clean_prints
from tests.reliability.disturbances import ACTS, clock_at, disturbed_reading, redate, second_build
from tests.reliability.faulty_builds import Said, build_here, in_a_child, wrong_with
from tests.reliability.full_disks import fill_up, limited, locked
from tests.reliability.many_builds import templates_kept
from tests.reliability.namespaces import available, with_own_mounts
from tests.reliability.refused_calls import ERRORS, FIRST, RefusedCalls

_YEAR = 365 * 86_400.0


@pytest.fixture(name="prints", scope="module")
def of_clean_builds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return clean_prints(tmp_path_factory.mktemp("clean"), original=SMALL)


@pytest.fixture(autouse=True, scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What no child needs to do again."""
    with templates_kept():
        build_here(Desk(tmp_path_factory.mktemp("here") / "desk", SMALL))
        yield


@pytest.fixture(name="desk")
def built_desk(tmp_path: Path) -> Desk:
    """State `one`, built; the content is in state `two`."""
    desk = Desk(tmp_path / "desk", SMALL)
    assert in_a_child(desk).status == 0
    desk.put("two")
    return desk


def _assert_recovers(desk: Desk, prints: Mapping[str, str], state: str = "two") -> None:
    again = in_a_child(desk)
    assert again.status == 0, again.text
    assert list(wrong_with(again, desk.site, prints, state, state)) == []


@pytest.mark.parametrize("ways", [((FIRST, "one"),), (("one", "two"), ("two", "one"))])
def test_a_refused_call(
    ways: tuple[tuple[str, str], ...], prints: Mapping[str, str], tmp_path: Path
) -> None:
    calls = RefusedCalls(tmp_path, prints, SMALL)
    counts = [calls.count(before, wanted) for before, wanted in ways]
    failed = 0
    for turn in range(8):
        way = turn % len(ways)
        at = 40 + turn * counts[way] // 8
        said, found = calls.refuse(*ways[way], at, ERRORS[turn % 4])
        assert found == [], said.hit
        failed += said.status
    assert failed > 2


_LIMITS = [(resource.RLIMIT_FSIZE, n) for n in (4000, 19_342, 40_000, 1 << 20)]
_LIMITS += [(resource.RLIMIT_NOFILE, n) for n in (5, 9, 14)]


@pytest.mark.parametrize(("what", "limit"), _LIMITS)
def test_no_room(what: int, limit: int, prints: Mapping[str, str], desk: Desk) -> None:
    said = limited(desk, what, limit)
    assert list(wrong_with(said, desk.site, prints, "one", "two")) == []
    assert said.status == int(limit != 1 << 20)
    _assert_recovers(desk, prints)


def test_a_disk_with_ever_less_room(prints: Mapping[str, str], tmp_path: Path) -> None:
    """Where this system has no namespaces for users, files that may not grow have to do."""
    if not available(with_own_mounts):
        return test_no_room(resource.RLIMIT_FSIZE, 0, prints, built_desk.__wrapped__(tmp_path))
    (tmp_path / "disk").mkdir()
    *lines, last = fill_up(tmp_path / "disk", "one", "two", prints, SMALL, shares=5)
    assert lines == []
    assert last.startswith("failed: ")
    return None


@pytest.mark.parametrize("name", ["", "site", "work", "work/docs", "work/publish"])
def test_a_folder_that_may_not_be_written(name: str, prints: Mapping[str, str], desk: Desk) -> None:
    folders = [path for path in (desk.folder / name).rglob("*") if path.is_dir()]
    said = in_a_child(desk, partial(locked, (desk.folder / name, *folders)))
    assert said.status == 1
    assert list(wrong_with(said, desk.site, prints, "one", "two")) == []
    _assert_recovers(desk, prints)


def test_two_builds_at_once(prints: Mapping[str, str], desk: Desk) -> None:
    assert second_build(desk, prints, "one", "two") == []


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("at", ["open", "read", "close"])
def test_a_file_that_changes_while_it_is_read(
    act: str, at: str, prints: Mapping[str, str], desk: Desk
) -> None:
    path = desk.folder / "content" / "actors" / "kara.yml"
    data = path.read_bytes()
    path.write_bytes(data + b"\n")
    said = disturbed_reading(desk, path, partial(ACTS[act], path), at, 3)
    told = wrong_with(said, desk.site, prints, "one", "two")
    assert [one for one in told if "it said that all went well" not in one] == []
    tree.remove(path)
    path.write_bytes(data)
    _assert_recovers(desk, prints)


@pytest.mark.parametrize("jump", [-30 * _YEAR, -1.0, 50 * _YEAR])
def test_a_clock_that_jumps(jump: float, prints: Mapping[str, str], desk: Desk) -> None:
    redate(desk.folder, jump)
    said = in_a_child(desk, partial(clock_at, -jump))
    assert said.status == 0
    assert list(wrong_with(said, desk.site, prints, "two", "two")) == []
    desk.put("three")
    _assert_recovers(desk, prints, "three")


@pytest.mark.parametrize(
    ("status", "text", "state", "told"),
    [
        (1, "Traceback (most recent call last):\n", "one", "a traceback"),
        (1, "This is a mistake in Readout, not in your content: KeyError", "one", "a traceback"),
        (1, "something went wrong\n", "one", "no path in"),
        (1, "a/b: no\nc/d: no\n", "one", "2 lines"),
        (1, "", "one", "no line says"),
        (1, "a/b: no\nsite/ is as it was.\n", "two", "the site is two"),
        (0, "Built\n", "one", "all went well"),
        (7, "a/b: no\n", "one", "exit status 7"),
    ],
)
def test_what_is_wrong_is_seen(
    status: int, text: str, state: str, told: str, prints: Mapping[str, str], desk: Desk
) -> None:
    desk.put(state)
    assert in_a_child(desk).status == 0
    (found, *_) = wrong_with(Said(status, text), desk.site, prints, "one", "two")
    assert told in found


def test_a_broken_site_is_seen(prints: Mapping[str, str], desk: Desk) -> None:
    page = desk.site / "index.html"
    page.write_bytes(page.read_bytes()[:-1])
    (found,) = wrong_with(Said(1, "a/b: no"), desk.site, prints, "one", "two")
    assert found == "the site is another, not one as before"
