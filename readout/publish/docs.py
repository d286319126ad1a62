"""The docs tree: the folder of Markdown and data that MkDocs publishes.

It is ours alone. MkDocs publishes what it finds there, even what a symlink leads to, so that
nothing is left in it that this build did not ask for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from readout.publish.problem import Problem, refused
from readout.publish.tree import (
    FILE_MODE,
    MARKER,
    Listing,
    claim,
    list_tree,
    make_folders,
    parents,
    read_file,
    remove,
    remove_empty,
    write_file,
)

_PATH = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?:/[a-z0-9_-][a-z0-9._-]*)*")


@dataclass(frozen=True, slots=True)
class Changes:
    """What one build did to the docs tree, as sorted paths relative to it."""

    written: tuple[str, ...]
    """New files, and those whose bytes or mode differed."""
    removed: tuple[str, ...]
    """Files of earlier builds, and whatever else was found there."""
    unchanged: int
    """How many files were left alone, their times too."""


def write_docs(pages: Mapping[str, bytes], folder: Path) -> Changes | Problem:
    """Makes `folder` hold exactly `pages`, touching only what differs.

    Keys are paths below `folder`, with `/` and with their suffix: `actors/putin.md`,
    `data/articles.json`. A key that could lead out of the folder is a bug of the caller:
    ValueError. Each file is written whole or not at all; what the system refuses comes back as
    a Problem, with the tree in between: the next build finishes it.
    """
    for path in pages:
        _check(path, folder)
    try:
        refusal = claim(folder)
        if refusal is not None:
            return refusal
        listing = list_tree(folder)
        removed = _remove_stale(pages, folder, listing)
        written = _write_changed(pages, folder, listing)
    except OSError as error:
        return refused(folder, error)
    return Changes(tuple(written), tuple(removed), len(pages) - len(written))


def _check(path: str, folder: Path) -> None:
    if not _PATH.fullmatch(path) or not (folder / path).is_relative_to(folder):
        raise ValueError(f"not a path inside the docs tree: {path!r}")


def _remove_stale(pages: Mapping[str, bytes], folder: Path, listing: Listing) -> list[str]:
    """Removes what is not of this build: stale files, symlinks, empty folders, leftovers."""
    stale = [path for path in listing.files if path not in pages and path != MARKER]
    stale += listing.foreign
    for path in stale:
        remove(folder / path)
    remove_empty(folder, listing.folders, pages)
    return sorted(stale)


def _write_changed(pages: Mapping[str, bytes], folder: Path, listing: Listing) -> list[str]:
    present = {parent for path in pages for parent in parents(path)} & set(listing.folders)
    written = []
    for path, data in sorted(pages.items()):
        old = listing.files.get(path)
        if (
            old is not None
            and old.st_size == len(data)
            and old.st_mode & 0o7777 == FILE_MODE
            and read_file(folder / path) == data
        ):
            continue
        parent = path.rpartition("/")[0]
        if parent not in present:
            make_folders(folder / parent)
            present.add(parent)
        write_file(folder / path, data)
        written.append(path)
    return written
