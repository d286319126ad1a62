"""Where a publication keeps what is neither in the docs tree nor in the site."""

from __future__ import annotations

import os
from pathlib import Path


def place_of(folder: Path) -> Path:
    """Where a folder stands, whatever links lead to the one above it; itself it may be no link."""
    path = Path(os.path.normpath(folder.absolute()))
    return Path(os.path.realpath(path.parent), path.name)


def locks_of(site: Path, work: Path) -> tuple[Path, Path]:
    """The locks of whoever publishes from a work folder, and into a site."""
    return work / ".lock", site.parent / f".{site.name}.readout-lock"


def room_of(site: Path, work: Path) -> Path:
    """Where staging and twin stand: on the site's file system, in the work folder if that is.

    Both folders above are there. Raises OSError.
    """
    if site.parent.stat().st_dev == work.stat().st_dev:
        return work / "publish"
    return site.parent / f".{site.name}.readout"


def signs_of(room: Path, site: Path, work: Path) -> tuple[Path, Path, Path]:
    """What is another to the file system once somebody else has published: the record in a room; a
    file in the work folder, which is touched before anything is written there; and the site's root,
    which changes by being exchanged alone."""
    return room / "record", work / ".published", site
