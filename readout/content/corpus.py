"""What people wrote, as values: the result of `load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from readout.content.schema import (
    Actor,
    Article,
    EventEntry,
    EventKind,
    Place,
    Seed,
    SiteFile,
    Topic,
)
from readout.diagnostic import Location

Step = str | int
"""A key of a mapping, or an index of a list (0-based)."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where content is read from."""

    content: Path
    seeds: Path


def _no_site() -> SiteFile:
    from readout.content.light import make  # which takes `Step` from here

    return make(SiteFile)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read and has the right shape. Every mapping is sorted by its key."""

    site: SiteFile = field(default_factory=_no_site)
    articles: Mapping[str, Article] = field(default_factory=dict)
    """By id; drafts too."""
    actors: Mapping[str, Actor] = field(default_factory=dict)
    events: Mapping[str, EventEntry] = field(default_factory=dict)
    """events.yml alone: what no single article owns."""
    places: Mapping[str, Place] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    event_kinds: Mapping[str, EventKind] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old address -> new address, both without .html."""
    about: str | None = None
    """about.md as written, NFC."""
    seeds: Mapping[str, Seed] = field(default_factory=dict)


class Locator(Protocol):
    """Finds the line and column of a value that somebody wrote."""

    def __call__(
        self, file: str, *path: Step, key: bool = False, offset: int | None = None
    ) -> Location:
        """The place of the value at `path` in a file of the content folder.

        `file` is relative to the content folder, `articles/x.yml` (or to the seeds folder, as
        `seeds/x.yml`); `path` is the keys and indices as written in YAML, `("claims", 0, "by")`.
        With `key`, the place of the last step's key rather than of its value; with `offset`, that
        of the reference `[[...]]` at this offset of the prose there, as far as it can be told.
        Where the path does not exist, the place of its longest part that does.
        """
