"""Files behind a checksum, read when they are asked for or ahead."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from readout import summed
from readout.forks import apart
from readout.summed import read_ahead, read_summed, sum_of, write_summed

DATA = b"what was kept" * 1000


@pytest.fixture(name="path")
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "kept"
    write_summed(path, DATA)
    return path


def read(path: Path) -> bytes | None:
    with path.open("rb") as file:
        found = read_summed(file)
    return None if found is None else bytes(found)


def test_what_is_read_ahead_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sums: list[threading.Thread] = []

    def noted(*data: bytes) -> bytes:
        sums.append(threading.current_thread())
        return sum_of(*data)

    monkeypatch.setattr(summed, "sum_of", noted)
    read_ahead([path])
    assert read(path) == DATA
    assert len(sums) == 1
    assert sums[0] is not threading.main_thread()
    assert read(path) == DATA
    assert sums[1] is threading.main_thread()


def test_one_that_was_replaced_meanwhile_is_read(path: Path) -> None:
    read_ahead([path])
    write_summed(path, b"other")
    assert read(path) == b"other"


@pytest.mark.parametrize("at", [0, 19, 20, -1])
def test_one_that_is_damaged_is_none(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    read_ahead([path])
    assert read(path) is None
    assert read(path) is None


@pytest.mark.parametrize("what", [b"", b"short"])
def test_one_that_is_too_short_is_none(path: Path, what: bytes) -> None:
    path.write_bytes(what)
    read_ahead([path])
    assert read(path) is None


def refuse(*_: object) -> None:
    raise OSError(errno.EIO, "no")


def no_thread(*_: object) -> None:
    raise RuntimeError("can't start new thread")


def no_memory(*_: object) -> None:
    raise MemoryError


@pytest.mark.parametrize(
    ("where", "name", "refusal"),
    [
        (os, "open", refuse),
        (os, "fstat", refuse),
        (threading.Thread, "start", no_thread),
        (summed, "unsummed", no_memory),
    ],
)
def test_where_nothing_can_be_read_ahead_it_is_read_later(
    path: Path,
    where: object,
    name: str,
    refusal: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {*Path("/proc/self/fd").iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr(where, name, refusal)
        read_ahead([path])
        for one in summed._AHEAD.values():
            one.wait()
    assert {*Path("/proc/self/fd").iterdir()} == before
    assert read(path) == DATA


def test_what_is_no_file_is_passed_over(path: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(path)
    read_ahead([tmp_path / name for name in ("pipe", "link", "missing", ".")])
    assert read(path) == DATA


def test_a_child_finds_what_was_read_ahead(path: Path) -> None:
    read_ahead([path])
    assert apart(lambda: read(path) or b"") == DATA
    assert read(path) == DATA
