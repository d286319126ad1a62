"""Both trees looked at before a build needs to know what stands in them, in a process of its own.

Asking the system of every file of `docs/` and `site/` takes a third of a second for 10,000
articles, which a build of one changed word would wait for; meanwhile it imports what it is made of.
No lock is held that long before there is anything to write, nor is one needed: whoever publishes
makes its locks' files first and takes them away last, and touches the record in between. So where
no lock's file was there before and after, and the record is still the same once this build has the
locks, nobody has published since the trees were looked at.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from readout.publish.places import locks_of, room_of
from readout.publish.record import LastBuild, read_record
from readout.publish.tree import list_tree, listing_of
from readout.remembered import Remembered
from readout.stats import Stat, of


class LookedAhead(Remembered[LastBuild]):
    """The record of the last publication, where both trees were found to be as it says."""

    def __init__(self, answer: Callable[[], bytes]) -> None:
        """`answer` waits for what `looked` gives, and is asked once."""
        super().__init__()
        self._answer = answer

    def get(self, path: Path) -> LastBuild | None:
        """See `Remembered`. To be asked with the locks held."""
        known = super().get(path)
        if known is not None:
            return known
        answer, self._answer = self._answer(), bytes
        try:
            if not answer or marshal.loads(answer) != of(os.lstat(path)):  # noqa: S302 - our child's
                return None
        except OSError:
            return None
        record = read_record(path)
        return record if record.key else None


def looked(site: Path, work: Path) -> bytes:
    """What the file system says of the record, if both trees are as it says; else nothing. Both
    folders are absolute."""
    try:
        path = room_of(site, work) / "record"
        seen = of(os.lstat(path))
        if _is_locked(site, work):
            return b""
        record = read_record(path)
        trees = ((work / "docs", record.docs.files), (site, record.site.files))
        if not record.key or not all(_is_as(root, files) for root, files in trees):
            return b""
        return b"" if _is_locked(site, work) else marshal.dumps(seen)
    except OSError:
        return b""


def _is_locked(site: Path, work: Path) -> bool:
    return any(map(os.path.lexists, locks_of(site, work)))


def _is_as(root: Path, files: Mapping[str, Stat]) -> bool:
    return list_tree(root) == listing_of(files)
