"""The site as it was found when a publication began."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from readout.publish.tree import (
    FILE_MODE,
    are_as_then,
    is_marked,
    list_tree,
    listing_of,
    read_file,
)
from readout.stats import Stat
from readout.summed import digest


class SiteTree:
    """What stands in `site`, and the digests of its files: read where nobody has told them."""

    def __init__(
        self,
        site: Path,
        known: Mapping[str, Stat] | None = None,
        twin: Mapping[str, Stat] | None = None,
    ) -> None:
        """Lists the site, where what stands there is not known; one that is not ours, or not there,
        is as an empty one. `twin` is what its twin's folders were when that was known to hold the
        same files under second names, by path."""
        self.root = site
        if not is_marked(site):
            known, twin = {}, None
        self._twin = twin or {}
        self._listing = list_tree(site) if known is None else listing_of(known)
        self.files: Mapping[str, Stat] = self._listing.files
        """Regular files, the marker among them."""
        self.told: dict[str, bytes] = {}
        """Digests of files that are known to be as they were written."""

    def digest(self, path: str) -> bytes | None:
        """Of one file; None when it is not there, empty when its mode is not what we set."""
        known = self.told.get(path)
        if known is not None:
            return known
        stat = self.files.get(path)
        if stat is None:
            return None
        if stat[4] & 0o7777 != FILE_MODE:
            return b""
        return digest(read_file(self.root / path))

    def has_twin(self) -> bool:
        """Whether its twin is as it was when that was known to hold the same files."""
        return bool(self._twin) and are_as_then(self._twin)

    def extras(self) -> list[str]:
        """What the site holds beside files: symlinks, pipes, folders without files."""
        return [*self._listing.foreign, *reversed(self._listing.bare)]
