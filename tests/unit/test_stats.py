"""Stats of many files in one piece are those of each."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from readout.stats import TICK, Stat, Stats, is_young, of, snapshot

FILES: dict[str, Stat] = {
    "b/a.md": (5, -1, 2**62, 2**64 - 1, 0o100644),
    "a.md": (0, 10**18, 10**18 + 1, 7, 0o120777),
    "b/\udcff": (1, 2, 3, 4, 5),
}


def test_they_are_as_those_of_each() -> None:
    packed = Stats.of(FILES)
    assert packed == FILES
    assert dict(packed) == FILES
    assert list(packed) == sorted(FILES) == list(packed.keys())
    assert dict(packed.items()) == FILES
    assert packed.inodes() == {path: stat[3] for path, stat in FILES.items()}
    assert packed.get("c") is None
    assert "c" not in packed
    assert Stats.of(packed) is packed
    assert Stats.of(dict(reversed(FILES.items()))) == packed
    assert packed.are_those(dict(reversed(FILES.items())))


def test_of_none_there_are_none() -> None:
    packed = Stats.of({})
    assert packed == {}
    assert packed.inodes() == {}
    assert packed.young(0) == []
    assert packed.are_those({})
    assert not packed.are_those(FILES)
    assert packed.with_others(FILES) == FILES


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("number", range(5))
def test_a_number_that_differs_is_seen(path: str, number: int) -> None:
    packed = Stats.of(FILES)
    stat = [*FILES[path]]
    stat[number] ^= 1
    other = {**FILES, path: tuple(stat)}
    assert packed != other
    assert packed != Stats.of(other)
    assert not packed.are_those(other)
    assert packed.with_others({path: tuple(stat)}) == other
    assert packed == FILES


def test_files_more_and_fewer_are_seen() -> None:
    packed = Stats.of(FILES)
    more = {**FILES, "c": (1, 1, 1, 1, 1)}
    fewer = {"a.md": FILES["a.md"]}
    renamed = {"d" if path == "a.md" else path: stat for path, stat in FILES.items()}
    for other in (more, fewer, renamed):
        assert packed != Stats.of(other)
        assert not packed.are_those(other)
    assert packed.with_others({"c": (1, 1, 1, 1, 1)}) == more


def test_nothing_is_as_no_file_is() -> None:
    packed = Stats.of({**FILES, "odd": ()})
    assert packed["odd"] == (0, 0, 0, 0, 0)
    assert {path: packed[path] for path in FILES} == FILES
    assert Stats.of(FILES).with_others({"a.md": ()})["a.md"] == (0, 0, 0, 0, 0)


def test_a_time_beyond_64_bits_is_told_from_others() -> None:
    """One of the year 3000; it is not taken for what the file system says, but for itself."""
    odd = (1, 32503680000 * 10**9, 3, 4, 5)
    packed = Stats.of({**FILES, "odd": odd})
    assert packed["odd"] != odd
    assert packed.are_those({**FILES, "odd": odd})
    for number in range(5):
        other = (*odd[:number], odd[number] + 1, *odd[number + 1 :])
        assert not packed.are_those({**FILES, "odd": other})
    assert {path: packed[path] for path in FILES} == FILES


@pytest.mark.parametrize("seed", range(20))
def test_the_young_are_found(seed: int) -> None:
    chance = random.Random(seed)
    now = 10**18
    files = {
        f"{n}": (1, now - chance.randrange(3 * TICK), now - chance.randrange(3 * TICK), n, 1)
        for n in range(chance.randrange(9))
    }
    wanted = sorted(path for path, stat in files.items() if is_young(stat, now))
    assert Stats.of(files).young(now) == wanted


def test_files_of_a_disk(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    packed = Stats.of(snapshot(str(tmp_path)))
    assert packed["b"] == of((tmp_path / "b").lstat())
