"""What the file system says of every file of a tree, without opening any.

Two snapshots that are equal say that nobody wrote a file in between: a write changes the times of
its inode, and a rename the inode. The one exception is git's: a file changed in the very tick of
the clock in which the snapshot was taken may look unchanged (`is_young`).
"""

from __future__ import annotations

import os
from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping
from itertools import starmap
from stat import S_ISREG
from struct import Struct, error

Stat = tuple[int, ...]
"""(size, mtime_ns, ctime_ns, inode, mode); the mode with its type, as `lstat` gives it."""

Tree = tuple[dict[str, Stat], list[str]]
"""What is on the disk of every file below a root, by path relative to it, and the folders."""
TICK = 50_000_000
"""In nanoseconds: more than any step of a kernel's clock for file times (jiffies: 1 to 10 ms)."""
_ROW = Struct("=qqqQq")
_NUMBERS = _ROW.size // 8
_WRAPPED = Struct("=5Q")
"""As `_ROW`, of numbers without what is beyond 64 bits: two that differ still do."""
_ALL = (1 << 64) - 1
_UNKNOWN = (0, 0, 0, 0, 0)
"""Of nothing: no file is so."""


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


class Stats(Mapping[str, Stat]):
    """What is on the disk of many files, by path, in one piece of memory: tens of thousands are
    written, read and compared at once. As with all that is kept, never changed."""

    __slots__ = ("_numbered", "numbers", "paths")

    def __init__(self, paths: list[str], numbers: bytes) -> None:
        """`paths` are sorted; `numbers` has a `Stat` of each, in eight bytes each number."""
        self.paths = paths
        self.numbers = numbers
        self._numbered: dict[str, int] = {}

    @classmethod
    def of(cls, files: Mapping[str, Stat]) -> Stats:
        """The same of files."""
        if isinstance(files, cls):
            return files
        paths = sorted(files)
        return cls(paths, _numbers(map(files.__getitem__, paths)))

    def with_others(self, files: Mapping[str, Stat]) -> Stats:
        """Where files are others, or more."""
        rows = self._rows
        if not rows.keys() >= files.keys():
            return Stats.of({**dict(self.items()), **files})
        numbers = bytearray(self.numbers)
        for path, stat in files.items():
            at = rows[path] * _ROW.size
            numbers[at : at + _ROW.size] = _numbers([stat])
        return Stats(self.paths, bytes(numbers))

    def are_those(self, found: Mapping[str, Stat]) -> bool:
        """Whether files are the same, found in whatever order."""
        if len(found) != len(self.paths) or not found.keys() >= self._rows.keys():
            return False
        return _numbers(map(found.__getitem__, self.paths)) == self.numbers

    def young(self, now: int) -> list[str]:
        """The paths of those that are young (`is_young`)."""
        numbers = memoryview(self.numbers)
        if not numbers or max(max(numbers.cast("q")[n::_NUMBERS]) for n in (1, 2)) <= now - TICK:
            return []  # as nearly always
        return [path for path, stat in self.items() if is_young(stat, now)]

    def inodes(self) -> dict[str, int]:
        """The inode of each."""
        numbers = memoryview(self.numbers)
        return dict(zip(self.paths, numbers.cast("Q")[3::_NUMBERS], strict=True)) if numbers else {}

    @property
    def _rows(self) -> dict[str, int]:
        """The row of each."""
        if not self._numbered:
            self._numbered = {path: n for n, path in enumerate(self.paths)}
        return self._numbered

    def __getitem__(self, path: str) -> Stat:
        return _ROW.unpack_from(self.numbers, self._rows[path] * _ROW.size)

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Stats):
            return (self.paths, self.numbers) == (other.paths, other.numbers)
        return super().__eq__(other)

    def keys(self) -> KeysView[str]:
        """The paths."""
        return self._rows.keys()

    def items(self) -> ItemsView[str, Stat]:
        """Each with its path."""
        return dict(zip(self.paths, _ROW.iter_unpack(self.numbers), strict=True)).items()


def _numbers(stats: Iterable[Stat]) -> bytes:
    stats = list(stats)
    try:
        return b"".join(starmap(_ROW.pack, stats))
    except error:  # a time beyond the year 2262, say; or nothing is known of one
        return b"".join(_WRAPPED.pack(*(one & _ALL for one in stat or _UNKNOWN)) for stat in stats)


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
