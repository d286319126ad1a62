"""Where a publication keeps what is neither in the docs tree nor in the site."""

from __future__ import annotations

from pathlib import Path


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
