"""Builds for which the system itself has no room: a disk that is full, files that may not grow, no
more open files, folders that may not be written. SQLite and Pagefind are refused too."""

from __future__ import annotations

import ctypes
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
def locked(folders: tuple[Path, ...]) -> Iterator[None]:
    """These folders may not be written, by their modes; for root too, who gives that power up and
    does not get it back: only in a child that is about to end."""
    if os.geteuid() == 0:
        _obey_modes()
    modes = {folder: folder.stat().st_mode & 0o7777 for folder in folders}
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode)


_CAPABILITIES = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3."""
_OF_MODES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: root may read and write what modes forbid."""


def _obey_modes() -> None:
    """capset(2). Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; and their upper halves
    failed = libc.capget(header, sets)
    sets[0] &= ~_OF_MODES
    if failed or libc.capset(header, sets):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def fill_up(
    folder: Path,
    before: str,
    wanted: str,
    prints: Mapping[str, str],
    original: Path,
    shares: int = 60,
) -> list[str]:
    """On a disk of its own that has ever less room left, a build from one state to another; and
    each time the next build, with room. What is wrong, one line each; the last says how many of
    the `shares` builds failed.

    In a child with mounts of its own, which must be available.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            with_own_mounts()
            for line in _fill_up(folder, before, wanted, prints, original, shares):
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
_PAGE = 4096


def _fill_up(
    folder: Path,
    before: str,
    wanted: str,
    prints: Mapping[str, str],
    original: Path,
    shares: int,
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
    for share in range(shares):
        desk.put(before)
        in_a_child(desk)
        desk.put(wanted)
        room = _PAGE + (used[wanted] // 3) * share // shares // _PAGE * _PAGE
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
    yield f"failed: {failed} of {shares}"


def _used(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize
