"""One build at a time; a dead process holds nothing."""

import fcntl
import os
import signal
import time
from pathlib import Path

import pytest

from readout.publish import lock
from readout.publish.lock import locked
from tests.unit.publish.sites import make_settings, mark_of, publish, site_pages


def test_the_second_says_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    with locked(path) as first:
        assert first is None
        with locked(path) as second:
            assert str(second) == (
                f"{path}: another build is running here (process {os.getpid()}); wait for it to end"
            )
        with locked(path) as third:
            assert third is not None
    assert not path.exists()
    with locked(path) as again:
        assert again is None


def test_a_forked_process_does_not_let_go_of_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    child = 0
    with locked(path):
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            assert path.exists()
            with locked(path) as second:
                assert second is not None
    if child == 0:
        os._exit(0)


def test_what_a_dead_process_left_is_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with locked(path):
            os.write(writer, b"x")
            signal.pause()
    os.read(reader, 1)
    with locked(path) as held:
        assert f"process {child}" in str(held)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert path.exists()
    with locked(path) as free:
        assert free is None


def killed_with_a_child(path: Path, seconds: float) -> int:
    """A process that was killed with the lock; one that it had forked lives for so long."""
    reader, writer = os.pipe()
    holder = os.fork()
    if holder == 0:
        with locked(path):
            if os.fork() == 0:
                time.sleep(seconds)
                os._exit(0)
            os.write(writer, b"x")
            signal.pause()
    os.read(reader, 1)
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    return holder


def test_what_a_killed_build_has_started_is_waited_for(tmp_path: Path) -> None:
    killed_with_a_child(tmp_path / "lock", 0.3)
    with locked(tmp_path / "lock") as free:
        assert free is None


def test_not_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_MOMENT", 0.05)
    holder = killed_with_a_child(tmp_path / "lock", 5)
    with locked(tmp_path / "lock") as held:
        assert f"(started by process {holder})" in str(held)


def test_a_lock_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with locked(tmp_path / "file" / "lock") as problem:
        assert str(tmp_path / "file") in str(problem)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with locked(tmp_path / "link") as problem:
        assert problem is not None
    assert not (tmp_path / "elsewhere").exists()


def test_a_lock_whose_file_was_removed_by_its_last_holder_is_taken_again(tmp_path: Path) -> None:
    """Many builds at once: never two inside, and every one gets an answer."""
    path, inside = tmp_path / "lock", tmp_path / "inside"
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            for _ in range(300):
                with locked(path) as problem:
                    if problem is None:
                        try:
                            inside.mkdir()
                            inside.rmdir()
                        except OSError:
                            os._exit(1)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4


def test_a_lock_on_a_file_without_a_name_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, calls = tmp_path / "lock", []
    real = fcntl.flock

    def late(handle: int, how: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            path.unlink()
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with locked(path) as problem:
        assert problem is None
        assert path.exists()
    assert len(calls) == 2


def test_two_builds_at_once(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    with locked(tmp_path / "work" / ".lock"):
        (problem,) = publish(site_pages("one"), settings).problems
        assert f"process {os.getpid()}" in problem
        assert not settings.site.exists()
    with locked(tmp_path / ".site.readout-lock"):
        (problem,) = publish(site_pages("one"), settings).problems
        assert f"process {os.getpid()}" in problem
    assert publish(site_pages("one"), settings).problems == ()
    assert mark_of(settings.site) == "one"
