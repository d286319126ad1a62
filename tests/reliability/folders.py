"""Where runs that write much do so."""

from __future__ import annotations

from pathlib import Path


def in_memory() -> str | None:
    """A folder in memory, for `tempfile`; None (the usual one) where there is none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - folders of our own in it
