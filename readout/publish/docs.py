"""The docs tree: the folder of Markdown that MkDocs publishes.

It is ours alone. MkDocs publishes what it finds there, even what a symlink leads to, so that
nothing is left in it that this build did not ask for.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from readout.publish.tree import (
    FILE_MODE,
    MARKER,
    create_file,
    list_tree,
    listing_of,
    make_folders,
    read_file,
    remove,
    remove_folders,
    write_file,
)
from readout.stats import Stat, of

_PATH = re.compile(r"(?!templates/)[a-z0-9_-][a-z0-9._-]*(?:/[a-z0-9_-][a-z0-9._-]*)*\.md")


def check_path(path: str) -> None:
    """Raises ValueError for a path that could lead out of the docs tree, that MkDocs would pass
    over, or that is no page's: it is a bug of the caller.
    """
    if not _PATH.fullmatch(path):
        raise ValueError(f"not a path inside the docs tree: {path!r}")


def published(path: str) -> str:
    """Where MkDocs puts a page of the docs tree: `actors/putin.md` is `actors/putin.html`."""
    return f"{path[:-3]}.html"


def in_order(pages: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pages, with what is told of each, in the order in which MkDocs lists them.

    A folder's own come before those of its folders, and its index comes first.
    """
    folders: dict[str, list[str]] = {}
    for path in pages:
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, []).append(name)
    found = []
    for folder in sorted(folders, key=lambda path: path.split("/") if path else []):
        names = sorted(folders[folder], key=lambda name: (name != "index.md", name))
        found += [f"{folder}/{name}" if folder else name for name in names]
    return [(path, pages[path]) for path in found]


class DocsTree:
    """The folder, as it was found when a publication began."""

    def __init__(self, root: Path, known: Mapping[str, Stat] | None = None) -> None:
        """Lists `root`, which has been claimed, where what stands there is not known; raises
        OSError."""
        self.root = root
        self._listing = list_tree(root) if known is None else listing_of(known)
        self.files = self._listing.files
        """The regular files found there."""

    def clear(self, known: Collection[str]) -> None:
        """Removes what is not of this build: stale files, symlinks, empty folders, leftovers."""
        listing = self._listing
        stale = [path for path in listing.files if path not in known and path != MARKER]
        for path in (*stale, *listing.foreign):
            remove(self.root / path)
        if stale:
            gone = frozenset(stale)
            self.files = {path: stat for path, stat in self.files.items() if path not in gone}
        remove_folders(self.root, listing.bare_without(stale, known))

    def write(self, path: str, data: bytes) -> Stat:
        """Writes a file, and only if it differs; says what is on the disk then.

        A file that is there is replaced whole. A new one that a kill leaves half written is not
        what any record says, and so is compared by content.
        """
        target = f"{self.root}/{path}"
        old = self.files.get(path)
        if old is None:
            with contextlib.suppress(FileExistsError):
                return self._create(target, data)
        elif old[0] == len(data) and old[4] & 0o7777 == FILE_MODE and read_file(target) == data:
            return old
        if old is None:  # made since by somebody else
            remove(Path(target))
        write_file(Path(target), data)
        return of(os.lstat(target))

    def _create(self, target: str, data: bytes) -> Stat:
        try:
            return create_file(target, data)
        except FileNotFoundError:
            make_folders(Path(target).parent)
            return create_file(target, data)
