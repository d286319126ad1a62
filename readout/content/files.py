"""Finding and reading the files below content/ and seeds/: regular files only, each read once.

No link, pipe or device is opened (`lstat` while walking; O_NOFOLLOW, O_NONBLOCK and `fstat` while
opening, so that what is swapped in between is not followed either). A file that nothing reads is
an error: it is usually a record with the wrong name.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from typing import Final

from readout.content.characters import shown
from readout.content.corpus import Folders
from readout.content.encoding import LARGEST
from readout.content.fields import problem_of_id, problem_of_seed_name
from readout.diagnostic import Diagnostic, Location, Severity
from readout.value import Value

SINGLE_FILES: Final = (
    "site.yml",
    "events.yml",
    "places.yml",
    "topics.yml",
    "event_kinds.yml",
    "redirects.yml",
    "about.md",
)
RECORD_FOLDERS: Final = ("articles", "actors")
_OPEN_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_READ_TRIES: Final = 3


class FoundFile(Value, frozen=True):
    """A file that content is to be read from."""

    file: str
    """Relative to the content folder, `articles/x.yml`; of the seeds folder, `seeds/x.yml`."""
    path: str
    """Where it is."""


class _Entry(Value, frozen=True):
    name: str
    path: str
    is_folder: bool
    is_regular: bool


def display(folders: Folders, file: str) -> str:
    """A relative name as the author would type it: `content/articles/x.yml`. Bytes of a folder's
    name that are no text are told by their numbers."""
    return path_of(folders, file).encode("utf-8", "backslashreplace").decode()


def path_of(folders: Folders, file: str) -> str:
    """Where a file of a relative name stands."""
    if file.startswith("seeds/"):
        return f"{folders.seeds.as_posix()}/{file.removeprefix('seeds/')}"
    return f"{folders.content.as_posix()}/{file}"


def is_read(path: str) -> bool:
    """Whether authors mean what stands at a path (relative to content or seeds) to be read: it is
    no README.md, and neither it nor a folder above it is hidden."""
    return not f"/{path}".endswith("/README.md") and "/." not in f"/{path}"


def find_files(folders: Folders) -> tuple[tuple[FoundFile, ...], tuple[Diagnostic, ...]]:
    """Every file to be read, sorted by name, and what is wrong with the others."""
    walk = _Walk(folders)
    walk.content()
    walk.seeds()
    return tuple(sorted(walk.found, key=lambda f: f.file)), tuple(walk.problems)


class _Walk:
    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self.found: list[FoundFile] = []
        self.problems: list[Diagnostic] = []

    def _add(self, code: str, file: str, message: str, hint: str) -> None:
        location = Location(shown(display(self._folders, file).rstrip("/"), 4096))
        self.problems.append(Diagnostic(code, Severity.ERROR, message, location, hint))

    def content(self) -> None:
        """The content folder, its record folders and its single files."""
        has_articles = False
        for entry in self._entries(str(self._folders.content), ""):
            if entry.name in RECORD_FOLDERS and entry.is_folder:
                has_articles = has_articles or entry.name == "articles"
                self._records(entry.path, entry.name)
            elif entry.name in SINGLE_FILES and entry.is_regular:
                self.found.append(FoundFile(entry.name, entry.path))
            else:
                self._stray_at_top(entry)
        if not has_articles:
            self._add(
                "FILE005",
                "articles",
                "there is no folder of articles",
                "make it, and write one file for each article: articles/<id>.yml",
            )

    def seeds(self) -> None:
        """The seeds folder, which may be absent."""
        if os.path.lexists(self._folders.seeds):
            self._records(str(self._folders.seeds), "seeds")

    def _records(self, path: str, folder: str) -> None:
        """A folder in which each file is a record."""
        problem_of = problem_of_seed_name if folder == "seeds" else problem_of_id
        for entry in self._entries(path, f"{folder}/"):
            file = f"{folder}/{entry.name}"
            if not entry.is_regular or not entry.name.endswith(".yml"):
                self._stray_record(entry, folder)
            elif problem := problem_of(entry.name.removesuffix(".yml")):
                hint = f"{problem[1]}; the name of the file, without .yml, is the id"
                self._add("ID001", file, problem[0], hint)
            else:
                self.found.append(FoundFile(file, entry.path))

    def _entries(self, path: str, inside: str) -> Iterator[_Entry]:
        """The entries of a folder by name, without README.md and dot files."""
        try:
            with os.scandir(path) as entries:
                listed = [
                    _Entry(
                        one.name,
                        one.path,
                        one.is_dir(follow_symlinks=False),
                        one.is_file(follow_symlinks=False),
                    )
                    for one in entries
                    if one.name != "README.md" and not one.name.startswith(".")
                ]
        except OSError as error:
            if inside or error.errno != errno.ENOENT:
                hint = "check that it is a folder, and that you may read it"
                self._add("FILE003", inside, f"the folder cannot be read: {reason(error)}", hint)
            listed = []
        for entry in sorted(listed, key=lambda one: one.name):
            if entry.is_folder or entry.is_regular:
                yield entry
            else:
                self._add(
                    "FILE002",
                    inside + entry.name,
                    "this is a link or a device, not a file",
                    "put the file itself here; nothing is read through links",
                )

    def _stray_at_top(self, entry: _Entry) -> None:
        name = entry.name
        known = {one.split(".")[0]: one for one in SINGLE_FILES}
        known |= {folder: f"{folder}/" for folder in RECORD_FOLDERS}
        stem = name.split(".")[0].lower()[:80]
        close = get_close_matches(stem, known, n=1, cutoff=0.7)
        if close:
            hint = f'did you mean "{known[close[0]]}"?'
        elif name.endswith((".yml", ".yaml")):
            hint = "the record of an article stands in articles/, of an actor in actors/"
        else:
            hint = "only these are read: " + ", ".join(known.values())
        what = "folder" if entry.is_folder else "file"
        self._add("FILE001", name, f'nothing reads this {what}: "{shown(name)}"', hint)

    def _stray_record(self, entry: _Entry, folder: str) -> None:
        name = entry.name
        stem = name.split(".", 1)[0]
        if entry.is_folder:
            hint = f"{folder}/ holds files alone; move them up, one for each record"
        elif folder == "seeds" and name.endswith(".txt"):
            hint = "texts stay with their publishers; `build.py verify --texts DIR` reads them"
        elif name.lower().endswith((".yaml", ".yml", ".yml.txt")):
            hint = f'did you mean "{shown(stem)}.yml"?'
        else:
            hint = f"only files whose name ends in .yml are read in {folder}/"
        what = "folder" if entry.is_folder else "file"
        self._add(
            "FILE001", f"{folder}/{name}", f'nothing reads this {what}: "{shown(name)}"', hint
        )


class Unreadable(Value, frozen=True):
    """Why the bytes of a file cannot be had."""

    code: str
    message: str
    hint: str


def read_bytes(path: str) -> bytes | Unreadable:
    """The bytes of a regular file, at most one more than `LARGEST`; or why there are none.

    A file that is written to meanwhile is read again, a few times.
    """
    for _ in range(_READ_TRIES):
        try:
            descriptor = os.open(path, _OPEN_FLAGS)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return _NOT_REGULAR
            return _unreadable(error)
        try:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                return _NOT_REGULAR
            data = _read_all(descriptor)
            after = os.fstat(descriptor)
        except OSError as error:
            return _unreadable(error)
        finally:
            with suppress(OSError):  # what was read is read
                os.close(descriptor)
        if _version(before) == _version(after) and len(data) == min(after.st_size, LARGEST + 1):
            return data
    return Unreadable("FILE008", "the file changes while it is read", "save it, then build again")


_NOT_REGULAR: Final = Unreadable(
    "FILE002", "this is a link or a device, not a file", "put the file itself here"
)


def _read_all(descriptor: int) -> bytes:
    parts = []
    left = LARGEST + 1
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _unreadable(error: OSError) -> Unreadable:
    hint = "check that it is there, and that you may read it"
    return Unreadable("FILE003", f"the file cannot be read: {reason(error)}", hint)


def reason(error: OSError) -> str:
    """What the system says is wrong, as part of a sentence."""
    return (error.strerror or type(error).__name__).lower()
