"""One build at a time; a dead process holds nothing."""

import fcntl
import os
import signal
from pathlib import Path

import pytest

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
