"""Folders that are ours alone: their marker, what is in them, and how they are written.

A folder that Readout made holds a file `.readout`. MkDocs passes over hidden files and web
servers need not show them, so the marker is in nobody's way. A folder without it that has
anything in it is never written to.

All functions raise OSError, always with a path; `readout.publish` turns that into a `Problem`.
Nothing here follows a symlink below a root.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from readout.publish.problem import Problem

MARKER = ".readout"
MARKER_TEXT = b"Readout made this folder and rewrites it: what is added by hand will be lost.\n"
FILE_MODE = 0o644
FOLDER_MODE = 0o755
_TEMPORARY = ".readout.tmp"
"""One a folder is enough: it has one writer. Hidden, so that MkDocs passes over a leftover."""
_MANY = 64
"""More files than this are made durable by syncing their file system once."""


@dataclass(slots=True)
class Listing:
    """What stands below a root, by path relative to it with `/`."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    """Regular files, the marker among them."""
    folders: list[str] = field(default_factory=list)
    """Parents before children."""
    foreign: list[str] = field(default_factory=list)
    """Symlinks, devices, pipes and sockets; and temporary files that a killed build left."""


def list_tree(root: Path) -> Listing:
    """Everything below `root`, which is a folder."""
    found = Listing()
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(root / below) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    found.folders.append(path)
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False) and entry.name != _TEMPORARY:
                    found.files[path] = entry.stat(follow_symlinks=False)
                else:
                    found.foreign.append(path)
    found.folders.sort()
    return found


def claim(folder: Path) -> Problem | None:
    """Makes `folder` ours: creates it, or marks it when it is empty; refuses any other."""
    refusal = refuse_foreign(folder)
    if refusal is not None:
        return refusal
    if not folder.is_dir():
        make_folders(folder)
    if not is_marked(folder):
        write_file(folder / MARKER, MARKER_TEXT)
    return None


def refuse_foreign(folder: Path) -> Problem | None:
    """Says why `folder` may not be written: it exists, is not empty, and is not ours."""
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        return Problem(str(folder), "is a symbolic link; name the folder that it leads to")
    if not stat.S_ISDIR(mode):
        return Problem(str(folder), "is not a folder")
    # A build killed while it wrote its first file left no more than a temporary one.
    if is_marked(folder) or all(path.name == _TEMPORARY for path in folder.iterdir()):
        return None
    return Problem(str(folder), f"has files in it that Readout did not make (it holds no {MARKER})")


def is_marked(folder: Path) -> bool:
    """Whether Readout made this folder."""
    try:
        is_folder = stat.S_ISDIR(os.lstat(folder).st_mode)
        return is_folder and stat.S_ISREG(os.lstat(folder / MARKER).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def make_folders(folder: Path) -> None:
    """Creates a folder and its parents, readable by all whatever the umask is."""
    missing: list[Path] = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        at = at.parent
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):
            path.mkdir(FOLDER_MODE)
            path.chmod(FOLDER_MODE)


def write_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, readable by all whatever the umask is.

    A new file is renamed over the old one: an inode that has other names is never written to.
    """
    temporary = path.with_name(_TEMPORARY)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with _naming(path):
        try:
            handle = os.open(temporary, flags, 0o600)
        except FileExistsError:
            temporary.unlink()
            handle = os.open(temporary, flags, 0o600)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fchmod(handle, FILE_MODE)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        finally:
            os.close(handle)
        temporary.replace(path)


def read_file(path: Path) -> bytes:
    """The bytes of a regular file; a symlink in its place is an error (ELOOP)."""
    with _naming(path):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            return file.read()


def digest_of(path: Path) -> bytes:
    """The SHA-256 of a file's bytes."""
    return hashlib.sha256(read_file(path)).digest()


def remove(path: Path) -> None:
    """Removes a file, a symlink itself, or a folder with all that is in it; nothing is fine."""
    with _naming(path):
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            return
        if stat.S_ISDIR(mode):
            shutil.rmtree(path)
        else:
            path.unlink()


def remove_empty(root: Path, folders: Iterable[str], keep: Iterable[str]) -> None:
    """Removes the folders below `root` that hold none of the files in `keep`."""
    needed = {parent for path in keep for parent in parents(path)}
    for folder in sorted(set(folders) - needed, reverse=True):
        with _naming(root / folder):
            (root / folder).rmdir()


def parents(path: str) -> Iterator[str]:
    """The folders above a relative path: `a/b/c.md` has `a/b` and `a`."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def make_durable(root: Path, written: Iterable[str], removed: Iterable[str] = ()) -> None:
    """Brings what was written and removed below `root` to the disk, and the folders' lists."""
    paths = list(written)
    folders = {parent for path in (*paths, *removed) for parent in parents(path)}
    if len(paths) + len(folders) > _MANY:
        _sync_file_system(root)
        return
    for path in (*paths, *sorted(f for f in folders if (root / f).is_dir()), ""):
        sync(root / path)


def sync(path: Path) -> None:
    """fsync of one file or folder."""
    with _naming(path):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_file_system(root: Path) -> None:
    """syncfs(2) where there is one (Linux), else sync(2)."""
    with _naming(root):
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
            return
        handle = os.open(root, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if syncfs(handle) != 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(root))
        finally:
            os.close(handle)


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Has every OSError name `path`, the one that a person knows, not a temporary file."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        error.filename2 = None
        raise
