"""The twin of a site: a folder whose files are those of the site under second names."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from stat import S_IMODE

from readout.publish.tree import (
    FOLDER_MODE,
    folders_now,
    is_marked,
    make_folders,
    read_file,
    remove,
    write_file,
)
from readout.stats import Stat, folders_of, of

_NO_LINKS = {
    errno.EPERM,
    errno.EXDEV,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
}
"""What a file system says that has no hard links, or no more of them."""


def folders_if_whole(twin: Path, inodes: Mapping[str, int]) -> dict[str, Stat]:
    """What its folders are on the disk, by path, if it holds these files by their inodes, nothing
    else, and in folders as we make them; else nothing. Raises OSError."""
    if not is_marked(twin):
        return {}
    now = folders_now(twin, inodes)  # before: what comes to a folder later makes it another
    files, folders = _list(twin)
    is_whole = files == inodes and now.keys() == {f"{twin}/{one}" for one in ("", *folders)}
    modes = {S_IMODE(stat[4]) for stat in now.values()}
    return now if is_whole and modes == {FOLDER_MODE} else {}


def make_twin(
    twin: Path, site: Path, inodes: Mapping[str, int], staging: Path, staged: Collection[str]
) -> tuple[dict[str, Stat], set[str]]:
    """Makes the twin hold these files of the site, by their inodes, and those that were staged.

    Says which of the first it did not hold yet, with what they are there, and what was removed.
    """
    if not is_marked(twin):
        remove(twin)
        make_folders(twin)
    present, folders = _list(twin)
    wanted = {*inodes, *staged}
    needed = folders_of(wanted)
    removed = {*(present.keys() - wanted), *(folders - needed)}
    for path in sorted(removed):
        remove(twin / path)
    for folder in sorted(needed - folders):
        make_folders(twin / folder)
    for folder in ("", *needed & folders):
        os.chmod(f"{twin}/{folder}", FOLDER_MODE)  # noqa: PTH101 - of thousands
    _take(staged, staging, twin)
    missing = [path for path, inode in inodes.items() if present.get(path) != inode]
    _link_all(missing, site, twin, present.keys())
    return {path: of(os.lstat(f"{twin}/{path}")) for path in missing}, removed


def fill_twin(
    twin: Path,
    staging: Path,
    staged: Collection[str],
    removed: Collection[str],
    wanted: Iterable[str],
) -> None:
    """Makes a twin that holds the files of the site hold what is wanted: what was staged, too, and
    nothing of what is removed."""
    _make_room(twin, staged, removed, wanted)
    _take(staged, staging, twin)


def catch_up(
    twin: Path,
    site: Path,
    changed: Collection[str],
    removed: Collection[str],
    wanted: Iterable[str],
) -> bool:
    """Brings the old site, which is the twin now, up to the new one: what changed and what went.

    What fails here is no problem: the next build mends the twin before it uses it. False where the
    file system has no second names, so that the twin is not known to be as the site.
    """
    _make_room(twin, changed, removed, wanted)
    return _link_all(changed, site, twin, frozenset(changed))


def _make_room(
    twin: Path, new: Iterable[str], removed: Collection[str], wanted: Iterable[str]
) -> None:
    """Removes files, and folders that hold nothing wanted; makes folders for new files."""
    for path in removed:
        remove(twin / path)
    if removed:
        for folder in sorted(folders_of(removed) - folders_of(wanted), reverse=True):
            (twin / folder).rmdir()
    for folder in sorted(folders_of(new)):
        make_folders(twin / folder)


def _take(staged: Iterable[str], staging: Path, twin: Path) -> None:
    for path in staged:
        os.replace(f"{staging}/{path}", f"{twin}/{path}")  # noqa: PTH105 - of thousands


def _list(folder: Path) -> tuple[dict[str, int], set[str]]:
    """Inodes of files, 0 for what is no regular file, and folders; without looking at each."""
    found: dict[str, int] = {}
    folders: set[str] = set()
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                else:
                    is_file = entry.is_file(follow_symlinks=False)
                    found[path] = entry.inode() if is_file else 0
    return found, folders


def _link_all(paths: Iterable[str], site: Path, twin: Path, present: AbstractSet[str]) -> bool:
    """Gives files of the site second names in the twin; False where it came to hold copies."""
    are_links = True
    for path in paths:
        source, target = f"{site}/{path}", f"{twin}/{path}"
        if path in present and os.path.lexists(target):
            os.unlink(target)  # noqa: PTH108 - of thousands
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            time = os.lstat(source).st_mtime_ns
            write_file(Path(target), read_file(source))
            # As it is for a link: a page that has not changed looks so to browsers and to rsync.
            os.utime(target, ns=(time, time))
            are_links = False
    return are_links
