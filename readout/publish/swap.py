"""Putting a finished build in the place of the old one, so that `site/` is whole at every instant.

Beside the site (on its file system) stands a *twin*: another copy of it. A new build goes

    staging  --what differs-->  twin  --exchange-->  site        (the old site is the twin now)
                                                     site  --what differs-->  twin

The exchange is one system call: renameat2 with RENAME_EXCHANGE on Linux, renamex_np with
RENAME_SWAP on macOS. Where neither works (other systems, NFS, FAT) the next best is three
renames: between the first two, for microseconds, there is no site, and if the build is killed
just there the next build brings the old one back.

Nothing believes that the twin is what an earlier build left: it is compared by content each
time. So a build may be killed anywhere, and the next one mends what it finds.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from readout.publish.problem import Problem, refused
from readout.publish.tree import (
    FILE_MODE,
    FOLDER_MODE,
    MARKER,
    MARKER_TEXT,
    digest_of,
    is_marked,
    list_tree,
    make_durable,
    make_folders,
    parents,
    read_file,
    refuse_foreign,
    remove,
    remove_empty,
    sync,
    write_file,
)

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


@dataclass(frozen=True, slots=True)
class Content:
    """One file of a tree, as far as trees are compared."""

    digest: bytes
    """SHA-256 of its bytes; empty when its mode is not what we set."""
    mtime: int
    """In nanoseconds."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What one publication did to the site."""

    changed: tuple[str, ...]
    """Files that are new or differ, sorted."""
    removed: tuple[str, ...]
    """Files that are no more, and what else a site should not hold, sorted."""
    tree: Mapping[str, Content]
    """The site as it stands now; its times are not to be relied on."""


def recover(site: Path, room: Path) -> Problem | None:
    """Cleans up after a build that was killed; `room` is the folder of staging and twin.

    Only three renames (see above) can leave a site missing, and then the old one is aside.
    """
    aside = room / "aside"
    try:
        if is_marked(aside):
            if not os.path.lexists(site):
                aside.rename(site)
            else:
                remove(aside)
        remove(room / "staging")
    except OSError as error:
        return refused(room, error)
    return None


def replace_site(room: Path, site: Path) -> Swap | Problem:
    """Makes `site` what `room/staging` is, writing only what differs.

    `room` and `site` are on one file system. Staging is used up. A Problem means that the old
    site stands untouched, but for one case: the new one stands and could not be made durable.
    """
    staging, twin = room / "staging", room / "twin"
    try:
        refusal = refuse_foreign(site)
        if refusal is not None:
            return refusal
        _finish(staging)
        new = contents(staging)
        old = contents(site) if is_marked(site) else {}
        changed = tuple(
            sorted(p for p, c in new.items() if p not in old or c.digest != old[p].digest)
        )
        removed = tuple(sorted({*(old.keys() - new.keys()), *(extras(site, old) if old else ())}))
        if old and not changed and not removed:
            remove(staging)
            return Swap((), (), old)
        if not old:
            make_folders(site.parent)
            make_durable(staging, new)
            staging.rename(site)
            sync(site.parent)
            return Swap(changed, (), new)
        times = {path: old[path].mtime for path in new.keys() - set(changed)}
        _prepare_twin(staging, twin, new, times)
        exchange(twin, site, room / "aside")
        sync(site.parent)
        sync(room)
    except OSError as error:
        return refused(site, error)
    _catch_up(site, twin, old, new)
    with contextlib.suppress(OSError):  # the next build removes it otherwise
        remove(staging)
    return Swap(changed, removed, new)


def contents(root: Path) -> dict[str, Content]:
    """Every regular file below `root`, by path."""
    return {
        path: Content(
            digest_of(root / path) if status.st_mode & 0o7777 == FILE_MODE else b"",
            status.st_mtime_ns,
        )
        for path, status in list_tree(root).files.items()
    }


def extras(site: Path, tree: Mapping[str, Content]) -> tuple[str, ...]:
    """What a site holds beside the files of `tree`: symlinks, pipes, empty folders."""
    listing = list_tree(site)
    needed = {parent for path in tree for parent in parents(path)}
    return (*listing.foreign, *(folder for folder in listing.folders if folder not in needed))


def _finish(staging: Path) -> None:
    """Marks a staged site as ours and sets its modes."""
    write_file(staging / MARKER, MARKER_TEXT)
    listing = list_tree(staging)
    if listing.foreign:
        where = str(staging / listing.foreign[0])
        raise OSError(errno.EINVAL, "is neither a file nor a folder", where)
    for path, status in listing.files.items():
        if status.st_mode & 0o7777 != FILE_MODE:
            (staging / path).chmod(FILE_MODE)
    for path in ("", *listing.folders):
        (staging / path).chmod(FOLDER_MODE)


def _prepare_twin(
    staging: Path, twin: Path, new: Mapping[str, Content], times: Mapping[str, int]
) -> None:
    """Makes the twin what staging is, durably; `times` are those of files that stay as they are."""
    if is_marked(twin):
        present = contents(twin)
        written = _update(twin, present, staging, new, times)
        make_durable(twin, written, present.keys() - new.keys())
        return
    remove(twin)
    for path, time in times.items():
        os.utime(staging / path, ns=(time, time))
    make_durable(staging, new)
    staging.rename(twin)


def _update(
    target: Path,
    present: Mapping[str, Content],
    source: Path,
    wanted: Mapping[str, Content],
    times: Mapping[str, int],
) -> list[str]:
    """Makes `target`, which holds `present`, what `source` is; returns the paths written.

    Times are kept equal in both trees, so that a page which has not changed looks unchanged to
    browsers and to rsync whichever of the two is the site.
    """
    listing = list_tree(target)
    for path in (*listing.foreign, *(present.keys() - wanted.keys())):
        remove(target / path)
    remove_empty(target, listing.folders, wanted)
    for path in ("", *listing.folders):
        if (target / path).is_dir():
            (target / path).chmod(FOLDER_MODE)
    written = []
    for path, content in wanted.items():
        there: Content | None = present.get(path)
        if there is None or content.digest != there.digest:
            make_folders((target / path).parent)
            write_file(target / path, read_file(source / path))
            written.append(path)
            there = None
        time = times.get(path)
        if time is not None and (there is None or time != there.mtime):
            os.utime(target / path, ns=(time, time))
    return written


def _catch_up(
    site: Path, twin: Path, old: Mapping[str, Content], new: Mapping[str, Content]
) -> None:
    """Brings the old site, now the twin, up to the new one.

    What fails here is no problem: the new site stands, and the next build compares the twin by
    content before it uses it.
    """
    with contextlib.suppress(OSError):
        times = {path: os.lstat(site / path).st_mtime_ns for path in new}
        _update(twin, old, site, new, times)


def exchange(one: Path, other: Path, aside: Path) -> None:
    """Two folders change places: at once where the system can, else by way of `aside`."""
    if _exchange_at_once(one, other):
        return
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """False where this system or this file system cannot."""
    call = _exchange_call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        return lambda a, b: int(library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return lambda a, b: int(library.renamex_np(a, b, _RENAME_SWAP))
    return None
