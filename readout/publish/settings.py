"""What a publication is told, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readout.stats import Stat

if TYPE_CHECKING:
    from readout.publish.search import Shard


def never() -> bool:
    """No."""
    return False


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """Where a site goes and what MkDocs is told about it."""

    site: Path
    """`--site`: made if it is missing; else empty, or made by Readout."""
    work: Path
    """`--work`: holds `docs/`, `publish/` (staging, twin, record), `search/` and the lock."""
    config: Path
    """`mkdocs.yml`."""
    theme: Path
    """`templates/site`, as `mkdocs.yml` names it: its files are part of the fingerprint."""
    site_name: str
    site_url: str | None = None
    """Absolute address of the root (http or https)."""
    language: str = "en"
    """BCP 47; `config.theme.language` in templates."""
    nav: tuple[tuple[str, str], ...] = ()
    """Menu: title and docs path, `("Actors", "actors/index.md")`; empty: as in `mkdocs.yml`."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """For the theme: `config.extra`. Values whose repr is always the same."""
    date: int = 0
    """SOURCE_DATE_EPOCH, in seconds since 1970."""
    shards: tuple[Shard, ...] | None = ()
    """What the search finds; none: there is no search index. None: it stays as it was."""
    leave_index: Callable[[], bool] = never
    """Asked while the index is made: whether it is to stay as it was after all."""
    shown: Callable[[], object] | None = None
    """Called once the new site is in its place, before that is written down for the next build."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What a publication did."""

    changed: int = 0
    """Files of the site that are new or differ."""
    removed: int = 0
    """Files of the site that are no more, and foreign things taken out of it."""
    problems: tuple[str, ...] = ()
    """Each one line; any of them means that the site was not replaced."""
    nothing_changed: bool = False
    """The site was as it should be already; no file of it was written."""
    index_left: bool = False
    """The search index stayed as it was, whatever the pages say by now."""
    docs: Mapping[str, Stat] = field(default_factory=dict, compare=False, repr=False)
    """What each file of the docs tree is on the disk now, as `stats.snapshot` finds it; of no use
    without `site`."""
    site: Mapping[str, Stat] = field(default_factory=dict, compare=False, repr=False)
    """What each file of the site is on the disk now; empty where that is not known for sure."""
