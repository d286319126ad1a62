"""Both trees looked at before a build needs to know what stands in them, in a process of its own.

Asking the system of every file of `docs/` and `site/` takes a third of a second for 10,000
articles, which a build of one changed word would wait for; meanwhile it imports what it is made of.
No lock is held that long before there is anything to write, nor is one needed: whoever publishes
makes the files of its locks first, then leaves signs (`signs_of`), and takes the files away last.
So where no lock's file was there before and after, and the signs are the same once this build has
the locks, nobody has published in between.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from pathlib import Path

from readout.publish.places import locks_of, place_of, room_of, signs_of
from readout.publish.record import LastBuild, TreeRecord, read_record, read_trees
from readout.publish.tree import list_tree
from readout.publish.twin import folders_if_whole
from readout.remembered import Remembered, look_at
from readout.stats import Stat


class LookedAhead(Remembered[LastBuild]):
    """The record of the last publication, where both trees were found to be as it says, and whether
    the site's twin was."""

    lasts = False

    def __init__(self, answer: Callable[[], bytes]) -> None:
        """`answer` waits for what `looked` gives, and is asked once."""
        super().__init__()
        self._answer = answer

    def settle(self) -> None:
        """Waits for the answer. Whoever looks takes a lock that is there for another's."""
        answer = self._answer()
        self._answer = lambda: answer

    def get(self, *paths: Path) -> LastBuild | None:
        """See `Remembered`: by the signs of a publication, with the locks held."""
        known = super().get(*paths)
        if known is not None:
            return known
        answer, self._answer = self._answer(), bytes
        if not answer:
            return None
        signs, twin = marshal.loads(answer)  # noqa: S302 - our child's
        if signs != look_at(paths):
            return None
        record = read_record(paths[0])
        record.twin = twin
        return record if record.key else None


def records(site: Path, work: Path) -> tuple[Path, ...]:
    """Where the record of the last publication stands, if there can be one."""
    site, work = place_of(site), place_of(work)
    try:
        return signs_of(room_of(site, work), site, work)[:1]
    except OSError:
        return ()


def looked(site: Path, work: Path) -> bytes:
    """What the file system says of the signs of a publication, and of the folders of the site's
    twin where that is whole, if both trees are as its record says; else nothing."""
    try:
        site, work = place_of(site), place_of(work)
        room = room_of(site, work)
        signs = signs_of(room, site, work)
        seen = look_at(signs)
        if not seen or _is_locked(site, work):
            return b""
        trees = read_trees(signs[0])
        roots = (work / "docs", site)
        if not trees or not all(map(_is_as, roots, trees)):
            return b""
        twin = _twin(room, trees[1])
        return b"" if _is_locked(site, work) else marshal.dumps((seen, twin))
    except OSError:
        return b""


def _twin(room: Path, site: TreeRecord) -> dict[str, Stat]:
    try:
        return folders_if_whole(room / "twin", site.files.inodes())
    except OSError:
        return {}


def _is_locked(site: Path, work: Path) -> bool:
    return any(map(os.path.lexists, locks_of(site, work)))


def _is_as(root: Path, tree: TreeRecord) -> bool:
    found = list_tree(root)
    return not found.bare and not found.foreign and tree.files.are_those(found.files)
