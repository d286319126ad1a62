"""Builds for which the system itself has no room: a disk that is full, files that may not grow, no
more open files, folders that may not be written. SQLite and Pagefind are refused too."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.reliability.desk import Desk
from tests.reliability.faulty_builds import Said, in_a_child, wrong_with
from tests.reliability.namespaces import (
    make_read_only,
    mount_disk,
    resize_disk,
    with_own_mounts,
)


def limited(desk: Desk, what: int, limit: int) -> Said:
    """A build under one of the limits of `resource`: its files' size, or how many are open."""

    @contextmanager
    def around() -> Iterator[None]:
        before = resource.getrlimit(what)
        resource.setrlimit(what, (limit, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(what, before)

    return in_a_child(desk, around)


@contextmanager
def _forbidden(folders: tuple[Path, ...]) -> Iterator[None]:
    with_own_mounts()
    for folder in folders:
        make_read_only(folder)
    yield


def read_only(desk: Desk, *folders: Path) -> Said:
    """A build that may not write below some folders: mounted read-only, in a namespace."""
    return in_a_child(desk, partial(_forbidden, folders))


@contextmanager
def as_nobody(folders: tuple[Path, ...]) -> Iterator[None]:
    """As a user who may write no folder of these; for root, who may write any, as nobody."""
    modes = {folder: folder.stat().st_mode & 0o7777 for folder in folders}
    for folder in folders:
        folder.chmod(0o555)
    try:
        if os.geteuid() == 0:
            os.setegid(65534)
            os.seteuid(65534)
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
            os.setegid(0)
        for folder, mode in modes.items():
            folder.chmod(mode)


def fill_up(
    folder: Path, before: str, wanted: str, prints: Mapping[str, str], original: Path
) -> list[str]:
    """On a disk of its own that has ever less room left, a build from one state to another; and
    each time the next build, with room. What is wrong, one line each; an empty list is good.

    In a child with mounts of its own, which must be available.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            with_own_mounts()
            for line in _fill_up(folder, before, wanted, prints, original):
                os.write(writing, f"{line}\n".encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        lines = pipe.read().splitlines()
    if os.waitpid(child, 0)[1]:
        lines.append("the runs on a full disk died")
    return lines


_LARGE = 1 << 28
_SHARES = 60
_PAGE = 4096


def _fill_up(
    folder: Path, before: str, wanted: str, prints: Mapping[str, str], original: Path
) -> Iterator[str]:
    mount_disk(folder, _LARGE)
    desk = Desk(folder / "desk", original)
    used = {}
    for state in (before, wanted):
        desk.put(state)
        said = in_a_child(desk)
        if said.status:
            yield f"no clean build of {state}: {said.text:.200}"
        used[state] = _used(folder)
    failed = 0
    for share in range(_SHARES):
        desk.put(before)
        in_a_child(desk)
        desk.put(wanted)
        room = _PAGE + (used[wanted] // 3) * share // _SHARES // _PAGE * _PAGE
        resize_disk(folder, _used(folder) + room)
        said = in_a_child(desk)
        failed += said.status != 0
        for one in wrong_with(said, desk.site, prints, before, wanted):
            yield f"with {room} bytes left: {one}"
        resize_disk(folder, _LARGE)
        said = in_a_child(desk)
        if said.status:
            yield f"the next build after {room} bytes: {said.text:.200}"
        for one in wrong_with(said, desk.site, prints, wanted, wanted):
            yield f"the next build after {room} bytes: {one}"
    yield f"failed: {failed} of {_SHARES}"


def _used(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize
