"""What the file system says of every file of a tree, without opening any.

Two snapshots that are equal say that nobody wrote a file in between: a write changes the times of
its inode, and a rename the inode. The one exception is git's: a file changed in the very tick of
the clock in which the snapshot was taken may look unchanged (`is_young`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from stat import S_ISREG

Stat = tuple[int, ...]
"""(size, mtime_ns, ctime_ns, inode, mode); the mode with its type, as `lstat` gives it."""

Tree = tuple[dict[str, Stat], list[str]]
"""What is on the disk of every file below a root, by path relative to it, and the folders."""
TICK = 50_000_000
"""In nanoseconds: more than any step of a kernel's clock for file times (jiffies: 1 to 10 ms)."""


def of(status: os.stat_result) -> Stat:
    """The five numbers by which an inode is known again."""
    return (
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
        status.st_mode,
    )


def snapshot(root: str, folders: list[str] | None = None) -> dict[str, Stat]:
    """Every entry below `root` that is not a folder, by path relative to it with `/`.

    Symlinks are not followed: they are entries, with the type of a link in their mode. So are pipes
    and devices. Folders are told by their files, and added to the list `folders` if there is one.
    A root that does not exist is as an empty one. Raises OSError for anything else that cannot be
    listed.
    """
    found: dict[str, Stat] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = os.scandir(f"{root}/{below}" if below else root)
        except FileNotFoundError:
            if below:
                raise
            return {}
        with entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                    if folders is not None:
                        folders.append(path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[path] = (  # as `of`, which would cost a call a file
                        status.st_size,
                        status.st_mtime_ns,
                        status.st_ctime_ns,
                        status.st_ino,
                        status.st_mode,
                    )
    return found


def trees_of(content: str, seeds: str) -> tuple[Tree, Tree]:
    """The two folders of what authors write, as they are now; raises OSError as `snapshot`."""
    return tree_of(content), tree_of(seeds)


def tree_of(root: str) -> Tree:
    """The files and the folders below a root."""
    folders: list[str] = []
    files = snapshot(root, folders)
    return files, sorted(folders)


def is_young(stat: Stat, now: int) -> bool:
    """Whether a file was changed so shortly before `now` (nanoseconds) that a later change within
    the same tick could leave its times as they are: then only its content tells.
    """
    return stat[1] > now - TICK or stat[2] > now - TICK


def is_regular(stat: Stat) -> bool:
    """Whether this is a regular file: no symlink, pipe, socket or device."""
    return S_ISREG(stat[4])


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders above relative paths: `a/b/c.md` has `a/b` and `a`."""
    found: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        at = folder
        while at and at not in found:
            found.add(at)
            at = at.rpartition("/")[0]
    return found
