"""Putting a finished build in the place of the old one, so that `site/` is whole at every instant.

Beside the site (on its file system) stands a *twin*: another copy of it, whose files are the site's
own under second names (hard links; copies where the file system has none). A new build goes

    staging  --what differs-->  twin  --exchange-->  site        (the old site is the twin now)
                                                     site  --what differs-->  twin

The exchange is one system call: renameat2 with RENAME_EXCHANGE on Linux, renamex_np with
RENAME_SWAP on macOS. Where neither works (other systems, NFS, FAT) the next best is three
renames: between the first two, for microseconds, there is no site, and if the build is killed
just there the next build brings the old one back.

No file of either tree is ever written to: another takes its name. No build believes that the twin
is what an earlier one left: each of its files is the site's, inode by inode, or is replaced. So
a build may be killed anywhere, and the next one mends what it finds. Who has looked at it ahead,
or builds again and again, believes it for as long as its folders are what they were then.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from readout.publish.problem import Problem, refused
from readout.publish.site_tree import SiteTree
from readout.publish.tree import (
    FOLDER_MODE,
    MARKER,
    MARKER_TEXT,
    is_marked,
    list_tree,
    make_durable,
    make_folders,
    refuse_foreign,
    remove,
    remove_folders,
    sync,
    write_file,
)
from readout.publish.twin import catch_up, fill_twin, make_twin
from readout.stats import Stat, Stats
from readout.summed import digest
from readout.value import Value

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


Staged = tuple[bytes, Stat]
"""A file in staging: its digest, and what it was on the disk when it was written."""


class Swap(Value, frozen=True):
    """What one publication did to the site."""

    changed: tuple[str, ...]
    """Files that are new or differ, sorted."""
    removed: tuple[str, ...]
    """Files that are no more, and what else a site should not hold, sorted."""
    renamed: Mapping[str, Stat]
    """Files whose inode is another since the site was listed, or has another name, so that its
    times differ; with what they were just before they came to stand in the site."""
    has_twin: bool
    """Whether the twin holds the files of the site as it is now, under second names."""


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


def replace_site(
    room: Path,
    site: Path,
    staged: Mapping[str, Staged],
    kept: Mapping[str, bytes],
    old: SiteTree,
) -> Swap | Problem:
    """Makes `site` what is in `room/staging` and what it keeps, writing only what differs.

    `staged` tells of the files in staging by path, `kept` the digests of those of the site that
    stay. `old` is the site as it was listed before.
    `room` and `site` are on one file system. Staging is used up. A Problem means that the old site
    stands: where the new one could not be made durable, the exchange is undone.
    """
    staging, twin = room / "staging", room / "twin"
    try:
        refusal = refuse_foreign(site)
        if refusal is not None:
            return refusal
        was = _settle(staging, staged, MARKER not in kept)
        new = {path: one for path, (one, _) in staged.items()}
        if MARKER in was:
            new[MARKER] = digest(MARKER_TEXT)
        wanted = {**kept, **new}
        changed = tuple(sorted(path for path, one in new.items() if old.digest(path) != one))
        removed = tuple(sorted({*(old.files.keys() - wanted.keys()), *old.extras()}))
        if not is_marked(site):
            make_folders(site.parent)
            make_durable(staging, new)
            staging.rename(site)
            try:
                sync(site.parent)
            except OSError:
                site.rename(staging)
                raise
            _twin_of_new(twin, site)
            return Swap(changed, removed, was, has_twin=False)
        if not changed and not removed:
            remove(staging)
            return Swap((), (), {}, has_twin=old.has_twin())
        if old.has_twin():
            linked: Mapping[str, Stat] = {}
            gone: Collection[str] = removed
            fill_twin(twin, staging, changed, removed, wanted)
        else:
            anew = set(changed)
            inodes = Stats.of(old.files).inodes()
            same = {path: inodes[path] for path in wanted if path not in anew}
            linked, gone = make_twin(twin, site, same, staging, changed)
        make_durable(twin, (*changed, *linked), gone)
        exchange(twin, site, room / "aside")
        try:
            sync(site.parent)
            sync(room)
        except OSError:
            exchange(twin, site, room / "aside")
            raise
    except OSError as error:
        return refused(site, error)
    has_twin = False
    with contextlib.suppress(OSError):  # the next build mends it otherwise
        has_twin = catch_up(twin, site, changed, removed, wanted)
        remove(staging)
    renamed = {**linked, **{path: was[path] for path in changed}}
    return Swap(changed, removed, renamed, has_twin=has_twin and not linked)


def _twin_of_new(twin: Path, site: Path) -> None:
    """The twin of a site that has none yet; without one, the next build makes it."""
    with contextlib.suppress(OSError):
        make_twin(twin, site, Stats.of(SiteTree(site).files).inodes(), site, ())


def _settle(staging: Path, staged: Mapping[str, Staged], mark: bool) -> Mapping[str, Stat]:
    """Marks a staged site as ours, sets modes of folders, sees that all is there; what is there."""
    make_folders(staging)
    if mark:
        write_file(staging / MARKER, MARKER_TEXT)
    listing = list_tree(staging)
    if listing.foreign:
        where = str(staging / listing.foreign[0])
        raise OSError(errno.EINVAL, "is neither a file nor a folder", where)
    for path in ("", *listing.folders()):
        (staging / path).chmod(FOLDER_MODE)
    files = dict(listing.files)
    untold = files.keys() - staged.keys() - {MARKER}
    for path in untold:
        remove(staging / path)  # staged, and then nobody told of it
        del files[path]
    remove_folders(staging, listing.bare_without(untold, staged))
    for path, (_, stat) in staged.items():
        if files.get(path) != stat:
            raise OSError(errno.EIO, "is not as it was written", str(staging / path))
    return files


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
