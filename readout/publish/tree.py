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
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from readout.publish.problem import Problem
from readout.stats import Stat, folders_of, is_regular, of, snapshot
from readout.summed import READ_FLAGS

MARKER = ".readout"
MARKER_TEXT = b"Readout made this folder and rewrites it: what is added by hand will be lost.\n"
FILE_MODE = 0o644
FOLDER_MODE = 0o755
_OURS = stat.S_IFREG | FILE_MODE
_TEMPORARY = ".readout.tmp"
"""With the process's number behind it. Hidden, so that MkDocs passes over a leftover."""
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_AT_ONCE = 1 << 16
_MANY = 64
"""More files than this are made durable by syncing their file system once."""


@dataclass(slots=True)
class Listing:
    """What stands below a root, by path relative to it with `/`."""

    files: Mapping[str, Stat]
    """Regular files, the marker among them."""
    bare: list[str]
    """Folders that hold none of these files, whatever else; parents before children."""
    foreign: list[str]
    """Symlinks, devices, pipes and sockets; and temporary files that a killed build left."""

    def folders(self) -> list[str]:
        """All of them, parents before children."""
        return sorted({*folders_of(self.files), *self.bare})

    def bare_without(self, gone: Collection[str], kept: Iterable[str]) -> list[str]:
        """Folders that hold no files any more, children before parents, once those in `gone` are no
        more, and those in `kept` are there."""
        if not gone and not self.bare:  # as nearly always: there are thousands to be kept
            return []
        return sorted({*folders_of(gone), *self.bare} - folders_of(kept), reverse=True)


def list_tree(root: Path) -> Listing:
    """Everything below `root`; a root that does not exist has nothing."""
    folders: list[str] = []
    files = snapshot(str(root), folders)
    foreign = [
        path
        for path, found in files.items()
        # The mode of nearly all is looked at first: there are thousands.
        if (found[4] != _OURS and not is_regular(found))
        or (_TEMPORARY in path and is_temporary(path))
    ]
    for path in foreign:
        del files[path]
    return Listing(files, sorted({*folders} - folders_of(files)), sorted(foreign))


def listing_of(files: Mapping[str, Stat]) -> Listing:
    """That of a tree of which the files are known: it has no other folders, and nothing foreign."""
    return Listing(files, [], [])


def folders_now(root: Path, files: Iterable[str]) -> dict[str, Stat]:
    """What the folders of a tree are on the disk, by their paths, with the root: who adds, removes
    or replaces a file changes its folder. Raises OSError."""
    return {
        path: of(os.lstat(path))
        for path in (f"{root}/{folder}" for folder in ("", *folders_of(files)))
    }


def are_as_then(folders: Mapping[str, Stat]) -> bool:
    """Whether folders are what `folders_now` found."""
    try:
        return all(of(os.lstat(path)) == then for path, then in folders.items())
    except OSError:
        return False


def is_temporary(path: str) -> bool:
    """Whether a file's name is one that only a build which is writing gives."""
    return path.rpartition("/")[2].startswith(_TEMPORARY)


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
    if is_marked(folder) or all(is_temporary(path.name) for path in folder.iterdir()):
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


def write_file(path: Path, *data: bytes) -> None:
    """Writes a file of these pieces, whole or not at all, readable by all whatever the umask is.

    A new file is renamed over the old one: an inode that has other names is never written to.
    """
    temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}")
    with _naming(path):
        try:
            create_file(str(temporary), *data)
        except FileExistsError:
            temporary.unlink()
            create_file(str(temporary), *data)
        try:
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise


def create_file(path: str, *data: bytes) -> Stat:
    """Writes a file that must not be there yet, readable by all whatever the umask is."""
    handle = os.open(path, _CREATE, 0o600)
    try:
        try:
            for piece in data:
                done = os.write(handle, piece)
                while done < len(piece):
                    done += os.write(handle, memoryview(piece)[done:])
            os.fchmod(handle, FILE_MODE)
            status = os.fstat(handle)
        finally:
            os.close(handle)
    except OSError as error:
        error.filename = path
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - of thousands
        raise
    return of(status)


def read_file(path: Path | str) -> bytes:
    """The bytes of a regular file; a symlink in its place is an error (ELOOP)."""
    with _naming(path):
        handle = os.open(path, READ_FLAGS)
        try:
            parts = []
            while part := os.read(handle, _AT_ONCE):
                parts.append(part)
        finally:
            os.close(handle)
        return b"".join(parts)


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


def remove_folders(root: Path, folders: Iterable[str]) -> None:
    """Removes empty folders, in this order."""
    for folder in folders:
        with _naming(root / folder):
            (root / folder).rmdir()


def make_durable(root: Path, written: Iterable[str], removed: Iterable[str] = ()) -> None:
    """Brings what was written and removed below `root` to the disk, and the folders' lists."""
    paths = list(written)
    folders = folders_of((*paths, *removed))
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
def _naming(path: Path | str) -> Iterator[None]:
    """Has every OSError name `path`, the one that a person knows, not a temporary file."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        error.filename2 = None
        raise
