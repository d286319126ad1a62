"""Work in children: what it gives, and what it raises."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError

from readout.forks import apart, aside, spread


def test_work_apart_is_done_in_another_process() -> None:
    data = b"x" * 3_000_000
    assert apart(lambda: b"%d " % os.getpid() + data).split(b" ") != [b"%d" % os.getpid(), data]
    assert apart(lambda: data) == data


@pytest.mark.parametrize("missing", [OSError("no process to be had"), AttributeError("fork")])
def test_work_apart_is_done_here_where_there_is_no_child(
    monkeypatch: pytest.MonkeyPatch, missing: Exception
) -> None:
    def fork() -> int:
        raise missing

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "fork", fork)
    assert apart(lambda: b"%d" % os.getpid()) == b"%d" % os.getpid()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_work_apart_raises_is_raised_here() -> None:
    def work() -> bytes:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        apart(work)


def test_work_apart_whose_answer_cannot_be_read_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(_pipe: int, _most: int) -> bytes:
        raise OSError("no answer")

    monkeypatch.setattr(os, "read", read)
    assert apart(lambda: b"%d" % os.getpid()) == b"%d" % os.getpid()


def test_a_child_that_ends_before_its_work_is_done_is_told() -> None:
    def work() -> bytes:
        os._exit(0)

    with pytest.raises(RuntimeError, match="ended before"):
        apart(work)


def test_work_is_spread_over_the_processes_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise OSError("no process to be had")

    monkeypatch.setattr(os, "fork", fork)
    found = spread(lambda items: (b"%d" % one for one in items), range(100), 10)
    assert sorted(map(int, found)) == list(range(100))


def test_spread_work_is_done_once_for_each_item() -> None:
    found = spread(lambda items: (b"%d" % one for one in items), range(100), 10)
    assert sorted(map(int, found)) == list(range(100))


class SilentError(Exception):
    """It leaves its notes behind when it is pickled."""

    def __reduce__(self) -> tuple[type[SilentError], tuple[()]]:
        return SilentError, ()


@pytest.mark.parametrize("error", [ValueError("x"), SilentError(), SilentError])
def test_notes_on_what_is_raised_come_along(error: type[Exception] | Exception) -> None:
    def work() -> bytes:
        one = error() if isinstance(error, type) else error
        one.add_note("page x")
        raise one

    with pytest.raises(Exception) as raised:  # noqa: PT011 - whichever
        apart(work)
    assert raised.value.__notes__ == ["page x"]


def test_what_is_raised_says_the_same_as_in_the_child() -> None:
    """Jinja2's error of syntax says its place twice where it comes without what it remembers."""

    def work() -> bytes:
        Environment().from_string("\n{{ x.")  # noqa: S701 - nothing is rendered
        return b""

    said = []
    for call in (work, lambda: apart(work)):
        with pytest.raises(TemplateSyntaxError) as raised:
            call()
        said.append(str(raised.value))
    assert said[0] == said[1]


def test_a_child_ends_with_its_parent() -> None:
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:

        def work() -> bytes:
            os.write(writing, b"x")
            time.sleep(20)
            os.write(writing, b"y")
            return b""

        try:
            apart(work)
        finally:
            os._exit(1)
    os.close(writing)
    assert os.read(reading, 1) == b"x"
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert os.read(reading, 1) == b""  # nobody holds the other end any more
    os.close(reading)


def test_work_aside_goes_on_until_its_answer_is_asked_for() -> None:
    answer = aside(lambda: b"%d" % os.getpid())
    assert answer() not in (b"", b"%d" % os.getpid())


def fails() -> bytes:
    raise ValueError("no such thing")


def ends() -> bytes:
    os._exit(0)


@pytest.mark.parametrize("work", [fails, ends])
def test_work_aside_that_comes_to_nothing_has_no_answer(work: Callable[[], bytes]) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert aside(work)() == b""
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("missing", [OSError("no process to be had"), AttributeError("fork")])
def test_work_aside_has_no_answer_where_there_is_no_child(
    monkeypatch: pytest.MonkeyPatch, missing: Exception
) -> None:
    def fork() -> int:
        raise missing

    monkeypatch.setattr(os, "fork", fork)
    assert aside(lambda: b"never")() == b""
