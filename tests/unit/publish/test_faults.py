"""Every call to the system fails once: one line that names a path, and a whole site."""

import builtins
import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from readout.publish import swap
from readout.publish.tree import remove
from tests.unit.publish.sites import fingerprint, make_settings, mark_of, publish, site_pages

CALLS: list[tuple[object, str]] = [
    *((os, name) for name in ("open", "write", "fsync", "rename", "replace", "mkdir", "chmod")),
    *((os, name) for name in ("fchmod", "unlink", "rmdir", "utime", "scandir", "lstat", "stat")),
    *((os, name) for name in ("ftruncate", "pwrite", "close", "fdopen", "listdir")),
    (builtins, "open"),
    *((os, name) for name in ("link", "read", "fstat")),
    (swap, "_exchange_at_once"),
]


@contextmanager
def failing(where: object, name: str, at: int, number: int) -> Iterator[list[int]]:
    """Has the `at`-th call of a function fail with an errno; 0 for none. Yields the count."""
    real: Callable[..., object] = getattr(where, name)
    count = [0]

    def call(*args: object, **kwargs: object) -> object:
        count[0] += 1
        if count[0] == at:
            if name == "close":
                real(*args, **kwargs)
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    setattr(where, name, call)
    try:
        yield count
    finally:
        setattr(where, name, real)


@pytest.mark.parametrize(("where", "name"), CALLS, ids=[f"{w.__name__}.{n}" for w, n in CALLS])  # type: ignore[attr-defined]
def test_a_call_fails_once(tmp_path: Path, where: object, name: str) -> None:
    settings = make_settings(tmp_path)
    prints = {}
    for mark in ("one", "two", "three"):
        publish(site_pages(mark), settings)
        prints[mark] = fingerprint(settings.site)
    with failing(where, name, 0, 0) as count:
        assert publish(site_pages("one"), settings).problems == ()
    every = max(1, count[0] // int(os.environ.get("READOUT_FAULTS", "5")))
    assert publish(site_pages("two"), settings).problems == ()
    failed = 0
    for turn, at in enumerate(range(1, count[0] + 1, every)):
        number = (errno.ENOSPC, errno.EIO)[turn % 2]
        with failing(where, name, at, number):
            result = publish(site_pages("one"), settings)
        for problem in result.problems:
            assert "\n" not in problem
            assert re.search(r"/|\w\.(md|html|xml)\b", problem), problem
        failed += bool(result.problems)
        assert fingerprint(settings.site) in (prints["one"], prints["two"]), at
        if not result.problems:
            assert mark_of(settings.site) == "one"
        assert publish(site_pages("two"), settings).problems == ()
        assert fingerprint(settings.site) == prints["two"]
    if name in {"open", "write", "fsync", "replace", "fchmod", "_exchange_at_once"}:
        assert failed > 0


@pytest.mark.parametrize("name", ["write", "mkdir", "fsync", "rename"])
def test_the_first_build_fails(tmp_path: Path, name: str) -> None:
    settings = make_settings(tmp_path)
    with failing(os, name, 1, errno.ENOSPC):
        (problem,) = publish(site_pages("one"), settings).problems
    assert problem.endswith("No space left on device")
    assert problem.startswith(str(tmp_path))
    assert not settings.site.exists()
    assert publish(site_pages("one"), settings).problems == ()


def test_a_disk_that_is_full_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one"), settings)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        (problem,) = publish(site_pages("two"), settings).problems
    assert problem.endswith(": No space left on device")
    assert "/docs/" in problem
    assert mark_of(settings.site) == "one"


def test_a_failed_exchange_in_three_renames_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(tmp_path)
    publish(site_pages("one"), settings)
    good = fingerprint(settings.site)
    monkeypatch.setattr(swap, "_exchange_at_once", lambda one, other: False)
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name == "twin" and target == settings.site:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refusing)
        assert publish(site_pages("two"), settings).problems != ()
    assert fingerprint(settings.site) == good
    assert publish(site_pages("two"), settings).problems == ()
    assert mark_of(settings.site) == "two"


def test_another_file_system_has_a_room_beside_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(tmp_path)
    real = Path.stat

    def elsewhere(path: Path, **kwargs: bool) -> os.stat_result:
        status = real(path, **kwargs)
        if path == settings.work:
            fields = list(status)
            fields[2] += 1
            return os.stat_result(fields)
        return status

    monkeypatch.setattr(Path, "stat", elsewhere)
    for mark in ("one", "two"):
        assert publish(site_pages(mark), settings).problems == ()
        assert mark_of(settings.site) == mark
    assert (tmp_path / ".site.readout" / "twin").is_dir()
    remove(tmp_path / ".site.readout")
    (tmp_path / ".site.readout").mkdir()
    (tmp_path / ".site.readout" / "mine").write_text("x")
    assert ".site.readout" in publish(site_pages("one"), settings).problems[0]
